import type { CredentialType } from '../catalog/credential-type';
import { canonicalPem } from './canonical-pem';
import { eachNumberList } from './number-lists';
import { codeSet, eachStretch } from './stretches';
import type { TypeIndex } from './type-index';

/** A credential that its own form delimits: PEM, a JSON member, a number array. */
export interface Block {
  readonly start: number;
  readonly end: number;
  /** The value in its canonical form, for proofs and fingerprints. */
  readonly value: string;
  readonly types: readonly CredentialType[];
}

/** No PEM is longer (RSA-8192 is 6,400 characters). */
export const LONGEST_BLOCK = 16384;

const ARMOUR = /-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?(?: for [a-z0-9]{10,80})?)-----/g;

/** Adds keys in armour; says whether there is any armour. */
function pems(index: TypeIndex, text: string, from: number, to: number, out: Block[]): boolean {
  ARMOUR.lastIndex = from;
  let any = false;
  for (let m = ARMOUR.exec(text); m; m = ARMOUR.exec(text)) {
    any = true;
    if (m.index >= to) {
      break;
    }
    const close = `-----END ${m[1]}-----`;
    const at = text.indexOf(close, m.index);
    if (at < 0 || at - m.index > LONGEST_BLOCK) {
      continue;
    }
    const end = at + close.length;
    const value = canonicalPem(text.slice(m.index, end));
    if (!value) {
      continue;
    }
    const types = index.blockTypes(value);
    if (types.length > 0) {
      out.push({ start: m.index, end, value, types });
    }
  }
  return any;
}

/** Base64 of `-----BEGIN `. */
const ENCODED_ARMOUR = 'LS0tLS1CRUdJTi';
const ENCODED = /[A-Za-z0-9+/]{100,16384}={0,2}/y;

/** Keys in armour as base64, which environment variables and Kubernetes Secrets hold in one line. */
function encodedPems(index: TypeIndex, text: string, from: number, to: number, out: Block[]): void {
  for (let at = text.indexOf(ENCODED_ARMOUR, from); at >= 0 && at < to; at = text.indexOf(ENCODED_ARMOUR, at + 1)) {
    ENCODED.lastIndex = at;
    const run = ENCODED.exec(text)?.[0];
    if (run === undefined || run.length % 4 === 1) {
      continue;
    }
    const value = canonicalPem(atob(run).trim());
    const types = value ? index.blockTypes(value) : [];
    if (value && types.length > 0) {
      out.push({ start: at, end: at + run.length, value, types });
    }
  }
}

const ARRAY = /\[\s{0,8}(?:0x[0-9a-fA-F]{1,2}|[0-9]{1,3})\s{0,8},/y;

function arrays(index: TypeIndex, text: string, codes: Uint8Array, from: number, to: number, out: Block[]): void {
  eachNumberList(codes, from, to, (at) => {
    ARRAY.lastIndex = at;
    const close = ARRAY.test(text) ? text.indexOf(']', at) : -1;
    if (close < 0 || close - at > 1200) {
      return;
    }
    const numbers = text
      .slice(at + 1, close)
      .replace(/,\s*$/, '')
      .split(',')
      .map((n) => Number(n.trim() || Number.NaN));
    if (
      (numbers.length === 64 || numbers.length === 32) &&
      numbers.every((n) => Number.isInteger(n) && n >= 0 && n < 256)
    ) {
      const value = `[${numbers.join(',')}]`;
      const types = index.blockTypes(value);
      if (types.length > 0) {
        out.push({ start: at, end: close + 1, value, types });
      }
    }
  });
}

interface MemberRule {
  readonly type: CredentialType;
  readonly names: readonly string[];
  readonly sticky: RegExp;
  /** The value holds a key in armour. */
  readonly armoured: boolean;
  /** The value is a secret of `LONG` characters or more. */
  readonly long: boolean;
}

const memberRules = new WeakMap<TypeIndex, readonly MemberRule[]>();

function rulesOf(index: TypeIndex): readonly MemberRule[] {
  let rules = memberRules.get(index);
  if (!rules) {
    rules = index.blocks
      .filter((t) => t.shape.pattern.startsWith('"') && !OBJECTS.some((o) => o.proof === t.shape.proof))
      .map((type) => {
        const head = /^"((?:[^"\\(]|\(\?:[^)]*\))+)"/.exec(type.shape.pattern)?.[1] ?? '';
        const group = /^\(\?:([^)]*)\)(.*)$/.exec(head);
        const names = group ? (group[1] as string).split('|').map((n) => n + (group[2] as string)) : [head];
        const { pattern } = type.shape;
        const armoured = pattern.includes('BEGIN');
        const long = !armoured && [...pattern.matchAll(/\{(\d+)/g)].some((m) => Number(m[1]) >= LONG);
        return { type, names, sticky: new RegExp(pattern, 'y'), armoured, long };
      })
      .filter((r) => r.names.every((n) => n.length > 1));
    memberRules.set(index, rules);
  }
  return rules;
}

