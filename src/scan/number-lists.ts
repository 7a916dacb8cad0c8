import { codeSet, eachStretch } from './stretches';

/** Characters of a list of numbers in any language: its blanks, bases, casts (`(byte)`) and suffixes (`u8`, `n`). */
const LIST = codeSet('0123456789abcdefABCDEFxXoO+-.,_ \t\r\n\v\funyt()', true);
/** 32 numbers of one digit and the commas between. */
const SHORTEST = 63;
const OPEN = codeSet('[{(');

/** Calls `visit` for every bracket in `[from, to)` that may open a list of 32 numbers or more. */
export function eachNumberList(codes: Uint8Array, from: number, to: number, visit: (open: number) => void): void {
  eachStretch(codes, LIST, SHORTEST, from, to + 1, (start, end) => {
    if (start > from && OPEN[codes[start - 1] as number] === 1) {
      visit(start - 1);
    }
    // A list of another bracket may stand within, as far as it can be long enough.
    for (let i = start; i <= end - SHORTEST && i < to; i++) {
      if (codes[i] === 40) {
        visit(i);
      }
    }
  });
}
