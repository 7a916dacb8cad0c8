/**
 * The next quote of a text, of whichever kind, each time it is asked: the platform's own search for one character reads a text
 * ten times as fast as a loop over it.
 */
export class Quotes {
  /** Where the next double, single and back quote stands; past the end when there is none. */
  readonly #next: [number, number, number];

  constructor(
    readonly text: string,
    from: number,
  ) {
    this.#next = [this.#find('"', from), this.#find("'", from), this.#find('`', from)];
  }

  /** Offset of the first quote at or after `from`, which never goes back; the text's length when there is none. */
  at(from: number): number {
    const next = this.#next;
    if (next[0] < from) {
      next[0] = this.#find('"', from);
    }
    if (next[1] < from) {
      next[1] = this.#find("'", from);
    }
    if (next[2] < from) {
      next[2] = this.#find('`', from);
    }
    return Math.min(next[0], next[1], next[2]);
  }

  #find(quote: string, from: number): number {
    const at = this.text.indexOf(quote, from);
    return at < 0 ? this.text.length : at;
  }
}
