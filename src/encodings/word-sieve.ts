import { moneroEnglish, moneroPrefixes } from './word-data';
import { languages, listWords } from './word-lists';

/** Letters of a word that are looked at: they tell most words of the lists apart, and Monero's know no more of theirs. */
const HEAD = 4;
const BITS = 16;

let built: Int32Array | undefined;

/** Place of a head in the table: five bits a letter, whatever its case, mixed. */
function slot(head: number): number {
  return Math.imul(head, 0x9e3779b1) >>> (32 - BITS);
}

function build(): Int32Array {
  const lists = new Int32Array(1 << BITS);
  // What is not made of ASCII letters is not looked for here. Heads of three letters would need another table.
  const put = (word: string, bit: number) => {
    let head = 0;
    for (let i = 0; i < word.length && i < HEAD; i++) {
      const code = word.charCodeAt(i) | 32;
      if (code < 97 || code > 122) {
        return;
      }
      head |= (code & 31) << (5 * i);
    }
    lists[slot(head)] = (lists[slot(head)] as number) | bit;
  };
  let bit = 1;
  for (const words of [...languages.map(listWords), listWords('slip39'), listWords('electrum')]) {
    for (const word of words) {
      put(word, bit);
    }
    bit <<= 1;
  }
  for (const word of moneroEnglish.split(' ')) {
    put(word, bit);
  }
  for (const [length, text] of Object.values(moneroPrefixes)) {
    bit <<= 1;
    for (let i = 0; i < text.length; i += length) {
      put(text.slice(i, i + length).trimEnd(), bit);
    }
  }
  return lists;
}

/**
 * The lists that may hold the word of ASCII letters, in any case, at `[start, end)` of a text's codes, a bit each: all that do,
 * and some that hold a word which begins alike. No string is made, so that prose is read past quickly.
 */
export function sieveLists(codes: Uint8Array, start: number, end: number): number {
  built ??= build();
  let head = (codes[start] as number) & 31;
  const length = end - start;
  if (length > 1) {
    head |= ((codes[start + 1] as number) & 31) << 5;
  }
  if (length > 2) {
    head |= ((codes[start + 2] as number) & 31) << 10;
  }
  if (length > 3) {
    head |= ((codes[start + 3] as number) & 31) << 15;
  }
  return built[slot(head)] as number;
}
