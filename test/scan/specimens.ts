import { randomBytes, randomInt } from 'node:crypto';

/** Random characters of an alphabet: specimens are made anew at each run and stand in no file. */
export function random(length: number, alphabet: string): string {
  let out = '';
  for (let i = 0; i < length; i++) {
    out += alphabet[randomInt(alphabet.length)];
  }
  return out;
}

export const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `length` random letters and digits, at least one of them a digit. */
export function alnum(length: number): string {
  const at = randomInt(length);
  const s = random(length, ALNUM);
  return s.slice(0, at) + randomInt(10) + s.slice(at + 1);
}

/** `length` random lower-case hex digits. */
export function hex(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length);
}

/** Base64 of `bytes` random bytes. */
export function base64(bytes: number): string {
  return randomBytes(bytes).toString('base64');
}

/** A random UUID in lower case. */
export function uuid(): string {
  const h = hex(32);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}
