import { hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { bech32Bytes } from './bech32';
import { crc24 } from './crc';
import { derPrivateKey, isEncryptedDer } from './der';
import { pairHolds } from './ed25519-pair';
import { opensshKey } from './openssh';
import type { Proof } from './proof';

const FAILS: Proof = { ok: false, bits: 0 };

interface Armour {
  readonly label: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array;
  /** The last line of OpenPGP's armour, after `=`. */
  readonly checksum?: string;
}

/** Takes the armour off (RFC 7468; headers and checksum of RFC 9580). Undefined when labels differ or the body is none. */
function unarmoured(value: string): Armour | undefined {
  const m = /^-----BEGIN ([^-]+)-----([\s\S]*)-----END ([^-]+)-----/.exec(value);
  if (!m?.[1] || m[2] === undefined || m[1] !== m[3]) {
    return undefined;
  }
  const headers = new Map<string, string>();
  let checksum: string | undefined;
  let body = '';
  for (const line of m[2].split(/\\[rn]|[\r\n]+/).map((l) => l.trim())) {
    const header = /^([A-Za-z-]+): (.*)$/.exec(line);
    if (header?.[1]) {
      headers.set(header[1], header[2] as string);
    } else if (/^=[A-Za-z0-9+/]{4}$/.test(line)) {
      checksum = line.slice(1);
    } else {
      body += line.replace(/\s/g, '');
    }
  }
  try {
    const bytes = base64.decode(body.replace(/=+$/, '').padEnd(Math.ceil(body.replace(/=+$/, '').length / 4) * 4, '='));
    return { label: m[1], headers, bytes, ...(checksum ? { checksum } : {}) };
  } catch {
    return undefined;
  }
}

/** MultiversX: ASCII hex of seed and public key, which is the address of the label. */
function multiversx(label: string, bytes: Uint8Array): Proof {
  const pair = hexToBytes(new TextDecoder('latin1').decode(bytes));
  const address = label.replace(/^.* for /, '');
  const own = bech32Bytes(address);
  const ok = pairHolds(pair) && own?.every((b, i) => b === pair[32 + i]);
  const key = pair.subarray(0, 32);
  return ok ? { ok, bits: 256, key, address: () => ({ chain: 'MultiversX', value: address }) } : FAILS;
}

/** A PEM block with a private key: the armour must hold a key that parses and agrees with itself. */
export function pem(value: string): Proof {
  const armour = unarmoured(value.replace(/^"[^"]*"\s*:\s*"/, ''));
  if (!armour || !/PRIVATE KEY(?: for |$)/.test(armour.label)) {
    return FAILS;
  }
  const { label, headers, bytes } = armour;
  if (headers.get('Proc-Type')?.includes('ENCRYPTED')) {
    return headers.has('DEK-Info') && bytes.length >= 32 && bytes.length % 8 === 0
      ? { ok: true, bits: 20, encrypted: true }
      : FAILS;
  }
  if (label.startsWith('ENCRYPTED')) {
    return isEncryptedDer(bytes) ? { ok: true, bits: 40, encrypted: true } : FAILS;
  }
  if (label.startsWith('OPENSSH')) {
    return opensshKey(bytes);
  }
  return label.includes(' for erd1') ? multiversx(label, bytes) : derPrivateKey(bytes);
}

function checksumHolds({ bytes, checksum }: Armour): boolean {
  const sum = checksum === undefined ? undefined : base64.decode(checksum);
  return (
    sum !== undefined && (((sum[0] as number) << 16) | ((sum[1] as number) << 8) | (sum[2] as number)) === crc24(bytes)
  );
}

/** Key that a Cosmos chain's command line exported: OpenPGP's armour around a cipher text. Source: Cosmos SDK, armor. */
export function cosmosArmour(value: string): Proof {
  const armour = unarmoured(value);
  return armour?.headers.has('kdf') && checksumHolds(armour) ? { ok: true, bits: 24, encrypted: true } : FAILS;
}

/** OpenPGP secret key: its first packet is one (tag 5), its checksum, where there is one, holds. Source: RFC 9580. */
export function pgpKey(value: string): Proof {
  const armour = unarmoured(value);
  const first = armour?.bytes[0] ?? 0;
  const tag = first & 0x40 ? first & 63 : (first >> 2) & 15;
  if (!armour || !(first & 0x80) || tag !== 5 || (armour.checksum !== undefined && !checksumHolds(armour))) {
    return FAILS;
  }
  return { ok: true, bits: armour.checksum === undefined ? 8 : 32 };
}
