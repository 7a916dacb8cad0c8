import { ed25519 } from '@noble/curves/ed25519.js';
import { base58, base64 } from '@scure/base';
import type { Proof } from './proof';

const FAILS: Proof = { ok: false, bits: 0 };

/** 64 bytes that are a seed and its own public key prove themselves: a random look-alike passes once in 2^256. */
function proves(bytes: Uint8Array | undefined): Proof {
  if (bytes?.length !== 64) {
    return FAILS;
  }
  const publicKey = ed25519.getPublicKey(bytes.subarray(0, 32));
  return publicKey.every((b, i) => b === bytes[32 + i]) ? { ok: true, bits: 256 } : FAILS;
}

function tryDecode(decode: () => Uint8Array): Uint8Array | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}

/** Solana and others: base58 of seed and public key. The address is the public half. */
export function pairBase58(value: string): Proof {
  const bytes = tryDecode(() => base58.decode(value));
  const proof = proves(bytes);
  return proof.ok && bytes
    ? { ...proof, address: { chain: 'Solana', value: base58.encode(bytes.subarray(32)) } }
    : proof;
}

/** Solana's id.json: a JSON array of 64 bytes. */
export function pairArray(value: string): Proof {
  const numbers = value
    .replace(/[[\]\s]/g, '')
    .split(',')
    .map(Number);
  const bytes = Uint8Array.from(numbers);
  const proof = proves(bytes);
  return proof.ok ? { ...proof, address: { chain: 'Solana', value: base58.encode(bytes.subarray(32)) } } : proof;
}

/** Coinbase CDP and Tendermint: base64 of seed and public key. */
export function pairBase64(value: string): Proof {
  return proves(tryDecode(() => base64.decode(value)));
}

/** NEAR: `ed25519:` and base58 of seed and public key. */
export function nearPair(value: string): Proof {
  return proves(tryDecode(() => base58.decode(value.replace(/^ed25519:/, ''))));
}
