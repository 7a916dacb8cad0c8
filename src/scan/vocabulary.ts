import type { CredentialType } from '../catalog/credential-type';
import { squash } from './names';
import { join, raise, type TypeBits } from './type-bits';
import type { TypeIndex } from './type-index';

enum Kind {
  Other = 0,
  Lower = 1,
  Upper = 2,
  Digit = 3,
}

/** 1 to 36 for a letter, whatever its case, or a digit; 0 for all else. */
const RANK = new Uint8Array(256);
const KIND = new Uint8Array(256);
for (let i = 0; i < 26; i++) {
  RANK[97 + i] = i + 1;
  RANK[65 + i] = i + 1;
  KIND[97 + i] = Kind.Lower;
  KIND[65 + i] = Kind.Upper;
}
for (let i = 0; i < 10; i++) {
  RANK[48 + i] = 27 + i;
  KIND[48 + i] = Kind.Digit;
}

const HYPHEN = 45;
const DOT = 46;
/** Ranks, 0 included. */
const RANKS = 37;
/** The rank of the dot before a host's last label. */
const LABEL = 37;
/** A key's words stand no farther apart than this. */
const SPREAD = 96;
const BLOCK = 1024;

/** What a hash may be. */
enum Slot {
  /** The beginning of a key. */
  Stem = 1,
  /** A whole key. */
  Key = 2,
}

const SLOT_BITS = 17;

/** Small, so that it stays at hand. */
const HEAD_BITS = 14;

function headSlot(start: number, rank: number): number {
  return Math.imul(start * RANKS + rank, 0x9e3779b1) >>> (32 - HEAD_BITS);
}

/** FNV-1a, a step. */
function mix(hash: number, rank: number): number {
  return Math.imul(hash ^ rank, 0x01000193);
}

function slot(hash: number): number {
  return hash >>> (32 - SLOT_BITS);
}

/** Whether a word may end before `i`: `apiKey2` is api, Key, 2; `APIKey` is API, Key. */
function isEdge(codes: Uint8Array, i: number): boolean {
  const left = KIND[codes[i - 1] as number] as number;
  const right = KIND[codes[i] as number] as number;
  return right === left
    ? right === Kind.Upper && KIND[codes[i + 1] as number] === Kind.Lower
    : !(left === Kind.Upper && right === Kind.Lower);
}

const STEM = /^([a-z0-9]{3,24}?)(?:api|access|secret|private|public|client|app|project|key|token|id|pass)/;

/** Words, names, hosts, headers and calls of the catalog: no needy value counts without one of its own type near. */
export class Vocabulary {
  /** Places of the types by the hash of a key, letters and digits in lower case. A rare collision names a type too many. */
  readonly keys = new Map<number, number[]>();
  /** Three ranks with which a key begins: `Slot.Key` where they may be a whole one. */
  readonly starts = new Uint8Array(RANKS ** 3);
  /** Four ranks with which a key begins, by their hash. */
  readonly heads = new Uint8Array(1 << HEAD_BITS);
  readonly slots = new Uint8Array(1 << SLOT_BITS);
  /** Two ranks with which a host's last label begins. */
  readonly labels = new Uint8Array(RANKS ** 2);
  readonly #places: ReadonlyMap<CredentialType, number>;
  readonly #lists = new WeakMap<readonly CredentialType[], TypeBits>();

