import type { Io } from './io';
import type { Tally } from './tally';

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
  #shown = 0;

  constructor(readonly io: Io) {}

  /** `known`: how many files there are, when that is known. */
  show(tally: Tally, known?: number): void {
    const now = Date.now();
    if (!this.io.terminal || now - this.#shown < EVERY || now - this.#started < EVERY) {
      return;
    }
    this.#shown = now;
    const done = tally.files + tally.skipped;
    const left =
      known && done > 0 && known > done
        ? `, ${duration((((now - this.#started) / 1000) * (known - done)) / done)} left`
        : '';
    this.io.err(`\r\u001b[K${done}${known ? ` of ${known}` : ''} files, ${amount(tally.bytes)}${left}`);
  }

  /** Wipes the line. */
  end(): void {
    if (this.#shown > 0) {
      this.io.err('\r\u001b[K');
    }
  }
}
