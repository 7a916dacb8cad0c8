import type { CredentialType } from '../catalog/credential-type';
import { alphabetOfPattern, literalHead } from './alphabet';
import { squash } from './names';

/** How a type's value is looked for. */
export type Route =
  /** A run of token characters: found by its length and alphabet. */
  | 'token'
  /** A URL, or a value inside one: found at `://`. */
  | 'url'
  /** A block with its own anchor: PEM, number arrays, JSON members. */
  | 'block'
  /** A run of words. */
  | 'phrase'
  /** Free text: only its name finds it. */
  | 'free';

/** Types that share one shape; its expression is compiled at first use. */
export class ShapeGroup {
  readonly types: CredentialType[] = [];
  /** Some type of it needs nothing around its value. */
  needless = false;
  #head: string | undefined;
  #alphabet: number | undefined;
  #whole: RegExp | undefined;

  constructor(
    readonly pattern: string,
    readonly min: number,
    readonly max: number,
  ) {}

  /** Literal with which every match begins. */
  get head(): string {
    this.#head ??= literalHead(this.pattern);
    return this.#head;
  }

  add(type: CredentialType): void {
    this.types.push(type);
    this.needless ||= type.need === 'none';
  }

  /** Whether a value of these characters may match. */
  allows(alphabet: number): boolean {
    this.#alphabet ??= alphabetOfPattern(this.pattern);
    return (alphabet & ~this.#alphabet) === 0;
  }

  matches(value: string): boolean {
    if (!value.startsWith(this.head)) {
      return false;
    }
    this.#whole ??= new RegExp(`^(?:${this.pattern})$`);
    return this.#whole.test(value);
  }
}

function routeOf(type: CredentialType): Route {
  const p = type.shape.pattern;
  if (/^\(?\??:?(?:https\?|wss\?|[a-z+\\]{3,20}:\/\/)/.test(p) || p.startsWith('(?:https?|wss?)')) {
    return 'url';
  }
  if (p.includes('BEGIN') || (/^\\?["[{]/.test(p.replace(/^\(\?:/, '')) && /^(?:"|\\\[|\\\{)/.test(p))) {
    return 'block';
  }
  if (type.part === 'phrase' || / |\u3000/.test(p.replace(/\[ -\]|\[!-~ ?\]/g, ''))) {
    return 'phrase';
  }
  if (/\[!-~|\[ -~|\\S|\[\^/.test(p)) {
    return 'free';
  }
  return 'token';
}

/** Look-up tables over the catalog, built once and lazily. */
export class TypeIndex {
  readonly byId = new Map<string, CredentialType>();
  readonly names = new Map<string, CredentialType[]>();
  readonly headers = new Map<string, CredentialType[]>();
  readonly params = new Map<string, CredentialType[]>();
  readonly calls = new Map<string, CredentialType[]>();
  /** Provider words, squashed. */
  readonly words = new Map<string, CredentialType[]>();
  readonly hosts = new Map<string, CredentialType[]>();
  readonly urls: CredentialType[] = [];
  readonly blocks: CredentialType[] = [];
  readonly phrases: CredentialType[] = [];
  /** Passphrases that go with a key and a secret. */
  readonly passphrases: CredentialType[] = [];
  readonly routes = new Map<CredentialType, Route>();
  readonly #shapes = new Map<number, Map<number, readonly ShapeGroup[]>>();
  readonly #groups: ShapeGroup[] = [];
  readonly #whole = new Map<CredentialType, RegExp>();

  constructor(readonly types: readonly CredentialType[]) {
    const groups = new Map<string, ShapeGroup>();
    const add = (map: Map<string, CredentialType[]>, key: string, type: CredentialType) => {
      const list = map.get(key);
      if (list) {
        list.push(type);
      } else {
        map.set(key, [type]);
      }
    };
    for (const type of types) {
      this.byId.set(type.id, type);
      const route = routeOf(type);
      this.routes.set(type, route);
      type.names.forEach((n) => add(this.names, n, type));
      type.headers.forEach((h) => add(this.headers, squash(h.replace(/^authorization:.*/, 'authorization')), type));
      type.params.forEach((p) => add(this.params, squash(p), type));
      type.calls?.forEach((c) => add(this.calls, c, type));
      type.words.forEach((w) => add(this.words, w, type));
      type.hosts.forEach((h) => add(this.hosts, h, type));
      if (type.url || route === 'url') {
        this.urls.push(type);
      }
      if (type.part === 'passphrase' && type.pairedWith.length > 1) {
        this.passphrases.push(type);
      }
      if (route === 'block') {
        this.blocks.push(type);
      } else if (route === 'phrase') {
        this.phrases.push(type);
      } else if (route === 'token' && type.need !== 'own') {
        let group = groups.get(type.shape.pattern);
        if (!group) {
          group = new ShapeGroup(type.shape.pattern, type.shape.min, type.shape.max);
          groups.set(type.shape.pattern, group);
        }
        group.add(type);
      }
    }
    this.#groups = [...groups.values()];
  }

  /** Shapes that a token of this length, first character and alphabet may have. */
  shapes(length: number, first: number, alphabet: number): readonly ShapeGroup[] {
    const slot = Math.min(length, 4097) * 128 + (first & 127);
    let byAlphabet = this.#shapes.get(slot);
    if (!byAlphabet) {
      byAlphabet = new Map();
      this.#shapes.set(slot, byAlphabet);
    }
    let list = byAlphabet.get(alphabet);
    if (!list) {
      list = this.#groups.filter(
        (g) =>
          g.min <= length && length <= g.max && (g.head === '' || g.head.charCodeAt(0) === first) && g.allows(alphabet),
      );
      byAlphabet.set(alphabet, list);
    }
    return list;
  }

  /** Whether a whole value has the type's shape. */
  fits(type: CredentialType, value: string): boolean {
    if (value.length < type.shape.min || value.length > type.shape.max) {
      return false;
    }
    let whole = this.#whole.get(type);
    if (!whole) {
      whole = new RegExp(`^(?:${type.shape.pattern})$`);
      this.#whole.set(type, whole);
    }
    return whole.test(value);
  }

  /** Types of keys in armour, lists and objects whose shape a whole value has. */
  blockTypes(value: string): CredentialType[] {
    return this.blocks.filter((t) => this.fits(t, value));
  }

  /** Types whose host is this one, or a parent domain of it. */
  hostTypes(host: string): readonly CredentialType[] {
    let rest = host.toLowerCase();
    const found = this.hosts.get(rest);
    if (found) {
      return found;
    }
    for (let dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
      const list = this.hosts.get(rest.slice(dot));
      if (list) {
        return list;
      }
      rest = rest.slice(dot + 1);
    }
    return [];
  }
}
