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
import { electrumWords } from './electrum-words';
import { slip39Words } from './slip39-words';

/** The ten languages of BIP-39, in the order in which they are tried. */
const bip39Lists = {
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

export type Language = keyof typeof bip39Lists;

export const languages = Object.keys(bip39Lists) as Language[];

type ListName = Language | 'slip39' | 'electrum';

const indexes = new Map<ListName, ReadonlyMap<string, number>>();

/** Word (NFKD) to its number in one list, built at first use. */
export function wordIndex(name: ListName): ReadonlyMap<string, number> {
  let index = indexes.get(name);
  if (!index) {
    const words =
      name === 'slip39' ? slip39Words.split(' ') : name === 'electrum' ? electrumWords.split(' ') : bip39Lists[name];
    index = new Map(words.map((w, i) => [w.normalize('NFKD'), i]));
    indexes.set(name, index);
  }
  return index;
}

/** The words' numbers in one list; undefined when one of them is not in it. */
export function wordNumbers(words: readonly string[], name: ListName): number[] | undefined {
  const index = wordIndex(name);
  const out: number[] = [];
  for (const w of words) {
    const i = index.get(w);
    if (i === undefined) {
      return undefined;
    }
    out.push(i);
  }
  return out;
}
