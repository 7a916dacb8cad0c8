import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import type { Proof } from './proof';

const FAILS: Proof = { ok: false, bits: 0 };

/** One element of a DER encoding (ITU-T X.690). */
interface Element {
  readonly tag: number;
  readonly body: Uint8Array;
  readonly end: number;
}

function element(bytes: Uint8Array, at: number): Element | undefined {
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (tag === undefined || length === undefined) {
    return undefined;
  }
  let head = at + 2;
  if (length & 0x80) {
    const n = length & 0x7f;
    if (n === 0 || n > 3) {
      return undefined;
    }
    length = 0;
    for (let i = 0; i < n; i++) {
      length = length * 256 + (bytes[head + i] ?? 0);
    }
    head += n;
    if (length < 128) {
      return undefined;
    }
  }
  const end = head + length;
  return end <= bytes.length ? { tag, body: bytes.subarray(head, end), end } : undefined;
}

function children(body: Uint8Array): Element[] | undefined {
  const list: Element[] = [];
  for (let at = 0; at < body.length; ) {
    const e = element(body, at);
    if (!e) {
      return undefined;
    }
    list.push(e);
    at = e.end;
  }
  return list;
}

/** The elements of a sequence that fills the bytes; undefined when they are none. */
export function sequence(bytes: Uint8Array): Element[] | undefined {
  const outer = element(bytes, 0);
  return outer?.tag === 0x30 && outer.end === bytes.length ? children(outer.body) : undefined;
}

const OIDS: Readonly<Record<string, string>> = {
  '2a8648ce3d030107': 'P-256',
  '2b8104000a': 'secp256k1',
  '2b81040022': 'P-384',
  '2b81040023': 'P-521',
  '2a864886f70d010101': 'RSA',
  '2b6570': 'Ed25519',
  '2b656e': 'X25519',
  '2b6571': 'Ed448',
  '2a8648ce380401': 'DSA',
  '2a8648ce3d0201': 'EC',
  '2b2403030208010107': 'brainpoolP256r1',
  '2b240303020801010b': 'brainpoolP384r1',
  '2b240303020801010d': 'brainpoolP512r1',
};

function oid(e: Element | undefined): string | undefined {
  return e?.tag === 6 ? OIDS[bytesToHex(e.body)] : undefined;
}

/** A named curve that is known, or one written out as parameters. */
function isCurve(e: Element): boolean {
  return (e.tag === 0x30 && (children(e.body)?.length ?? 0) >= 5) || oid(e) !== undefined;
}

const CURVES = { 'P-256': p256, 'P-384': p384, 'P-521': p521, secp256k1 } as const;

/** Private key of a named curve: in range, and its public point, where there is one, derives from it. */
export function ecKey(curve: string | undefined, scalar: Uint8Array, point: Uint8Array | undefined): Proof {
  const lib = CURVES[curve as keyof typeof CURVES];
  if (!lib) {
    return { ok: [32, 48, 64, 66].includes(scalar.length), bits: 20, kind: 'EC private key' };
  }
  const size = Math.ceil(lib.Point.CURVE().n.toString(16).length / 2);
  const key = new Uint8Array(size);
  if (scalar.length > size) {
    return FAILS;
  }
  key.set(scalar, size - scalar.length);
  if (!lib.utils.isValidSecretKey(key)) {
    return FAILS;
  }
  if (point && bytesToHex(lib.getPublicKey(key, point[0] !== 4)) !== bytesToHex(point)) {
    return FAILS;
  }
  const kind = `${curve} private key`;
  return { ok: true, bits: point ? 256 : 40, kind, ...(size === 32 ? { key } : {}) };
}

/** SEC1 ECPrivateKey (RFC 5915). `curve` is known from PKCS#8, else from its own parameters. */
function sec1(parts: readonly Element[], curve?: string): Proof {
  const scalar = parts[1];
  if (parts[0]?.tag !== 2 || parts[0].body[0] !== 1 || scalar?.tag !== 4) {
    return FAILS;
  }
  const tagged = (tag: number) => parts.filter((p) => p.tag === tag).flatMap((p) => children(p.body) ?? []);
  const [bits] = tagged(0xa1);
  const [named] = tagged(0xa0);
  const isWellFormed =
    parts.slice(2).every((p) => p.tag === 0xa0 || p.tag === 0xa1) &&
    tagged(0xa0).length + tagged(0xa1).length === parts.length - 2 &&
    tagged(0xa0).every(isCurve) &&
    tagged(0xa1).every((p) => p.tag === 3 && p.body[0] === 0);
  if (!isWellFormed) {
    return FAILS;
  }
  const point = bits?.body.subarray(1);
  return ecKey(curve ?? oid(named), scalar.body, point?.length ? point : undefined);
}

