import {
  czech,
  electrumWords,
  english,
  french,
  italian,
  japanese,
  korean,
  portuguese,
  simplifiedChinese,
  slip39Words,
  spanish,
  traditionalChinese,
} from './word-data';

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

export type ListName = Language | 'slip39' | 'electrum';

/** The words of one list as it writes them, in order. */
export function listWords(name: ListName): readonly string[] {
  return name === 'slip39' ? slip39Words.split(' ') : name === 'electrum' ? electrumWords.split(' ') : bip39Lists[name];
}

const indexes = new Map<ListName, ReadonlyMap<string, number>>();

/** Word (NFKD) to its number in one list, built at first use. */
export function wordIndex(name: ListName): ReadonlyMap<string, number> {
  let index = indexes.get(name);
  if (!index) {
    index = new Map(listWords(name).map((w, i) => [w.normalize('NFKD'), i]));
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
