import { hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import type { Proof } from './proof';
import { inSecp256k1 } from './scalar';

const FAILS: Proof = { ok: false, bits: 0 };
const ENCRYPTED: Proof = { ok: true, bits: 40, encrypted: true };

type Json = Readonly<Record<string, unknown>>;

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function isHex(value: unknown, bytes: number): boolean {
  return typeof value === 'string' && value.length === bytes * 2 && /^[0-9a-fA-F]+$/.test(value);
}

/** The `crypto` member of an Ethereum keystore. Source: Web3 Secret Storage, version 3. */
export function ethereumKeystore(value: string): Proof {
  const crypto = object(JSON.parse(value));
  const kdfparams = object(crypto.kdfparams);
  const ok =
    typeof crypto.cipher === 'string' &&
    isHex(crypto.ciphertext, 32) &&
    isHex(object(crypto.cipherparams).iv, 16) &&
    (crypto.kdf === 'scrypt' || crypto.kdf === 'pbkdf2') &&
    kdfparams.dklen === 32 &&
    typeof kdfparams.salt === 'string' &&
    isHex(crypto.mac, 32);
  return ok ? ENCRYPTED : FAILS;
}

/** BLS keystore of a validator, the whole file. Source: EIP-2335. */
export function eip2335Keystore(value: string): Proof {
  const crypto = object(object(JSON.parse(value)).crypto);
  const ok =
    typeof object(crypto.kdf).function === 'string' &&
    isHex(object(crypto.checksum).message, 32) &&
    isHex(object(crypto.cipher).message, 32);
  return ok ? ENCRYPTED : FAILS;
}

/** Account file of Polkadot's wallets; with the type `none` it is not encrypted. Source: polkadot-js, JSON version 3. */
export function substrateKeystore(value: string): Proof {
  const file = object(JSON.parse(value));
  const { content, type } = object(file.encoding);
  if (
    typeof file.encoded !== 'string' ||
    file.encoded.length < 80 ||
    !Array.isArray(content) ||
    content[0] !== 'pkcs8'
  ) {
    return FAILS;
  }
  const plain = type === 'none' || (Array.isArray(type) && type[0] === 'none');
  return plain ? { ok: true, bits: 40 } : ENCRYPTED;
}

/** Signing key file of cardano-cli: CBOR bytes of 32, 64 (extended) or 128 (with the public half). */
export function cardanoSkey(value: string): Proof {
  const file = object(JSON.parse(value));
  const ok =
    /SigningKey|signing/i.test(String(file.type)) && /^58(?:20.{64}|40.{128}|80.{256})$/.test(String(file.cborHex));
  return ok ? { ok, bits: 40 } : FAILS;
}

/** Lotus's export: JSON in hex with the kind of key and the base64 of its 32 bytes. */
export function filecoinKey(value: string): Proof {
  const file = object(JSON.parse(new TextDecoder().decode(hexToBytes(value))));
  const key = base64.decode(String(file.PrivateKey));
  return key.length === 32 && (file.Type !== 'secp256k1' || inSecp256k1(key)) ? { ok: true, bits: 40, key } : FAILS;
}
