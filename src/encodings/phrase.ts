import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha256, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Proof } from './proof';
import { type Language, languages, wordIndex } from './word-lists';

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

function indices(words: readonly string[], language: Language): number[] | undefined {
  const index = wordIndex(language);
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

/** BIP-39: entropy and its SHA-256 head, 11 bits a word. Bits of evidence: 4 for 12 words to 8 for 24. */
function bip39In(words: readonly string[], language: Language): boolean {
  const found = [12, 15, 18, 21, 24].includes(words.length) ? indices(words, language) : undefined;
  if (!found) {
    return false;
  }
  const bits = found.map((i) => i.toString(2).padStart(11, '0')).join('');
  const split = Math.floor(bits.length / 33) * 32;
  const entropy = Uint8Array.from({ length: split / 8 }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2));
  const sum = [...sha256(entropy)].map((b) => b.toString(2).padStart(8, '0')).join('');
  return sum.startsWith(bits.slice(split));
}

/** The language in which a phrase is a valid BIP-39 mnemonic. */
export function bip39Language(words: readonly string[]): Language | undefined {
  return (Object.keys(languages) as Language[]).find((l) => bip39In(words, l));
}

/** The language whose list holds all words, whatever the checksum. */
export function listLanguage(words: readonly string[]): Language | undefined {
  return (Object.keys(languages) as Language[]).find((l) => indices(words, l) !== undefined);
}

/** BIP-39 mnemonic in any of the ten languages. */
export function bip39(value: string): Proof {
  const words = phraseWords(value);
  return bip39Language(words) ? { ok: true, bits: words.length / 3 } : FAILS;
}

/** Electrum: HMAC-SHA512 of the phrase under "Seed version" begins with the version. Source: Electrum docs, seed phrase. */
export function electrum(value: string): Proof {
  const words = phraseWords(value);
  const h = bytesToHex(hmac(sha512, utf8ToBytes('Seed version'), utf8ToBytes(words.join(' '))));
  return words.length >= 12 && /^(?:01|100|101|102)/.test(h) ? { ok: true, bits: 8 } : FAILS;
}

/** Algorand: 24 words of key, the 25th from SHA-512/256 of it. Source: Algorand developer docs, mnemonics. */
export function algorand(value: string): Proof {
  const found = indices(phraseWords(value), 'english');
  if (found?.length !== 25) {
    return FAILS;
  }
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const i of found.slice(0, 24)) {
    buffer |= i << bits;
    bits += 11;
    while (bits >= 8) {
      bytes.push(buffer & 0xff);
      buffer >>>= 8;
      bits -= 8;
    }
  }
  bytes.push(buffer & 0xff);
  const sum = sha512_256(Uint8Array.from(bytes.slice(0, 32)));
  const ok = bytes[32] === 0 && (((sum[0] as number) | ((sum[1] as number) << 8)) & 0x7ff) === found[24];
  return ok ? { ok, bits: 19 } : FAILS;
}

/** TON: PBKDF2 of the phrase's HMAC must give the seed version. Source: @ton/crypto, mnemonicValidate. */
export function ton(value: string): Proof {
  const words = phraseWords(value);
  if (words.length !== 24 || !indices(words, 'english')) {
    return FAILS;
  }
  const entropy = hmac(sha512, utf8ToBytes(words.join(' ')), new Uint8Array());
  const seed = pbkdf2(sha512, entropy, utf8ToBytes('TON seed version'), { c: 390, dkLen: 64 });
  return seed[0] === 0 ? { ok: true, bits: 8 } : FAILS;
}
