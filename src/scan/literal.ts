/** The string literal, or the bare word, in which a value stands. */
export interface Literal {
  /** Content, without the quotes. */
  readonly start: number;
  readonly end: number;
  /** `"`, `'` or a backtick; empty for a bare value (dotenv, YAML, shell, prose). */
  readonly quote: string;
  /** Offset of the opening quote (and escape before it); `start` for a bare value. */
  readonly outer: number;
  /** The value is the whole content. */
  readonly whole: boolean;
}

const QUOTES = '"\'`';
/** Strings are not followed farther than this. */
const REACH = 600;

/** Start of the line of `at`, looking back to `floor` only: lines of minified files are as long as the file. */
export function lineStart(text: string, at: number, floor: number): number {
  let i = at;
  const low = Math.max(0, floor);
  while (i > low && text.charCodeAt(i - 1) !== 10) {
    i--;
  }
  return i;
}

/** Finds the literal around `[start, end)`, on the same line (or in a backtick string). */
export function readLiteral(text: string, start: number, end: number): Literal {
  const before = text[start - 1] ?? '';
  if (QUOTES.includes(before) && before !== '') {
    const escaped = text[start - 2] === '\\';
    const close = escaped ? `\\${before}` : before;
    if (text.startsWith(close, end)) {
      const triple = before.repeat(3);
      const isTriple = text.startsWith(triple, start - 3) && text.startsWith(triple, end);
      return { start, end, quote: before, outer: start - (escaped ? 2 : isTriple ? 3 : 1), whole: true };
    }
  }
  // Left to the nearest quote on this line that has a partner on the right.
  const floor = Math.max(0, start - REACH);
  for (let i = start - 1; i >= floor; i--) {
    const c = text[i] as string;
    if (c === '\n') {
      break;
    }
    if (QUOTES.includes(c)) {
      const escaped = text[i - 1] === '\\';
      const close = closing(text, c, end, escaped);
      if (close > 0 && balanced(text, i, c)) {
        return {
          start: i + 1,
          end: close,
          quote: c,
          outer: escaped ? i - 1 : i,
          whole: isAll(text.slice(i + 1, start), text[i - 1]) && isAll(text.slice(end, close), text[i - 1]),
        };
      }
      if (close < 0) {
        break;
      }
    }
  }
  return { start, end, quote: '', outer: start, whole: true };
}

/** Nothing but blanks, or the marks of C++'s R"mark(...)mark". */
function isAll(beside: string, prefix: string | undefined): boolean {
  return beside.trim() === '' || (prefix === 'R' && /^(?:[^\s()\\"]{0,16}\(|\)[^\s()\\"]{0,16})$/.test(beside));
}

/** An odd number of this quote between line start and `open` inclusive means that it opens. */
function balanced(text: string, open: number, quote: string): boolean {
  let count = 0;
  for (let i = lineStart(text, open, open - 2000); i <= open; i++) {
    if (text[i] === quote && (text[i - 1] !== '\\' || text[open - 1] === '\\')) {
      count++;
    }
  }
  return count % 2 === 1;
}

function closing(text: string, quote: string, from: number, escaped: boolean): number {
  const limit = Math.min(text.length, from + REACH);
  for (let i = from; i < limit; i++) {
    const c = text[i];
    if (c === '\n') {
      return -1;
    }
    if (c === quote) {
      const isEscaped = text[i - 1] === '\\';
      if (isEscaped === escaped) {
        return escaped ? i - 1 : i;
      }
    }
  }
  return -1;
}
