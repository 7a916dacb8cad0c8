import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base58, base58xrp } from '@scure/base';
import { bitcoinAddress, tezosAddress, xrplAddress } from './addresses';
import { pairHolds } from './ed25519-pair';
import type { Proof } from './proof';
import { inRange, inSecp256k1 } from './scalar';

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

/** Version bytes of wallet import formats, by coin. Testnets of most coins share 0xEF. */
export const WIF = {
  bitcoin: [0x80],
  testnet: [0xef],
  litecoin: [0xb0],
  dogecoin: [0x9e],
  dash: [0xcc],
  // Peercoin, Namecoin, Komodo, PIVX, Dogecoin testnet, Blackcoin, Viacoin, Feathercoin, Firo, Navcoin, Novacoin,
  // Reddcoin, Stratis, Particl; forks of Bitcoin, Zcash, DigiByte, Ravencoin, Qtum and Neo keep Bitcoin's
  other: [0xb7, 0xb4, 0xbc, 0xd4, 0xf1, 0x99, 0xc7, 0x8e, 0xd2, 0x96, 0x88, 0xbd, 0xbf, 0x6c],
} as const;

/** Wallet import format: version, 32-byte scalar, optional 0x01 for a compressed public key. Source: Bitcoin wiki, WIF. */
export function wif(coin: keyof typeof WIF): (value: string) => Proof {
  return (value) => {
    const p = base58check(value);
    const version = p?.[0];
    if (
      !p ||
      !(WIF[coin] as readonly number[]).includes(version as number) ||
      !(p.length === 33 || (p.length === 34 && p[33] === 1)) ||
      !inSecp256k1(p.subarray(1, 33))
    ) {
      return FAILS;
    }
    const key = p.subarray(1, 33);
    const testnet = coin === 'testnet';
    const address = () => ({
      chain: testnet ? 'Bitcoin testnet' : 'Bitcoin',
      value: bitcoinAddress(key, p.length === 34, testnet),
    });
    return { ok: true, bits: 32, key, ...(coin === 'bitcoin' || testnet ? { address } : {}) };
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
  const key = p.subarray(46);
  return known && root && p[45] === 0 && inSecp256k1(key) ? { ok: true, bits: 32, key } : FAILS;
}

/** Flag bytes of BIP-38 (0xE0 is Neo's too) by kind: 0x42 keys that were given, 0x43 keys made by multiplication. */
const BIP38_FLAGS: Readonly<Record<number, readonly number[]>> = { 66: [0xc0, 0xe0], 67: [0x00, 0x20, 0x04, 0x24] };

/** Password-protected key. Source: BIP-38; NEP-2 for Neo. */
export function bip38(value: string): Proof {
  const p = base58check(value);
  const ok = p?.length === 39 && p[0] === 1 && BIP38_FLAGS[p[1] as number]?.includes(p[2] as number);
  return ok ? { ok, bits: 32, encrypted: true } : FAILS;
}

/** XRPL family seed (0x21) and Ed25519 seed (0x01E14B), 16 bytes of entropy. Source: XRPL docs, base58 encodings. */
export function xrplSeed(value: string): Proof {
  const p = base58check(value, true);
  if (p?.length === 17 && p[0] === 0x21) {
    return { ok: true, bits: 32 };
  }
  if (p?.length === 19 && p[0] === 0x01 && p[1] === 0xe1 && p[2] === 0x4b) {
    const address = () => ({ chain: 'XRP Ledger', value: xrplAddress(sha512(p.subarray(3)).subarray(0, 32)) });
    return { ok: true, bits: 32, address };
  }
  return FAILS;
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
  BLes88: [[2, 5, 30, 53, 25], 56],
};

/** Tezos secret keys, plain and encrypted. Source: Octez, base58 prefixes. */
export function tezosKey(value: string): Proof {
  const kind = `${value.slice(0, 4)}${value.length}`;
  const rule = TEZOS[kind];
  const p = rule && base58check(value);
  if (!p || p.length !== rule[0].length + rule[1] || !sameHead(p, Uint8Array.from(rule[0]), rule[0].length)) {
    return FAILS;
  }
  if (rule[1] === 56) {
    return { ok: true, bits: 32, encrypted: true };
  }
  const key = p.subarray(4, 36);
  const ok =
    kind === 'spsk54'
      ? inSecp256k1(key)
      : kind === 'p2sk54'
        ? inRange('p256', key)
        : kind !== 'edsk98' || pairHolds(p.subarray(4));
  if (!ok) {
    return FAILS;
  }
  const address = () => ({ chain: 'Tezos', value: tezosAddress(key) });
  return { ok, bits: 32, key, ...(kind.startsWith('edsk') ? { address } : {}) };
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
  return sameHead(sha256(key).subarray(-4), bytes.subarray(32), 4) && inSecp256k1(key)
    ? { ok: true, bits: 32, key }
    : FAILS;
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
  const ok = sameHead(ripemd160(message), bytes.subarray(-4), 4);
  return ok ? { ok, bits: 32, ...(m[1] === 'K1' ? { key: body } : {}) } : FAILS;
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
