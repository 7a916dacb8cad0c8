import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base32 } from '@scure/base';
import { stellarAccount } from './addresses';
import { crc16, crc32 } from './crc';
import type { Proof } from './proof';

const FAILS: Proof = { ok: false, bits: 0 };

/** Stellar secret seed: version byte 18 << 3, 32 bytes, CRC-16 little-endian. Source: SEP-23. */
export function strKeySeed(value: string): Proof {
  const bytes = base32.decode(value);
  if (bytes.length !== 35 || bytes[0] !== 18 << 3) {
    return FAILS;
  }
  const crc = crc16(bytes.subarray(0, 33));
  if (crc !== (((bytes[34] as number) << 8) | (bytes[33] as number))) {
    return FAILS;
  }
  const key = bytes.subarray(1, 33);
  return { ok: true, bits: 19, key, address: () => ({ chain: 'Stellar', value: stellarAccount(key) }) };
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** GitHub and npm tokens: the last six characters are the CRC-32 of those before, in base 62. Source: GitHub blog, 2021. */
export function crc32Token(value: string): Proof {
  const m = /^(?:gh[pousr]|npm)_([A-Za-z0-9]{30})([A-Za-z0-9]{6})$/.exec(value);
  if (!m?.[1] || !m[2]) {
    return { ok: value.startsWith('github_pat_'), bits: 0 };
  }
  let n = crc32(utf8ToBytes(m[1]));
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