  constructor(readonly index: TypeIndex) {
    this.#places = new Map(index.types.map((type, i) => [type, i]));
    const places = new Map<string, number[]>();
    const labels = new Set<string>();
    const add = (key: string, place: number) => {
      const known = places.get(key);
      if (known) {
        known.push(place);
      } else {
        places.set(key, [place]);
      }
    };
    index.types.forEach((type, place) => {
      type.words.forEach((w) => add(w, place));
      for (const name of type.names) {
        add(name, place);
        // Its provider's part may stand apart: `apex: { api_secret }`.
        const stem = STEM.exec(name)?.[1];
        if (stem && !type.words.some((w) => name.includes(w))) {
          add(stem, place);
        }
      }
      type.calls?.forEach((c) => add(c, place));
      for (const header of type.headers) {
        const flat = squash(header);
        // What many use says nothing without the provider's name.
        if ((index.headers.get(flat)?.length ?? 0) <= 2 || type.words.some((w) => flat.includes(w))) {
          add(flat, place);
        }
      }
      for (const param of type.params) {
        const flat = squash(param);
        if (type.words.some((w) => flat.includes(w))) {
          add(flat, place);
        }
      }
      type.hosts.forEach((host) => labels.add(host.slice(host.lastIndexOf('.') + 1)));
    });
    for (const label of labels) {
      this.#learn(mix(0, LABEL), label);
      this.labels[(RANK[label.charCodeAt(0)] as number) * RANKS + (RANK[label.charCodeAt(1)] as number)] = 1;
    }
    for (const [key, list] of places) {
      const hash = this.#learn(0, key);
      this.keys.set(hash, [...(this.keys.get(hash) ?? []), ...list]);
      const [a, b, c, d] = [0, 1, 2, 3].map((i) => RANK[key.charCodeAt(i)] ?? 0) as [number, number, number, number];
      const pair = (a * RANKS + b) * RANKS;
      if (d > 0) {
        this.starts[pair + c] = Math.max(this.starts[pair + c] as number, Slot.Stem);
        this.heads[headSlot(pair + c, d)] = 1;
      } else {
        this.starts.fill(Slot.Key, pair + c, c > 0 ? pair + c + 1 : pair + RANKS);
      }
    }
  }

  #learn(seed: number, key: string): number {
    let hash = seed;
    for (let i = 0; i < key.length; i++) {
      hash = mix(hash, RANK[key.charCodeAt(i)] as number);
      this.slots[slot(hash)] = (this.slots[slot(hash)] as number) | Slot.Stem | (i === key.length - 1 ? Slot.Key : 0);
    }
    return hash;
  }

  none(): TypeBits {
    return new Int32Array((this.index.types.length + 31) >> 5);
  }

  /** The types of a list of the index, as bits. */
  of(types: readonly CredentialType[]): TypeBits {
    let bits = this.#lists.get(types);
    if (!bits) {
      bits = this.none();
      this.add(bits, types);
      this.#lists.set(types, bits);
    }
    return bits;
  }

  add(bits: TypeBits, types: readonly CredentialType[]): void {
    for (const type of types) {
      const place = this.#places.get(type);
      if (place !== undefined) {
        raise(bits, place);
      }
    }
  }
}

/** Where the catalog's vocabulary stands in a text; read in blocks, each when it is first asked for. */
export class VocabularyHits {
  readonly #blocks: (TypeBits | undefined)[] = [];
  readonly #nothing: TypeBits;
  /** The union that was asked for last, and its blocks: values stand in clusters. */
  readonly #union: TypeBits;
  #first = 0;
  #last = -1;

  constructor(
    readonly vocabulary: Vocabulary,
    readonly codes: Uint8Array,
  ) {
    this.#nothing = vocabulary.none();
    this.#union = vocabulary.none();
  }

  /** Types of which something stands in `[from, to)`, or in the rest of a block that it touches. The set is shared: it holds
   * until the next call. */
  near(from: number, to: number): TypeBits {
    const first = Math.floor(Math.max(0, from - SPREAD) / BLOCK);
    const last = Math.floor((Math.min(to, this.codes.length) - 1) / BLOCK);
    if (first !== this.#first || last !== this.#last) {
      this.#union.fill(0);
      for (let b = first; b <= last; b++) {
        const bits = this.#block(b);
        if (bits !== this.#nothing) {
          join(this.#union, bits);
        }
      }
      this.#first = first;
      this.#last = last;
    }
    return this.#union;
  }

  #block(b: number): TypeBits {
    let bits = this.#blocks[b];
    if (!bits) {
      bits = this.#read(b * BLOCK, Math.min((b + 1) * BLOCK, this.codes.length)) ?? this.#nothing;
      this.#blocks[b] = bits;
    }
    return bits;
  }

