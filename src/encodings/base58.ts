import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base58, base58xrp } from '@scure/base';
import type { Proof } from './proof';
import { inSecp256k1 } from './scalar';

const FAILS: Proof = { ok: false, bits: 0 };

function sameHead(a: Uint8Array, b: Uint8Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    if (a[i] !== b[i]) {
      return false;
    }
  }
  return true;
}

function decode(text: string, xrp = false): Uint8Array | undefined {
  try {
    return (xrp ? base58xrp : base58).decode(text);
  } catch {
    return undefined;
  }
}

/** Payload of a base58check text (double SHA-256, 4 bytes), or undefined when the checksum fails. */
export function base58check(text: string, xrp = false): Uint8Array | undefined {
  const bytes = decode(text, xrp);
  if (!bytes || bytes.length < 5) {
    return undefined;
  }
  const payload = bytes.subarray(0, -4);
  return sameHead(sha256(sha256(payload)), bytes.subarray(-4), 4) ? payload : undefined;
}

/** Wallet import format: version, 32-byte scalar, optional 0x01 for a compressed public key. Source: Bitcoin wiki, WIF. */
export function wif(versions: readonly number[]): (value: string) => Proof {
  return (value) => {
    const p = base58check(value);
    const ok =
      p !== undefined &&
      versions.includes(p[0] as number) &&
      (p.length === 33 || (p.length === 34 && p[33] === 1)) &&
      inSecp256k1(p.subarray(1, 33));
    return ok ? { ok, bits: 32 } : FAILS;
  };
}

/** Private version bytes of BIP-32, SLIP-132 and the coins that have their own. */
const PRIVATE_VERSIONS: Readonly<Record<string, number>> = {
  xprv: 0x0488ade4,
  yprv: 0x049d7878,
  zprv: 0x04b2430c,
  Yprv: 0x0295b005,
  Zprv: 0x02aa7a99,
  tprv: 0x04358394,
  uprv: 0x044a4e28,
  vprv: 0x045f18bc,
  Uprv: 0x024285b5,
  Vprv: 0x02575048,
  Ltpv: 0x019d9cfe,
  Mtpv: 0x01b26792,
  dgpv: 0x02fac398,
};

/** Extended private key. Source: BIP-32, serialization format; SLIP-132, registered version bytes. */
export function extendedPrivateKey(value: string): Proof {
  const p = base58check(value);
  if (p?.length !== 78) {
    return FAILS;
  }
  const view = new DataView(p.buffer, p.byteOffset);
  const known = PRIVATE_VERSIONS[value.slice(0, 4)] === view.getUint32(0);
  const root = p[4] !== 0 || (view.getUint32(5) === 0 && view.getUint32(9) === 0);
  return known && root && p[45] === 0 && inSecp256k1(p.subarray(46)) ? { ok: true, bits: 32 } : FAILS;
}

/** Password-protected key. Source: BIP-38; NEP-2 for Neo. */
export function bip38(value: string): Proof {
  const p = base58check(value);
  return p && p.length === 39 && p[0] === 1 && (p[1] === 0x42 || p[1] === 0x43)
    ? { ok: true, bits: 32, encrypted: true }
    : FAILS;
}

/** XRPL family seed (0x21) and Ed25519 seed (0x01E14B), 16 bytes of entropy. Source: XRPL docs, base58 encodings. */
export function xrplSeed(value: string): Proof {
  const p = base58check(value, true);
  const ok =
    p !== undefined &&
    ((p.length === 17 && p[0] === 0x21) || (p.length === 19 && p[0] === 0x01 && p[1] === 0xe1 && p[2] === 0x4b));
  return ok ? { ok, bits: 32 } : FAILS;
}

const TEZOS: Readonly<Record<string, readonly [readonly number[], number]>> = {
  edsk54: [[13, 15, 58, 7], 32],
  edsk98: [[43, 246, 78, 7], 64],
  spsk54: [[17, 162, 224, 201], 32],
  p2sk54: [[16, 81, 238, 189], 32],
  BLsk54: [[3, 150, 192, 40], 32],
  edes88: [[7, 90, 60, 179, 41], 56],
  spes88: [[9, 237, 241, 174, 150], 56],
  p2es88: [[9, 48, 57, 115, 171], 56],
};

/** Tezos secret keys, plain and encrypted. Source: Octez, base58 prefixes. */
export function tezosKey(value: string): Proof {
  const rule = TEZOS[`${value.slice(0, 4)}${value.length}`];
  const p = rule && base58check(value);
  if (!p || p.length !== rule[0].length + rule[1] || !sameHead(p, Uint8Array.from(rule[0]), rule[0].length)) {
    return FAILS;
  }
  return { ok: true, bits: 32, ...(rule[1] === 56 ? { encrypted: true as const } : {}) };
}

/** Mina private key: 0x5A 0x01 and 32 bytes. */
export function minaKey(value: string): Proof {
  const p = base58check(value);
  return p && p.length === 34 && p[0] === 0x5a && p[1] === 1 ? { ok: true, bits: 32 } : FAILS;
}

/** Avalanche: `PrivateKey-` and CB58, whose checksum is the end of one SHA-256. */
export function cb58Key(value: string): Proof {
  const bytes = decode(value.replace(/^PrivateKey-/, ''));
  if (bytes?.length !== 36) {
    return FAILS;
  }
  const key = bytes.subarray(0, 32);
  return sameHead(sha256(key).subarray(-4), bytes.subarray(32), 4) && inSecp256k1(key) ? { ok: true, bits: 32 } : FAILS;
}

/** Antelope (EOS): RIPEMD-160 over the key and the curve's name. */
export function antelopeKey(value: string): Proof {
  const m = /^PVT_(K1|R1|WA)_(.+)$/.exec(value);
  const bytes = m?.[2] ? decode(m[2]) : undefined;
  if (!m?.[1] || !bytes || bytes.length < 36) {
    return FAILS;
  }
  const body = bytes.subarray(0, -4);
  const message = new Uint8Array([...body, ...utf8ToBytes(m[1])]);
  return sameHead(ripemd160(message), bytes.subarray(-4), 4) ? { ok: true, bits: 32 } : FAILS;
}

/** Aleo: an 11-byte constant before the 32-byte key; no checksum. */
export function aleoKey(value: string): Proof {
  const bytes = decode(value);
  const head = [0x7f, 0x86, 0xbd, 0x74, 0xd2, 0xdd, 0xd2, 0x89, 0x91, 0x12, 0xfd];
  return bytes && bytes.length === 43 && sameHead(bytes, Uint8Array.from(head), 11) ? { ok: true, bits: 60 } : FAILS;
}

/** Casascius mini private key: SHA-256 of the text and `?` begins with a zero byte. */
export function miniKey(value: string): Proof {
  return sha256(utf8ToBytes(`${value}?`))[0] === 0 ? { ok: true, bits: 8 } : FAILS;
}

/** Decodes base58 without a checksum. */
export function plainBase58(value: string): Uint8Array | undefined {
  return decode(value);
}