/** A DER or SSH integer. */
export function integer(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`);
}

/** RSA: the modulus is the product of the primes, and each exponent and coefficient follows from them (RFC 8017). */
export function rsaKey(n: bigint, e: bigint, d: bigint, p: bigint, q: bigint, iqmp: bigint): Proof {
  const ok =
    p > 2n && q > 2n && n === p * q && (e * d) % (p - 1n) === 1n && (e * d) % (q - 1n) === 1n && (iqmp * q) % p === 1n;
  return ok ? { ok, bits: 256, kind: `RSA-${n.toString(2).length} private key` } : FAILS;
}

function pkcs1(parts: readonly Element[]): Proof {
  if (parts.length !== 9 || !parts.every((p) => p.tag === 2) || integer((parts[0] as Element).body) !== 0n) {
    return FAILS;
  }
  const [n, e, d, p, q, dp, dq, qinv] = parts.slice(1).map((x) => integer(x.body)) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const proof = rsaKey(n, e, d, p, q, qinv);
  return proof.ok && dp === d % (p - 1n) && dq === d % (q - 1n) ? proof : FAILS;
}

/** PKCS#8 PrivateKeyInfo (RFC 5958). */
function pkcs8(parts: readonly Element[]): Proof {
  const algorithm = parts[1]?.tag === 0x30 ? children(parts[1].body) : undefined;
  const key = parts[2];
  if (parts[0]?.tag !== 2 || !algorithm || key?.tag !== 4) {
    return FAILS;
  }
  // Version 1 is for keys with their public half; OpenSSL writes 0 for others.
  if (integer(parts[0].body) !== (parts.some((p) => p.tag === 0x81 || p.tag === 0xa1) ? 1n : 0n)) {
    return FAILS;
  }
  const name = oid(algorithm[0]);
  const inner = element(key.body, 0);
  const nested = sequence(key.body);
  switch (name) {
    case 'RSA':
      return nested && algorithm[1]?.tag === 5 && algorithm[1].body.length === 0 ? pkcs1(nested) : FAILS;
    case 'EC':
      return nested && algorithm[1] && isCurve(algorithm[1]) ? sec1(nested, oid(algorithm[1])) : FAILS;
    case 'Ed25519': {
      if (inner?.tag !== 4 || inner.body.length !== 32) {
        return FAILS;
      }
      const point = parts.find((p) => p.tag === 0x81 || p.tag === 0xa1)?.body.slice(-32);
      const holds = !point || ed25519.getPublicKey(inner.body).every((b, i) => b === point[i]);
      return holds ? { ok: true, bits: point ? 256 : 40, kind: 'Ed25519 private key', key: inner.body } : FAILS;
    }
    case 'X25519':
    case 'Ed448':
      return inner?.tag === 4 ? { ok: true, bits: 40, kind: `${name} private key` } : FAILS;
    case 'secp256k1': // Hedera names the curve as the algorithm
      return inner?.tag === 4 ? ecKey(name, inner.body, undefined) : nested ? sec1(nested, name) : FAILS;
    default:
      return { ok: inner !== undefined && name !== undefined, bits: 24 };
  }
}

/** A private key in DER: SEC1, PKCS#1 or PKCS#8. */
export function derPrivateKey(bytes: Uint8Array): Proof {
  const parts = sequence(bytes);
  if (parts?.[0]?.tag !== 2) {
    return FAILS;
  }
  if (parts[1]?.tag === 4) {
    return sec1(parts);
  }
  return parts[1]?.tag === 0x30 ? pkcs8(parts) : parts[1]?.tag === 2 ? pkcs1(parts) : FAILS;
}

/** EncryptedPrivateKeyInfo (RFC 5958): an algorithm and the cipher text. */
export function isEncryptedDer(bytes: Uint8Array): boolean {
  const parts = sequence(bytes);
  const algorithm = parts?.[0]?.tag === 0x30 ? children(parts[0].body) : undefined;
  return parts?.length === 2 && algorithm?.[0]?.tag === 6 && parts[1]?.tag === 4 && parts[1].body.length >= 32;
}

/** Base64 DER without armour, after a prefix of its own (Coinbase CDP wallet secret, Privy `wallet-auth:`, Ceffu). */
export function derBase64(value: string): Proof {
  return derPrivateKey(base64.decode(value.replace(/^[a-z-]+:/, '')));
}

/** Hex DER (Hedera). */
export function derHex(value: string): Proof {
  return derPrivateKey(hexToBytes(value));
}
