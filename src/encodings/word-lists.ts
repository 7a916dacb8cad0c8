import { wordlist as czech } from '@scure/bip39/wordlists/czech.js';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as french } from '@scure/bip39/wordlists/french.js';
import { wordlist as italian } from '@scure/bip39/wordlists/italian.js';
import { wordlist as japanese } from '@scure/bip39/wordlists/japanese.js';
import { wordlist as korean } from '@scure/bip39/wordlists/korean.js';
import { wordlist as portuguese } from '@scure/bip39/wordlists/portuguese.js';
import { wordlist as simplifiedChinese } from '@scure/bip39/wordlists/simplified-chinese.js';
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js';
import { wordlist as traditionalChinese } from '@scure/bip39/wordlists/traditional-chinese.js';

/** The ten languages of BIP-39, in the order in which they are tried. */
export const languages = {
  english,
  'chinese-simplified': simplifiedChinese,
  'chinese-traditional': traditionalChinese,
  czech,
  french,
  italian,
  japanese,
  korean,
  portuguese,
  spanish,
} as const;

export type Language = keyof typeof languages;

const indexes = new Map<Language, ReadonlyMap<string, number>>();

/** Word (NFKD) to index of one language's list, built at first use. */
export function wordIndex(language: Language): ReadonlyMap<string, number> {
  let index = indexes.get(language);
  if (!index) {
    index = new Map(languages[language].map((w, i) => [w.normalize('NFKD'), i]));
    indexes.set(language, index);
  }
  return index;
}

let anyWord: ReadonlySet<string> | undefined;

/** Every word of the Latin-script lists, for the scanner's first look. */
export function isListWord(word: string): boolean {
  if (!anyWord) {
    const all = new Set<string>();
    for (const language of Object.keys(languages) as Language[]) {
      for (const w of wordIndex(language).keys()) {
        all.add(w);
      }
    }
    anyWord = all;
  }
  return anyWord.has(word);
}
