import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { HDKey } from '@scure/bip32';
import { Keypair } from '@stellar/stellar-base';
import { b58Encode, PrefixV2 } from '@taquito/utils';
import { PrivateKey } from '@wharfkit/antelope';
import * as secretNumbers from '@xrplf/secret-numbers';
import { bech32 } from 'bech32';
import bs58 from 'bs58';
import bs58check from 'bs58check';
import * as xrpl from 'ripple-keypairs';
import sshpk from 'sshpk';
import * as wif from 'wif';

/** A kind of secret with a checksum, and how a library that Keyward does not use makes a new one. */
export interface Specimen {
  readonly rule: string;
  readonly make: () => string;
  /** The proof clears every value in which one character is another. */
  readonly exact: boolean;
}

const specimen = (rule: string, make: () => string, exact = true): Specimen => ({ rule, make, exact });

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function wifOf(version: number, compressed: boolean): string {
  return wif.encode({ version, privateKey: randomBytes(32), compressed });
}

function extended(version: number): string {
  return HDKey.fromMasterSeed(randomBytes(32), { private: version, public: 0x0488b21e }).derive("m/84'/0'/0'")
    .privateExtendedKey;
}

function envelope(head: readonly number[], bytes: number): string {
  return bs58check.encode(Uint8Array.of(...head, ...randomBytes(bytes)));
}

function bech(hrp: string, bytes: Uint8Array): string {
  return bech32.encode(hrp, bech32.toWords(bytes), 1000);
}

/** Seed and public half of a new Ed25519 key, from OpenSSL. */
export function ed25519Pair(): { readonly seed: Buffer; readonly pair: Buffer } {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const seed = Buffer.from(jwk.d as string, 'base64url');
  return { seed, pair: Buffer.concat([seed, Buffer.from(jwk.x as string, 'base64url')]) };
}

/** Avalanche's CB58. */
export function cb58(bytes: Uint8Array): string {
  return bs58.encode(Buffer.concat([bytes, sha256(bytes).subarray(-4)]));
}

function aleo(): string {
  return bs58.encode(Buffer.concat([Buffer.from('7f86bd74d2ddd2899112fd', 'hex'), randomBytes(32)]));
}

/** A macaroon of version 2: location `lnd`, an identifier, the end of the caveats, a signature. */
export function macaroon(): string {
  const id = Buffer.concat([
    Buffer.from([3, 10, 16]),
    randomBytes(16),
    Buffer.from('\x12\x01\x30\x1a\x0f\x0a\x07offchain\x12\x04read', 'latin1'),
  ]);
  return Buffer.concat([
    Buffer.from([2, 1, 3]),
    Buffer.from('lnd'),
    Buffer.from([2, id.length]),
    id,
    Buffer.from([0, 0, 6, 32]),
    randomBytes(32),
  ]).toString('hex');
}

