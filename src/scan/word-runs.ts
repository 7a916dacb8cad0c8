import { sieveLists } from '../encodings/word-sieve';

/** One word of a run. */
export interface Word {
  readonly start: number;
  readonly end: number;
  /** More than blanks stand before it: it begins a line, a literal or an item of a list. */
  readonly item: boolean;
}

/** A phrase has at least this many words. */
export const FEWEST = 12;
/** Longest word of any list, with marks apart. */
const LONGEST_WORD = 20;

const QUOTE = '\\\\{0,3}["\'`]';
const NUMBER = `\\(?(?:${QUOTE})?\\d{1,2}(?:${QUOTE})?(?:[ \\t]{0,2}[.):|-][ \\t]{0,4}|[ \\t]{1,4})`;
const TAGS =
  '</[a-z0-9]{1,8}>\\s{0,40}(?:<[a-z0-9]{1,8}[^<>]{0,60}>\\s{0,40}(?:\\d{1,2}[.):]?\\s{0,4}(?:</[a-z0-9]{1,8}>)?\\s{0,20})?){1,3}';
/** What may stand between two words of one phrase, blanks apart: a new line of text, comment or list, pieces of literals
 * and arrays, numbers, commas, HTML items. */
const GAP = new RegExp(
  [
    `[ \\t]{0,3}(?:${QUOTE})?[ \\t]{0,4}[,;+.&|]{0,2}[ \\t]{0,4}\\\\?(?:\\r?\\n[ \\t]{0,40}){1,2}(?:(?://|--|[-*•#>|;+])[ \\t]{0,8}){0,3}(?:${NUMBER})?(?:${QUOTE})?[ \\t]{0,3}`,
    `,?(?:\\\\{1,3}r)?\\\\{1,3}n(?:${NUMBER})?`,
    `[ \\t]{0,3}${QUOTE}[ \\t]{0,4}[,;+.&]{0,2}[ \\t]{0,8}(?:${NUMBER})?${QUOTE}[ \\t]{0,3}`,
    `[ \\t,;]{1,4}${NUMBER}`,
    '[ \\t]{0,2}[,;|、，][ \\t]{0,4}',
    TAGS,
  ].join('|'),
  'y',
);
const BLANKS = /[ \t\u3000\u00a0]{1,4}/y;
const EASTERN = /[\u1100-\u11ff\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/;

const FREE = 0;
const LETTER = 1;
const BREAK = 2;
/** A letter, one that may stand between words, or one that no run holds: by code, all beyond ASCII free for now. */
const kinds = new Uint8Array(256).fill(BREAK, 0, 128);
for (let c = 0; c < 128; c++) {
  if ((c > 64 && c < 91) || (c > 96 && c < 123)) {
    kinds[c] = LETTER;
  } else if ((c > 47 && c < 58) || ' \t\r\n"\'`,.;:)-*+\\[]#/<>|&('.includes(String.fromCharCode(c))) {
    kinds[c] = FREE;
  }
}

function kindOf(code: number): number {
  if (code < 128) {
    return kinds[code] as number;
  }
  const isLetter =
    code >= 0xc0 &&
    code !== 0xd7 &&
    code !== 0xf7 &&
    code < 0xfe00 &&
    !(code >= 0x2000 && code < 0x3040) &&
    !(code >= 0xd800 && code < 0xf900);
  return isLetter ? LETTER : FREE;
}

/** Whether the equals sign at `at` gives an HTML tag an attribute: list items have them. */
function isInTag(codes: Uint8Array, at: number): boolean {
  if (codes[at] !== 61) {
    return false;
  }
  for (let i = at - 1; i >= 0 && at - i < 60; i--) {
    const c = codes[i] as number;
    if (c === 60) {
      return kinds[codes[i + 1] as number] === LETTER;
    }
    if (c === 62 || c === 10 || c === 40 || c === 59 || c === 123) {
      return false;
    }
  }
  return false;
}

const BACKSLASH = 92;
/** Words are looked at in threes: of any twelve in a row nine are three threes, and have a list in common. */
const THREE = 3;

/**
 * Where the stretch of text from `p` to the next character that no run holds ends, when no phrase can stand in it; where
 * one may, the place up to which it must be read, inverted. All that is not plain ASCII, and what may be HTML between words, is left to a closer look.
 */
function passBy(codes: Uint8Array, p: number): number {
  const { length } = codes;
  let words = 0;
  let common = -1;
  // What the words of the last three, and of the three before, have in common.
  let last = 0;
  let before = 0;
  let i = p;
  while (i < length) {
    const code = codes[i] as number;
    const kind = kinds[code] as number;
    if (kind === LETTER) {
      let j = i + 1;
      while (kinds[codes[j] as number] === LETTER) {
        j++;
      }
      // What follows a backslash may be an escaped line end and a word.
      if (common !== 0 && codes[i - 1] !== BACKSLASH) {
        common = j - i > LONGEST_WORD ? 0 : common & sieveLists(codes, i, j);
      }
      words++;
      if (words === THREE) {
        if ((common & last & before) !== 0) {
          return ~j;
        }
        before = last;
        last = common;
        words = 0;
        common = -1;
      }
      i = j;
    } else if (kind === BREAK) {
      return i;
    } else if (code === 255 || (code === 60 && codes[i + 1] === 47)) {
      return ~i;
    } else {
      i++;
    }
  }
  return length;
}

/**
 * Calls `visit` for every maximal run of 12 words or more that begins in `[from, to)` and may hold a phrase. Windows that hold
 * a character which no run holds are skipped from their end, so that most of a program is never read; prose is read past
 * while its words are of no list. `codes` are the text's (`codesOf`).
 */
export function eachWordRun(
  text: string,
  codes: Uint8Array,
  from: number,
  to: number,
  visit: (words: readonly Word[]) => void,
): void {
  // Twelve words and the gaps between: three letters each, one in Chinese.
  const least = codes.includes(255) && EASTERN.test(text) ? 23 : 47;
  const limit = Math.min(to, text.length - least + 1);
  let suspect = -1;
  for (let p = from; p < limit; ) {
    let q = p + least - 1;
    while (q >= p && (kinds[codes[q] as number] !== BREAK || isInTag(codes, q))) {
      q--;
    }
    if (q < p && p > suspect) {
      q = passBy(codes, p);
      suspect = q < 0 ? ~q : suspect;
    }
    p = q >= p ? q + 1 : walk(text, p, visit);
  }
}

/** Reads one run from `p`; returns where the search goes on. */
function walk(text: string, p: number, visit: (words: readonly Word[]) => void): number {
  let i = p;
  while (i < text.length) {
    const kind = kindOf(text.charCodeAt(i));
    if (kind === BREAK) {
      return i + 1;
    }
    if (kind === LETTER) {
      break;
    }
    i++;
  }
  const words: Word[] = [];
  let item = true;
  for (;;) {
    let j = i;
    while (j < text.length && kindOf(text.charCodeAt(j)) === LETTER) {
      j++;
    }
    if (j === i || j - i > LONGEST_WORD) {
      i = j;
      break;
    }
    words.push({ start: i, end: j, item });
    BLANKS.lastIndex = j;
    let next = BLANKS.test(text) ? BLANKS.lastIndex : j;
    item = !(next > j && kindOf(text.charCodeAt(next)) === LETTER);
    if (item) {
      GAP.lastIndex = j;
      next = GAP.test(text) ? GAP.lastIndex : j;
    }
    i = j;
    if (next === j || next >= text.length || kindOf(text.charCodeAt(next)) !== LETTER) {
      break;
    }
    i = next;
  }
  if (words.length >= FEWEST) {
    visit(words);
  }
  return Math.max(i, p + 1);
}
