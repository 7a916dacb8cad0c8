import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CredentialType } from '../catalog/credential-type';
import { normalised } from '../encodings/test-keys';

const LABEL = 'keyward/fingerprint/v1';

/** Whether values of this shape carry 80 bits or more, so that a one-way hash can't be searched. */
function isStrong(type: Pick<CredentialType, 'part' | 'shape'>, value: string): boolean {
  if (type.part === 'passphrase' || type.part === 'id') {
    return false;
  }
  if (type.part === 'phrase') {
    return value.split(/\s+/).length >= 12;
  }
  const bits = /^(?:0x)?[0-9a-f]+$/i.test(value)
    ? 4
    : /^[A-Z2-7]+$/.test(value)
      ? 5
      : /^[a-z0-9]+$/.test(value)
        ? 5.1
        : 5.9;
  return (value.length - (type.shape.prefix?.length ?? 0)) * bits >= 80;
}

/**
 * 32 hex digits that identify a value without telling it: SHA-256 over a label, the type's family and the normalised
 * value, first 128 bits. Values that could be searched (passphrases, PINs, short keys) get an HMAC with the workspace's
 * pepper, and none without one.
 */
export function fingerprint(
  type: Pick<CredentialType, 'system' | 'part' | 'shape'>,
  value: string,
  pepper?: string,
): string | undefined {
  const message = utf8ToBytes(`${LABEL}\0${type.system}\0${normalised(value)}`);
  if (isStrong(type, value)) {
    return bytesToHex(sha256(message)).slice(0, 32);
  }
  return pepper === undefined ? undefined : bytesToHex(hmac(sha256, utf8ToBytes(pepper), message)).slice(0, 32);
}

/** Fingerprint with the pepper whatever the strength: the inventory's form. */
export function keyedFingerprint(type: Pick<CredentialType, 'system'>, value: string, pepper: string): string {
  const message = utf8ToBytes(`${LABEL}\0${type.system}\0${normalised(value)}`);
  return bytesToHex(hmac(sha256, utf8ToBytes(pepper), message)).slice(0, 32);
}
