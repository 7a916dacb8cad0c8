import fs from 'node:fs';
import path from 'node:path';
import { decodeText, encodeText } from './text-encoding';

/** A text to be written; `create` refuses to replace a file that appeared meanwhile. */
export interface TextWrite {
  /** Relative to the root, forward slashes. */
  readonly file: string;
  readonly text: string;
  readonly create?: boolean;
  /** Permission bits of a created file. */
  readonly mode?: number;
}

/**
 * Writes one text whole or not at all: beside its place first, then renamed, with the permissions and the encoding that the file had.
 * Refuses what lies outside the root, through links too. Throws an Error fit for a person.
 */
export function writeText(root: string, { file, text, create, mode }: TextWrite): void {
  const full = path.join(root, file);
  const folder = path.dirname(full);
  try {
    fs.mkdirSync(folder, { recursive: true });
    const exists = fs.existsSync(full);
    const target = exists ? fs.realpathSync(full) : path.join(fs.realpathSync(folder), path.basename(full));
    const home = fs.realpathSync(root);
    if (target !== home && !target.startsWith(home + path.sep)) {
      throw new Error(`${file} leads out of the project through a link; it is not written.`);
    }
    if (create && exists) {
      throw new Error(`${file} has appeared meanwhile; nothing is overwritten. Try again.`);
    }
    const kind = exists ? (decodeText(fs.readFileSync(target))?.kind ?? 'utf-8') : 'utf-8';
    const temporary = `${target}.${process.pid}.tmp`;
    try {
      const bits = exists ? fs.statSync(target).mode & 0o7777 : mode;
      fs.writeFileSync(temporary, encodeText(text, kind), {
        flag: 'wx',
        ...(bits === undefined ? {} : { mode: bits }),
      });
      if (bits !== undefined) {
        fs.chmodSync(temporary, bits);
      }
      fs.renameSync(temporary, target);
    } catch (error) {
      fs.rmSync(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (!code) {
      throw error;
    }
    const why =
      code === 'EROFS'
        ? 'the file system is read-only'
        : code === 'EACCES' || code === 'EPERM'
          ? 'no permission to write it'
          : code === 'ENOSPC'
            ? 'the disk is full'
            : `it could not be written (${code})`;
    throw new Error(`${file}: ${why}.`);
  }
}
