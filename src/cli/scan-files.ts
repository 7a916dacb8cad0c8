import fs from 'node:fs';
import path from 'node:path';
import { NodeFiles, type WalkOptions } from '../project/node-files';
import { decodeText } from '../project/text-encoding';
import { scanText } from '../scan/scan';
import type { Io } from './io';
import { type OptionsOf, placed, scanBytes, type Tally } from './tally';

/** Files above this are scanned in overlapping windows. */
const WINDOW = 16 * 1024 * 1024;
const OVERLAP = 64 * 1024;

/** Scans a file or a folder that the person named; false when it can't be read. */
export async function scanTarget(
  io: Io,
  target: string,
  walk: WalkOptions,
  options: OptionsOf,
  tally: Tally,
): Promise<boolean> {
  const full = path.resolve(io.cwd, target);
  let stat: fs.Stats;
  try {
    stat = fs.statSync(full);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    tally.errors.push({
      file: target,
      message: code === 'ENOENT' ? 'there is no such file or folder' : `it could not be read (${code})`,
    });
    return false;
  }
  const shown = (file: string) => path.relative(io.cwd, path.join(full, file)).replaceAll('\\', '/');
  if (stat.isFile()) {
    const parent = new NodeFiles(path.dirname(full));
    const git = await parent.git();
    return scanFile(
      full,
      path.relative(io.cwd, full).replaceAll('\\', '/'),
      git?.isIgnored(path.basename(full)) ?? false,
      options,
      tally,
      true,
    );
  }
  if (!stat.isDirectory()) {
    tally.errors.push({ file: target, message: 'it is neither a file nor a folder' });
    return false;
  }
  const files = new NodeFiles(full, walk);
  for (const entry of await files.list()) {
    scanFile(path.join(full, entry.path), shown(entry.path), entry.ignored, options, tally, false);
  }
  tally.errors.push(...files.problems.map((p) => ({ ...p, file: shown(p.file) })));
  return true;
}

function scanFile(
  full: string,
  name: string,
  local: boolean,
  options: OptionsOf,
  tally: Tally,
  asked: boolean,
): boolean {
  try {
    const { size } = fs.statSync(full);
    if (size > WINDOW) {
      scanLarge(full, size, name, local, options, tally);
    } else {
      scanBytes(fs.readFileSync(full), name, local, options, tally);
    }
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    tally.errors.push({
      file: name,
      message:
        code === 'EACCES'
          ? 'no permission to read it'
          : code === 'ENOENT'
            ? 'it vanished while being read'
            : `it could not be read (${code ?? 'unknown error'})`,
    });
    return !asked;
  }
}

/** A file too large for one string: windows that overlap, each finding counted once, lines carried along. */
function scanLarge(full: string, size: number, name: string, local: boolean, options: OptionsOf, tally: Tally): void {
  const fd = fs.openSync(full, 'r');
  try {
    const buffer = Buffer.alloc(WINDOW);
    let line = 0;
    for (let at = 0; at < size; at += WINDOW - OVERLAP) {
      const length = fs.readSync(fd, buffer, 0, WINDOW, at);
      const bytes = buffer.subarray(0, length);
      if (at === 0 && !decodeText(bytes.subarray(0, 8192))) {
        tally.skipped++;
        return;
      }
      const text = bytes.toString('utf8');
      const last = at + length >= size;
      const limit = last ? text.length : text.length - OVERLAP / 2;
      const from = at === 0 ? 0 : OVERLAP / 2;
      const { findings } = scanText(text, options(name));
      const mine = findings.filter((f) => f.start >= from && f.start < limit);
      tally.findings.push(
        ...placed(text, mine, name, local, tally).map((f) => ({
          ...f,
          range: {
            start: { ...f.range.start, line: f.range.start.line + line },
            end: { ...f.range.end, line: f.range.end.line + line },
          },
        })),
      );
      const step = bytes.subarray(0, WINDOW - OVERLAP);
      for (let i = step.indexOf(10); i >= 0; i = step.indexOf(10, i + 1)) {
        line++;
      }
      if (last) {
        break;
      }
    }
    tally.files++;
    tally.bytes += size;
  } finally {
    fs.closeSync(fd);
  }
}
