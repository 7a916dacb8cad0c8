import type { ByteSink } from './archive-bounds';

const BLOCK = 512;
/** Long names and pax headers are not longer. */
const LONGEST_HEADER = 64 * 1024;

const decoder = new TextDecoder();

function textAt(block: Uint8Array, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return decoder.decode(end < 0 ? field : field.subarray(0, end));
}

/** A number in octal, or for large ones in base 256 (GNU). */
function numberAt(block: Uint8Array, from: number, length: number): number | undefined {
  if ((block[from] as number) & 0x80) {
    let value = 0;
    for (let i = from + 4; i < from + length; i++) {
      value = value * 256 + (block[i] as number);
    }
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const text = textAt(block, from, length).trim();
  return /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : undefined;
}

/** Size of the member that a header (POSIX.1-1988 ustar, or the form before it) is of; undefined where there is no header. */
export function tarSize(block: Uint8Array): number | undefined {
  if (block.length < BLOCK || block[0] === 0) {
    return undefined;
  }
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) {
    sum += i >= 148 && i < 156 ? 32 : (block[i] as number);
  }
  return numberAt(block, 148, 8) === sum ? numberAt(block, 124, 12) : undefined;
}

/** Reads a tar that comes in pieces. */
export class TarReader implements ByteSink {
  readonly #block = new Uint8Array(BLOCK);
  #filled = 0;
  /** Bytes of the current member that are to come, and of the padding after it. */
  #left = 0;
  #padding = 0;
  #sink: ByteSink | undefined;
  #wanted = false;
  #ended = false;
  /** Of the next member, from a header before its own. */
  #name: string | undefined;
  #size: number | undefined;

  constructor(readonly open: (path: string) => ByteSink | undefined) {}

  push(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length && !this.#ended; ) {
      const rest = bytes.length - at;
      if (this.#left > 0) {
        const n = Math.min(this.#left, rest);
        if (this.#wanted) {
          this.#wanted = this.#sink?.push(bytes.subarray(at, at + n)) ?? false;
        }
        this.#left -= n;
        at += n;
        if (this.#left === 0) {
          this.#finish();
        }
      } else if (this.#padding > 0) {
        const n = Math.min(this.#padding, rest);
        this.#padding -= n;
        at += n;
      } else {
        const n = Math.min(BLOCK - this.#filled, rest);
        this.#block.set(bytes.subarray(at, at + n), this.#filled);
        this.#filled += n;
        at += n;
        if (this.#filled === BLOCK) {
          this.#filled = 0;
          this.#header();
        }
      }
    }
    return !this.#ended;
  }

  end(): void {
    if (this.#left > 0) {
      this.#finish();
    }
  }

  #finish(): void {
    this.#left = 0;
    this.#sink?.end();
    this.#sink = undefined;
    this.#wanted = false;
  }

  #header(): void {
    const block = this.#block;
    const stated = tarSize(block);
    if (stated === undefined) {
      this.#ended = true; // the two empty blocks at the end, or something that is no tar
      return;
    }
    const type = String.fromCharCode(block[156] as number);
    const special = 'xLgK'.includes(type);
    const size = special ? stated : (this.#size ?? stated);
    this.#left = size;
    this.#padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (type === 'x' || type === 'L') {
      this.#sink = this.#about(type);
    } else if (!special) {
      const prefix = textAt(block, 257, 5) === 'ustar' ? textAt(block, 345, 155) : '';
      const name = this.#name ?? (prefix ? `${prefix}/` : '') + textAt(block, 0, 100);
      this.#name = undefined;
      this.#size = undefined;
      if (type === '0' || type === '\0' || type === '7') {
        this.#sink = name.endsWith('/') ? undefined : this.open(name.replace(/^(?:\.?\/)+/, ''));
      } else {
        this.#left = type === '5' ? 0 : this.#left;
        this.#padding = type === '5' ? 0 : this.#padding;
      }
    }
    this.#wanted = this.#sink !== undefined;
    if (this.#left === 0) {
      this.#finish();
    }
  }

  /** A header about the next member: its long name (GNU), or its pax records (POSIX.1-2001). */
  #about(type: 'x' | 'L'): ByteSink {
    const pieces: number[] = [];
    return {
      push: (bytes) => {
        if (pieces.length + bytes.length <= LONGEST_HEADER) {
          pieces.push(...bytes);
        }
        return true;
      },
      end: () => {
        const text = decoder.decode(Uint8Array.from(pieces));
        if (type === 'L') {
          this.#name = text.replace(/\0.*$/s, '');
          return;
        }
        for (const [, key, value] of text.matchAll(/\d+ (path|size)=([^\n]*)\n/g)) {
          if (key === 'path') {
            this.#name = value;
          } else {
            this.#size = Number(value);
          }
        }
      },
    };
  }
}
