import { decodeText, type TextKind } from './text-encoding';

/** A part of a large text, with its neighbours' edges around it. */
export interface TextWindow {
  readonly text: string;
  /** What stands before the window: UTF-16 units, lines, and units since the last line end. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** The part of `text` that no other window has; what starts in it belongs to this window. */
  readonly from: number;
  readonly to: number;
}

/** Bytes of a window, and how many of them it shares with each neighbour: more than the longest run of characters that is looked
 * at, in any encoding. Both even, for UTF-16. */
const WINDOW = 4 * 1024 * 1024;
const EDGE = 160 * 1024;
/** Bytes by which a binary file is known. */
const PROBE = 8192;

/** Bytes at the start of `bytes` that continue a character which began before. */
function cutLead(bytes: Uint8Array, kind: TextKind): number {
  let n = 0;
  while (kind.startsWith('utf-8') && n < 3 && ((bytes[n] as number) & 0xc0) === 0x80) {
    n++;
  }
  return n;
}

/**
 * Cuts a text that comes in pieces into overlapping windows, so that no more than one of them is held at a time, whatever the
 * text's size. The encoding is that of the first window.
 */
export class TextWindows {
  /** The text turned out to be binary: the rest of it is not needed. */
  isBinary = false;
  #buffer = new Uint8Array(64 * 1024);
  #filled = 0;
  #probed = false;
  #kind: TextKind | undefined;
  #decoder = new TextDecoder();
  #first = true;
  #offset = 0;
  #line = 0;
  #column = 0;

  constructor(readonly use: (window: TextWindow) => void) {}

  /** Takes the next bytes; they may be overwritten afterwards. */
  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.isBinary; ) {
      if (this.#filled === WINDOW) {
        this.#cut(false);
        continue;
      }
      const n = Math.min(WINDOW - this.#filled, bytes.length - at);
      this.#reserve(this.#filled + n);
      this.#buffer.set(bytes.subarray(at, at + n), this.#filled);
      this.#filled += n;
      at += n;
      if (!this.#probed && this.#filled >= PROBE) {
        this.#probed = true;
        this.isBinary = decodeText(this.#buffer.subarray(0, PROBE)) === undefined;
      }
    }
  }

  /** The text is at its end. */
  end(): void {
    if (!this.isBinary) {
      this.#cut(true);
    }
  }

  #reserve(length: number): void {
    if (this.#buffer.length < length) {
      const larger = new Uint8Array(Math.min(WINDOW, Math.max(length, this.#buffer.length * 4)));
      larger.set(this.#buffer.subarray(0, this.#filled));
      this.#buffer = larger;
    }
  }

  #begin(last: boolean): boolean {
    const all = this.#buffer.subarray(0, this.#filled);
    // The last character of a window may be cut.
    const whole = last ? all : all.subarray(0, all.length - 4 + cutLead(all.subarray(-4), 'utf-8'));
    this.#kind = decodeText(whole)?.kind;
    if (this.#kind === undefined) {
      this.isBinary = true;
      return false;
    }
    const kind = this.#kind;
    this.#decoder = new TextDecoder(kind === 'utf-8-bom' ? 'utf-8' : kind === 'latin-1' ? 'latin1' : kind, {
      ignoreBOM: true,
    });
    const mark =
      kind === 'utf-8-bom' ? 3 : /^\xff\xfe|^\xfe\xff/.test(String.fromCharCode(...all.subarray(0, 2))) ? 2 : 0;
    this.#buffer.copyWithin(0, mark, this.#filled);
    this.#filled -= mark;
    return last || this.#filled === WINDOW;
  }

  #cut(last: boolean): void {
    if (this.#kind === undefined && !this.#begin(last)) {
      return;
    }
    const kind = this.#kind as TextKind;
    const decoder = this.#decoder;
    const lead = this.#first ? 0 : cutLead(this.#buffer, kind);
    const bytes = this.#buffer.subarray(lead, this.#filled);
    const text = decoder.decode(bytes);
    const step = WINDOW - 2 * EDGE;
    // Units up to the place where the next window begins.
    const next = last ? bytes.length : step - lead + cutLead(bytes.subarray(step - lead), kind);
    const units = last ? text.length : decoder.decode(bytes.subarray(0, next)).length;
    const edge = (from: number) =>
      decoder.decode(bytes.subarray(from, from + EDGE + cutLead(bytes.subarray(from + EDGE), kind))).length;
    this.use({
      text,
      offset: this.#offset,
      line: this.#line,
      column: this.#column,
      from: this.#first ? 0 : edge(0),
      to: last ? text.length + 1 : units + edge(next),
    });
    this.#first = false;
    if (last) {
      return;
    }
    // A line end that the step cuts counts in the next window.
    const passed = text.slice(0, text[units] === '\n' && text[units - 1] === '\r' ? units - 1 : units);
    for (const m of passed.matchAll(/\r\n|\r|\n/g)) {
      this.#line++;
      this.#column = -(m.index + m[0].length);
    }
    this.#column += units;
    this.#offset += units;
    this.#buffer.copyWithin(0, step, this.#filled);
    this.#filled -= step;
  }
}
