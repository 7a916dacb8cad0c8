function table(polynomial: number): Uint32Array {
  const t = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) {
      c = c & 1 ? polynomial ^ (c >>> 1) : c >>> 1;
    }
    t[n] = c >>> 0;
  }
  return t;
}

function reflected(polynomial: number): (bytes: Uint8Array) => number {
  let t: Uint32Array | undefined;
  return (bytes) => {
    t ??= table(polynomial);
    let crc = 0xffffffff;
    for (const b of bytes) {
      crc = (t[(crc ^ b) & 0xff] as number) ^ (crc >>> 8);
    }
    return (crc ^ 0xffffffff) >>> 0;
  };
}

/** CRC-32 (IEEE 802.3). */
export const crc32 = reflected(0xedb88320);

/** CRC-32C (Castagnoli, RFC 3720). */
export const crc32c = reflected(0x82f63b78);

/** CRC-24 of OpenPGP's armour. Source: RFC 9580, 6.1. */
export function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce;
  for (const b of bytes) {
    crc ^= b << 16;
    for (let i = 0; i < 8; i++) {
      crc = crc & 0x800000 ? ((crc << 1) ^ 0x1864cfb) & 0xffffff : (crc << 1) & 0xffffff;
    }
  }
  return crc;
}

/** CRC-16/XModem, of Stellar's StrKey. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const b of bytes) {
    crc ^= b << 8;
    for (let i = 0; i < 8; i++) {
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
    }
  }
  return crc;
}
