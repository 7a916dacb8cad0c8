import { sha256 } from '@noble/hashes/sha2.js';
import { aezeed, algorand, electrum1, electrum2, ton } from './chain-phrases';
import { moneroListsOf, moneroPhrase } from './monero';
import type { Proof } from './proof';
import { slip39Share } from './slip39';
import { type Language, languages, wordIndex, wordNumbers } from './word-lists';

const FAILS: Proof = { ok: false, bits: 0 };

/** Words of a phrase, NFKD and lower case, split at any white space (U+3000 included). */
export function phraseWords(value: string): string[] {
  return value
    .normalize('NFKD')
    .toLowerCase()
    .trim()
    .split(/[\s,"'`]+/)
    .filter(Boolean);
}

/** Entropy of a BIP-39 mnemonic: 11 bits a word, the last 1 in 33 of them the head of its SHA-256. Undefined when it fails. */
export function bip39Entropy(words: readonly string[], language: Language): Uint8Array | undefined {
  const numbers = [12, 15, 18, 21, 24].includes(words.length) ? wordNumbers(words, language) : undefined;
  if (!numbers) {
    return undefined;
  }
  const bits = numbers.map((i) => i.toString(2).padStart(11, '0')).join('');
  const split = Math.floor(bits.length / 33) * 32;
  const entropy = Uint8Array.from({ length: split / 8 }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2));
  const sum = [...sha256(entropy).subarray(0, 1)].map((b) => b.toString(2).padStart(8, '0')).join('');
  return sum.startsWith(bits.slice(split)) ? entropy : undefined;
}

/** What a run of words is: the catalog's rule, the bits of its checksum, and the list that its words are from. */
export interface PhraseScheme {
  readonly ruleId: string;
  readonly bits: number;
  /** Entropy of a BIP-39 mnemonic, the same in all ten languages. */
  readonly key?: Uint8Array;
}

const known = new Map<string, number>();
const MOST_KNOWN = 50_000;
const WHOLE = [...languages, 'slip39', 'electrum'] as const;

/** The bits of the lists that are known word by word, not by the words' heads. */
export const wholeWords = (1 << WHOLE.length) - 1;

/** The lists of all schemes that hold a word (NFKD, lower case), a bit each: words of one phrase have one in common. */
export function listsOf(word: string): number {
  let lists = known.get(word);
  if (lists === undefined) {
    lists = WHOLE.reduce((bits, name, i) => (wordIndex(name).has(word) ? bits | (1 << i) : bits), 0);
    lists |= moneroListsOf(word) << WHOLE.length;
    if (known.size >= MOST_KNOWN) {
      known.clear();
    }
    known.set(word, lists);
  }
  return lists;
}

/** Word counts of all schemes, longest first: SLIP-39 (33, 20), Monero and Algorand (25), BIP-39, MyMonero (13). */
export const phraseLengths: readonly number[] = [33, 25, 24, 21, 20, 18, 15, 13, 12];

/** The scheme of which the words (NFKD, lower case) are a phrase with a valid checksum; undefined when there is none. */
export function phraseScheme(words: readonly string[]): PhraseScheme | undefined {
  for (const language of languages) {
    const key = wordIndex(language).has(words[0] as string) ? bip39Entropy(words, language) : undefined;
    if (key) {
      return { ruleId: `bip39-mnemonic-${language}`, bits: words.length / 3, key };
    }
  }
  // The published vectors repeat words; what a generator makes of other schemes does not.
  if (new Set(words).size * 2 < words.length) {
    return undefined;
  }
  const isEnglish = wordIndex('english').has(words[0] as string) && wordNumbers(words, 'english') !== undefined;
  if (isEnglish && algorand(words)) {
    return { ruleId: 'algorand-mnemonic', bits: 19 };
  }
  if (isEnglish && aezeed(words)) {
    return { ruleId: 'lightning-hsm-secret', bits: 40 };
  }
  const moneroBits = moneroPhrase(words);
  if (moneroBits > 0) {
    return { ruleId: 'monero-seed-25', bits: moneroBits };
  }
  if (slip39Share(words)) {
    return { ruleId: 'slip39-share', bits: 30 };
  }
  // 20, 25 and 33 words are other schemes': one in some hundreds of their typing mistakes would pass here.
  const mayBeElectrum = words.length >= 12 && words.length <= 24 && words.length !== 20;
  const electrumLanguage = mayBeElectrum && languages.find((l) => wordNumbers(words, l) !== undefined);
  const electrumBits = electrumLanguage ? electrum2(words) : 0;
  if (electrumLanguage && electrumBits > 0) {
    // Its wallets make 12 words, early ones 13; other counts need a label.
    const bits = words.length === 12 || words.length === 24 ? electrumBits : 3;
    return { ruleId: 'electrum-seed', bits };
  }
  if (isEnglish && ton(words)) {
    return { ruleId: 'ton-mnemonic', bits: 8 };
  }
  return electrum1(words) ? { ruleId: 'electrum-seed', bits: 0 } : undefined;
}

function as(rule: RegExp): (value: string) => Proof {
  return (value) => {
    const scheme = phraseScheme(phraseWords(value));
    return scheme && rule.test(scheme.ruleId)
      ? { ok: true, bits: scheme.bits, ...(scheme.key ? { key: scheme.key } : {}) }
      : FAILS;
  };
}

/** BIP-39 mnemonic in any of the ten languages. */
export const bip39 = as(/^bip39-/);
export const electrumPhrase = as(/^electrum-/);
export const algorandPhrase = as(/^algorand-/);
export const tonPhrase = as(/^ton-/);
export const moneroSeed = as(/^monero-/);
export const slip39 = as(/^slip39-/);
export const aezeedPhrase = as(/^lightning-/);
