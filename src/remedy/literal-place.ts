import type { Finding } from '../scan/finding';
import { lineStart, readLiteral } from '../scan/literal';

/** Where in the source a value stands. */
export type LiteralPlace =
  /** The literal is the value: replace it, quotes and prefix included. */
  | {
      readonly kind: 'whole';
      readonly start: number;
      readonly end: number;
      readonly quote: string;
      readonly prefix: string;
    }
  /** The value is a part of a longer literal. */
  | {
      readonly kind: 'part';
      readonly start: number;
      readonly end: number;
      readonly open: number;
      readonly close: number;
      readonly quote: string;
      readonly prefix: string;
    }
  /** A number array. */
  | { readonly kind: 'array'; readonly start: number; readonly end: number }
  | { readonly kind: 'comment' }
  | { readonly kind: 'bare' };

/** Marks that begin a comment to the end of the line. */
export type CommentMark = '//' | '#' | '--' | ';' | '%';

function isComment(text: string, at: number, mark: CommentMark): boolean {
  const from = lineStart(text, at, at - 2000);
  let quote = '';
  for (let i = from; i < at; i++) {
    const c = text[i] as string;
    if (quote) {
      if (c === '\\') {
        i++;
      } else if (c === quote) {
        quote = '';
      }
    } else if (c === '"' || c === "'" || c === '`') {
      quote = c;
    } else if (text.startsWith(mark, i) && (mark !== '//' || text[i - 1] !== ':')) {
      return true;
    }
  }
  if (mark === '//') {
    const open = text.lastIndexOf('/*', at);
    return open >= 0 && text.indexOf('*/', open) >= at;
  }
  return false;
}

/** Reads the place of a finding in a language with string literals. */
export function literalPlace(text: string, finding: Finding, mark: CommentMark): LiteralPlace {
  const { start, end } = finding;
  if (text[start] === '[') {
    return { kind: 'array', start, end };
  }
  const before = text[start - 1] ?? '';
  const joined = /["'`]/.test(text.slice(start, end));
  if ('"\'`'.includes(before) && before && (text[end] === before || (joined && /["'`]/.test(text[end] ?? '')))) {
    // Python's triple quotes: the whole literal has three on each side.
    const triple = text.startsWith(before.repeat(3), start - 3) && text.startsWith(before.repeat(3), end);
    const open = start - (triple ? 3 : 1);
    const close = end + (triple ? 3 : 1);
    if (isComment(text, open, mark)) {
      return { kind: 'comment' };
    }
    const prefix = /(?:^|[^\w$])([rbufRBUF]{1,2}|[@$]{1,2})$/.exec(text.slice(Math.max(0, open - 4), open))?.[1] ?? '';
    return {
      kind: 'whole',
      start: open - prefix.length,
      end: close,
      quote: triple ? before.repeat(3) : before,
      prefix,
    };
  }
  const literal = readLiteral(text, start, end);
  if (literal.quote) {
    if (isComment(text, literal.start - 1, mark)) {
      return { kind: 'comment' };
    }
    const open = literal.start - 1;
    const prefix = /(?:^|[^\w$])([rbufRBUF]{1,2}|[@$]{1,2})$/.exec(text.slice(Math.max(0, open - 4), open))?.[1] ?? '';
    return { kind: 'part', start, end, open, close: literal.end + 1, quote: literal.quote, prefix };
  }
  // A template or triple-quoted literal of several lines.
  for (const quote of ['"""', "'''", '`']) {
    const open = text.lastIndexOf(quote, start - 1);
    if (open >= 0 && start - open < 20_000) {
      const opens = text.slice(0, open).split(quote).length % 2 === 1;
      const close = text.indexOf(quote, end);
      if (opens && close >= 0) {
        const prefix = /(?:^|[^\w$])([rbufRBUF]{1,2})$/.exec(text.slice(Math.max(0, open - 4), open))?.[1] ?? '';
        const whole = text.slice(open + quote.length, start).trim() === '' && text.slice(end, close).trim() === '';
        return whole
          ? { kind: 'whole', start: open - prefix.length, end: close + quote.length, quote, prefix }
          : { kind: 'part', start, end, open, close: close + quote.length, quote, prefix };
      }
    }
  }
  return isComment(text, start, mark) ? { kind: 'comment' } : { kind: 'bare' };
}

/** The refusal for a value in a comment. */
export const inComment = {
  refused: 'The value stands in a comment, where nothing reads a variable.',
  wayOut: 'Delete the comment, and rotate the key.',
} as const;
