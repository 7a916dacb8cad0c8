import { eachBare } from './bare-values';
import { isGenerated } from './generated-form';
import { lineStart } from './literal';
import type { Naming } from './naming';
import { Quotes } from './quotes';
import { codeSet } from './stretches';
import { CLASS, Unit } from './text-codes';
import type { Token } from './tokens';
import { SCHEME } from './within-string';

const BARE_FILES =
  /(?:^|[/.])(?:env|ya?ml|ini|toml|properties|conf|cfg|cnf|txt|md|rc|npmrc|envrc|dockerfile|makefile|sh|bash|zsh|fish|bat|cmd|ps1|http|rest|xml|html|plist|config|csv|tsv|log|service|ipynb|json|tf|tfvars|patch|diff)(?:\.[\w-]+)*$|(?:^|\/)\.env|^$/i;
const LONGEST_NAMED = 256;
const QUOTE = codeSet('"\'`');
/** A name and its separator begin this near. */
const NAME_REACH = 120;
const NEWLINE = 10;
const BACKSLASH = 92;
const COMMA = 44;
/** `NAME=value`, `name: value` and `${NAME:-value}` as a whole string. */
const PAIR = new RegExp(
  /^(?:\$\{|export[ \t]+|--?D?)?([A-Za-z_][\w.-]{2,80})(?::-|=|:[ \t]?)/.source +
    `(?:${SCHEME}[ \\t]+)?` +
    /([^\s"'`=${}-][^\s"'`${}]{2,255})\}?$/.source,
);
/** `?name=value` in a URL; what a template fills in is none. */
const PARAMETER = /[?&]([A-Za-z_][\w.-]{1,60})=([\w.~%+/:@!*-]{3,256})(?![\w.~%+/:@!*${<-])/g;
/** A literal of another language within the literal: Gradle's `"\"value\""`. */
const QUOTED = /^(\\?["'`])[^"'`]+\1$/;
const SCHEME_FIRST = new RegExp(`^${SCHEME}[ \\t]+`);
const BEGINS = codeSet('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$!#%&*+/@^~-');
/** What a value without a telling name before its quote must look like to be looked at. */
const PLAUSIBLE = /^[^\s"'`]*[0-9][^\s"'`]*$|^[^"'`]{3,90}[=:][^\s"'`]+$/;

/** Offset after the content of the literal that opens at `open`, on the same line; -1 when there is none near. */
function closingQuote(codes: Uint8Array, open: number): number {
  const quote = codes[open];
  const limit = Math.min(codes.length, open + 2000);
  // Quotes within a string are escaped, and so is their other half.
  const isEscaped = codes[open - 1] === BACKSLASH;
  for (let i = open + 1; i < limit; i++) {
    const c = codes[i];
    if (c === quote) {
      return i;
    }
    if (c === NEWLINE) {
      return -1;
    }
    if (c === BACKSLASH) {
      if (isEscaped && codes[i + 1] === quote) {
        return i;
      }
      i++;
    }
  }
  return -1;
}

/** Where the separator between a name and the literal at `at` stands; -1 when there is none. */
function separatorBefore(codes: Uint8Array, at: number): number {
  const unit = (i: number) => CLASS[codes[i] as number] as number;
  const floor = Math.max(-1, at - NAME_REACH);
  let i = at - 1;
  // The prefix of a literal: b"", f"", r"", u"", @"".
  if (i > floor && (unit(i) & Unit.Prefix) !== 0) {
    i--;
  }
  while (i > floor && (unit(i) & Unit.Blank) !== 0) {
    i--;
  }
  return i > floor && (unit(i) & Unit.Separator) !== 0 ? i : -1;
}

/** Name that an assignment, a member or an argument before `at` gives the literal there; empty when there is none. */
function nameBefore(text: string, codes: Uint8Array, at: number): string {
  const floor = Math.max(-1, at - NAME_REACH);
  let i = separatorBefore(codes, at);
  if (i < 0) {
    return '';
  }
  const unit = (k: number) => CLASS[codes[k] as number] as number;
  while (i > floor && (unit(i) & (Unit.Blank | Unit.Separator)) !== 0) {
    i--;
  }
  if (text[i] === ')') {
    while (i > floor && codes[i] !== 40) {
      i--;
    }
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
function closes(text: string, codes: Uint8Array, at: number): boolean {
  let i = lineStart(text, at, at - 2000);
  while (i < at) {
    if (QUOTE[codes[i] as number] === 1) {
      const close = closingQuote(codes, i);
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
function isBetween(text: string, codes: Uint8Array, open: number, value: string): boolean {
  const begins = /^[,;)&|?:\]}]/.test(value);
  const ends = /[,(&|?:[{]$/.test(value);
  return (begins && ends) || ((begins || ends || /^[+.]|[+.]$/.test(value)) && closes(text, codes, open));
}

/**
 * Calls `visit` for every value with a name that tells or decides: quoted anywhere, bare in configuration and scripts. What
 * holds a blank is no value.
 * What stands before a quote says whether it opens a named value, so that the result is the same wherever a search began.
 */
export function eachNamed(
  text: string,
  codes: Uint8Array,
  from: number,
  to: number,
  fileName: string,
  naming: Naming,
  visit: (token: Token, value: string) => void,
): void {
  const quotes = new Quotes(text, from);
  const limit = Math.min(to, text.length);
  for (let open = quotes.at(from); open < limit; open = quotes.at(open + 1)) {
    // Most quotes that close stand before a blank or a mark.
    const separator = separatorBefore(codes, open);
    const isSeparated = separator >= 0;
    if (!isSeparated && BEGINS[codes[open + 1] ?? 0] !== 1) {
      continue;
    }
    const close = closingQuote(codes, open);
    const length = close - open - 1;
    if (length < 3 || length > LONGEST_NAMED) {
      continue;
    }
    let units = 0;
    for (let i = open + 1; i < close; i++) {
      units |= CLASS[codes[i] as number] as number;
    }
    const isBlank = (units & Unit.Blank) !== 0;
    const mayBePlausible = (units & (isBlank ? Unit.Separator : Unit.Digit | Unit.Separator)) !== 0;
    if (!mayBePlausible && !isSeparated) {
      continue;
    }
    const content = text.slice(open + 1, close);
    if (codes[separator] === COMMA && !isBlank && naming.following(open + 1, close)) {
      visit({ start: open + 1, end: close }, content);
      continue;
    }
    // A sentence is no value, whatever its name.
    const lead = isBlank && isSeparated ? (SCHEME_FIRST.exec(content)?.[0].length ?? 0) : 0;
    if (!mayBePlausible && isBlank && lead === 0) {
      continue;
    }
    const name = isSeparated ? nameBefore(text, codes, open) : '';
    const isTold = name !== '' && naming.telling(name);
    if (!isTold && (!mayBePlausible || BEGINS[codes[open + 1] ?? 0] !== 1)) {
      continue;
    }
    const isPlausible = mayBePlausible && PLAUSIBLE.test(content);
    if (isPlausible && content.includes('=')) {
      eachParameter(content, open + 1, naming, visit);
    }
    const pair = isPlausible || content.includes(': ') ? PAIR.exec(content) : null;
    if (pair?.[1] && naming.telling(pair[1])) {
      const value = (pair[2] as string).replace(/(?:\\[nrt])+$/, '');
      const start = open + 1 + content.lastIndexOf(pair[2] as string);
      visit({ start, end: start + value.length }, value);
    } else if (
      (isTold ? !isBlank || lead > 0 : !isBlank && isPlausible && naming.deciding(open + 1, close)) &&
      !isBetween(text, codes, open, content)
    ) {
      const mark = QUOTED.exec(content)?.[1]?.length ?? 0;
      const skipped = mark > 0 ? mark : isTold ? lead : 0;
      visit({ start: open + 1 + skipped, end: close - mark }, content.slice(skipped, content.length - mark));
    }
  }
  if (BARE_FILES.test(fileName)) {
    eachBare(text, codes, from, to, fileName, naming, visit);
  }
}

/** The parameters of a URL that name credentials. */
function eachParameter(
  content: string,
  at: number,
  { telling }: Naming,
  visit: (token: Token, value: string) => void,
): void {
  for (const m of content.matchAll(PARAMETER)) {
    const [, name, value] = m as unknown as [string, string, string];
    // Words in a URL name a page of documentation: `?id=api-keys-setup`.
    if (telling(name) && isGenerated(value)) {
      const end = at + m.index + m[0].length;
      visit({ start: end - value.length, end }, value);
    }
  }
}
