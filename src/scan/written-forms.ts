import { eachNumberList } from './number-lists';
import { Quotes } from './quotes';
import { codeSet } from './stretches';
import { CLASS, Unit } from './text-codes';

/** A value that the text does not hold as it is: in pieces, with escapes, percent-encoded or as bytes. */
export type WrittenVisit = (start: number, end: number, value: string) => void;

/** Pieces of one literal stand within this many characters. */
const LONGEST = 1200;
const EQUALS = 61;
const SHORTEST = 15;

/** Between two pieces: a joining operator, with a line end on either side of it. C, Python and Ruby need none. */
const JOINED =
  /["'`][ \t]*(?:(?:\+{1,2}|\.{1,2}|&|<>)[ \t]*(?:_?\r?\n[ \t]*)?|\\?\r?\n[ \t]*(?:\+{1,2}|\.{1,2}|&|<>)[ \t]*)[rbufRBUFL@$]{0,2}["'`]/y;
const ADJACENT =
  /["'`](?:[ \t]*\\?\r?\n)?[ \t]*(?:(?:\+{1,2}|\.{1,2}|&)[ \t]*(?:\\?\r?\n[ \t]*)?)?[rbufRBUFL@$]{0,2}["'`]/y;
const ADJACENT_FILES = /\.(?:py|pyi|c|h|cc|cpp|cxx|hpp|hh|m|mm|ino|rb|jl)$/i;

const TOKEN = /^[A-Za-z0-9_+/=.:-]+$/;

/** What may follow the quote that closes a piece, blanks apart. */
const GOES_ON = codeSet('+.&<\\\r\n');
const GOES_ON_ADJACENT = codeSet('+.&\\\r\nrbufRBUFL@$"\'`');

/** `"abc" + "def"` in the languages' forms, over lines too. Each piece is made of token characters only. */
function eachConcatenation(
  text: string,
  codes: Uint8Array,
  from: number,
  to: number,
  seam: RegExp,
  goesOn: Uint8Array,
  visit: WrittenVisit,
): void {
  let chain: { start: number; last: number; end: number; value: string } | undefined;
  const flush = () => {
    if (chain && chain.start < to && chain.value.length >= SHORTEST && chain.end - chain.start <= LONGEST) {
      visit(chain.start, chain.end, chain.value);
    }
    chain = undefined;
  };
  let next = from;
  const quotes = new Quotes(text, from);
  const limit = Math.min(to + LONGEST, text.length);
  for (let at = quotes.at(from); at < limit; at = quotes.at(next)) {
    next = at + 1;
    let after = at + 1;
    while (codes[after] === 32 || codes[after] === 9) {
      after++;
    }
    if (goesOn[codes[after] ?? 0] !== 1) {
      continue;
    }
    seam.lastIndex = at;
    if (!seam.test(text)) {
      continue;
    }
    const begin = seam.lastIndex;
    let left = at;
    while (left > 0 && at - left < LONGEST && ((CLASS[codes[left - 1] as number] as number) & Unit.Part) !== 0) {
      left--;
    }
    let right = begin;
    while (right - begin < LONGEST && ((CLASS[codes[right] ?? 0] as number) & Unit.Part) !== 0) {
      right++;
    }
    // The closing quote of one piece may open the next seam.
    next = Math.max(right, next);
    if (codes[left - 1] !== codes[at] || codes[right] !== codes[begin - 1]) {
      continue;
    }
    if (chain?.last === left) {
      chain = { ...chain, last: begin, end: right, value: chain.value + text.slice(begin, right) };
    } else {
      flush();
      chain = { start: left, last: begin, end: right, value: text.slice(left, at) + text.slice(begin, right) };
    }
  }
  flush();
}

const ESCAPED =
  /(?:[A-Za-z0-9_+=.:-]|\/|\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|\/|\r?\n[ \t]{0,40}))+/g;
const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|(\/)|\r?\n[ \t]{0,40})/g;

/** What stands after the backslash of an escape that is understood. */
const BEGINS_ESCAPE = codeSet('xu/\r\n');

/** `\x41`, `\u0041`, `\/` and a backslash at a line's end, within one run of token characters. */
function eachEscaped(text: string, codes: Uint8Array, from: number, to: number, visit: WrittenVisit): void {
  for (let at = text.indexOf('\\', from); at >= 0 && at < to + LONGEST; ) {
    if (BEGINS_ESCAPE[codes[at + 1] ?? 0] !== 1) {
      at = text.indexOf('\\', at + 1);
      continue;
    }
    let start = at;
    // Without quotes, a value begins after its name's equals sign.
    while (
      start > from &&
      at - start < LONGEST &&
      codes[start - 1] !== EQUALS &&
      ((CLASS[codes[start - 1] as number] as number) & Unit.Part) !== 0
    ) {
      start--;
    }
    ESCAPED.lastIndex = start;
    const run = ESCAPED.exec(text);
    if (run && run.index === start && run[0].includes('\\')) {
      const value = run[0].replace(ESCAPE, (_, a?: string, b?: string, c?: string, d?: string) => {
        const code = a ?? b ?? c;
        return code ? String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(code, 16))) : (d ?? '');
      });
      if (value.length >= SHORTEST && value.length <= LONGEST && start < to) {
        const bytes = /^(?:\\x[0-9A-Fa-f]{2}){16,64}$/.test(run[0]);
        if (bytes) {
          visit(start, start + run[0].length, run[0].replaceAll('\\x', '').toLowerCase());
        } else if (TOKEN.test(value)) {
          visit(start, start + run[0].length, value);
        }
      }
      at = text.indexOf('\\', start + run[0].length);
    } else {
      at = text.indexOf('\\', at + 1);
    }
  }
}

