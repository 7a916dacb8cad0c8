import { ecKey, integer, rsaKey } from './der';
import { pairHolds } from './ed25519-pair';
import type { Proof } from './proof';

const FAILS: Proof = { ok: false, bits: 0 };
const latin1 = new TextDecoder('latin1');

/** Reads the strings and numbers of RFC 4251; a string that goes beyond the end is an error. */
class Reader {
  #at = 0;

  constructor(readonly bytes: Uint8Array) {}

  number(): number {
    const b = this.take(4);
    return new DataView(b.buffer, b.byteOffset).getUint32(0);
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.bytes.length) {
      throw new RangeError('the key is cut off');
    }
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }

  string(): Uint8Array {
    return this.take(this.number());
  }

  text(): string {
    return latin1.decode(this.string());
  }

  rest(): Uint8Array {
    return this.bytes.subarray(this.#at);
  }
}

const CURVES: Readonly<Record<string, string>> = { nistp256: 'P-256', nistp384: 'P-384', nistp521: 'P-521' };

function keyOf(type: string, r: Reader): Proof {
  if (type === 'ssh-ed25519') {
    r.string();
    const pair = r.string();
    return pairHolds(pair) ? { ok: true, bits: 256, kind: 'Ed25519 OpenSSH key', key: pair.subarray(0, 32) } : FAILS;
  }
  if (type === 'ssh-rsa') {
    const [n, e, d, iqmp, p, q] = Array.from({ length: 6 }, () => integer(r.string())) as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    return rsaKey(n, e, d, p, q, iqmp);
  }
  if (type.startsWith('ecdsa-')) {
    const curve = CURVES[r.text()];
    const point = r.string();
    const scalar = r.string();
    return ecKey(curve, scalar[0] === 0 ? scalar.subarray(1) : scalar, point);
  }
  return { ok: true, bits: 32, kind: 'OpenSSH private key' };
}

/** OpenSSH's own format, version 1; the two check numbers are equal in a key that is not encrypted. Source: PROTOCOL.key. */
export function opensshKey(bytes: Uint8Array): Proof {
  const r = new Reader(bytes);
  if (latin1.decode(r.take(15)) !== 'openssh-key-v1\0') {
    return FAILS;
  }
  const cipher = r.text();
  r.string();
  r.string();
  const keys = r.number();
  r.string();
  const body = r.string();
  if (keys !== 1 || (cipher === 'none' && r.rest().length > 0)) {
    return FAILS;
  }
  if (cipher !== 'none') {
    return { ok: body.length >= 32, bits: 100, encrypted: true, kind: 'OpenSSH private key' };
  }
  const inner = new Reader(body);
  const check = inner.number();
  if (inner.number() !== check) {
    return FAILS;
  }
  return keyOf(inner.text(), inner);
}
