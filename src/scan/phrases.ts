import { algorand, bip39Language, electrum, listLanguage, phraseWords, ton } from '../encodings/phrase';
import { isListWord } from '../encodings/word-lists';

/** A run of list words that may be a wallet's recovery phrase. */
export interface PhraseHit {
  readonly start: number;
  readonly end: number;
  /** Words, NFKD and lower case. */
  readonly words: readonly string[];
  /** Catalog id it is evidence for. */
  readonly ruleId: string;
  /** Bits of its checksum. */
  readonly bits: number;
  /** The run is exactly what quotes, a line, a list or a field holds. */
  readonly bounded: boolean;
  /** A label such as `mnemonic` or `seed phrase` stands before it. */
  readonly labelled: boolean;
}

// Words are letters of one script; accents may stand apart (NFD), so letters and marks are matched by class.
const LATIN_WORD = '[\\p{Ll}\\p{Mn}]{3,16}';
// Words stand apart by blanks, by quotes and commas (arrays), by line ends with or without numbers (lists).
const GAP =
  '(?:[ \\t\\u3000]{1,3}|["\'`]?,?\\s{0,40}["\'`]|\\\\?\\r?\\n[ \\t]*(?:[-*][ \\t]+)?(?:\\d{1,2}[.):]?[ \\t]+)?|[ \\t]+\\d{1,2}[.):][ \\t]*|["\'`][ \\t]*\\+?[ \\t]*\\r?\\n[ \\t]*["\'`])';
const LATIN = new RegExp(`${LATIN_WORD}(?:${GAP}${LATIN_WORD}){10,400}`, 'gu');
const EASTERN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\p{Mn}]{1,14}(?:[ \u3000]{1,3}[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\p{Mn}]{1,14}){11,23}/gu;
const WORD = /[\p{L}\p{Mn}]+/gu;
const LABEL =
  /(?:mnemonic|seed[_\s-]?(?:phrase|words?)?|recovery[_\s-]?(?:phrase|words?)|secret[_\s-]?(?:phrase|words?)|backup[_\s-]?phrase|pass[_\s-]?phrase|wallet[_\s-]?(?:words?|phrase|seed)|\bphrase|\bwords|bip-?39|助记词|ニーモニック|니모닉)[^\n]{0,40}$/i;
const LENGTHS = [25, 24, 21, 18, 15, 12];

function isSorted(words: readonly string[]): boolean {
  let up = 0;
  let down = 0;
  for (let i = 1; i < words.length; i++) {
    const [a, b] = [words[i - 1] as string, words[i] as string];
    up += a < b ? 1 : 0;
    down += a > b ? 1 : 0;
  }
  return up >= words.length - 2 || down >= words.length - 2;
}

function schemeOf(words: readonly string[]): { ruleId: string; bits: number } | undefined {
  const text = words.join(' ');
  if (words.length === 25) {
    return algorand(text).ok ? { ruleId: 'algorand-mnemonic', bits: 19 } : undefined;
  }
  const language = bip39Language(words);
  if (language) {
    return { ruleId: `bip39-mnemonic-${language}`, bits: words.length / 3 };
  }
  if (listLanguage(words) !== 'english') {
    return undefined;
  }
  if (words.length === 12 && electrum(text).ok) {
    return { ruleId: 'electrum-seed', bits: 8 };
  }
  return words.length === 24 && ton(text).ok ? { ruleId: 'ton-mnemonic', bits: 8 } : undefined;
}

function bounds(text: string, start: number, end: number): boolean {
  const before = /["'`\u3000([{=:>|,]\s*$|^\s*$|\n[ \t>*#/-]*(?:\d{1,2}[.):]?[ \t]*)?$/.test(
    text.slice(Math.max(0, start - 24), start),
  );
  const after = /^\s*(?:["'`)\]}<|,;\\]|$)|^[ \t]*\r?\n|^\.\s/.test(text.slice(end, end + 12));
  return (before || start === 0) && (after || end >= text.length);
}

function examine(text: string, from: number, run: string, hits: PhraseHit[]): void {
  const words: { start: number; end: number; word: string }[] = [];
  for (const m of run.matchAll(WORD)) {
    words.push({ start: from + m.index, end: from + m.index + m[0].length, word: m[0].normalize('NFKD') });
  }
  for (let i = 0; i < words.length; ) {
    // The longest run of list words from here.
    let j = i;
    while (j < words.length && isListWord((words[j] as { word: string }).word)) {
      j++;
    }
    const length = j - i;
    if (length < 12) {
      i = j + 1;
      continue;
    }
    // Word lists and running text of list words are no phrases.
    if (length <= 48) {
      const run = words.slice(i, j);
      const hit = best(text, run);
      if (hit) {
        hits.push(hit);
      }
    }
    i = j + 1;
  }
}

function best(text: string, run: readonly { start: number; end: number; word: string }[]): PhraseHit | undefined {
  let found: PhraseHit | undefined;
  let score = 0;
  for (const n of LENGTHS) {
    for (let at = 0; at + n <= run.length; at++) {
      const slice = run.slice(at, at + n);
      const words = slice.map((w) => w.word);
      const start = (slice[0] as { start: number }).start;
      const end = (slice.at(-1) as { end: number }).end;
      const bounded = bounds(text, start, end);
      const labelled = LABEL.test(text.slice(Math.max(0, start - 80), start).replace(/["'`=:([{,\s]+$/, ' '));
      if (!(bounded && run.length === n) && !labelled && !(bounded && labelled)) {
        continue;
      }
      if (isSorted(words)) {
        continue;
      }
      const scheme = schemeOf(words);
      if (!scheme) {
        continue;
      }
      const rank = n + (labelled ? 40 : 0) + (bounded ? 20 : 0);
      if (rank > score) {
        score = rank;
        found = { start, end, words, ...scheme, bounded, labelled };
      }
    }
  }
  return found;
}

/** Recovery phrases that start in `[from, to)`, whatever their language. */
export function findPhrases(text: string, from: number, to: number): PhraseHit[] {
  const hits: PhraseHit[] = [];
  for (const expression of [LATIN, EASTERN]) {
    expression.lastIndex = from;
    for (let m = expression.exec(text); m && m.index < to; m = expression.exec(text)) {
      examine(text, m.index, m[0], hits);
    }
  }
  return hits.filter((h) => h.start >= from && h.start < to);
}

/** Whether a value is made of phrase words; for the fix, which keeps them together. */
export function isPhrase(value: string): boolean {
  return phraseWords(value).length >= 12;
}
