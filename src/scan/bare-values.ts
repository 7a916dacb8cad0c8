import type { Naming } from './naming';
import { codeSet } from './stretches';
import { CLASS, Unit } from './text-codes';
import type { Token } from './tokens';
import { SCHEME } from './within-string';

const IDENTIFIER = /[A-Za-z_][\w.$-]{1,100}/g;
const CARRIER = /^(?:value|default)$/i;
/** From a name's end to a bare value: `NAME=value`, `name: value`, `--name value`, `| name | value |`, `The name is value`. */
const BARE_VALUE = new RegExp(
  /["'`*]{0,3}\)?(?:<\/\w+>\s{0,40}<\w+>|[ \t]*(?::-|:=|\?=|\|\|=|[=:|,>])[ \t]*|[ \t]+(?:is[ \t]+)?|[ \t]*[>:][ \t]*(?:[|>][+-]?)?\r?\n[ \t]*(?:-[ \t]+)?)[`*]{0,2}/
    .source +
    `(?:${SCHEME}[ \\t]+)?` +
    /([^\s"'`#=:{[|,<>][^\s"'`|,;<>]{2,255})/.source,
  'y',
);
/** Files in which an unquoted value goes on to the next blank. */
const LINE_FILES = /(?:^|[/.])(?:env|properties|ya?ml)(?:\.[\w-]+)*$/i;
const LINE_VALUE = /\S{3,256}/y;
const LINE_START = /(?:^|\n)[ \t]*(?:export[ \t]+|set[ \t]+|-[ \t]+|ENV[ \t]+|ARG[ \t]+)?["']?$/;
/** What may wrap a name, and what no bare value begins with. */
const WRAP = codeSet('"\'`*');
const NO_BARE = codeSet('"\'{[');

/** Digits are looked for no farther behind a name. */
const BARE_REACH = 600;

/**
 * Whether a bare value may stand behind a name that ends at `end`: assigned, or with a digit among the next words. A
 * look at the characters is a tenth of the cost of asking what the name means.
 */
function mayBeBare(codes: Uint8Array, end: number): boolean {
  const isBlank = (i: number) => ((CLASS[codes[i] ?? 0] as number) & Unit.Blank) !== 0;
  let i = end;
  while (WRAP[codes[i] ?? 0] === 1 && i - end < 3) {
    i++;
  }
  i += codes[i] === 41 ? 1 : 0;
  while (codes[i] === 32 || codes[i] === 9) {
    i++;
  }
  const mark = codes[i];
  if (mark === 62) {
    return true;
  }
  if (mark === 61 || mark === 58) {
    i++;
    i += codes[i] === 61 || codes[i] === 45 ? 1 : 0;
    while (codes[i] === 32 || codes[i] === 9) {
      i++;
    }
    return NO_BARE[codes[i] ?? 0] !== 1;
  }
  const limit = Math.min(codes.length, end + BARE_REACH);
  for (let k = end, words = 0; k < limit; k++) {
    if (isBlank(k)) {
      words += isBlank(k + 1) ? 0 : 1;
      if (words > 3) {
        return false;
      }
    } else if (((CLASS[codes[k] as number] as number) & Unit.Digit) !== 0) {
      return true;
    }
  }
  return limit < codes.length;
}

/** Calls `visit` for every unquoted value in `[from, to)` that stands behind a name that tells. `codes` are the text's. */
export function eachBare(
  text: string,
  codes: Uint8Array,
  from: number,
  to: number,
  fileName: string,
  { telling, deciding }: Naming,
  visit: (token: Token, value: string) => void,
): void {
  const isOfLines = LINE_FILES.test(fileName);
  IDENTIFIER.lastIndex = from;
  for (let m = IDENTIFIER.exec(text); m && m.index < to; m = IDENTIFIER.exec(text)) {
    if (!mayBeBare(codes, m.index + m[0].length)) {
      continue;
    }
    const isCarrier = CARRIER.test(m[0]);
    if (!isCarrier && !telling(m[0])) {
      continue;
    }
    BARE_VALUE.lastIndex = m.index + m[0].length;
    const raw = BARE_VALUE.exec(text)?.[1];
    if (raw === undefined) {
      continue;
    }
    let start = BARE_VALUE.lastIndex - raw.length;
    // A word after a name in prose or in a command is a word; only what is assigned at a line's start may be one.
    const separator = text.slice(m.index + m[0].length, start);
    const isAssigned =
      /^["']?[ \t]*[=:]/.test(separator) && LINE_START.test(text.slice(Math.max(0, m.index - 24), m.index));
    let value = raw.replace(/[?&]/.test(text[m.index - 1] ?? '') ? /[&#].*$/ : /(?:[)\]}.]|\\[nrt])+$/, '');
    if (isAssigned && isOfLines && !/["']/.test(text[m.index - 1] ?? '')) {
      // A mark of Markdown is a character here.
      start -= /=[ \t]*([*`]+)$/.exec(separator)?.[1]?.length ?? 0;
      LINE_VALUE.lastIndex = start;
      value = LINE_VALUE.exec(text)?.[0] ?? value;
    }
    if (!isAssigned && !/\d/.test(value)) {
      continue;
    }
    if (!/^(?:!!|&|--)\w+$/.test(value) && (!isCarrier || deciding(start, start + value.length))) {
      visit({ start, end: start + value.length }, value);
    }
  }
}