function members(index: TypeIndex, text: string, facts: Facts, from: number, to: number, out: Block[]): void {
  for (const { type, names, sticky, armoured, long } of rulesOf(index)) {
    if ((armoured && !facts.armour) || (long && !facts.long)) {
      continue;
    }
    for (const name of names) {
      const quotedName = `"${name}"`;
      for (let at = text.indexOf(quotedName, from); at >= 0 && at < to; at = text.indexOf(quotedName, at + 1)) {
        sticky.lastIndex = at;
        const m = sticky.exec(text);
        if (!m) {
          continue;
        }
        const quoted = /"([^"]+)"\s*$/.exec(m[0]);
        const end = at + (quoted ? m.index - at + quoted.index + 1 + (quoted[1] as string).length : m[0].length);
        const start = quoted ? end - (quoted[1] as string).length : at;
        out.push({ start, end, value: quoted ? (quoted[1] as string) : m[0], types: [type] });
      }
    }
  }
}

/** A secret that only the object around it proves: JSON, JSON within a string, or a literal of a program. */
interface ObjectRule {
  readonly proof: string;
  /** A text without this word holds no such object. */
  readonly word: string;
  /** Name of the member whose value is the secret. */
  readonly name: string;
  /** The member, with the secret, of `LONG` characters or more, as its first group. */
  readonly secret: RegExp;
  /** Braces from the member outwards. */
  readonly levels: number;
}

function object(proof: string, word: string, name: string, secret: string, levels = 1, path = ''): ObjectRule {
  const expression = `\\b${path}${name}\\\\?["']?\\s{0,4}:\\s{0,4}\\\\?["'](${secret})\\\\?["']`;
  return { proof, word, name, secret: new RegExp(expression, 'dg'), levels };
}

/** Other members of an EIP-2335 file have messages too: the cipher's is the key. */
const CIPHER = `cipher\\\\?["']?\\s{0,4}:\\s{0,4}\\{[^{}]{0,200}\\{[^{}]{0,200}\\}[^{}]{0,100}`;

const OBJECTS: readonly ObjectRule[] = [
  object('jwk', 'kty', 'd', '[A-Za-z0-9_-]{42,700}'),
  object('ethereum-keystore', 'ciphertext', 'ciphertext', '[0-9a-fA-F]{64}'),
  object('eip2335-keystore', 'checksum', 'message', '[0-9a-f]{64}', 2, CIPHER),
  object('substrate-keystore', 'pkcs8', 'encoded', '[A-Za-z0-9+/=]{80,600}'),
  object('cardano-skey', 'cborHex', 'cborHex', '[0-9a-f]{68,260}'),
];
const WIDEST_OBJECT = 6000;

