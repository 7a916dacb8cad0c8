import { hexToBytes } from '@noble/hashes/utils.js';
import { evmAddress } from './addresses';
import type { Proof } from './proof';
import { scalar } from './scalar';

const inCurve = scalar('secp256k1');

/** Private key of an Ethereum account, 32 bytes in hex. */
export function evmKey(value: string): Proof {
  const proof = inCurve(value);
  const hex = value.replace(/^0x/i, '');
  if (!proof.ok || hex.length !== 64) {
    return { ok: false, bits: 0 };
  }
  const key = hexToBytes(hex);
  return { ...proof, key, address: () => ({ chain: 'Ethereum', value: evmAddress(key) }) };
}
