import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { normalised } from './test-keys';

/**
 * Keys that a project ships for all its users, as the first 16 hex digits of the SHA-256 of the value. They are limited and
 * known to everyone. Sources: the providers of ethers 4, 5 and 6, StdChains.sol of forge-std, scaffold.config.ts of
 * scaffold-eth-2, the templates of Reown AppKit and MetaMask.
 */
const SHARED: readonly (readonly [project: string, hashes: string])[] = [
  [
    'ethers',
    'dddb5c32e423345c 0dec272a05c648a7 bcc1a4dcd108e532 d1d2d26c32c0cf70 a8ebac8acf78750e 571879308055493f ' +
      '8983bd67fb35816b 1c9ece71d42dc007 f0c797d0505a5393 eb4edce1ae410003 032779de38f5db40 a211293fee446d6e 8bbdc62331f17e54',
  ],
  ['forge-std', '3f5c72074b7686de c786a2dba110fad1'],
  ['scaffold-eth', 'd250f040bc1f4ecd 1e79c9e5cf21f86f 5cd3848e7a38b12c e8543f18e3ece883'],
  ['Reown AppKit', 'cd5be7af98f0fc18'],
  ['MetaMask', '5d6eeff564caad6d'],
];

let projects: Map<string, string> | undefined;

/** The project that ships this key for everyone to share; undefined for all others. */
export function sharedBy(value: string): string | undefined {
  projects ??= new Map(SHARED.flatMap(([project, hashes]) => hashes.split(' ').map((h) => [h, project])));
  return projects.get(bytesToHex(sha256(utf8ToBytes(normalised(value)))).slice(0, 16));
}
