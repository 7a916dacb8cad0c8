import { CLASS, Unit } from './text-codes';
import type { Token } from './tokens';

const BARE =
  /^[ \t]*(?:export[ \t]+|set[ \t]+|-[ \t]+|ENV[ \t]+|ARG[ \t]+)?["']?([A-Za-z_][\w.$-]{1,100})["']?[ \t]*[=: ][ \t]*([^\s"'`#=:{[][^\s#]{2,255})/gm;
const BARE_FILES =
  /(?:^|[/.])(?:env|ya?ml|ini|toml|properties|conf|cfg|cnf|txt|md|rc|npmrc|envrc|dockerfile|sh|bash|zsh|http|rest)(?:\.[\w-]+)*$|(?:^|\/)\.env|^$/i;
const LONGEST_NAMED = 256;

/** Offset of the quote that closes the one at `open`, on the same line; -1 when there is none near. */
function closingQuote(text: string, open: number): number {
  const quote = text[open];
  const limit = Math.min(text.length, open + 2000);
  for (let i = open + 1; i < limit; i++) {
    const c = text[i];
    if (c === quote) {
      return i;
    }
    if (c === '\n') {
      return -1;
    }
    if (c === '\\') {
      i++;
    }
  }
  return -1;
}

/** Name that an assignment, a member or an argument before `at` gives the literal there; empty when there is none. */
function nameBefore(text: string, codes: Uint8Array, at: number): string {
  const unit = (i: number) => CLASS[codes[i] as number] as number;
  const floor = Math.max(-1, at - 120);
  let i = at - 1;
  // The prefix of a literal: b"", f"", r"", u"", @"".
  if (i > floor && (unit(i) & Unit.Prefix) !== 0) {
    i--;
  }
  while (i > floor && (unit(i) & Unit.Blank) !== 0) {
    i--;
  }
  if (i <= floor || (unit(i) & Unit.Separator) === 0) {
    return '';
  }
  while (i > floor && (unit(i) & (Unit.Blank | Unit.Separator)) !== 0) {
    i--;
  }
  if (text[i] === ')') {
    i = text.lastIndexOf('(', i);
    return i > floor
      ? (/([\w.-]{2,80})["'`]?\)?$/.exec(text.slice(i, at).replace(/["'`)][^"'`)]*$/, ''))?.[1] ?? '')
      : '';
  }
  while (i > floor && /["'`\]]/.test(text[i] as string)) {
    i--;
  }
  const end = i + 1;
  while (i > floor && (unit(i) & Unit.Name) !== 0) {
    i--;
  }
  return text.slice(i + 1, end);
}

/** Whether the quote at `at` closes a literal that began on its line, within reach. */
function closes(text: string, at: number): boolean {
  const floor = Math.max(0, at - 2000);
  let i = Math.max(floor, text.lastIndexOf('\n', at - 1) + 1);
  while (i < at) {
    if (text[i] === '"' || text[i] === "'" || text[i] === '`') {
      const close = closingQuote(text, i);
      if (close === at) {
        return true;
      }
      if (close > at) {
        return false;
      }
      i = close < 0 ? i : close;
    }
    i++;
  }
  return false;
}

/** Code between two literals, not the content of one: `", x, "` and `"+key+"`. Generated values may begin with a plus sign. */
function isBetween(text: string, open: number, value: string): boolean {
  const begins = /^[,;)&|?:\]}]/.test(value);
  const ends = /[,(&|?:[{]$/.test(value);
  return (begins && ends) || ((begins || ends || /^[+.]|[+.]$/.test(value)) && closes(text, open));
}

/**
 * Calls `visit` for every value with a name that `telling` accepts: quoted anywhere, bare in configuration and scripts.
 * What stands before a quote says whether it opens a named value, so that the result is the same wherever a search began.
 */
export function eachNamed(
  text: string,
  codes: Uint8Array,
  from: number,
  to: number,
  fileName: string,
  telling: (name: string) => boolean,
  visit: (token: Token, value: string) => void,
): void {
  for (const quote of ['"', "'", '`']) {
    for (let open = text.indexOf(quote, from); open >= 0 && open < to; open = text.indexOf(quote, open + 1)) {
      const name = nameBefore(text, codes, open);
      if (name === '' || !telling(name)) {
        continue;
      }
      const close = closingQuote(text, open);
      const length = close - open - 1;
      if (length >= 3 && length <= LONGEST_NAMED) {
        const value = text.slice(open + 1, close);
        if (!isBetween(text, open, value)) {
          visit({ start: open + 1, end: close }, value);
        }
      }
    }
  }
  if (BARE_FILES.test(fileName)) {
    BARE.lastIndex = from;
    for (let m = BARE.exec(text); m && m.index < to; m = BARE.exec(text)) {
      if (telling(m[1] as string)) {
        const value = (m[2] as string).replace(/[,;]+$/, '');
        const start = m.index + m[0].length - (m[2] as string).length;
        visit({ start, end: start + value.length }, value);
      }
    }
  }
}