  #read(from: number, to: number): TypeBits | undefined {
    const { codes } = this;
    const { labels, starts } = this.vocabulary;
    let bits: TypeBits | undefined;
    let left = from > 0 ? (KIND[codes[from - 1] as number] as number) : Kind.Other;
    for (let i = from; i < to; ) {
      const code = codes[i] as number;
      const kind = KIND[code] as number;
      if (kind === Kind.Other) {
        if (code === DOT && labels[pairAt(codes, i + 1)] === 1) {
          bits = this.#host(i, bits);
        }
        left = kind;
        i++;
        continue;
      }
      const begins =
        left === Kind.Upper && kind !== Kind.Digit
          ? (kind === Kind.Upper && KIND[codes[i + 1] as number] === Kind.Lower) ||
            // `-DNAME=value` defines NAME.
            (codes[i - 1] === 68 && codes[i - 2] === HYPHEN)
          : left !== kind;
      if (begins) {
        // Most words begin as no key does.
        const b = RANK[codes[i + 1] as number] as number;
        const c = RANK[codes[i + 2] as number] as number;
        if (b === 0 || c === 0 || starts[((RANK[code] as number) * RANKS + b) * RANKS + c] !== 0) {
          bits = this.#keysAt(i, bits);
        }
      }
      left = kind;
      i++;
      while (kind !== Kind.Upper && i < to && KIND[codes[i] as number] === kind) {
        i++; // in the middle of a word
      }
    }
    return bits;
  }

  /** Adds the types of the keys that begin at `at`. */
  #keysAt(at: number, bits: TypeBits | undefined): TypeBits | undefined {
    const { codes } = this;
    const { starts, heads, slots, keys } = this.vocabulary;
    const limit = Math.min(codes.length, at + SPREAD);
    let next = at + 1;
    let start = RANK[codes[at] as number] as number;
    for (let n = 1; n < 3; n++) {
      while (next < limit && RANK[codes[next] as number] === 0) {
        next++;
      }
      start = start * RANKS + (next < limit ? (RANK[codes[next] as number] as number) : 0);
      next++;
    }
    const is = starts[start];
    if (is === 0) {
      return bits;
    }
    if (is === Slot.Stem) {
      while (next < limit && RANK[codes[next] as number] === 0) {
        next++;
      }
      if (next >= limit || heads[headSlot(start, RANK[codes[next] as number] as number)] === 0) {
        return bits;
      }
    }
    let found = bits;
    let hash = 0;
    for (let i = at; i < limit; i++) {
      const rank = RANK[codes[i] as number] as number;
      if (rank === 0) {
        continue;
      }
      hash = mix(hash, rank);
      const is = slots[slot(hash)] as number;
      if (is === 0) {
        break;
      }
      if ((is & Slot.Key) !== 0 && isEdge(codes, i + 1)) {
        for (const place of keys.get(hash) ?? []) {
          found ??= this.vocabulary.none();
          raise(found, place);
        }
      }
    }
    return found;
  }

  /** Adds the types whose host ends with the label after the dot at `dot`. */
  #host(dot: number, bits: TypeBits | undefined): TypeBits | undefined {
    const { codes } = this;
    const { slots, index } = this.vocabulary;
    let hash = mix(0, LABEL);
    let is = 0;
    let end = dot + 1;
    for (; end < codes.length && isLabel(codes[end] as number); end++) {
      hash = mix(hash, RANK[codes[end] as number] as number);
      is = slots[slot(hash)] as number;
      if (is === 0) {
        return bits;
      }
    }
    if ((is & Slot.Key) === 0 || (codes[end] === DOT && isLabel(codes[end + 1] ?? 0))) {
      return bits;
    }
    let start = dot;
    while (dot - start < 253 && isLabel(codes[start - 1] ?? 0)) {
      start--;
      if (codes[start - 1] === DOT && isLabel(codes[start - 2] ?? 0)) {
        start--;
      }
    }
    const types = index.hostTypes(String.fromCharCode(...codes.subarray(start, end)));
    if (types.length === 0) {
      return bits;
    }
    const more = bits ?? this.vocabulary.none();
    join(more, this.vocabulary.of(types));
    return more;
  }
}

/** The ranks of two characters as one number. */
function pairAt(codes: Uint8Array, at: number): number {
  return (RANK[codes[at] as number] as number) * RANKS + (RANK[codes[at + 1] as number] as number);
}

function isLabel(code: number): boolean {
  return RANK[code] !== 0 || code === HYPHEN;
}
