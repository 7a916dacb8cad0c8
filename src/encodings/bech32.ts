import { base64 } from '@scure/base';
import { npub, suiAddress } from './addresses';
import type { Proof } from './proof';
import { inRange, inSecp256k1 } from './scalar';

const FAILS: Proof = { ok: false, bits: 0 };
const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function polymod(values: readonly number[]): number {
  let chk = 1;
  for (const v of values) {
    const top = chk >>> 25;
    chk = ((chk & 0x1ffffff) << 5) ^ v;
    for (let i = 0; i < 5; i++) {
      if ((top >>> i) & 1) {
        chk ^= GENERATOR[i] as number;
      }
    }
  }
  return chk >>> 0;
}

/** The 8-bit bytes of 5-bit words; undefined when the padding is not zero. */
function toBytes(words: readonly number[]): Uint8Array | undefined {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const w of words) {
    buffer = ((buffer << 5) | w) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 0xff);
    }
  }
  return bits < 5 && (buffer & ((1 << bits) - 1)) === 0 ? Uint8Array.from(bytes) : undefined;
}

/** Human-readable part and payload of a bech32 text of any length. Source: BIP-173. */
function decode(value: string): { readonly hrp: string; readonly bytes: Uint8Array } | undefined {
  const low = value.toLowerCase();
  if (value !== low && value !== value.toUpperCase()) {
    return undefined;
  }
  const at = low.lastIndexOf('1');
  const data = [...low.slice(at + 1)].map((c) => ALPHABET.indexOf(c));
  if (at < 1 || data.length < 7 || data.includes(-1)) {
    return undefined;
  }
  const hrp = low.slice(0, at);
  const codes = [...hrp].map((c) => c.charCodeAt(0));
  const sum = polymod([...codes.map((c) => c >> 5), 0, ...codes.map((c) => c & 31), ...data]);
  const bytes = toBytes(data.slice(0, -6));
  // Every kind of secret uses the first constant, none that of bech32m.
  return sum === 1 && bytes ? { hrp, bytes } : undefined;
}

/** Payload of a bech32 text; undefined when it is none. */
export function bech32Bytes(value: string): Uint8Array | undefined {
  return decode(value)?.bytes;
}

/** Sui, IOTA: a byte for the scheme (Ed25519, secp256k1, secp256r1) and 32 of key. */
function flagged(bytes: Uint8Array): boolean {
  const key = bytes.subarray(1);
  return bytes[0] === 0 || (bytes[0] === 1 && inSecp256k1(key)) || (bytes[0] === 2 && inRange('p256', key));
}

/** A secret in bech32: Nostr (NIP-19, NIP-49), Sui, IOTA, Cardano (CIP-5), age, Zcash Sapling (ZIP-32). */
export function bech32(value: string): Proof {
  const decoded = decode(value);
  if (!decoded) {
    return FAILS;
  }
  const { hrp, bytes } = decoded;
  const proven: Proof = { ok: true, bits: 30 };
  if (hrp === 'nsec') {
    const address = () => ({ chain: 'Nostr', value: npub(bytes) });
    return inSecp256k1(bytes) ? { ...proven, key: bytes, address } : FAILS;
  }
  if (hrp === 'ncryptsec') {
    return bytes.length === 91 && bytes[0] === 2 ? { ...proven, encrypted: true } : FAILS;
  }
  if (hrp === 'suiprivkey' || hrp === 'iotaprivkey') {
    if (bytes.length !== 33 || !flagged(bytes)) {
      return FAILS;
    }
    const key = bytes.subarray(1);
    const own = () => suiAddress(bytes[0] as number, key);
    const address = () => ({ chain: 'Sui', value: own() as string });
    return { ...proven, key, ...(hrp === 'suiprivkey' && bytes[0] !== 2 ? { address } : {}) };
  }
  return bytes.length === 32 ? { ...proven, key: bytes } : proven;
}

/** Sui's keystore: base64 of scheme and key. */
export function suiKeystoreEntry(value: string): Proof {
  const bytes = base64.decode(value);
  return bytes.length === 33 && flagged(bytes) ? { ok: true, bits: 6, key: bytes.subarray(1) } : FAILS;
}

const CODEX32 = [
  0x19dc500ce73fde210n,
  0x1bfae00def77fe529n,
  0x1fbd920fffe7bee52n,
  0x1739640bdeee3fdadn,
  0x07729a039cfc75f5an,
];
const CODEX32_LONG = [
  0x3d59d273535ea62d897n,
  0x7a9becb6361c6c51507n,
  0x543f9b7e6c38d8a2a0en,
  0x0c577eaeccf1990d13cn,
  0x1887f74f8dc71b10651n,
];

/** One share of a codex32 backup, or the secret itself (share index s). Source: BIP-93, short and long checksum. */
export function codex32(value: string): Proof {
  const low = value.toLowerCase();
  const data = [...low.slice(3)].map((c) => ALPHABET.indexOf(c));
  if ((value !== low && value !== value.toUpperCase()) || !low.startsWith('ms1') || data.includes(-1)) {
    return FAILS;
  }
  const long = data.length > 93;
  const shift = long ? 70n : 60n;
  const generator = long ? CODEX32_LONG : CODEX32;
  let residue = 0x23181b3n;
  for (const v of data) {
    const top = residue >> shift;
    residue = ((residue & ((1n << shift) - 1n)) << 5n) ^ BigInt(v);
    generator.forEach((g, i) => {
      residue ^= (top >> BigInt(i)) & 1n ? g : 0n;
    });
  }
  const target = long ? 0x43381e570bf4798ab26n : 0x10ce0795c2fd1e62an;
  const isIndexed = /^ms1(?:0....s|[2-9])/.test(low);
  return residue === target && isIndexed ? { ok: true, bits: 65 } : FAILS;
}
