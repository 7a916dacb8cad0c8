import { CLASS, Unit } from './text-codes';

/** Fewest words that a search for phrases may find in one run, and the fewest characters that they take. */
const WORDS = 11;
const SHORTEST = 2 * WORDS - 1;

/**
 * Calls `visit` for every range that starts in `[from, to)` and may hold a recovery phrase: eleven words in a row with nothing
 * but blanks, quotes, commas and list numbers between them. Ordinary source and prose fail at once, by a capital, a bracket
 * or a word of two letters; what passes is looked at closely by `findPhrases`.
 */
export function eachWordRun(
  codes: Uint8Array,
  from: number,
  to: number,
  visit: (start: number, end: number) => void,
): void {
  const { length } = codes;
  let start = from;
  let known = from;
  while (start < to) {
    const last = start + SHORTEST - 1;
    if (last >= length) {
      return;
    }
    let i = last;
    while (i >= known && ((CLASS[codes[i] as number] as number) & Unit.Prose) !== 0) {
      i--;
    }
    if (i >= known) {
      start = i + 1;
      known = last + 1;
      continue;
    }
    let words = 0;
    let letters = 0;
    let foreign = false;
    let enough = false;
    let end = start;
    for (; end <= length; end++) {
      const code = end < length ? (codes[end] as number) : 0;
      const unit = CLASS[code] as number;
      if ((unit & Unit.Letter) !== 0) {
        letters++;
        foreign ||= code > 127;
        continue;
      }
      if (letters > 0) {
        // Words of Latin script have three letters or more; the letter of an escaped line end (\\n) is none.
        words = letters > 2 || foreign ? words + 1 : codes[end - letters - 1] === 92 ? words : 0;
        letters = 0;
        foreign = false;
        enough ||= words >= WORDS;
      }
      if ((unit & Unit.Prose) === 0) {
        break;
      }
    }
    if (enough) {
      visit(start, end);
    }
    start = end + 1;
    known = start;
  }
}
