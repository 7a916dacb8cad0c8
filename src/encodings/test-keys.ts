import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { testKeyTable } from './test-key-table';

let table: Map<string, string> | undefined;

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

/** Name of a published test key, phrase or documentation value: `Anvil and Hardhat account 0`; undefined for all others. */
export function testKeyName(value: string): string | undefined {
  if (!table) {
    table = new Map();
    for (const [name, hashes] of testKeyTable) {
      hashes.split(' ').forEach((h, i) => table?.set(h, name.endsWith('#') ? `${name.slice(0, -1)}${i}` : name));
    }
  }
  return table.get(bytesToHex(sha256(utf8ToBytes(normalised(value)))).slice(0, 16));
}
