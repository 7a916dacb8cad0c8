import { ed25519 } from '@noble/curves/ed25519.js';
import { base58, base64 } from '@scure/base';
import type { Proof } from './proof';

const FAILS: Proof = { ok: false, bits: 0 };

/** Whether 64 bytes are an Ed25519 seed and its public key: of random bytes one in 2^256 is. Source: RFC 8032, 5.1.5. */
export function pairHolds(bytes: Uint8Array | undefined): boolean {
  return bytes?.length === 64 && ed25519.getPublicKey(bytes.subarray(0, 32)).every((b, i) => b === bytes[32 + i]);
}

type Chain = readonly [name: string, head: string];

function proves(bytes: Uint8Array, chain?: Chain): Proof {
  if (!pairHolds(bytes)) {
    return FAILS;
  }
  const address = chain && (() => ({ chain: chain[0], value: chain[1] + base58.encode(bytes.subarray(32)) }));
  return { ok: true, bits: 256, key: bytes.subarray(0, 32), ...(address ? { address } : {}) };
}

const SOLANA: Chain = ['Solana', ''];

/** Solana and others: base58 of seed and public key. The address is the public half. */
export function pairBase58(value: string): Proof {
  return proves(base58.decode(value), SOLANA);
}

/** Solana's id.json: a JSON array of 64 bytes. */
export function pairArray(value: string): Proof {
  const numbers = value.replace(/[[\]\s]/g, '').split(',');
  return proves(Uint8Array.from(numbers.map(Number)), SOLANA);
}

/** Coinbase CDP and Tendermint: base64 of seed and public key. */
export function pairBase64(value: string): Proof {
  return proves(base64.decode(value));
}

/** A seed of 32 bytes says nothing by itself; 64 bytes must be seed and public key. Robinhood writes either. */
export function seedOrPairBase64(value: string): Proof {
  const bytes = base64.decode(value);
  return bytes.length === 32 ? { ok: true, bits: 0, key: bytes } : proves(bytes);
}

/** NEAR: `ed25519:` and base58 of seed and public key. */
export function nearPair(value: string): Proof {
  return proves(base58.decode(value.replace(/^ed25519:/, '')), ['NEAR', 'ed25519:']);
}

/** 64 bytes in hex: seed and public key. */
export function pairHex(value: string): Proof {
  return proves(Uint8Array.from(value.replace(/^0x/, '').match(/../g) ?? [], (b) => Number.parseInt(b, 16)));
}
