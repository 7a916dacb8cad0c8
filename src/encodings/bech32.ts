import { crc32 } from './crc';
import type { Proof } from './proof';

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

/** Bech32 and bech32m without the length limit of addresses. Source: BIP-173, BIP-350. */
export function bech32(value: string): Proof {
  const low = value.toLowerCase();
  if (value !== low && value !== value.toUpperCase()) {
    return FAILS;
  }
  const at = low.lastIndexOf('1');
  if (at < 1 || low.length - at < 8) {
    return FAILS;
  }
  const hrp = low.slice(0, at);
  const data = [...low.slice(at + 1)].map((c) => ALPHABET.indexOf(c));
  if (data.includes(-1)) {
    return FAILS;
  }
  const expanded = [...[...hrp].map((c) => c.charCodeAt(0) >> 5), 0, ...[...hrp].map((c) => c.charCodeAt(0) & 31)];
  const sum = polymod([...expanded, ...data]);
  if (sum !== 1 && sum !== 0x2bc830a3) {
    return FAILS;
  }
  return { ok: true, bits: 30, ...(hrp === 'ncryptsec' ? { encrypted: true as const } : {}) };
}

/** CRC-16/XModem of Stellar's StrKey. */
function crc16(bytes: readonly number[]): number {
  let crc = 0;
  for (const b of bytes) {
    crc ^= b << 8;
    for (let i = 0; i < 8; i++) {
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
    }
  }
  return crc;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Stellar secret seed: version byte 18 << 3, 32 bytes, CRC-16 little-endian. Source: SEP-23. */
export function strKeySeed(value: string): Proof {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const c of value) {
    const v = BASE32.indexOf(c);
    if (v < 0) {
      return FAILS;
    }
    buffer = ((buffer << 5) | v) & 0xffff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 0xff);
    }
  }
  const ok =
    bytes.length === 35 &&
    bytes[0] === 18 << 3 &&
    crc16(bytes.slice(0, 33)) === (((bytes[34] as number) << 8) | (bytes[33] as number));
  return ok ? { ok, bits: 19 } : FAILS;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** GitHub and npm tokens: the last six characters are the CRC-32 of those before, in base 62. Source: GitHub blog, 2021. */
export function crc32Token(value: string): Proof {
  const m = /^(?:gh[pousr]|npm)_([A-Za-z0-9]{30})([A-Za-z0-9]{6})$/.exec(value);
  if (!m?.[1] || !m[2]) {
    return { ok: value.startsWith('github_pat_'), bits: 0 };
  }
  let n = crc32(m[1]);
  let tail = '';
  for (let i = 0; i < 6; i++) {
    tail = (BASE62[n % 62] as string) + tail;
    n = Math.floor(n / 62);
  }
  return tail === m[2] ? { ok: true, bits: 32 } : FAILS;
}

/** XRPL secret numbers: each group of five digits has a check digit that depends on its place. Source: XLS-12. */
export function xrplNumbers(value: string): Proof {
  const groups = value.split(/[ -]/);
  const ok =
    groups.length === 8 &&
    groups.every(
      (g, i) => Number(g.slice(0, 5)) <= 65535 && (Number(g.slice(0, 5)) * (2 * i + 1)) % 9 === Number(g[5]),
    );
  return ok ? { ok, bits: 23 } : FAILS;
}
