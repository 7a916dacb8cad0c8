/** Characters of values, in groups by which shapes differ: hex, base 58, base64 and its URL form, separators. */
const GROUPS = [
  '123456789',
  '0',
  'abcdef',
  'ghijkmnopqrstuvwxyz',
  'l',
  'ABCDEF',
  'GHJKLMNPQRSTUVWXYZ',
  'I',
  'O',
  ..."_-+/=.:~@'",
];

const BIT = new Int32Array(128);
GROUPS.forEach((group, i) => {
  for (const c of group) {
    BIT[c.charCodeAt(0)] = 1 << i;
  }
});

/** Every group: a pattern that is not understood allows all. */
const ALL = -1;

/** The groups of a value's characters, as bits. */
export function alphabetOf(value: string): number {
  let bits = 0;
  for (let i = 0; i < value.length; i++) {
    bits |= BIT[value.charCodeAt(i) & 127] as number;
  }
  return bits;
}

/** The groups of all characters that a match of this regular expression may have: those of its classes and its literals. */
export function alphabetOfPattern(pattern: string): number {
  const source = pattern.replace(/\{\d+(?:,\d*)?\}/g, '').replace(/\(\?:/g, '(');
  if (/\[\^|\\[A-Za-z]|\(\?/.test(source)) {
    return ALL;
  }
  let bits = 0;
  const add = (from: string, to: string) => {
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) {
      bits |= code < 128 ? (BIT[code] as number) : 0;
    }
  };
  for (const m of source.matchAll(/\[((?:\\.|[^\]\\])*)\]|\\(.)|[()|*+?^$]|([\s\S])/g)) {
    if (m[1] !== undefined) {
      for (const r of m[1].matchAll(/(\\?[\s\S])-(\\?[\s\S])|\\?([\s\S])/g)) {
        add((r[1] ?? r[3] ?? '').slice(-1), (r[2] ?? r[3] ?? '').slice(-1));
      }
    } else {
      const literal = m[2] ?? m[3];
      if (literal !== undefined) {
        add(literal, literal);
      }
    }
  }
  return bits;
}

/** The literal with which every match of a regular expression begins; empty when there are several or none. */
export function literalHead(pattern: string): string {
  let depth = 0;
  for (const [token] of pattern.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[\s\S]/g)) {
    depth += token === '(' ? 1 : token === ')' ? -1 : 0;
    if (token === '|' && depth === 0) {
      return '';
    }
  }
  // A character that is quantified may be missing.
  const head = /^(?:[A-Za-z0-9_:/@=~-]|\\[.+/-])*/.exec(pattern)?.[0] ?? '';
  return (/^[?*{]/.test(pattern.slice(head.length)) ? head.replace(/\\?.$/, '') : head).replaceAll('\\', '');
}
