/** What a file's bytes turned out to be. */
export type TextKind = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'latin-1';

/** A decoded text. Its positions are those of an editor: a byte-order mark is no character of it. */
export interface DecodedText {
  readonly text: string;
  readonly kind: TextKind;
}

const PROBE = 8192;

/** Decodes a text file, or says undefined for a binary one: a NUL byte in its head that no UTF-16 explains. */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(3)), kind: 'utf-8-bom' };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { text: new TextDecoder('utf-16le').decode(bytes.subarray(2)), kind: 'utf-16le' };
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return { text: new TextDecoder('utf-16be').decode(bytes.subarray(2)), kind: 'utf-16be' };
  }
  const head = bytes.subarray(0, PROBE);
  let odd = 0;
  let even = 0;
  for (let i = 0; i < head.length; i++) {
    if (head[i] === 0) {
      if (i % 2) {
        odd++;
      } else {
        even++;
      }
    }
  }
  if (odd + even > 0) {
    const half = head.length / 2;
    if (half > 8 && odd > half * 0.7 && even < half * 0.05) {
      return { text: new TextDecoder('utf-16le').decode(bytes), kind: 'utf-16le' };
    }
    if (half > 8 && even > half * 0.7 && odd < half * 0.05) {
      return { text: new TextDecoder('utf-16be').decode(bytes), kind: 'utf-16be' };
    }
    return undefined;
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), kind: 'utf-8' };
  } catch {
    return { text: new TextDecoder('latin1').decode(bytes), kind: 'latin-1' };
  }
}

/** Bytes of a text in the encoding it was read with. */
export function encodeText(text: string, kind: TextKind): Uint8Array {
  switch (kind) {
    case 'utf-8':
      return new TextEncoder().encode(text);
    case 'utf-8-bom':
      return new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)]);
    case 'latin-1':
      return Uint8Array.from(text, (c) => c.charCodeAt(0) & 0xff);
    default: {
      const little = kind === 'utf-16le';
      const out = new Uint8Array(2 + text.length * 2);
      out.set(little ? [0xff, 0xfe] : [0xfe, 0xff]);
      const view = new DataView(out.buffer);
      for (let i = 0; i < text.length; i++) {
        view.setUint16(2 + i * 2, text.charCodeAt(i), little);
      }
      return out;
    }
  }
}
