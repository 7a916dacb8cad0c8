import { isAscii } from 'node:buffer';
import { ArchiveReader, archiveKind } from '../project/archive';
import type { ByteSink, ByteSource } from '../project/archive-bounds';
import { decodeText } from '../project/text-encoding';
import { TextWindows } from '../project/text-windows';
import { PartScanner } from '../scan/part-scanner';
import { type OptionsOf, scanDecoded, type Tally } from './tally';

/** Larger texts are scanned in overlapping windows, so that memory stays bounded: bytes. */
const LARGEST_WHOLE = 16 * 1024 * 1024;
/** Of larger contents the head is looked at before the rest is read: most binary files are large. */
const HEAD = 8192;
const LARGE = 128 * 1024;
const PIECE = 1024 * 1024;

/** Bytes that are in memory already. */
export function held(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (position, length) => bytes.subarray(position, position + length) };
}

/** Scans contents one after the other, each forgotten before the next: texts, and the members of archives. */
export class ContentScan {
  constructor(
    readonly options: OptionsOf,
    readonly tally: Tally,
    /** Archives are binary files. */
    readonly noArchives = false,
  ) {}

  /** Scans one content; `name` is what reports call it. */
  scan(source: ByteSource, name: string, local: boolean): void {
    const all = source.size > LARGE ? undefined : source.read(0, source.size);
    const head = all ?? source.read(0, HEAD);
    const kind = this.noArchives ? undefined : archiveKind(head);
    if (kind) {
      new ArchiveReader({
        open: (path) => new TextSink(this, `${name}!${path}`, path, local),
        problem: (path, message) => {
          this.tally.errors.push({ file: path ? `${name}!${path}` : name, message });
        },
      }).read(source, kind, name);
    } else if (all) {
      scanDecoded(textOf(all), all.length, name, local, this.options, this.tally);
    } else if (!decodeText(head)) {
      this.tally.skipped++;
    } else if (source.size > LARGEST_WHOLE) {
      this.#windows(source, name, local);
    } else {
      const bytes = source.read(0, source.size);
      scanDecoded(textOf(bytes), bytes.length, name, local, this.options, this.tally);
    }
  }

  #windows(source: ByteSource, name: string, local: boolean): void {
    const sink = new TextSink(this, name, name, local);
    for (let at = 0, more = true; more && at < source.size; ) {
      const bytes = source.read(at, Math.min(PIECE, source.size - at));
      at += bytes.length;
      more = bytes.length > 0 && sink.push(bytes);
    }
    sink.end();
  }
}

/** Scans a text that comes in pieces. */
export class TextSink implements ByteSink {
  readonly #scanner: PartScanner;
  readonly #windows = new TextWindows((window) => this.#scanner.add(window));
  #bytes = 0;

  /** `path` is what the text's kind is known by: a member's path in its archive. */
  constructor(
    readonly to: Pick<ContentScan, 'options' | 'tally'>,
    readonly name: string,
    path: string,
    readonly local: boolean,
  ) {
    const options = to.options(name);
    this.#scanner = new PartScanner(
      { ...options, fileName: path.slice(path.lastIndexOf('!') + 1) },
      to.tally.identify !== undefined,
    );
  }

  push(bytes: Uint8Array): boolean {
    this.#bytes += bytes.length;
    this.#windows.push(bytes);
    return !this.#windows.isBinary;
  }

  end(): void {
    const { tally } = this.to;
    const scanner = this.#scanner;
    this.#windows.end();
    if (this.#windows.isBinary) {
      tally.skipped++;
      return;
    }
    tally.files++;
    tally.bytes += this.#bytes;
    const { findings, staleIgnores } = scanner.result();
    for (const f of findings) {
      tally.findings.push({
        ...f,
        file: this.name,
        local: this.local,
        range: { start: scanner.placeOf(f.start), end: scanner.placeOf(f.end) },
        ...tally.identify?.(f.ruleId, scanner.valueOf(f)),
      });
    }
    tally.stale.push(...staleIgnores.map((s) => ({ ...s, file: this.name })));
  }
}

/** The text of a file; undefined for a binary one. Most files are ASCII, which needs no decoding. */
function textOf(bytes: Uint8Array): string | undefined {
  if (isAscii(bytes) && !bytes.subarray(0, HEAD).includes(0)) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
  return decodeText(bytes)?.text;
}
