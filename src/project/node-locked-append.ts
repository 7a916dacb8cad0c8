import fs from 'node:fs';
import path from 'node:path';

/** Milliseconds: between tries, until giving up, and after which the lock of a dead process is taken away. */
const PAUSE = 15;
const PATIENCE = 10_000;
const STALE = 5_000;

/**
 * Appends to a file that several processes write: each reads what is there and adds to it, one at a time. What was written
 * is on the disk when this returns. `make` gets the text so far and gives what follows; if it throws, nothing is written.
 * Throws an Error fit for a person when the lock can't be had in ten seconds.
 */
export async function appendLocked(file: string, make: (text: string) => string): Promise<void> {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const lock = `${file}.lock`;
  const release = await acquired(lock);
  try {
    const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    const more = make(text);
    const fd = fs.openSync(file, 'a', 0o600);
    try {
      const bytes = Buffer.from(more, 'utf8');
      for (let done = 0; done < bytes.length; ) {
        done += fs.writeSync(fd, bytes, done);
      }
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  } finally {
    release();
  }
}

async function acquired(lock: string): Promise<() => void> {
  const until = Date.now() + PATIENCE;
  const own = `${process.pid} ${crypto.randomUUID()}`;
  for (;;) {
    try {
      fs.writeFileSync(lock, own, { flag: 'wx', mode: 0o600 });
      return () => {
        if (read(lock) === own) {
          fs.rmSync(lock, { force: true });
        }
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    if (isAbandoned(lock)) {
      setAside(lock);
    } else if (Date.now() > until) {
      throw new Error(`${path.basename(lock)} is held by another process; remove it if there is none.`);
    } else {
      await new Promise((resolve) => setTimeout(resolve, PAUSE + Math.random() * PAUSE));
    }
  }
}

/** Takes an abandoned lock away by renaming it, so that of several who see it one does. */
function setAside(lock: string): void {
  const aside = `${lock}.${crypto.randomUUID()}`;
  try {
    fs.renameSync(lock, aside);
    fs.rmSync(aside, { force: true });
  } catch {
    // somebody else was faster
  }
}

function read(lock: string): string | undefined {
  try {
    return fs.readFileSync(lock, 'utf8');
  } catch {
    return undefined;
  }
}

/** A lock is abandoned when its process is gone and it is older than any write takes. */
function isAbandoned(lock: string): boolean {
  const pid = Number(read(lock)?.split(' ')[0]);
  const age = Date.now() - (fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age < STALE) {
    return false;
  }
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH' || !Number.isInteger(pid) || pid <= 0;
  }
}
