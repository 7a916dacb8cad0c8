import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

function toBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`);
}

/** Whether 32 bytes are a private key of secp256k1: 1 to n - 1 (SEC 2). Nearly every number is. */
export function inSecp256k1(bytes: Uint8Array): boolean {
  const d = toBigInt(bytes);
  return bytes.length === 32 && d > 0n && d < N;
}

/** Hex numbers that are constants of curves and protocols, not keys: n, p, n/2, G, all ones, small numbers. */
const CONSTANTS = new Set(
  [
    'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141',
    'fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f',
    '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0',
    '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    '483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8',
    'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
    'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff',
    '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296',
    '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
    '5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b',
    '30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001',
    '30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47',
    'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
    '56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc',
    'b53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103',
    'a3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50',
    '0800000000000010ffffffffffffffffb781126dcae7b2321e66a241adc64d2f',
    '1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed',
    '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed',
    '73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001',
  ].map((h) => h.toLowerCase()),
);

/** Published constants of curves and protocols, and numbers too regular to be a key. */
export function isProtocolConstant(value: string): boolean {
  const hex = value.replace(/^0x/, '').toLowerCase();
  return CONSTANTS.has(hex) || /^0{24}|^f{24}|0{24}$|f{24}$/.test(hex);
}

/** Ethereum address of a private key, with the EIP-55 checksum. Costs one curve multiplication. */
export function evmAddress(privateKey: string): string | undefined {
  try {
    const point = secp256k1.getPublicKey(hexToBytes(privateKey.replace(/^0x/, '')), false);
    const hex = bytesToHex(keccak_256(point.subarray(1)).subarray(-20));
    const mask = bytesToHex(keccak_256(utf8ToBytes(hex)));
    let out = '0x';
    for (let i = 0; i < 40; i++) {
      const c = hex[i] as string;
      out += Number.parseInt(mask[i] as string, 16) >= 8 ? c.toUpperCase() : c;
    }
    return out;
  } catch {
    return undefined;
  }
}