/** An object of a program, or one within a string, as JSON. */
function asJson(object: string): string {
  return object
    .replace(/\\(["n])/g, (_, c: string) => (c === 'n' ? '' : c))
    .replace(/'/g, '"')
    .replace(/([{,]\s{0,80})([A-Za-z_]\w{0,40})\s{0,4}:/g, '$1"$2":')
    .replace(/,\s{0,80}([}\]])/g, '$1');
}

/** Braces around `at`, `levels` of them; undefined when they are not near. */
function objectAround(text: string, at: number, levels: number): { start: number; end: number } | undefined {
  let depth = 0;
  let start = at;
  for (; start >= 0 && at - start < WIDEST_OBJECT; start--) {
    const c = text[start];
    depth += c === '{' ? 1 : c === '}' ? -1 : 0;
    if (depth === levels) {
      break;
    }
  }
  if (depth !== levels) {
    return undefined;
  }
  depth = 0;
  for (let end = start; end < text.length && end - start < WIDEST_OBJECT; end++) {
    const c = text[end];
    depth += c === '{' ? 1 : c === '}' ? -1 : 0;
    if (depth === 0) {
      return { start, end: end + 1 };
    }
  }
  return undefined;
}

function objects(index: TypeIndex, text: string, facts: Facts, from: number, to: number, out: Block[]): void {
  for (const { proof, word, name, secret, levels } of OBJECTS) {
    if (!facts.names.has(name) || !text.includes(word)) {
      continue;
    }
    const types = index.blocks.filter((t) => t.shape.proof === proof);
    secret.lastIndex = from;
    for (let m = types.length > 0 ? secret.exec(text) : null; m && m.index < to; m = secret.exec(text)) {
      const whole = objectAround(text, m.index, levels);
      const place = m.indices?.[1];
      if (whole && place) {
        const value = asJson(text.slice(whole.start, whole.end));
        out.push({ start: place[0], end: place[1], value, types });
      }
    }
  }
}

const VALUE = codeSet('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-');
/** The fewest characters of a secret that only its member's name and object tell. */
const LONG = 42;
const NAME_BEFORE = /\b(\w{1,12})\\?["']?\s{0,4}:\s{0,4}\\?["']$/;

/** What a text has that the dearer searches need. */
interface Facts {
  /** It holds a key's armour. */
  readonly armour: boolean;
  /** It holds a value of `LONG` characters or more. */
  readonly long: boolean;
  /** Names of members that have such a value. */
  readonly names: ReadonlySet<string>;
}

function factsOf(text: string, codes: Uint8Array, from: number, armour: boolean): Facts {
  const names = new Set<string>();
  let long = false;
  eachStretch(codes, VALUE, LONG, from, codes.length, (start, end) => {
    long = true;
    const isQuote = (code: number | undefined) => code === 34 || code === 39;
    if (isQuote(codes[start - 1]) && (isQuote(codes[end]) || codes[end] === 92)) {
      const name = NAME_BEFORE.exec(text.slice(Math.max(0, start - 30), start))?.[1];
      if (name) {
        names.add(name);
      }
    }
  });
  return { armour, long, names };
}

/** XRPL's secret numbers: eight groups of six digits. */
const NUMBERS = /[0-9]{6}(?:[ -][0-9]{6}){7}/g;
const NUMBERS_LENGTH = 55;
const NUMBERS_SET = codeSet('0123456789 -');

function numbers(index: TypeIndex, text: string, codes: Uint8Array, from: number, to: number, out: Block[]): void {
  const type = index.byId.get('xrp-secret-numbers');
  eachStretch(codes, NUMBERS_SET, NUMBERS_LENGTH, from, to, (first, last) => {
    const stretch = text.slice(first, last);
    for (const m of stretch.matchAll(NUMBERS)) {
      const start = first + m.index;
      const end = start + m[0].length;
      if (type && start < to && !/[0-9]/.test((text[start - 1] ?? '') + (text[end] ?? ''))) {
        out.push({ start, end, value: m[0], types: [type] });
      }
    }
  });
}

/** Every block that starts in `[from, to)`. `codes` are the text's (`codesOf`). */
export function findBlocks(index: TypeIndex, text: string, codes: Uint8Array, from: number, to: number): Block[] {
  const out: Block[] = [];
  const facts = factsOf(text, codes, from, pems(index, text, from, to, out));
  encodedPems(index, text, from, to, out);
  arrays(index, text, codes, from, to, out);
  members(index, text, facts, from, to, out);
  objects(index, text, facts, from, to, out);
  numbers(index, text, codes, from, to, out);
  return out;
}
