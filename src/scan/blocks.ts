import type { CredentialType } from '../catalog/credential-type';
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

/** Canonical PEM: real line ends, no quotes, commas, plus signs or comment marks of the text around. */
export function canonicalPem(raw: string): string | undefined {
  const m = /^-----BEGIN ([^-]{3,120})-----([\s\S]*?)-----END ([^-]{3,120})-----$/.exec(raw);
  if (!m?.[1] || m[2] === undefined) {
    return undefined;
  }
  const lines = m[2].split(/\\{1,4}r\\{1,4}n|\\{1,4}[rn]|\r?\n/);
  const kept: string[] = [];
  for (const line of lines) {
    const clean = line.replace(
      /^[\s"'`+,.#*/>|;\\]*(?=[A-Za-z0-9+/])|\s*["'`]\s*[+.&]?[\s\\]*$|["'`,;\\\s]+$/g,
      (x, at) => (at === 0 && /^[+/]+$/.test(x) ? x : ''),
    );
    if (clean && /^(?:[A-Za-z0-9+/=]+|[A-Za-z-]+: .*)$/.test(clean)) {
      kept.push(clean);
    } else if (clean.replace(/["'`+,\s\\]/g, '') !== '') {
      const inline = clean.replace(/["'`+,\s\\]/g, '');
      if (/^[A-Za-z0-9+/=]+$/.test(inline)) {
        kept.push(inline);
      }
    }
  }
  const label = m[1];
  return `-----BEGIN ${label}-----\n${kept.join('\n')}\n-----END ${m[3]}-----`;
}

function pems(index: TypeIndex, text: string, from: number, to: number, out: Block[]): void {
  ARMOUR.lastIndex = from;
  for (let m = ARMOUR.exec(text); m && m.index < to; m = ARMOUR.exec(text)) {
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
    const types = index.blocks.filter((t) => t.shape.pattern.includes('BEGIN') && index.fits(t, value));
    if (types.length > 0) {
      out.push({ start: m.index, end, value, types });
    }
  }
}

const ARRAY = /\[\s{0,8}(?:0x[0-9a-fA-F]{1,2}|[0-9]{1,3})\s{0,8},/y;

function arrays(index: TypeIndex, text: string, from: number, to: number, out: Block[]): void {
  for (let at = text.indexOf('[', from); at >= 0 && at < to; at = text.indexOf('[', at + 1)) {
    ARRAY.lastIndex = at;
    // A digit or a blank, or it is no array of numbers.
    if (text.charCodeAt(at + 1) > 57 || !ARRAY.test(text)) {
      continue;
    }
    const close = text.indexOf(']', at);
    if (close < 0 || close - at > 1200) {
      continue;
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
      const types = index.blocks.filter((t) => t.shape.pattern.startsWith('\\[') && index.fits(t, value));
      if (types.length > 0) {
        out.push({ start: at, end: close + 1, value, types });
      }
    }
  }
}

interface MemberRule {
  readonly type: CredentialType;
  readonly names: readonly string[];
  readonly sticky: RegExp;
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
        return { type, names, sticky: new RegExp(type.shape.pattern, 'y') };
      })
      .filter((r) => r.names.every((n) => n.length > 1));
    memberRules.set(index, rules);
  }
  return rules;
}

function members(index: TypeIndex, text: string, from: number, to: number, out: Block[]): void {
  const rules = rulesOf(index);
  const firsts = new Uint8Array(128);
  for (const { names } of rules) {
    for (const name of names) {
      firsts[name.charCodeAt(0) & 127] = 1;
    }
  }
  for (let at = text.indexOf('"', from); at >= 0 && at < to; at = text.indexOf('"', at + 1)) {
    if (firsts[text.charCodeAt(at + 1) & 127] !== 1) {
      continue;
    }
    for (const { type, names, sticky } of rules) {
      if (!names.some((name) => text.startsWith(name, at + 1) && text[at + 1 + name.length] === '"')) {
        continue;
      }
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

/** A secret that only the object around it proves: JSON, JSON within a string, or a literal of a program. */
interface ObjectRule {
  readonly proof: string;
  /** A text without this word holds no such object. */
  readonly word: string;
  /** The member, with the secret as its first group. */
  readonly secret: RegExp;
  /** Braces from the member outwards. */
  readonly levels: number;
}

function member(name: string, secret: string): RegExp {
  return new RegExp(`\\b${name}\\\\?["']?\\s{0,4}:\\s{0,4}\\\\?["'](${secret})\\\\?["']`, 'dg');
}

const OBJECTS: readonly ObjectRule[] = [
  { proof: 'jwk', word: 'kty', secret: member('d', '[A-Za-z0-9_-]{42,700}'), levels: 1 },
  { proof: 'ethereum-keystore', word: 'ciphertext', secret: member('ciphertext', '[0-9a-fA-F]{64}'), levels: 1 },
  {
    proof: 'eip2335-keystore',
    word: 'checksum',
    // Other members of the file have messages too: the cipher's is the key.
    secret: member(
      `cipher\\\\?["']?\\s{0,4}:\\s{0,4}\\{[^{}]{0,200}\\{[^{}]{0,200}\\}[^{}]{0,100}message`,
      '[0-9a-f]{64}',
    ),
    levels: 2,
  },
  { proof: 'substrate-keystore', word: 'pkcs8', secret: member('encoded', '[A-Za-z0-9+/=]{80,600}'), levels: 1 },
  { proof: 'cardano-skey', word: 'cborHex', secret: member('cborHex', '[0-9a-f]{68,260}'), levels: 1 },
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

function objects(index: TypeIndex, text: string, from: number, to: number, out: Block[]): void {
  for (const { proof, word, secret, levels } of OBJECTS) {
    const types = index.blocks.filter((t) => t.shape.proof === proof);
    if (types.length === 0 || !text.includes(word)) {
      continue;
    }
    secret.lastIndex = from;
    for (let m = secret.exec(text); m && m.index < to; m = secret.exec(text)) {
      const whole = objectAround(text, m.index, levels);
      const place = m.indices?.[1];
      if (whole && place) {
        const value = asJson(text.slice(whole.start, whole.end));
        out.push({ start: place[0], end: place[1], value, types });
      }
    }
  }
}

/** XRPL's secret numbers: eight groups of six digits. */
const NUMBERS = /[0-9]{6}(?:[ -][0-9]{6}){7}/g;

function numbers(index: TypeIndex, text: string, from: number, to: number, out: Block[]): void {
  const type = index.byId.get('xrp-secret-numbers');
  NUMBERS.lastIndex = from;
  for (let m = NUMBERS.exec(text); m && m.index < to; m = NUMBERS.exec(text)) {
    const end = m.index + m[0].length;
    if (type && !/[0-9]/.test((text[m.index - 1] ?? '') + (text[end] ?? ''))) {
      out.push({ start: m.index, end, value: m[0], types: [type] });
    }
  }
}

/** Every block that starts in `[from, to)`. */
export function findBlocks(index: TypeIndex, text: string, from: number, to: number): Block[] {
  const out: Block[] = [];
  pems(index, text, from, to, out);
  arrays(index, text, from, to, out);
  members(index, text, from, to, out);
  objects(index, text, from, to, out);
  numbers(index, text, from, to, out);
  return out;
}
