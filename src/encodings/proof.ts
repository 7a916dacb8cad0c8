import { hexToBytes } from '@noble/hashes/utils.js';
import {
  aleoKey,
  antelopeKey,
  bip38,
  cb58Key,
  extendedPrivateKey,
  minaKey,
  miniKey,
  tezosKey,
  wif,
  xrplSeed,
} from './base58';
import { bech32, crc32Token, strKeySeed, xrplNumbers } from './bech32';
import { derBase64, derHex, jwk, pem } from './der';
import { nearPair, pairArray, pairBase58, pairBase64 } from './ed25519-pair';
import { algorand, bip39, electrum, ton } from './phrase';
import { inSecp256k1, isProtocolConstant } from './scalar';
import { jwt, macaroon } from './structure';

/** What a checksum, a pair or a parse says about a value. */
export interface Proof {
  /** False: the value is not that credential. */
  readonly ok: boolean;
  /** Bits of evidence: a random look-alike of the same shape passes once in 2^bits. 32 for base58check, 256 for a key
   * pair, 4 for a 12-word BIP-39 phrase, 0 for a range check. */
  readonly bits: number;
  /** Public address that belongs to the key, where it can be derived offline. */
  readonly address?: { readonly chain: string; readonly value: string };
  /** The value is itself encrypted (BIP-38, keystore). */
  readonly encrypted?: true;
  /** More exact name of what was found ("P-256 private key"), where the proof tells. */
  readonly kind?: string;
}

function scalar(value: string): Proof {
  const hex = value.replace(/^(?:(?:ed25519|secp256k1)-priv-)?(?:0x)?/, '').toLowerCase();
  if (!/^[0-9a-f]+$/.test(hex) || isProtocolConstant(hex)) {
    return { ok: false, bits: 0 };
  }
  return { ok: hex.length !== 64 || inSecp256k1(hexToBytes(hex)), bits: 0 };
}

const PROOFS: Readonly<Record<string, (value: string) => Proof>> = {
  'wif-bitcoin': wif([0x80]),
  'wif-testnet': wif([0xef]),
  'wif-litecoin': wif([0xb0]),
  'wif-dogecoin': wif([0x9e]),
  'wif-dash': wif([0xcc]),
  'extended-private-key': extendedPrivateKey,
  bip38,
  'xrpl-seed': xrplSeed,
  'xrpl-numbers': xrplNumbers,
  'tezos-key': tezosKey,
  'mina-key': minaKey,
  'cb58-key': cb58Key,
  'antelope-key': antelopeKey,
  'aleo-key': aleoKey,
  'mini-key': miniKey,
  bech32,
  'strkey-seed': strKeySeed,
  'crc32-token': crc32Token,
  'ed25519-pair-base58': pairBase58,
  'ed25519-pair-array': pairArray,
  'ed25519-pair-base64': pairBase64,
  'near-pair': nearPair,
  pem,
  'pkcs8-p256-base64': derBase64,
  'der-private-key': derHex,
  jwk,
  jwt,
  macaroon,
  scalar,
  bip39,
  'electrum-phrase': electrum,
  'algorand-phrase': algorand,
  'ton-phrase': ton,
};

/** Ids of all proofs, as catalog entries name them. */
export const proofIds: readonly string[] = Object.keys(PROOFS);

/** Proves or clears a value. Undefined when there is no proof of that id; it never throws. */
export function prove(id: string, value: string): Proof | undefined {
  const proof = PROOFS[id];
  if (!proof) {
    return undefined;
  }
  try {
    return proof(value);
  } catch {
    return { ok: false, bits: 0 };
  }
}
