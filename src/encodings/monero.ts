import { utf8ToBytes } from '@noble/hashes/utils.js';
import { triples } from './chain-phrases';
import { crc32 } from './crc';
import type { Proof } from './proof';
import { moneroEnglish, moneroPrefixes } from './word-data';

/** Order of the Ed25519 base point: 2^252 + 27742317777372353535851937790883648493. Source: RFC 8032. */
const L = 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn;

function littleEndian(bytes: readonly number[]): bigint {
  return bytes.reduceRight((sum, b) => (sum << 8n) | BigInt(b), 0n);
}

/** Monero spend or view key: 32 bytes, little-endian, above 0 and below L. 15 of 16 random values fail. */
export function moneroKey(value: string): Proof {
  const bytes = (value.match(/../g) ?? []).map((b) => Number.parseInt(b, 16));
  const d = littleEndian(bytes);
  return { ok: bytes.length === 32 && d > 0n && d < L, bits: 4 };
}

interface List {
  /** Characters by which a word is known. */
  readonly length: number;
  /** These characters as the list writes them, in order. */
  readonly heads: readonly string[];
  /** Head, or whole English word, in lower case, to its number. */
  readonly numbers: ReadonlyMap<string, number>;
}

let lists: readonly List[] | undefined;

function allLists(): readonly List[] {
  if (!lists) {
    const packed = Object.values(moneroPrefixes).map(([length, text]): List => {
      const heads = Array.from({ length: text.length / length }, (_, i) =>
        text.slice(i * length, (i + 1) * length).trimEnd(),
      );
      return { length, heads, numbers: new Map(heads.map((w, i) => [w.toLowerCase(), i])) };
    });
    const english = moneroEnglish.split(' ');
    const numbers = new Map(english.map((w, i) => [w, i]));
    lists = [{ length: 3, heads: english.map((w) => w.slice(0, 3)), numbers }, ...packed];
  }
  return lists;
}

function numbersIn(list: List, words: readonly string[], whole: boolean): number[] | undefined {
  const out: number[] = [];
  for (const w of words) {
    const i = list.numbers.get(whole ? w : w.slice(0, list.length));
    if (i === undefined) {
      return undefined;
    }
    out.push(i);
  }
  return out;
}

/** The lists that hold a word, as bits in the order of the lists. The word is lower case, in any normal form. */
export function moneroListsOf(word: string): number {
  const w = word.normalize('NFC');
  return allLists().reduce((bits, list, i) => (numbersIn(list, [w], i === 0) ? bits | (1 << i) : bits), 0);
}

/**
 * Monero's seed: 24 words of key and one of them again, chosen by the CRC-32 of the words' heads; MyMonero's has 12 and
 * one. The key must be below L. Words are lower case, in any normal form.
 * Returns the bits of its checksum, 0 when it is none. Source: Monero, electrum-words.
 */
export function moneroPhrase(given: readonly string[]): number {
  if (given.length !== 25 && given.length !== 13) {
    return 0;
  }
  const words = given.map((w) => w.normalize('NFC'));
  for (const [i, list] of allLists().entries()) {
    const whole = i === 0;
    const numbers = numbersIn(list, words, whole);
    if (!numbers) {
      continue;
    }
    const n = words.length - 1;
    const heads = numbers.map((i) => list.heads[i] as string);
    if (heads[crc32(utf8ToBytes(heads.slice(0, n).join(''))) % n] !== heads[n]) {
      continue;
    }
    const parts = triples(numbers.slice(0, n), list.numbers.size);
    const bytes = parts.flatMap((x) => [x & 255, (x >>> 8) & 255, (x >>> 16) & 255, x >>> 24]);
    if (parts.every((x) => x < 2 ** 32) && (n < 24 || littleEndian(bytes) < L)) {
      // Where words are known by their heads alone, names in programs pass as words: such a phrase needs a label.
      return whole && n === 24 ? 8.5 : 3.5;
    }
  }
  return 0;
}
