import { ed25519 } from '@noble/curves/ed25519.js';
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { base32, base58, base58check, base58xrp, bech32 } from '@scure/base';
import { crc16 } from './crc';

const check58 = base58check(sha256);

function hash160(bytes: Uint8Array): Uint8Array {
  return ripemd160(sha256(bytes));
}

/** Ethereum address, with the checksum of EIP-55. */
export function evmAddress(key: Uint8Array): string {
  const hex = bytesToHex(keccak_256(secp256k1.getPublicKey(key, false).subarray(1)).subarray(-20));
  const mask = bytesToHex(keccak_256(utf8ToBytes(hex)));
  return `0x${[...hex].map((c, i) => (Number.parseInt(mask[i] as string, 16) >= 8 ? c.toUpperCase() : c)).join('')}`;
}

/** Bitcoin address: P2WPKH (BIP-84) of a compressed key, P2PKH of an old one. */
export function bitcoinAddress(key: Uint8Array, compressed: boolean, testnet: boolean): string {
  const hash = hash160(secp256k1.getPublicKey(key, compressed));
  if (compressed) {
    return bech32.encode(testnet ? 'tb' : 'bc', [0, ...bech32.toWords(hash)]);
  }
  return check58.encode(Uint8Array.of(testnet ? 0x6f : 0, ...hash));
}

/** Nostr public key, npub. Source: NIP-19. */
export function npub(key: Uint8Array): string {
  return bech32.encode('npub', bech32.toWords(schnorr.getPublicKey(key)), false);
}

/** Stellar account, G.... Source: SEP-23. */
export function stellarAccount(seed: Uint8Array): string {
  const body = Uint8Array.of(6 << 3, ...ed25519.getPublicKey(seed));
  const crc = crc16(body);
  return base32.encode(Uint8Array.of(...body, crc & 0xff, crc >> 8));
}

/** Tezos address of an Ed25519 seed, tz1.... */
export function tezosAddress(seed: Uint8Array): string {
  return check58.encode(Uint8Array.of(6, 161, 159, ...blake2b(ed25519.getPublicKey(seed), { dkLen: 20 })));
}

/** Sui address of a key by its scheme: 0 Ed25519, 1 secp256k1; others are not derived here. */
export function suiAddress(flag: number, key: Uint8Array): string | undefined {
  const own = flag === 0 ? ed25519.getPublicKey(key) : flag === 1 ? secp256k1.getPublicKey(key, true) : undefined;
  return own && `0x${bytesToHex(blake2b(Uint8Array.of(flag, ...own), { dkLen: 32 }))}`;
}

/** Solana address, which is the public half. */
export function solanaAddress(publicKey: Uint8Array): string {
  return base58.encode(publicKey);
}

/** XRPL classic address of an Ed25519 seed. Source: XRPL docs, key derivation. */
export function xrplAddress(privateKey: Uint8Array): string {
  const hash = hash160(Uint8Array.of(0xed, ...ed25519.getPublicKey(privateKey)));
  const body = Uint8Array.of(0, ...hash);
  return base58xrp.encode(Uint8Array.of(...body, ...sha256(sha256(body)).subarray(0, 4)));
}
