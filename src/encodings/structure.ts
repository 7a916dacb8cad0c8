import { hexToBytes } from '@noble/hashes/utils.js';
import { base64, base64url, base64urlnopad } from '@scure/base';
import type { Proof } from './proof';

const FAILS: Proof = { ok: false, bits: 0 };

/** JSON Web Token (RFC 7519): a JSON header with `alg`, a JSON payload, a signature. */
export function jwt(value: string): Proof {
  const [head, body, signature] = value.split('.');
  if (!head || !body || !signature) {
    return FAILS;
  }
  try {
    const read = (part: string) =>
      JSON.parse(new TextDecoder().decode(base64urlnopad.decode(part))) as Record<string, unknown>;
    return typeof read(head).alg === 'string' && typeof read(body) === 'object' ? { ok: true, bits: 14 } : FAILS;
  } catch {
    return FAILS;
  }
}

/** Lightning macaroon, binary version 2: fields in order, a 32-byte signature last. Source: libmacaroons, format v2. */
export function macaroon(value: string): Proof {
  const bytes = /^[0-9a-fA-F]+$/.test(value)
    ? hexToBytes(value.toLowerCase())
    : /[-_]/.test(value)
      ? value.endsWith('=')
        ? base64url.decode(value)
        : base64urlnopad.decode(value)
      : base64.decode(value.padEnd(Math.ceil(value.length / 4) * 4, '='));
  const ok = bytes[0] === 2 && bytes[1] === 1 && bytes.length > 40 && bytes.at(-34) === 6 && bytes.at(-33) === 32;
  return ok ? { ok, bits: 40 } : FAILS;
}

/** Discord bot token: its first part is the bot's id, a number of 17 to 20 digits, in base64url. */
export function discordToken(value: string): Proof {
  const id = new TextDecoder().decode(base64urlnopad.decode((value.split('.')[0] as string).replace(/=+$/, '')));
  return /^\d{17,20}$/.test(id) ? { ok: true, bits: 40 } : FAILS;
}
