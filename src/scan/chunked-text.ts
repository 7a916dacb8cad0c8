const CHUNK = 16_384;

/** A text in pieces, so that an edit and a look at a window cost the same in a long document as in a short one. */
export class ChunkedText {
  #chunks: string[] = [];
  #length = 0;

  constructor(text: string) {
    for (let i = 0; i < text.length; i += CHUNK) {
      this.#chunks.push(text.slice(i, i + CHUNK));
    }
    this.#length = text.length;
  }

  get length(): number {
    return this.#length;
  }

  /** Characters of `[from, to)`. */
  slice(from: number, to: number): string {
    let at = 0;
    let out = '';
    for (const chunk of this.#chunks) {
      const end = at + chunk.length;
      if (end > from && at < to) {
        out += chunk.slice(Math.max(0, from - at), Math.min(chunk.length, to - at));
      } else if (at >= to) {
        break;
      }
      at = end;
    }
    return out;
  }

  /** Replaces `[start, end)`. */
  replace(start: number, end: number, text: string): void {
    let at = 0;
    let first = 0;
    while (first < this.#chunks.length - 1 && at + (this.#chunks[first] as string).length <= start) {
      at += (this.#chunks[first] as string).length;
      first++;
    }
    let last = first;
    let lastAt = at;
    while (last < this.#chunks.length - 1 && lastAt + (this.#chunks[last] as string).length < end) {
      lastAt += (this.#chunks[last] as string).length;
      last++;
    }
    const head = (this.#chunks[first] ?? '').slice(0, start - at);
    const tail = (this.#chunks[last] ?? '').slice(end - lastAt);
    const merged = head + text + tail;
    const pieces: string[] = [];
    if (merged.length <= CHUNK * 2) {
      pieces.push(merged);
    } else {
      for (let i = 0; i < merged.length; i += CHUNK) {
        pieces.push(merged.slice(i, i + CHUNK));
      }
    }
    this.#chunks.splice(first, last - first + 1, ...pieces);
    this.#length += text.length - (end - start);
  }

  /** Offset of the last newline before `at`, plus one. */
  lineStart(at: number): number {
    let end = at;
    for (let size = 512; ; size *= 4) {
      const from = Math.max(0, end - size);
      const found = this.slice(from, end).lastIndexOf('\n');
      if (found >= 0) {
        return from + found + 1;
      }
      if (from === 0) {
        return 0;
      }
      end = from;
    }
  }

  /** Offset of the first newline at or after `at`, or the length. */
  lineEnd(at: number): number {
    for (let from = at, size = 512; from < this.#length; from += size, size *= 4) {
      const found = this.slice(from, from + size).indexOf('\n');
      if (found >= 0) {
        return from + found;
      }
    }
    return this.#length;
  }

  toString(): string {
    return this.#chunks.join('');
  }
}
