import fs from 'node:fs';
import { problemOf } from './node-problems';

/** A file that is open: its size, and its bytes in parts. */
export interface OpenFile {
  /** Bytes, when it was opened. */
  readonly size: number;
  /** Bytes at a position, fewer at the end. They hold until the next read of any file. */
  read(position: number, length: number): Uint8Array;
}

/** Opening must not wait for the other end of a pipe, nor follow a link that took the file's place. */
const FLAGS = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0);

/**
 * Reads files one after the other into one buffer, without waiting in between: a promise for each costs more than reading a
 * small file does.
 */
export class FileReader {
  #buffer = Buffer.allocUnsafeSlow(1 << 18);

  /** Hands an open file to `use`; a word for a person when it can't be read. */
  open(full: string, use: (file: OpenFile) => void): string | undefined {
    let fd: number | undefined;
    try {
      fd = fs.openSync(full, FLAGS);
      const stat = fs.fstatSync(fd);
      if (!stat.isFile()) {
        return 'it is no regular file';
      }
      const handle = fd;
      use({ size: stat.size, read: (position, length) => this.#read(handle, position, length) });
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) {
        throw error;
      }
      return problemOf(error);
    } finally {
      if (fd !== undefined) {
        fs.closeSync(fd);
      }
    }
  }

  #read(fd: number, position: number, length: number): Uint8Array {
    if (this.#buffer.length < length) {
      this.#buffer = Buffer.allocUnsafeSlow(Math.max(length, this.#buffer.length * 2));
    }
    let done = 0;
    while (done < length) {
      const n = fs.readSync(fd, this.#buffer, done, length - done, position + done);
      if (n === 0) {
        break; // the file has shrunk since it was opened
      }
      done += n;
    }
    return this.#buffer.subarray(0, done);
  }
}
