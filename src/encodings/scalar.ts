import { hexToBytes } from '@noble/hashes/utils.js';
import { isProtocolConstant } from './constants';
import type { Proof } from './proof';

/** Orders of the groups in which private keys are numbers from 1 to order - 1. */
const ORDERS = {
  /** SEC 2. */
  secp256k1: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
  /** FIPS 186-5. */
  p256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  /** StarkWare, STARK-friendly elliptic curve. */
  stark: 0x0800000000000010ffffffffffffffffb781126dcae7b2321e66a241adc64d2fn,
} as const;

export type Curve = keyof typeof ORDERS;

function toBigInt(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, b) => (sum << 8n) | BigInt(b), 0n);
}

/** Whether 32 bytes are a private key of the curve. For secp256k1 and P-256 nearly every number is. */
export function inRange(curve: Curve, bytes: Uint8Array): boolean {
  const d = toBigInt(bytes);
  return bytes.length === 32 && d > 0n && d < ORDERS[curve];
}

export function inSecp256k1(bytes: Uint8Array): boolean {
  return inRange('secp256k1', bytes);
}

/** A key in hex: in range, and none of the published constants. Leading zeros may be missing. */
export function scalar(curve: Curve): (value: string) => Proof {
  return (value) => {
    const hex = value.replace(/^(?:(?:ed25519|secp256k1)-priv-)?(?:0x)?/, '').toLowerCase();
    // Forty digits are an address of Ethereum: one number in 2^96 is written so.
    if (!/^[0-9a-f]{1,128}$/.test(hex) || hex.length === 40 || isProtocolConstant(hex)) {
      return { ok: false, bits: 0 };
    }
    const isKey = hex.length <= 64 || (hex.length === 66 && hex.endsWith('01'));
    return { ok: !isKey || inRange(curve, hexToBytes(hex.slice(0, 64).padStart(64, '0'))), bits: 0 };
  };
}
