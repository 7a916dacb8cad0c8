import type { CredentialType } from '../catalog/credential-type';
import { wordsOf } from './names';
import { LOOK_BACK, type Site } from './site';
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

function collect(index: TypeIndex, text: string, near: Near, into: Known): void {
  const words = wordsOf(text);
  for (let i = 0; i < words.length; i++) {
    let joined = '';
    for (let n = 0; n < 4 && i + n < words.length; n++) {
      joined += words[i + n] as string;
      if (joined.length > 2 && (into.get(joined) ?? -1) < near && index.words.has(joined)) {
        into.set(joined, near);
      }
    }
  }
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

/** Provider words and hosts around one value. */
export class Surroundings {
  readonly #known: Known = new Map();
  readonly #systems = new Map<string, Near>();
  /** The context says that this is a sandbox: testnet, demo, sandbox. */
  readonly sandbox: boolean;

  constructor(
    readonly index: TypeIndex,
    text: string,
    fileName: string,
    site: Site,
    start: number,
    end: number,
    head: Known,
  ) {
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
      const lineStart = text.lastIndexOf('\n', start - 1) + 1;
      collect(index, text.slice(Math.max(lineStart, start - 300), start), Near.Holder, known);
    }
    collect(index, text.slice(Math.max(0, start - LINES_BACK), start), Near.Lines, known);
    collect(index, text.slice(end, end + LINES_AHEAD), Near.Lines, known);
    collect(index, fileName.split('/').slice(-2).join(' '), Near.Lines, known);
    collect(index, text.slice(Math.max(0, start - LOOK_BACK), start), Near.Region, known);
    collect(index, text.slice(end, end + LOOK_AHEAD), Near.Region, known);
    for (const [word, near] of head) {
      if ((known.get(word) ?? -1) < near) {
        known.set(word, near);
      }
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
    this.sandbox = /test-?net|sandbox|\bdemo\b|demo-|paper|testnet|sepolia/i.test(context);
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
  const identifiers = [...site.parents.slice(0, 2), ...site.names.slice(0, 1).map((n) => n.text)].filter((p) =>
    /^[A-Za-z_$][\w$]{1,60}$/.test(p),
  );
  for (const id of identifiers) {
    const name = id.replace(/\$/g, '\\$');
    const made = new RegExp(
      `(?:^|[^\\w$.])${name}\\s*(?::=|=|:)\\s*(?:await\\s+)?(?:new\\s+)?&?([\\\\\\w$.:]{3,80})[({]`,
    ).exec(window);
    if (made?.[1]) {
      found.push(made[1]);
    }
    const passed = new RegExp(`([\\w$.\\\\:]{3,80})\\(\\s*(?:\\.\\.\\.|\\*\\*|&)?\\$?${name}\\b`).exec(window);
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
