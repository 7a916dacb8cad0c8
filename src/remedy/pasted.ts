import type { TextChange } from './plan';

/** A text that would replace `[start, end)` of a document. */
export interface Pasting {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Turns changes of the text as it would be after a paste into changes of the text as it is, so that what was pasted never
 * stands in it: one change around the paste, the others where they stood.
 */
export function insteadOfPaste(after: string, changes: readonly TextChange[], paste: Pasting): TextChange[] {
  const grown = paste.text.length - (paste.end - paste.start);
  let low = paste.start;
  let high = paste.start + paste.text.length;
  const inside: TextChange[] = [];
  const outside: TextChange[] = [];
  for (const c of [...changes].sort((a, b) => a.start - b.start)) {
    if (c.end < low || c.start > high) {
      outside.push(c.start > high ? { ...c, start: c.start - grown, end: c.end - grown } : c);
    } else {
      inside.push(c);
      low = Math.min(low, c.start);
      high = Math.max(high, c.end);
    }
  }
  let text = '';
  let at = low;
  for (const c of inside) {
    text += after.slice(at, c.start) + c.text;
    at = c.end;
  }
  text += after.slice(at, high);
  return [...outside, { start: low, end: high - grown, text }].sort((a, b) => a.start - b.start);
}
