import type { CredentialType } from '../catalog/credential-type';
import { lineStart } from './literal';
import type { Site } from './site';
import { LOOK_BACK } from './site-reader';
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

/** Judgement never looks farther ahead than this. */
export const LOOK_AHEAD = 2048;
/** Imports are looked for in this many characters at the head of a text. */
export const HEAD = 4096;
const LINES_BACK = 420;
const LINES_AHEAD = 320;

const HOST = /[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;

type Known = Map<string, Near>;

/** The text (or the part of it around the values in question) and what is known of the whole. */
export interface Scope {
  readonly index: TypeIndex;
  readonly text: string;
  readonly fileName: string;
  readonly hits: ProviderHits;
  /** Provider words at the head of the whole text. */
  readonly head: () => ReadonlyMap<string, Near>;
}

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

function collect(index: TypeIndex, text: string, near: Near, into: Known): void {
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

/** Provider words and hosts around one value. */
export class Surroundings {
  readonly index: TypeIndex;
  readonly #known: Known = new Map();
  readonly #systems = new Map<string, Near>();
  /** The context says that this is a sandbox: testnet, demo, sandbox. */
  readonly sandbox: boolean;

  constructor(scope: Scope, site: Site, start: number, end: number) {
    const { index, text, fileName } = scope;
    this.index = index;
    const known = this.#known;
    for (const name of site.names) {
      collect(index, name.text, Near.Name, known);
    }
    const holders = [...site.parents, ...site.calls.map((c) => c.callee)];
    for (const linked of links(text, site, start, end)) {
      holders.push(linked);
    }
    for (const h of holders) {
      collect(index, h, Near.Holder, known);
    }
    if (!site.literal.whole) {
      collect(index, text.slice(Math.max(site.literal.start, start - 400), start), Near.Holder, known);
    } else if (!site.literal.quote) {
      collect(index, text.slice(lineStart(text, start, start - 300), start), Near.Holder, known);
    }
    collect(index, fileName.split('/').slice(-2).join(' '), Near.Lines, known);
    const raise = (key: string, near: Near) => {
      if ((known.get(key) ?? -1) < near) {
        known.set(key, near);
      }
    };
    scope.hits.each(start - LOOK_BACK, end + LOOK_AHEAD, (hit) => {
      const inside = hit.at >= start && hit.at < end;
      if (!inside) {
        raise(hit.key, hit.at >= start - LINES_BACK && hit.at < end + LINES_AHEAD ? Near.Lines : Near.Region);
      }
    });
    for (const [key, near] of scope.head()) {
      raise(key, near);
    }
    for (const [word, near] of known) {
      const types = word.startsWith('@') ? index.hosts.get(word.slice(1)) : index.words.get(word);
      for (const type of types ?? []) {
        if ((this.#systems.get(type.system) ?? 0) < near) {
          this.#systems.set(type.system, near);
        }
      }
    }
    const context = `${[...site.names.map((n) => n.text), ...holders].join(' ')} ${text.slice(Math.max(0, start - 200), start)}`;
    this.sandbox = /test-?net|sandbox|(?:^|[^a-z])demo(?:[^a-z]|$)|paper|testnet|sepolia/i.test(context);
  }

  /** How near this type's own provider words or hosts stand. */
  of(type: CredentialType): Near {
    let best: Near = Near.Nowhere;
    for (const word of type.words) {
      const near = this.#known.get(word);
      if (near !== undefined && near > best) {
        best = near;
      }
    }
    for (const host of type.hosts) {
      const near = this.#known.get(`@${host}`);
      if (near !== undefined && near > best) {
        best = near;
      }
    }
    return best;
  }

  /** Types whose provider stands at `near` or nearer. */
  typesNear(near: Near): CredentialType[] {
    const found: CredentialType[] = [];
    for (const [word, at] of this.#known) {
      if (at >= near) {
        found.push(
          ...((word.startsWith('@') ? this.index.hosts.get(word.slice(1)) : this.index.words.get(word)) ?? []),
        );
      }
    }
    return found;
  }

  /** A host of this type stands near. */
  host(type: CredentialType): Near {
    let best: Near = Near.Nowhere;
    for (const host of type.hosts) {
      const near = this.#known.get(`@${host}`);
      if (near !== undefined && near > best) {
        best = near;
      }
    }
    return best;
  }

  /** The longest provider word of the type that stands at `near` or nearer: the more exact type wins by it. */
  exactness(type: CredentialType, near: Near): number {
    let best = 0;
    for (const word of type.words) {
      if ((this.#known.get(word) ?? 0) >= near) {
        best = Math.max(best, word.length);
      }
    }
    return best;
  }

  /** Systems that stand at least as near as `near`, CCXT aside (it is a library for all of them). */
  systems(near: Near): number {
    let n = 0;
    for (const [system, at] of this.#systems) {
      if (at >= near && system !== 'ccxt') {
        n++;
      }
    }
    return n;
  }
}

/** Provider words at the head of a text, where imports stand. */
export function headWords(index: TypeIndex, text: string): Known {
  const known: Known = new Map();
  collect(index, text.slice(0, HEAD), Near.Region, known);
  return known;
}

/**
 * Calls that a name near the value leads to: what `exchange` was made by in `exchange.apiKey = ...`, and what `options`
 * or `API_KEY` is passed to.
 */
function links(text: string, site: Site, start: number, end: number): string[] {
  const found: string[] = [];
  const window = text.slice(Math.max(0, start - LOOK_BACK), Math.min(text.length, end + LOOK_AHEAD));
  const identifiers = [
    ...site.parents.slice(0, 2),
    ...site.names.slice(0, 1).map((n) => n.text),
    ...site.calls.slice(0, 1).map((c) => c.callee),
  ].filter((p) => /^[A-Za-z_$][\w$]{1,60}$/.test(p));
  for (const id of identifiers) {
    const name = id.replace(/\$/g, '\\$');
    const made = new RegExp(
      `(?:^|[^\\w$.])${name}\\s*(?::=|=|:)\\s*(?:await\\s+)?(?:new\\s+)?&?([\\\\\\w$.:]{3,80}[({](?:[\\w.\\s]{0,40},\\s*)?["'\\w$]{0,40})`,
    ).exec(window);
    if (made?.[1]) {
      found.push(made[1]);
    }
    const passed = new RegExp(
      `([\\w$.\\\\:]{3,80})\\((?:[^()'"]{0,160},)?\\s*(?:\\.\\.\\.|\\*\\*|&)?\\$?${name}\\b`,
    ).exec(window);
    if (passed?.[1]) {
      found.push(passed[1]);
    }
    const member = new RegExp(
      `([\\w$.\\\\:]{3,80})\\(\\s*(?:\\{|\\[|map\\[[^\\]]*\\][^{]{0,20}\\{)[^(){}]{0,200}[:=>]\\s*${name}\\b`,
    ).exec(window);
    if (member?.[1]) {
      found.push(member[1]);
    }
  }
  return found;
}
