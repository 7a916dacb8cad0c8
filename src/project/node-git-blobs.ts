import { spawn } from 'node:child_process';
import { gitEnvironment, safeGit } from './node-git';

/** The head of a blob, which its bytes follow; `size` is missing where git does not have it. */
export interface BlobHead {
  readonly oid: string;
  /** Bytes. */
  readonly size?: number;
}

/** The blobs that are asked for, in that order: the head of each, then its bytes in pieces as they come. `signal` ends it. */
export async function* blobPieces(
  root: string,
  oids: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<BlobHead | Uint8Array> {
  if (oids.length === 0) {
    return;
  }
  const child = spawn('git', [...safeGit, 'cat-file', '--batch', '--buffer'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: gitEnvironment(),
    ...(signal ? { signal } : {}),
  });
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
    child.stdout.destroy();
  });
  child.stdin.on('error', () => {});
  child.stdin.end(`${oids.join('\n')}\n`);
  try {
    let head = '';
    /** Bytes of the current blob that are to come, and the line feed after it; -1 while a head is read. */
    let left = -1;
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        if (left > 1) {
          const n = Math.min(left - 1, chunk.length - at);
          yield chunk.subarray(at, at + n);
          left -= n;
          at += n;
        } else if (left === 1) {
          left = -1;
          at++;
        } else {
          const newline = chunk.indexOf(10, at);
          head += chunk.toString('latin1', at, newline < 0 ? chunk.length : newline);
          at = newline < 0 ? chunk.length : newline + 1;
          if (newline >= 0) {
            const [oid, type, size] = head.split(' ') as [string, string, string?];
            head = '';
            yield type === 'missing' || size === undefined ? { oid } : { oid, size: Number(size) };
            left = size === undefined ? -1 : Number(size) + 1;
          }
        }
      }
    }
  } catch (error) {
    throw failure ?? error;
  } finally {
    child.kill();
  }
  if (failure) {
    throw failure;
  }
}

/** Calls `visit` for each blob, in the order asked; a blob that is missing is passed over. `signal` ends it. */
export async function readBlobs(
  root: string,
  oids: readonly string[],
  visit: (oid: string, bytes: Buffer) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  let oid = '';
  let size = 0;
  let filled = 0;
  let bytes: Buffer = Buffer.alloc(0);
  for await (const piece of blobPieces(root, oids, signal)) {
    if (!(piece instanceof Uint8Array)) {
      if (piece.size === undefined) {
        continue;
      }
      ({ oid, size } = piece as Required<BlobHead>);
      filled = 0;
      bytes = Buffer.alloc(0);
    } else if (filled === 0 && piece.length === size) {
      bytes = piece as Buffer;
      filled = size;
    } else {
      if (filled === 0) {
        bytes = Buffer.allocUnsafe(size);
      }
      bytes.set(piece, filled);
      filled += piece.length;
    }
    if (filled === size) {
      await visit(oid, bytes);
    }
  }
}
