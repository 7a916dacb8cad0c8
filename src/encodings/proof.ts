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
import { bech32, codex32, suiKeystoreEntry } from './bech32';
import { crc32Token, strKeySeed, xrplNumbers } from './check-digits';
import { derBase64, derHex } from './der';
import { nearPair, pairArray, pairBase58, pairBase64, seedOrPairBase64 } from './ed25519-pair';
import { evmKey } from './evm-key';
import { jwk } from './jwk';
import { cardanoSkey, eip2335Keystore, ethereumKeystore, filecoinKey, substrateKeystore } from './keystore';
import { moneroKey } from './monero';
import { cosmosArmour, pem, pgpKey } from './pem';
import { aezeedPhrase, algorandPhrase, bip39, electrumPhrase, moneroSeed, slip39, tonPhrase } from './phrase';
import { scalar } from './scalar';
import { discordToken, jwt, macaroon } from './structure';

/** What a checksum, a pair or a parse says about a value. */
export interface Proof {
  /** False: the value is not that credential. */
  readonly ok: boolean;
  /** Bits of evidence: a random look-alike of the same shape passes once in 2^bits. 32 for base58check, 256 for a key
   * pair, 4 for a 12-word BIP-39 phrase, 0 for a range check. */
  readonly bits: number;
  /** Public address that belongs to the key, where it can be derived offline; derived when asked for. */
  readonly address?: () => { readonly chain: string; readonly value: string };
  /** The 32 bytes of the key itself, by which a published test key is known in every encoding. */
  readonly key?: Uint8Array;
  /** The value is itself encrypted (BIP-38, keystore). */
  readonly encrypted?: true;
  /** More exact name of what was found ("P-256 private key"), where the proof tells. */
  readonly kind?: string;
}

const PROOFS: Readonly<Record<string, (value: string) => Proof>> = {
  'wif-bitcoin': wif('bitcoin'),
  'wif-testnet': wif('testnet'),
  'wif-litecoin': wif('litecoin'),
  'wif-dogecoin': wif('dogecoin'),
  'wif-dash': wif('dash'),
  'wif-other': wif('other'),
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
  codex32,
  'sui-keystore-entry': suiKeystoreEntry,
  'strkey-seed': strKeySeed,
  'crc32-token': crc32Token,
  'ed25519-pair-base58': pairBase58,
  'ed25519-pair-array': pairArray,
  'ed25519-pair-base64': pairBase64,
  'near-pair': nearPair,
  'ed25519-seed-or-pair': seedOrPairBase64,
  pem,
  'pgp-key': pgpKey,
  'cosmos-armour': cosmosArmour,
  'pkcs8-p256-base64': derBase64,
  'der-private-key': derHex,
  jwk,
  jwt,
  macaroon,
  scalar: scalar('secp256k1'),
  'p256-scalar': scalar('p256'),
  'stark-scalar': scalar('stark'),
  'evm-key': evmKey,
  'ethereum-keystore': ethereumKeystore,
  'eip2335-keystore': eip2335Keystore,
  'substrate-keystore': substrateKeystore,
  'cardano-skey': cardanoSkey,
  'filecoin-key': filecoinKey,
  'discord-token': discordToken,
  bip39,
  'electrum-phrase': electrumPhrase,
  'algorand-phrase': algorandPhrase,
  'ton-phrase': tonPhrase,
  'monero-seed': moneroSeed,
  'monero-key': moneroKey,
  'slip39-share': slip39,
  'aezeed-phrase': aezeedPhrase,
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
