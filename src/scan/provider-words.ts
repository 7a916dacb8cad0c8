import type { TypeIndex } from './type-index';

/** How near a provider's name stands. */
export enum Near {
  Nowhere = 0,
  /** In the same region of the text, or among the imports at its head. */
  Region = 1,
  /** Within a few lines, or in the file's name. */
  Lines = 2,
  /** In the call, object, table or variable around the value, or its URL. */
  Holder = 3,
  /** In the name of the value itself. */
  Name = 4,
}

/** Imports are looked for in this many characters at the head of a text. */
export const HEAD = 4096;

/** A name of a host: labels with dots between. */
export const HOST = /[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;

/** Provider words, and hosts with `@` before them, by how near they stand. */
export type Known = Map<string, Near>;

const WORD_AT = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;

/** Shorter names are not written as several words: `int x` is not intx. */
const SHORTEST_APART = 6;

/**
 * Calls `visit` with the provider words of a text: one to four words that stand together as in `coinMarketCap`,
 * `coin_market_cap`, `Coin Market Cap`.
 */
function eachProviderWord(index: TypeIndex, text: string, visit: (at: number, word: string) => void): void {
  const words = [...text.matchAll(WORD_AT)];
  for (let i = 0; i < words.length; i++) {
    let joined = '';
    let apart = false;
    let end = (words[i] as RegExpMatchArray).index as number;
    const at = end;
    for (let n = 0; n < 4 && i + n < words.length; n++) {
      const word = words[i + n] as RegExpMatchArray;
      const gap = text.slice(end, word.index);
      if (gap.length > 1 || !/^[ _.-]?$/.test(gap)) {
        break;
      }
      apart ||= gap === ' ';
      end = (word.index as number) + word[0].length;
      joined += word[0].toLowerCase();
      if (joined.length > 2 && (!apart || joined.length >= SHORTEST_APART) && index.words.has(joined)) {
        visit(at, joined);
      }
    }
  }
}

/** Adds what a text says of providers to `into`, where it stands no nearer already. */
export function collect(index: TypeIndex, text: string, near: Near, into: Known): void {
  eachProviderWord(index, text, (_, word) => {
    if ((into.get(word) ?? -1) < near) {
      into.set(word, near);
    }
  });
  if (text.includes('.')) {
    for (const m of text.matchAll(HOST)) {
      for (const type of index.hostTypes(m[0])) {
        for (const host of type.hosts) {
          if (
            (m[0].toLowerCase() === host || m[0].toLowerCase().endsWith(host)) &&
            (into.get(`@${host}`) ?? -1) < near
          ) {
            into.set(`@${host}`, near);
          }
        }
      }
    }
  }
}

/** A provider's word or host (with `@`) at a place of the text. */
interface Hit {
  readonly at: number;
  readonly key: string;
}

const BLOCK = 1024;
/** Words are joined up to this far past a block's end. */
const OVERLAP = 96;

/** Provider words of a text, read block by block when first asked for. */
export class ProviderHits {
  readonly #blocks = new Map<number, readonly Hit[]>();

  constructor(
    readonly index: TypeIndex,
    readonly text: string,
  ) {}

  /** Calls `visit` for every hit that starts in `[from, to)`. */
  each(from: number, to: number, visit: (hit: Hit) => void): void {
    for (let b = Math.max(0, Math.floor(from / BLOCK)); b * BLOCK < to && b * BLOCK < this.text.length; b++) {
      let hits = this.#blocks.get(b);
      if (!hits) {
        hits = this.#read(b * BLOCK);
        this.#blocks.set(b, hits);
      }
      for (const hit of hits) {
        if (hit.at >= from && hit.at < to) {
          visit(hit);
        }
      }
    }
  }

  #read(from: number): Hit[] {
    const { text, index } = this;
    const hits: Hit[] = [];
    const end = from + BLOCK;
    // A word that began before the block belongs to the block before.
    let start = from;
    while (
      start > 0 &&
      start < end &&
      /[A-Za-z0-9]/.test(text[start - 1] as string) &&
      /[A-Za-z0-9]/.test(text[start] ?? ' ')
    ) {
      start++;
    }
    const slice = text.slice(start, end + OVERLAP);
    eachProviderWord(index, slice, (at, word) => {
      if (start + at < end) {
        hits.push({ at: start + at, key: word });
      }
    });
    if (slice.includes('.')) {
      for (const m of slice.matchAll(HOST)) {
        if (start + m.index >= end) {
          break;
        }
        for (const host of hostKeys(index, m[0])) {
          hits.push({ at: start + m.index, key: host });
        }
      }
    }
    return hits;
  }
}

function hostKeys(index: TypeIndex, name: string): string[] {
  const keys: string[] = [];
  for (const type of index.hostTypes(name)) {
    for (const host of type.hosts) {
      if (name.toLowerCase() === host || (host.startsWith('.') && name.toLowerCase().endsWith(host))) {
        keys.push(`@${host}`);
      }
    }
  }
  return keys;
}

/** Provider words at the head of a text, where imports stand. */
export function headWords(index: TypeIndex, text: string): Known {
  const known: Known = new Map();
  collect(index, text.slice(0, HEAD), Near.Region, known);
  return known;
}
