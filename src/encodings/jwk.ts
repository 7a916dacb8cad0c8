import { ed25519 } from '@noble/curves/ed25519.js';
import { base64urlnopad } from '@scure/base';
import { ecKey, integer, rsaKey } from './der';
import type { Proof } from './proof';

const FAILS: Proof = { ok: false, bits: 0 };

/** A JSON Web Key with its private member `d` (RFC 7517, 7518, 8037): public members must derive from it. */
export function jwk(value: string): Proof {
  const key = JSON.parse(value) as Record<string, unknown>;
  const part = (name: string) => base64urlnopad.decode(String(key[name] ?? ''));
  const d = part('d');
  if (d.length === 0) {
    return FAILS;
  }
  switch (key.kty) {
    case 'OKP': {
      if (key.crv !== 'Ed25519' || d.length !== 32) {
        return key.crv === 'X25519' && d.length === 32 ? { ok: true, bits: 20, kind: 'X25519 JWK' } : FAILS;
      }
      const x = part('x');
      const holds = x.length === 32 && ed25519.getPublicKey(d).every((b, i) => b === x[i]);
      return holds ? { ok: true, bits: 256, kind: 'Ed25519 JWK', key: d } : FAILS;
    }
    case 'EC': {
      const [x, y] = [part('x'), part('y')];
      const point = x.length > 0 && y.length > 0 ? Uint8Array.of(4, ...x, ...y) : undefined;
      const proof = ecKey(String(key.crv), d, point);
      return proof.ok ? { ...proof, kind: `${String(key.crv)} JWK` } : FAILS;
    }
    case 'RSA': {
      const number = (name: string) => integer(part(name));
      const proof = rsaKey(number('n'), number('e'), integer(d), number('p'), number('q'), number('qi'));
      return proof.ok ? { ...proof, kind: 'RSA JWK' } : FAILS;
    }
    default:
      return FAILS;
  }
}
