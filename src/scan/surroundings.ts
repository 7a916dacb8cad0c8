import type { CredentialType } from '../catalog/credential-type';
import { linkedCalls } from './linked-calls';
import { lineStart } from './literal';
import { collect, HOST, type Known, Near, type ProviderHits } from './provider-words';
import type { Site } from './site';
import { LOOK_AHEAD, LOOK_BACK } from './site-reader';
import type { TypeIndex } from './type-index';

const LINES_BACK = 420;
const LINES_AHEAD = 320;

/** The text (or the part of it around the values in question) and what is known of the whole. */
export interface Scope {
  readonly index: TypeIndex;
  readonly text: string;
  readonly fileName: string;
  readonly hits: ProviderHits;
  /** Provider words at the head of the whole text. */
  readonly head: () => ReadonlyMap<string, Near>;
}

/** `docs.example.com` is of the domain of `api.example.com`. */
function isOfDomain(host: string, own: string): boolean {
  const bare = own.replace(/^\./, '');
  const domain = bare.split('.').length > 2 ? bare.slice(bare.indexOf('.') + 1) : bare;
  return host === domain || host.endsWith(`.${domain}`);
}

/** The host on the lines around a value that stands nearest, by lines; of two as near, the one before it. Empty: none. */
function nearestHost(index: TypeIndex, text: string, start: number, end: number): string {
  const isHost = (m: RegExpMatchArray, from: number) =>
    text.startsWith('://', from + (m.index as number) - 3) || index.hostTypes(m[0]).length > 0;
  const left = text.slice(Math.max(0, start - LINES_BACK), start);
  const right = text.slice(end, end + LINES_AHEAD);
  const before = [...left.matchAll(HOST)].filter((m) => isHost(m, start - left.length)).at(-1);
  const after = [...right.matchAll(HOST)].find((m) => isHost(m, end));
  const lines = (between: string) => between.split('\n').length;
  const isAfter = after && (!before || lines(right.slice(0, after.index)) < lines(left.slice(before.index)));
  return ((isAfter ? after : before)?.[0] ?? '').toLowerCase();
}

/** Provider words and hosts around one value. */
export class Surroundings {
  readonly index: TypeIndex;
  readonly #known: Known = new Map();
  readonly #systems = new Map<string, Near>();
  /** The context says that this is a sandbox: testnet, demo, sandbox. */
  readonly sandbox: boolean;
  readonly #host: () => string;

  constructor(scope: Scope, site: Site, start: number, end: number) {
    const { index, text, fileName } = scope;
    this.index = index;
    this.#host = () => nearestHost(index, text, start, end);
    const known = this.#known;
    for (const name of site.names) {
      collect(index, name.text, Near.Name, known);
    }
    const holders = [...site.parents, ...site.calls.map((c) => c.callee)];
    for (const linked of linkedCalls(text, site, start, end)) {
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

  /** Types whose host, or one of the same domain, is the nearest host on the lines around: the value is sent there. */
  hosted(): readonly CredentialType[] {
    const hosts = [...this.#known].filter(([key, near]) => key.startsWith('@') && near >= Near.Lines);
    const types = hosts.flatMap(([key]) => this.index.hosts.get(key.slice(1)) ?? []);
    if (types.length === 0) {
      return types;
    }
    const host = this.#host();
    return [...new Set(types)].filter((t) => t.hosts.some((own) => isOfDomain(host, own)));
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
