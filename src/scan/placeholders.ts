/** Words of which people make stand-ins, squashed. */
const STAND_IN_WORDS =
  /your|my[-_ ]?(?:api|secret|key|token|pass)|(?:^|[^a-z])(?:here|insert|enter|put|paste|add|set|replace|change|change_?me|todo|fixme|tbd|dummy|fake|mock|sample|example|placeholder|redacted|masked|hidden|removed|censored|foo|foobar|bar|baz|lorem|ipsum|xxx+|yyy+|zzz+|none|null|undefined|empty|blank|default|test(?:ing)?|demo|somethingrandom|invalid|deadbeef|cafebabe|secret|password|passphrase|apikey|api[-_ ]?key|token|string|value|text)(?:[^a-z]|$)/i;

const STRICT_WORDS =
  /your.{0,24}(?:own|api|secret|key|token|project|app|access|private|wallet|account|pass|phrase|mnemonic|here)|(?:insert|enter|put|paste|add|replace)[-_ ]?(?:your|with|this|here|me|api|key|secret)|change[-_ ]?me|placeholder|redacted|example|dummy|(?:^|[^a-z])fake|sample|xxxx|todo|fixme|key[-_ ]?here|goes[-_ ]?here|lorem|deadbeefdeadbeef|cafebabecafebabe|notarealkey|notreal|somethingrandom|\.\.\.|…|\*\*\*/i;

/** Ascending or descending runs (`abcdefgh`, `0123456789`, `qwertyuiop`) that no generator makes. */
const KEYBOARD = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890'];

/** Six keys in a row, the fewest that count. */
const SIX_KEYS = new RegExp(
  KEYBOARD.flatMap((row) => Array.from({ length: row.length - 5 }, (_, i) => row.slice(i, i + 6))).join('|'),
);

function longestRun(value: string): number {
  const low = value.toLowerCase();
  let best = 1;
  let up = 1;
  let down = 1;
  for (let i = 1; i < low.length; i++) {
    const d = low.charCodeAt(i) - low.charCodeAt(i - 1);
    up = d === 1 ? up + 1 : 1;
    down = d === -1 ? down + 1 : 1;
    best = Math.max(best, up, down);
  }
  if (!SIX_KEYS.test(low)) {
    return best;
  }
  for (const row of KEYBOARD) {
    for (let n = row.length; n > best && n >= 6; n--) {
      for (let i = 0; i + n <= row.length; i++) {
        if (low.includes(row.slice(i, i + n))) {
          best = n;
        }
      }
    }
  }
  return best;
}

function isRepeated(value: string): boolean {
  // A block of up to a quarter of the length, repeated throughout: abababab, 12341234.
  for (let size = 1; size <= Math.min(16, value.length / 3); size++) {
    let same = 0;
    for (let i = size; i < value.length; i++) {
      if (value.charCodeAt(i) === value.charCodeAt(i - size)) {
        same++;
      }
    }
    if (same >= (value.length - size) * 0.85) {
      return true;
    }
  }
  return false;
}

function distinct(value: string): number {
  return new Set(value).size;
}

/**
 * True when a string mixes lower case, upper case and digits as only a generator does: single lower-case letters stand
 * between others, which no camel-cased words have. A word inside such a string means nothing.
 */
export function looksGenerated(value: string): boolean {
  const lone = value.match(/(?<![a-z])[a-z](?![a-z])/g)?.length ?? 0;
  return value.length >= 20 && /[A-Z]/.test(value) && /[0-9]/.test(value) && lone >= (value.length < 28 ? 1 : 2);
}

const USER_PART = /^[a-z+]{2,20}:\/\/([^:@/]*):([^@/]*)@([^/:?#]*)/i;
const USUAL_PASSWORD =
  /^(?:pass(?:word|wd|phrase)?|pwd?|user(?:name)?|admin|root|guest|secret|token|letmein|hunter|qwerty|asdf.*|test.*|foo.*|bar.*)\d{0,3}$/i;
const USUAL_HOST =
  /^(?:host(?:name)?|proxy.*|server|endpoint|domain.*|foo.*|bar.*|(?:.*\.)?(?:example|test|invalid)(?:\..*)?)$/i;

/** `http://user:pass@host`: a URL's user part as documentation and tests of URL parsers write it. */
function isUserStandIn(url: string): boolean {
  const [, user = '', password = '', host = ''] = USER_PART.exec(url) ?? [];
  if (password === '') {
    return false;
  }
  const plain = password.replace(/%[0-9a-f]{2}/gi, '');
  return plain.length < 6 || plain === user || USUAL_PASSWORD.test(plain) || isStandIn(plain) || USUAL_HOST.test(host);
}

/** UUIDs of RFC 4122 and 9562, of Wikipedia and of Swagger's samples, which documentation repeats. */
const SAMPLE_UUID =
  /123e4567-e89b-12d3-a456-42661[0-9]{7}|550e8400-e29b-41d4-a716-446655440[0-9]{3}|f47ac10b-58cc-4372-a567-0e02b2c3d479|f81d4fae-7dec-11d0-a765-00a0c91e6bf6|6ba7b81[0-9]-9dad-11d1-80b4-00c04fd430c8|3fa85f64-5717-4562-b3fc-2c963f66afa6/i;

/** A documented UUID, or one whose groups each repeat one character. */
function isSampleUuid(value: string): boolean {
  const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(value)?.[0];
  return uuid !== undefined && (SAMPLE_UUID.test(uuid) || uuid.split('-').every((group) => distinct(group) === 1));
}

/**
 * True when a value of a generated credential's shape is a stand-in: words, `xxx`, sequences, repeated blocks, too few
 * different characters for its length. A random value of 16 characters or more practically never is.
 */
export function isPlaceholder(value: string): boolean {
  const body = value.replace(/^(?:0x|[A-Za-z]{1,8}[-_:])/, '');
  if (value.includes('://') && isUserStandIn(value)) {
    return true;
  }
  if (STRICT_WORDS.test(value) && !looksGenerated(value)) {
    return true;
  }
  if (isSampleUuid(value)) {
    return true;
  }
  if (body.length < 8) {
    return body.length === 0 || distinct(body) <= 2;
  }
  if (distinct(body) < Math.min(6, 2 + body.length / 8) || isRepeated(body)) {
    return true;
  }
  // 1,000,000 random 64-hex strings hold a run of 7 or more about once.
  return longestRun(body) >= Math.max(7, Math.min(10, body.length / 4));
}

/** One in 170 random values of 64 digits holds `add` between two digits; no word is meant by it. */
const LONG_HEX = /^(?:0x)?[0-9a-f]{24,}$/i;

/** The same for free text (passphrases, passwords, short keys), where a word is enough. */
export function isStandIn(value: string): boolean {
  return (
    value.trim().length < 3 ||
    isPlaceholder(value) ||
    (STAND_IN_WORDS.test(value) && !looksGenerated(value) && !LONG_HEX.test(value)) ||
    /^[<[({].*[>\])}]$/.test(value)
  );
}

/** Shannon entropy in bits a character. */
export function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const c of value) {
    counts.set(c, (counts.get(c) ?? 0) + 1);
  }
  let bits = 0;
  for (const n of counts.values()) {
    bits -= (n / value.length) * Math.log2(n / value.length);
  }
  return bits;
}
