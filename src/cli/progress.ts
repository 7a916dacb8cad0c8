import type { Io } from './io';

/** How much of something. */
export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** Milliseconds between two lines. */
const EVERY = 200;

function amount(bytes: number): string {
  return bytes < 1e6
    ? `${Math.round(bytes / 1e3)} KB`
    : bytes < 1e9
      ? `${Math.round(bytes / 1e6)} MB`
      : `${(bytes / 1e9).toFixed(1)} GB`;
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

/** One line on a terminal's standard error that is written over and over: files, bytes and, once all files are known, the time
 * that is left. Nothing where standard error is no terminal. */
export class Progress {
  readonly #started = Date.now();
  #first: Amount | undefined;
  #shown = 0;

  constructor(
    readonly io: Io,
    readonly noun = 'files',
  ) {}

  /** `known`: how much there is in all, when that is known; bytes of 0 when they are not. */
  show(done: Amount, known?: Amount): void {
    const now = Date.now();
    this.#first ??= done;
    if (!this.io.terminal || now - this.#shown < EVERY || now - this.#started < EVERY) {
      return;
    }
    this.#shown = now;
    const left = known ? this.#left(done, known, this.#first, (now - this.#started) / 1000) : '';
    this.io.err(
      `\r\u001b[K${done.files}${known ? ` of ${known.files}` : ''} ${this.noun}, ${amount(done.bytes)}${left}`,
    );
  }

  /** The same for work that is counted in other words. */
  step(text: string): void {
    const now = Date.now();
    if (this.io.terminal && now - this.#shown >= EVERY && now - this.#started >= EVERY) {
      this.#shown = now;
      this.io.err(`\r\u001b[K${text}`);
    }
  }

  #left(done: Amount, known: Amount, first: Amount, seconds: number): string {
    const unit = known.bytes > 0 ? 'bytes' : 'files';
    const made = done[unit] - first[unit];
    return made > 0 && known[unit] > done[unit]
      ? `, ${duration((seconds * (known[unit] - done[unit])) / made)} left`
      : '';
  }

  /** Wipes the line. */
  end(): void {
    if (this.#shown > 0) {
      this.io.err('\r\u001b[K');
    }
  }
}
