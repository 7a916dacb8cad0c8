/** A run of characters that could be a generated credential. */
export interface Token {
  readonly start: number;
  readonly end: number;
}

/** Shorter values are found by their names only. */
export const SHORTEST = 15;
/** Longer runs are data, not credentials (blocks have their own search). */
const LONGEST = 4096;

const RUN = /[A-Za-z0-9_+/=~.:@-]{15,}/g;
const PARTS: readonly (readonly [RegExp, (run: string) => boolean])[] = [
  [/[A-Za-z0-9]{15,}/g, () => true],
  [/[A-Za-z0-9_-]{15,}/g, (r) => r.includes('_') || r.includes('-')],
  [/[A-Za-z0-9+/]{15,}={0,2}/g, (r) => r.includes('+') || r.includes('/') || r.includes('=')],
  [/[A-Za-z0-9_+/-]{15,}={0,2}/g, (r) => r.includes('-') || r.includes('_')],
  [/[A-Za-z0-9_.~-]{15,}/g, (r) => r.includes('.') || r.includes('~')],
  [/[A-Za-z0-9_:-]{15,}/g, (r) => r.includes(':')],
  [/[A-Za-z0-9_+/=.-]{15,}/g, (r) => r.includes('.') && r.includes('=')],
];

/**
 * Calls `visit` for every token that starts in `[from, to)`: maximal runs over each of the alphabets that credentials use,
 * each range once. Runs without a digit are words, not keys.
 */
export function eachToken(text: string, from: number, to: number, visit: (token: Token, value: string) => void): void {
  RUN.lastIndex = from;
  for (let m = RUN.exec(text); m && m.index < to; m = RUN.exec(text)) {
    const run = m[0];
    if (run.length > 65536 || !/[0-9]/.test(run)) {
      continue;
    }
    const seen = new Set<number>();
    for (const [alphabet, applies] of PARTS) {
      if (!applies(run)) {
        continue;
      }
      alphabet.lastIndex = 0;
      for (let p = alphabet.exec(run); p; p = alphabet.exec(run)) {
        // Sentence ends and separators do not belong to the value.
        const value = p[0].replace(/[.:~-]+$/, '');
        const lead = /^[.:~/-]+/.exec(value)?.[0].length ?? 0;
        emit(m.index + p.index, value);
        if (lead > 0) {
          emit(m.index + p.index + lead, value.slice(lead));
        }
      }
    }
    function emit(start: number, value: string): void {
      const key = (start - (m as RegExpExecArray).index) * 70000 + value.length;
      if (value.length >= SHORTEST && value.length <= LONGEST && !seen.has(key) && /[0-9]/.test(value)) {
        seen.add(key);
        visit({ start, end: start + value.length }, value);
      }
    }
  }
}

const BARE =
  /^[ \t]*(?:export[ \t]+|set[ \t]+|-[ \t]+|ENV[ \t]+|ARG[ \t]+)?["']?([A-Za-z_][\w.$-]{1,100})["']?[ \t]*[=: ][ \t]*([^\s"'`#=:{[][^\s#]{2,255})/gm;
const BARE_FILES =
  /(?:^|[/.])(?:env|ya?ml|ini|toml|properties|conf|cfg|cnf|txt|md|rc|npmrc|envrc|dockerfile|sh|bash|zsh|http|rest)(?:\.[\w-]+)*$|(?:^|\/)\.env|^$/i;
const QUOTE = /["'`]/g;
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
function nameBefore(text: string, at: number): string {
  let i = at - 1;
  const blank = (c: string | undefined) => c === ' ' || c === '\t' || c === '\n' || c === '\r';
  const floor = Math.max(0, at - 120);
  while (i > floor && (blank(text[i]) || (i === at - 1 && /[rbufRBUF@]/.test(text[i] as string)))) {
    i--;
  }
  const c = text[i];
  if (c !== '=' && c !== ':' && c !== '>' && c !== ',' && c !== '|' && c !== '?') {
    return '';
  }
  while (i > floor && (blank(text[i]) || /[=:>,|?]/.test(text[i] as string))) {
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
  while (i > floor && /[\w$.-]/.test(text[i] as string)) {
    i--;
  }
  return text.slice(i + 1, end);
}

/** Calls `visit` for every value with a name that `telling` accepts: quoted anywhere, bare in configuration and scripts. */
export function eachNamed(
  text: string,
  from: number,
  to: number,
  fileName: string,
  telling: (name: string) => boolean,
  visit: (token: Token, value: string) => void,
): void {
  QUOTE.lastIndex = from;
  for (let m = QUOTE.exec(text); m && m.index < to; m = QUOTE.exec(text)) {
    const open = m.index;
    const close = closingQuote(text, open);
    if (close < 0) {
      continue;
    }
    const length = close - open - 1;
    if (length >= 3 && length <= LONGEST_NAMED) {
      const name = nameBefore(text, open);
      if (name && telling(name)) {
        visit({ start: open + 1, end: close }, text.slice(open + 1, close));
      }
    }
    // A literal that ends with a backslash is JSON inside a string: its inner quotes are read too.
    QUOTE.lastIndex =
      text[close - 1] === '\\' || text[open - 1] === '\\' ? open + 1 : close + (length > LONGEST_NAMED ? 0 : 1);
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
