import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { crc32c } from './crc';
import { wordNumbers } from './word-lists';

/**
 * Electrum 2: HMAC-SHA512 of the phrase under "Seed version" begins with the version, of 8 bits (standard) or 12 (segwit,
 * two-factor). Returns these bits, 0 when it is none. Source: Electrum docs, seed phrase.
 */
export function electrum2(words: readonly string[]): number {
  const phrase = words.join(' ').replace(/\p{Mn}/gu, '');
  const joined = phrase.replace(
    /(?<=[\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff]) (?=[\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff])/g,
    '',
  );
  const h = bytesToHex(hmac(sha512, utf8ToBytes('Seed version'), utf8ToBytes(joined)));
  return h.startsWith('01') ? 8 : /^10[012]/.test(h) ? 12 : 0;
}

/** Electrum 1: 12 or 24 words of its own list, three for each 32 bits; it has no checksum. Source: Electrum 1.x, mn_decode. */
export function electrum1(words: readonly string[]): boolean {
  const numbers = words.length === 12 || words.length === 24 ? wordNumbers(words, 'electrum') : undefined;
  return numbers !== undefined && triples(numbers, 1626).every((x) => x < 2 ** 32);
}

/** Three words a number, each but the first counted from the one before: how Electrum 1 and Monero write 32 bits. */
export function triples(numbers: readonly number[], n: number): number[] {
  const out: number[] = [];
  for (let i = 0; i + 2 < numbers.length; i += 3) {
    const [a, b, c] = [numbers[i] as number, numbers[i + 1] as number, numbers[i + 2] as number];
    out.push(a + n * ((n - a + b) % n) + n * n * ((n - b + c) % n));
  }
  return out;
}

/** Algorand: 24 words of key, the 25th from SHA-512/256 of it. Source: Algorand developer docs, mnemonics. */
export function algorand(words: readonly string[]): boolean {
  const numbers = words.length === 25 ? wordNumbers(words, 'english') : undefined;
  if (!numbers) {
    return false;
  }
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const i of numbers.slice(0, 24)) {
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
  return bytes[32] === 0 && (((sum[0] as number) | ((sum[1] as number) << 8)) & 0x7ff) === numbers[24];
}

/** TON: PBKDF2 of the phrase's HMAC must give the seed version. Source: @ton/crypto, mnemonicValidate. */
export function ton(words: readonly string[]): boolean {
  if (words.length !== 24) {
    return false;
  }
  const entropy = hmac(sha512, utf8ToBytes(words.join(' ')), new Uint8Array());
  return pbkdf2(sha512, entropy, utf8ToBytes('TON seed version'), { c: 390, dkLen: 64 })[0] === 0;
}

/** aezeed of LND: version 0, 23 enciphered bytes, 5 of salt, CRC-32C of these 29. Source: lnd, aezeed. */
export function aezeed(words: readonly string[]): boolean {
  const numbers = words.length === 24 ? wordNumbers(words, 'english') : undefined;
  if (!numbers || (numbers[0] as number) >= 8) {
    return false;
  }
  const bits = numbers.map((i) => i.toString(2).padStart(11, '0')).join('');
  const bytes = Uint8Array.from({ length: 33 }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2));
  return crc32c(bytes.subarray(0, 29)) === new DataView(bytes.buffer).getUint32(29);
}
