import { decodeText, type TextKind } from './text-encoding';

/** A part of a large file, with its neighbours' edges around it. */
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

/** Reads `length` bytes at `position`; fewer at the end of the file. The bytes are used before the next call. */
export type ReadAt = (position: number, length: number) => Uint8Array;

/** Bytes of a window, and how many of them it shares with each neighbour. Both even, for UTF-16. */
const WINDOW = 4 * 1024 * 1024;
const EDGE = 64 * 1024;

/** Bytes at the start of `bytes` that continue a character which began before. */
function cutLead(bytes: Uint8Array, kind: TextKind): number {
  let n = 0;
  while (kind.startsWith('utf-8') && n < 3 && ((bytes[n] as number) & 0xc0) === 0x80) {
    n++;
  }
  return n;
}

function decoderOf(kind: TextKind): TextDecoder {
  return new TextDecoder(kind === 'utf-8-bom' ? 'utf-8' : kind === 'latin-1' ? 'latin1' : kind, { ignoreBOM: true });
}

/**
 * Reads a large text in overlapping windows, so that no more than one of them is held at a time, whatever the file's size.
 * Undefined when it is binary. The encoding is that of its first window.
 */
export function textWindows(size: number, read: ReadAt): Iterable<TextWindow> | undefined {
  const first = read(0, Math.min(size, WINDOW));
  // The last character of the window may be cut.
  const kind = decodeText(first.subarray(0, first.length - 4 + cutLead(first.subarray(-4), 'utf-8')))?.kind;
  return kind === undefined ? undefined : windows(kind, size, read);
}

function* windows(kind: TextKind, size: number, read: ReadAt): Iterable<TextWindow> {
  const decoder = decoderOf(kind);
  const mark = kind === 'utf-8-bom' ? 3 : kind.startsWith('utf-16') ? 2 : 0;
  let at = mark;
  let offset = 0;
  let line = 0;
  let column = 0;
  for (;;) {
    let bytes = read(at, WINDOW);
    const last = at + bytes.length >= size || bytes.length < WINDOW;
    const lead = at === mark ? 0 : cutLead(bytes, kind);
    bytes = bytes.subarray(lead);
    const text = decoder.decode(bytes);
    const step = WINDOW - 2 * EDGE;
    // Units up to the place where the next window begins.
    const next = step - lead + (last ? 0 : cutLead(bytes.subarray(step - lead), kind));
    const units = last ? text.length : decoder.decode(bytes.subarray(0, next)).length;
    const edge = (from: number) =>
      decoder.decode(bytes.subarray(from, from + EDGE + cutLead(bytes.subarray(from + EDGE), kind))).length;
    yield {
      text,
      offset,
      line,
      column,
      from: at === mark ? 0 : edge(0),
      to: last ? text.length + 1 : units + edge(next),
    };
    if (last) {
      return;
    }
    // A line end that the step cuts counts in the next window.
    const passed = text.slice(0, text[units] === '\n' && text[units - 1] === '\r' ? units - 1 : units);
    for (const m of passed.matchAll(/\r\n|\r|\n/g)) {
      line++;
      column = -(m.index + m[0].length);
    }
    column += units;
    offset += units;
    at += step;
  }
}
