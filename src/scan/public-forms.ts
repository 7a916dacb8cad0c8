import { sha256 } from '@noble/hashes/sha2.js';
import { base58, bech32, bech32m, createBase58check } from '@scure/base';

const base58check = createBase58check(sha256);
const BASE58 = /^[1-9A-HJ-NP-Za-km-z]{26,120}$/;
const BECH32 = /^[a-z]{1,20}1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{20,200}$/;

function passes(decode: () => unknown): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}

/** CIDv0: base58 of a multihash, 0x12 (SHA-256), 0x20 (32 bytes), the digest. */
function isMultihash(value: string): boolean {
  if (!/^Qm[1-9A-HJ-NP-Za-km-z]{44}$/.test(value)) {
    return false;
  }
  const bytes = base58.decode(value);
  return bytes.length === 34 && bytes[0] === 0x12 && bytes[1] === 0x20;
}

/**
 * True when a value's own form shows that it is published on purpose: an EVM address, an address or public key with a
 * valid checksum (base58check, bech32), a content id, a digest that names its algorithm, a point in time. Private keys with such checksums
 * have types of their own with a proof; this is asked only for types without one.
 */
export function isPublicForm(value: string): boolean {
  return (
    /^0x[0-9a-fA-F]{40}$/.test(value) ||
    /^20\d{6}T\d{6}Z$/.test(value) ||
    /^sha(?:1|256|384|512)[-:]/.test(value) ||
    /^baf[ky][a-z2-7]{50,120}$/.test(value) ||
    isMultihash(value) ||
    (BASE58.test(value) && passes(() => base58check.decode(value))) ||
    (BECH32.test(value) &&
      (passes(() => bech32.decode(value as `${string}1${string}`, 250)) ||
        passes(() => bech32m.decode(value as `${string}1${string}`, 250))))
  );
}
