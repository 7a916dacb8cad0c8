import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { base64, base64urlnopad } from '@scure/base';
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
};

function oid(e: Element | undefined): string | undefined {
  return e?.tag === 6 ? OIDS[bytesToHex(e.body)] : undefined;
}

/** Whether the public point agrees with the scalar, for the curves that noble has here; undefined when it can't be told. */
function agrees(curve: string | undefined, scalar: Uint8Array, point: Uint8Array | undefined): boolean | undefined {
  if (!point) {
    return undefined;
  }
  const lib = curve === 'P-256' ? p256 : curve === 'secp256k1' ? secp256k1 : undefined;
  if (!lib) {
    return undefined;
  }
  try {
    return bytesToHex(lib.getPublicKey(scalar, point.length < 64)) === bytesToHex(point);
  } catch {
    return false;
  }
}

/** SEC1 ECPrivateKey (RFC 5915). `curve` is known from PKCS#8, else from its own parameters. */
function sec1(body: Uint8Array, curve?: string): Proof {
  const parts = children(body);
  const scalar = parts?.[1];
  if (parts?.[0]?.tag !== 2 || parts[0].body[0] !== 1 || scalar?.tag !== 4) {
    return FAILS;
  }
  const tagged = (tag: number) => children(parts.find((p) => p.tag === tag)?.body ?? new Uint8Array())?.[0];
  const name = curve ?? oid(tagged(0xa0));
  const point = tagged(0xa1)?.body.subarray(1);
  const pair = agrees(name, scalar.body, point?.length ? point : undefined);
  if (pair === false) {
    return FAILS;
  }
  return { ok: true, bits: pair ? 256 : 40, kind: name ? `${name} private key` : 'EC private key' };
}

function rsa(body: Uint8Array): Proof {
  const parts = children(body);
  if (!parts || parts.length < 9 || !parts.every((p) => p.tag === 2)) {
    return FAILS;
  }
  const modulus = (parts[1] as Element).body;
  return {
    ok: true,
    bits: 40,
    kind: `RSA-${(modulus[0] === 0 ? modulus.length - 1 : modulus.length) * 8} private key`,
  };
}

/** PKCS#8 PrivateKeyInfo (RFC 5958). */
function pkcs8(body: Uint8Array): Proof {
  const parts = children(body);
  const algorithm = parts?.[1]?.tag === 0x30 ? children(parts[1].body) : undefined;
  const key = parts?.[2];
  if (parts?.[0]?.tag !== 2 || !algorithm || key?.tag !== 4) {
    return FAILS;
  }
  const name = oid(algorithm[0]);
  const inner = element(key.body, 0);
  if (name === 'RSA') {
    return inner?.tag === 0x30 ? rsa(inner.body) : FAILS;
  }
  if (name === 'Ed25519' || name === 'X25519' || name === 'Ed448') {
    return inner?.tag === 4 ? { ok: true, bits: 40, kind: `${name} private key` } : FAILS;
  }
  if (algorithm[0]?.tag === 6 && bytesToHex(algorithm[0].body) === '2a8648ce3d0201') {
    return inner?.tag === 0x30 ? sec1(inner.body, oid(algorithm[1])) : FAILS;
  }
  if (name === 'secp256k1') {
    return inner ? { ok: true, bits: 40, kind: 'secp256k1 private key' } : FAILS;
  }
  return { ok: true, bits: 24 };
}

/** A private key in DER: SEC1, PKCS#1 or PKCS#8. */
export function derPrivateKey(bytes: Uint8Array): Proof {
  const outer = element(bytes, 0);
  if (outer?.tag !== 0x30 || outer.end !== bytes.length) {
    return FAILS;
  }
  const first = element(outer.body, 0);
  if (first?.tag !== 2) {
    return FAILS;
  }
  if (first.body.length === 1 && first.body[0] === 1 && element(outer.body, first.end)?.tag === 4) {
    return sec1(outer.body);
  }
  const second = element(outer.body, first.end);
  return second?.tag === 0x30 ? pkcs8(outer.body) : second?.tag === 2 ? rsa(outer.body) : FAILS;
}

