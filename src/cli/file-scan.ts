import { isAscii } from 'node:buffer';
import { FileReader, type OpenFile } from '../project/node-reader';
import { decodeText } from '../project/text-encoding';
import { textWindows } from '../project/text-windows';
import { readHead, scanText } from '../scan/scan';
import { type OptionsOf, placed, scanDecoded, type Tally } from './tally';

/** A file to scan. */
export interface FileTask {
  /** Where it lies on the disk. */
  readonly full: string;
  /** What reports call it. */
  readonly name: string;
  /** Git ignores it. */
  readonly local: boolean;
}

/** Larger files are scanned in overlapping windows, so that memory stays bounded: bytes. */
const LARGEST_WHOLE = 16 * 1024 * 1024;
/** Of larger files the head is looked at before the rest is read: most binary files are large. */
const HEAD = 8192;
const LARGE = 128 * 1024;

/** Scans files one after the other, each read and forgotten before the next. */
export class FileScan {
  readonly #reader = new FileReader();

  constructor(
    readonly options: OptionsOf,
    readonly tally: Tally,
  ) {}

  /** Scans one file; false when it can't be read, which `errors` says then. */
  scan(task: FileTask): boolean {
    const problem = this.#reader.open(task.full, (file) => this.#read(file, task));
    if (problem !== undefined) {
      this.tally.errors.push({ file: task.name, message: problem });
    }
    return problem === undefined;
  }

  #read(file: OpenFile, { name, local }: FileTask): void {
    if (file.size > LARGEST_WHOLE) {
      this.#windows(file, name, local);
      return;
    }
    if (file.size > LARGE && !decodeText(file.read(0, HEAD))) {
      this.tally.skipped++;
      return;
    }
    const bytes = file.read(0, file.size);
    scanDecoded(textOf(bytes), bytes.length, name, local, this.options, this.tally);
  }

  #windows(file: OpenFile, name: string, local: boolean): void {
    const windows = textWindows(file.size, (position, length) => file.read(position, length));
    if (!windows) {
      this.tally.skipped++;
      return;
    }
    this.tally.files++;
    this.tally.bytes += file.size;
    let head: ReturnType<typeof readHead> | undefined;
    let n = 0;
    for (const w of windows) {
      head ??= readHead(w.text);
      const { findings } = scanText(w.text, this.options(name), head);
      const mine = findings.filter((f) => f.start >= w.from && f.start < w.to);
      for (const f of placed(w.text, mine, name, local, this.tally)) {
        const place = (at: { line: number; character: number }) => ({
          line: at.line + w.line,
          character: at.character + (at.line === 0 ? w.column : 0),
        });
        this.tally.findings.push({
          ...f,
          start: f.start + w.offset,
          end: f.end + w.offset,
          range: { start: place(f.range.start), end: place(f.range.end) },
          ...(f.group === undefined || n === 0 ? {} : { group: `${f.group}-${n}` }),
        });
      }
      n++;
    }
  }
}

/** The text of a file; undefined for a binary one. Most files are ASCII, which needs no decoding. */
function textOf(bytes: Uint8Array): string | undefined {
  if (isAscii(bytes) && !bytes.subarray(0, HEAD).includes(0)) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
  return decodeText(bytes)?.text;
}
