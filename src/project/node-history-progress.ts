import fs from 'node:fs';
import path from 'node:path';

/** What a blob turned out to be: nothing found, something found, no text. */
export type BlobOutcome = 'clean' | 'found' | 'binary';
const OUTCOMES: readonly BlobOutcome[] = ['clean', 'found', 'binary'];

/**
 * Which blobs of a repository an audit of its history has scanned already, so that one which was interrupted goes on where it
 * stopped. It stands in git's own folder (`keyward/history-progress`), where nothing is committed from and what a clone's
 * removal takes along, and holds the names of blobs: no values, no fingerprints, no places. Those in which something was found
 * are scanned again. Another key (of the version, the rules or the options) starts anew. Where it can't be written, nothing
 * is kept.
 */
export class HistoryProgress {
  readonly #file: string;
  readonly #header: Buffer;
  #begun = false;
  readonly done: ReadonlyMap<string, BlobOutcome>;

  /** `key`: 64 hex digits. `anew` forgets what was scanned before. */
  constructor(commonDir: string, key: string, anew = false) {
    this.#file = path.join(commonDir, 'keyward', 'history-progress');
    this.#header = Buffer.from(`keyward history 1 ${key}\n`);
    if (anew) {
      this.remove();
    }
    this.done = this.#read();
  }

  #read(): Map<string, BlobOutcome> {
    const done = new Map<string, BlobOutcome>();
    let bytes: Buffer;
    try {
      bytes = fs.readFileSync(this.#file);
    } catch {
      return done;
    }
    if (!bytes.subarray(0, this.#header.length).equals(this.#header)) {
      return done;
    }
    // A record is the outcome, the length of the name and the name; one that is cut at the end is left out.
    for (let at = this.#header.length; at + 2 <= bytes.length; ) {
      const outcome = OUTCOMES[bytes[at] as number];
      const end = at + 2 + (bytes[at + 1] as number);
      if (outcome === undefined || end > bytes.length) {
        break;
      }
      done.set(bytes.subarray(at + 2, end).toString('hex'), outcome);
      at = end;
    }
    return done;
  }

  /** Adds what was scanned; it is on the disk when this returns, as far as the system tells. */
  add(outcomes: ReadonlyMap<string, BlobOutcome>): void {
    const records: Buffer[] = [];
    for (const [oid, outcome] of outcomes) {
      const name = Buffer.from(oid, 'hex');
      records.push(Buffer.from([OUTCOMES.indexOf(outcome), name.length]), name);
    }
    try {
      if (this.done.size === 0 && !this.#begun) {
        fs.mkdirSync(path.dirname(this.#file), { recursive: true });
        fs.writeFileSync(this.#file, this.#header, { mode: 0o600 });
      }
      this.#begun = true;
      fs.appendFileSync(this.#file, Buffer.concat(records));
    } catch {
      // a repository that can't be written is scanned all the same
    }
  }

  /** Forgets everything: the audit is complete. */
  remove(): void {
    fs.rmSync(this.#file, { force: true });
    try {
      fs.rmdirSync(path.dirname(this.#file));
    } catch {
      // it was not there, or holds something else
    }
  }
}