export const bare: readonly Specimen[] = [
  specimen('bitcoin-wif-mainnet', () => wifOf(0x80, true)),
  specimen('bitcoin-wif-mainnet', () => wifOf(0x80, false)),
  specimen('bitcoin-wif-testnet', () => wifOf(0xef, true)),
  specimen('litecoin-wif', () => wifOf(0xb0, true)),
  specimen('dogecoin-wif', () => wifOf(0x9e, true)),
  specimen('dash-wif', () => wifOf(0xcc, true)),
  specimen('other-coin-wif', () => wifOf(0xbc, true)),
  specimen('other-coin-wif', () => wifOf(0xb7, true)),
  specimen('bip32-xprv', () => extended(0x0488ade4)),
  specimen('bip32-tprv', () => extended(0x04358394)),
  specimen('slip132-yprv', () => extended(0x049d7878)),
  specimen('slip132-zprv', () => extended(0x04b2430c)),
  specimen('slip132-Yprv-multisig', () => extended(0x0295b005)),
  specimen('slip132-Zprv-multisig', () => extended(0x02aa7a99)),
  specimen('slip132-uprv', () => extended(0x044a4e28)),
  specimen('slip132-vprv', () => extended(0x045f18bc)),
  specimen('slip132-Uprv-multisig', () => extended(0x024285b5)),
  specimen('slip132-Vprv-multisig', () => extended(0x02575048)),
  specimen('litecoin-ltpv', () => extended(0x019d9cfe)),
  specimen('litecoin-mtpv', () => extended(0x01b26792)),
  specimen('dogecoin-dgpv', () => extended(0x02fac398)),
  specimen('bip38-encrypted-key', () => envelope([1, 0x42, 0xc0], 36)),
  specimen('xrp-family-seed', () => xrpl.generateSeed({ algorithm: 'ecdsa-secp256k1' })),
  specimen('xrp-ed25519-seed', () => xrpl.generateSeed({ algorithm: 'ed25519' })),
  specimen('xrp-secret-numbers', () => new secretNumbers.Account().getSecretString(), false),
  specimen('stellar-secret-seed', () => Keypair.random().secret()),
  specimen('tezos-edsk54', () => b58Encode(randomBytes(32), PrefixV2.Ed25519Seed)),
  specimen('tezos-edsk98', () => b58Encode(ed25519Pair().pair, PrefixV2.Ed25519SecretKey)),
  specimen('tezos-spsk', () => b58Encode(randomBytes(32), PrefixV2.Secp256k1SecretKey)),
  specimen('tezos-p2sk', () => b58Encode(randomBytes(32), PrefixV2.P256SecretKey)),
  specimen('tezos-blsk', () => b58Encode(randomBytes(32), PrefixV2.BLS12_381SecretKey)),
  specimen('tezos-edesk', () => b58Encode(randomBytes(56), PrefixV2.Ed25519EncryptedSeed)),
  specimen('tezos-spesk', () => b58Encode(randomBytes(56), PrefixV2.Secp256k1EncryptedSecretKey)),
  specimen('tezos-p2esk', () => b58Encode(randomBytes(56), PrefixV2.P256EncryptedSecretKey)),
  specimen('antelope-private-key', () => PrivateKey.generate('K1').toString()),
  specimen('antelope-private-key', () => PrivateKey.generate('R1').toString()),
  specimen('avalanche-private-key', () => `PrivateKey-${cb58(randomBytes(32))}`),
  specimen('mina-private-key', () => envelope([0x5a, 0x01], 32)),
  specimen('aleo-private-key', aleo, false),
  specimen('nostr-nsec', () => bech('nsec', randomBytes(32))),
  specimen('nostr-ncryptsec', () => bech('ncryptsec', Uint8Array.of(2, ...randomBytes(90)))),
  specimen('sui-private-key', () => bech('suiprivkey', Uint8Array.of(0, ...randomBytes(32)))),
  specimen('iota-private-key', () => bech('iotaprivkey', Uint8Array.of(1, ...randomBytes(32)))),
  specimen('age-identity', () => bech('age-secret-key-', randomBytes(32)).toUpperCase()),
  specimen('cardano-ed25519-sk', () => bech('ed25519_sk', randomBytes(32))),
  specimen('cardano-ed25519e-sk', () => bech('ed25519e_sk', randomBytes(64))),
  specimen('cardano-xprv', () => bech('xprv', randomBytes(96))),
  specimen('cardano-root-xsk', () => bech('root_xsk', randomBytes(96))),
  specimen('cardano-addr-xsk', () => bech('addr_xsk', randomBytes(96))),
  specimen('cardano-addr-sk', () => bech('addr_sk', randomBytes(32))),
  specimen('cardano-stake-sk', () => bech('stake_sk', randomBytes(32))),
  specimen('zcash-sapling-extended-spending-key', () => bech('secret-extended-key-main', randomBytes(169))),
  specimen('solana-private-key-base58', () => bs58.encode(ed25519Pair().pair)),
  specimen('near-private-key', () => `ed25519:${bs58.encode(ed25519Pair().pair)}`),
  specimen('ed25519-keypair-base64', () => ed25519Pair().pair.toString('base64'), false),
  specimen(
    'hedera-der-private-key',
    () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('hex'),
    false,
  ),
  specimen('lnd-macaroon', macaroon, false),
];

function ec(namedCurve: string): KeyObject {
  return generateKeyPairSync('ec', { namedCurve }).privateKey;
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

function text(key: KeyObject, type: 'sec1' | 'pkcs8' | 'pkcs1', cipher?: string): string {
  return String(
    key.export({ type: type as 'pkcs8', format: 'pem', ...(cipher ? { cipher, passphrase: 'x' } : {}) }),
  ).trim();
}

/** PEM blocks by what they are. `exact`: every byte of the body is bound by another. */
export const blocks: readonly (Specimen & { readonly encrypted?: true })[] = [
  specimen('pem-private-key', () => text(ec('P-256'), 'sec1')),
  specimen('pem-private-key', () => text(ec('secp256k1'), 'sec1')),
  specimen('pem-private-key', () => text(ec('P-384'), 'sec1')),
  specimen('pem-private-key', () => text(ec('P-256'), 'pkcs8')),
  specimen('pem-private-key', () => text(ec('secp256k1'), 'pkcs8')),
  specimen('pem-private-key', () => text(generateKeyPairSync('ed25519').privateKey, 'pkcs8'), false),
  specimen('pem-private-key', () => text(rsa, 'pkcs1')),
  specimen('pem-private-key', () => text(rsa, 'pkcs8')),
  specimen('pem-private-key', () => sshpk.generatePrivateKey('ed25519').toString('openssh').trim(), false),
  specimen('pem-private-key', () => sshpk.generatePrivateKey('ecdsa').toString('openssh').trim(), false),
  { ...specimen('pem-private-key', () => text(rsa, 'pkcs1', 'aes-256-cbc'), false), encrypted: true },
  { ...specimen('pem-encrypted-private-key', () => text(ec('P-256'), 'pkcs8', 'aes-256-cbc'), false), encrypted: true },
];

/** JSON Web Keys of each kind. */
export function jwks(): string[] {
  const keys = [ec('P-256'), ec('secp256k1'), ec('P-384'), generateKeyPairSync('ed25519').privateKey, rsa];
  return keys.map((k) => JSON.stringify(k.export({ format: 'jwk' })));
}
