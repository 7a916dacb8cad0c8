import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64url } from '@scure/base';
import { derivedKeyTable, testKeyTable } from './word-data';

let named: Map<string, string> | undefined;
let derived: Map<string, string> | undefined;

/** The same value in another dress: hex without 0x and case, words single-spaced, PEM without line ends. */
export function normalised(value: string): string {
  const trimmed = value.trim();
  if (/^(?:0x)?[0-9a-fA-F]{32,}$/.test(trimmed)) {
    return trimmed.replace(/^0x/, '').toLowerCase();
  }
  if (trimmed.startsWith('-----BEGIN')) {
    return trimmed.replace(/\\[rn]|\s/g, '');
  }
  return trimmed.normalize('NFKD').replace(/\s+/g, ' ');
}

function nameOf(text: string): string | undefined {
  if (!named) {
    named = new Map();
    for (const [name, hashes] of testKeyTable) {
      hashes.split(' ').forEach((h, i) => named?.set(h, name.endsWith('#') ? `${name.slice(0, -1)}${i}` : name));
    }
  }
  return named.get(bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16));
}

/** Keys that everyone can count to, and the keys of the published phrases. */
function nameOfKey(hex: string): string | undefined {
  const small = /^0{24,}([0-9a-f]{1,8})$/.exec(hex)?.[1];
  if (small && !/^0+$/.test(small)) {
    return `The number ${Number.parseInt(small, 16)} as a key`;
  }
  if (!derived) {
    derived = new Map();
    for (const [phrase, packed] of derivedKeyTable) {
      for (const h of packed.match(/.{8}/g) ?? []) {
        derived.set(h, `Key of the ${phrase}`);
      }
    }
  }
  return derived.get(base64url.encode(sha256(utf8ToBytes(hex)).subarray(0, 6)));
}

/**
 * Name of a published test key, phrase or documentation value: `Anvil and Hardhat account 0`; undefined for all others.
 * `key` is what the value encodes (the scalar of a WIF, the entropy of a phrase), so that one key is known in all its forms.
 */
export function testKeyName(value: string, key?: Uint8Array): string | undefined {
  const text = normalised(value);
  const hex = key ? bytesToHex(key) : /^[0-9a-f]{32,64}$/.test(text) ? text : undefined;
  const words = text.includes(' ') ? new Set(text.split(' ')) : undefined;
  return (
    nameOf(text) ??
    (hex ? (nameOf(hex) ?? nameOfKey(hex)) : undefined) ??
    (words && words.size < 3 && text.split(' ').length >= 12 ? 'A phrase of repeated words' : undefined)
  );
}