/** A PEM block with a private key (RFC 7468): the armour must hold a parseable key. Encrypted ones say so. */
export function pem(value: string): Proof {
  const m = /^-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)[^-]*-----([\s\S]*)-----END/.exec(value);
  if (!m?.[1] || m[2] === undefined) {
    return FAILS;
  }
  const body = m[2].replace(/^[A-Za-z-]+: .*$/gm, '').replace(/\\[rn]|\s/g, '');
  let bytes: Uint8Array;
  try {
    bytes = base64.decode(
      body + '='.repeat((4 - (body.replace(/=+$/, '').length % 4)) % 4).slice(body.endsWith('=') ? 4 : 0),
    );
  } catch {
    return FAILS;
  }
  if (/Proc-Type: 4,ENCRYPTED/.test(m[2])) {
    return { ok: bytes.length >= 32, bits: 20, encrypted: true };
  }
  if (m[1].startsWith('ENCRYPTED')) {
    const outer = element(bytes, 0);
    return outer?.tag === 0x30 && outer.end === bytes.length ? { ok: true, bits: 40, encrypted: true } : FAILS;
  }
  if (m[1].startsWith('OPENSSH')) {
    const text = new TextDecoder('latin1').decode(bytes.subarray(0, 120));
    if (!text.startsWith('openssh-key-v1\0')) {
      return FAILS;
    }
    return {
      ok: true,
      bits: 100,
      kind: 'OpenSSH private key',
      ...(text.includes('bcrypt') ? { encrypted: true as const } : {}),
    };
  }
  if (/PRIVATE KEY for erd1/.test(value)) {
    try {
      const pair = hexToBytes(new TextDecoder('latin1').decode(bytes));
      const own = ed25519.getPublicKey(pair.subarray(0, 32));
      return pair.length === 64 && own.every((b, i) => b === pair[32 + i]) ? { ok: true, bits: 256 } : FAILS;
    } catch {
      return FAILS;
    }
  }
  return derPrivateKey(bytes);
}

/** Base64 DER without armour (Coinbase CDP wallet secret: PKCS#8, P-256). */
export function derBase64(value: string): Proof {
  try {
    return derPrivateKey(base64.decode(value));
  } catch {
    return FAILS;
  }
}

/** Hex DER (Hedera). */
export function derHex(value: string): Proof {
  try {
    return derPrivateKey(hexToBytes(value));
  } catch {
    return FAILS;
  }
}

/** A JSON Web Key with its private member `d` (RFC 7517, 7518, 8037): public members must derive from it. */
export function jwk(value: string): Proof {
  let key: Record<string, unknown>;
  try {
    key = JSON.parse(value) as Record<string, unknown>;
  } catch {
    return FAILS;
  }
  const part = (name: string) => {
    try {
      return base64urlnopad.decode(String(key[name] ?? ''));
    } catch {
      return undefined;
    }
  };
  const d = part('d');
  if (!d || d.length === 0) {
    return FAILS;
  }
  if (key.kty === 'OKP' && key.crv === 'Ed25519') {
    const x = part('x');
    const own = d.length === 32 ? ed25519.getPublicKey(d) : undefined;
    return own && x?.length === 32 && own.every((b, i) => b === x[i])
      ? { ok: true, bits: 256, kind: 'Ed25519 JWK' }
      : FAILS;
  }
  if (key.kty === 'EC') {
    const [x, y] = [part('x'), part('y')];
    const point = x && y ? new Uint8Array([4, ...x, ...y]) : undefined;
    const pair = agrees(key.crv === 'secp256k1' ? 'secp256k1' : String(key.crv), d, point);
    return pair === false ? FAILS : { ok: true, bits: pair ? 256 : 20, kind: `${String(key.crv)} JWK` };
  }
  if (key.kty === 'RSA') {
    return part('n') && part('p') ? { ok: true, bits: 40, kind: 'RSA JWK' } : FAILS;
  }
  return FAILS;
}