const ENCODED = /[?&][\w.-]{1,60}=((?:[A-Za-z0-9_.~-]|%[0-9A-Fa-f]{2})+)/g;

/** `%2B`, `%2F` and `%3D` in the values of a query. */
function eachPercentEncoded(text: string, from: number, to: number, visit: WrittenVisit): void {
  if (text.indexOf('%', from) < 0) {
    return;
  }
  ENCODED.lastIndex = from;
  for (let m = ENCODED.exec(text); m && m.index < to; m = ENCODED.exec(text)) {
    const raw = m[1] as string;
    if (!raw.includes('%') || raw.length > LONGEST) {
      continue;
    }
    const value = raw.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
    if (value.length >= SHORTEST && TOKEN.test(value)) {
      visit(m.index + m[0].length - raw.length, m.index + m[0].length, value);
    }
  }
}

const ARRAY = /[[{(]\s{0,20}(?:\(byte\)\s?)?(?:0x[0-9a-fA-F]{1,2}|-?[0-9]{1,3})(?:u8|n)?\s{0,20},/y;
const BYTE = /^(?:\(byte\)\s?)?(0x[0-9a-fA-F]{1,2}|-?[0-9]{1,3})(?:u8|n)?$/;

/** `{0x12, 0x34, ...}`: 32 bytes, as the hexadecimal number that they are; 64, a key pair, as a list in JSON. */
function eachByteArray(text: string, codes: Uint8Array, from: number, to: number, visit: WrittenVisit): void {
  eachNumberList(codes, from, to, (open) => {
    ARRAY.lastIndex = open;
    const shut = text[open] === '[' ? ']' : text[open] === '{' ? '}' : ')';
    const end = ARRAY.test(text) ? text.indexOf(shut, open) : -1;
    if (end < 0 || end - open > LONGEST) {
      return;
    }
    const items = text
      .slice(open + 1, end)
      .replace(/,\s*$/, '')
      .split(',');
    if (items.length !== 32 && items.length !== 64) {
      return;
    }
    const numbers = items.map((item) => Number(BYTE.exec(item.trim())?.[1] ?? Number.NaN));
    if (numbers.every((n) => n >= -128 && n < 256)) {
      // Java's bytes have signs.
      const bytes = numbers.map((n) => n & 255);
      const hex = () => bytes.map((b) => b.toString(16).padStart(2, '0')).join('');
      visit(open, end + 1, items.length === 32 ? hex() : JSON.stringify(bytes));
    }
  });
}

/** Calls `visit` for every value that starts in `[from, to)` and is written in another form than its own. `codes` are the
 * text's. */
export function eachWrittenForm(
  text: string,
  codes: Uint8Array,
  from: number,
  to: number,
  fileName: string,
  visit: WrittenVisit,
): void {
  const adjacent = ADJACENT_FILES.test(fileName);
  const [seam, goesOn] = adjacent ? [ADJACENT, GOES_ON_ADJACENT] : [JOINED, GOES_ON];
  eachConcatenation(text, codes, from, to, seam, goesOn, visit);
  eachEscaped(text, codes, from, to, visit);
  eachPercentEncoded(text, from, to, visit);
  eachByteArray(text, codes, from, to, visit);
}

const BASE64 = /^[A-Za-z0-9+/_-]{12,}={0,2}$/;

/** The text that a base64 token stands for; undefined when it stands for none. Data that is no text is no text by its first bytes. */
export function base64Text(token: string): string | undefined {
  if (token.length < 12 || !beginsAsText(token) || !BASE64.test(token)) {
    return undefined;
  }
  const text = decode(token).replace(/\r?\n$/, '');
  return isPrintable(text) ? text : undefined;
}

const SEXTETS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SEXTET = new Uint8Array(128);
for (let i = 0; i < 64; i++) {
  SEXTET[SEXTETS.charCodeAt(i)] = i;
}

/** Nearly all tokens are no text, which their first nine bytes tell without being decoded as a whole. */
function beginsAsText(token: string): boolean {
  for (let i = 0; i < 12; i += 4) {
    let bits = 0;
    for (let j = i; j < i + 4; j++) {
      bits = (bits << 6) | (SEXTET[token.charCodeAt(j) & 127] as number);
    }
    for (const byte of [bits >> 16, (bits >> 8) & 255, bits & 255]) {
      if (byte < 33 || byte > 126) {
        return false;
      }
    }
  }
  return true;
}

function decode(token: string): string {
  try {
    return atob(token.replace(/-/g, '+').replace(/_/g, '/'));
  } catch {
    return '';
  }
}

function isPrintable(text: string): boolean {
  return /^[!-~]{4,}$/.test(text);
}
