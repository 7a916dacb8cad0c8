import { utf8ToBytes } from '@noble/hashes/utils.js';
import { wordNumbers } from './word-lists';

const GENERATOR = [
  0xe0e040, 0x1c1c080, 0x3838100, 0x7070200, 0xe0e0009, 0x1c0c2412, 0x38086c24, 0x3090fc48, 0x21b1f890, 0x3f3f120,
];

function polymod(values: readonly number[]): number {
  let chk = 1;
  for (const v of values) {
    const top = chk >>> 20;
    chk = ((chk & 0xfffff) << 10) ^ v;
    for (let i = 0; i < 10; i++) {
      if ((top >>> i) & 1) {
        chk ^= GENERATOR[i] as number;
      }
    }
  }
  return chk;
}

/** One share of a SLIP-39 backup: 20 or 33 words with a Reed-Solomon checksum of 30 bits. Source: SLIP-0039, RS1024. */
export function slip39Share(words: readonly string[]): boolean {
  const numbers = words.length === 20 || words.length === 33 ? wordNumbers(words, 'slip39') : undefined;
  if (!numbers) {
    return false;
  }
  // The flag stands after the 15 bits of the identifier, in the second word.
  const extendable = ((numbers[1] as number) >> 4) & 1;
  return polymod([...utf8ToBytes(extendable ? 'shamir_extendable' : 'shamir'), ...numbers]) === 1;
}
