import type { Place } from './idiom';
import { codeOnly, type Lexicon, lex, type Token } from './lexicon';
import type { ProjectFacts } from './project-facts';

/** A string literal of a program that holds a value, and what stands around it. */
export interface Spot extends Place {
  readonly variable: string;
  /** All that is to be replaced: the literal, or the literals that together are one value. */
  readonly start: number;
  readonly end: number;
  readonly literal: Token;
  readonly tokens: readonly Token[];
  /** The text with comments and contents of strings blanked: what a rule about code may look at. */
  readonly code: string;
  /** The value is a PEM block: env files may hold its line ends as `\n`. */
  readonly pem: boolean;
}

/** Where in a program a value stands. */
export type CodePlace =
  /** The literal is the value. */
  | { readonly kind: 'whole'; readonly spot: Spot }
  /** The value is a part of a longer literal: `[from, to)` of it. */
  | { readonly kind: 'part'; readonly spot: Spot; readonly from: number; readonly to: number }
  /** A list of numbers in brackets. */
  | { readonly kind: 'array'; readonly spot: Spot }
  /** Code itself: a number, a bare word. */
  | { readonly kind: 'bare'; readonly spot: Spot }
  | { readonly kind: 'comment' | 'page' | 'pieces' };

/** What may stand between a value and its delimiters: line ends, written or escaped. */
const EDGE = /^(?:\s|\\r|\\n)*$/;

interface Lexed {
  readonly text: string;
  readonly lexicon: Lexicon;
  readonly tokens: readonly Token[];
  readonly code: string;
}

/** The last text of a fix: its findings are asked about one after the other. Gone with the facts of the fix. */
const lexed = new WeakMap<ProjectFacts, Lexed>();

function lexedOf({ facts, text }: Place, lexicon: Lexicon): Lexed {
  const known = lexed.get(facts);
  if (known?.text === text && known.lexicon === lexicon) {
    return known;
  }
  const tokens = lex(text, lexicon);
  // A byte order mark reads as an empty line, so that the first line begins a line.
  const made = { text, lexicon, tokens, code: codeOnly(text, tokens).replace(/^\uFEFF/, '\n') };
  lexed.set(facts, made);
  return made;
}

/** Reads where a finding stands. */
export function codePlace(place: Place, variable: string, lexicon: Lexicon): CodePlace {
  const { text, finding } = place;
  const { start, end } = finding;
  const { tokens, code } = lexedOf(place, lexicon);
  const covers = (t: Token, at: number) =>
    t.open <= at && at < t.close && !t.holes.some((h) => h.start <= at && at < h.end);
  const first = tokens.findLast((t) => covers(t, start));
  const last = tokens.findLast((t) => covers(t, end - 1));
  const pem = text.startsWith('-----BEGIN', start);
  const spot = (from: number, to: number, literal: Token): Spot => ({
    ...place,
    variable,
    start: from,
    end: to,
    literal,
    tokens,
    code,
    pem,
  });
  if (!first || !last) {
    const bare: Token = { kind: 'string', start, end, open: start, close: end, holes: [] };
    return { kind: text[start] === '[' ? 'array' : 'bare', spot: spot(start, end, bare) };
  }
  if (first.kind === 'comment' || first.kind === 'page') {
    return { kind: first.kind };
  }
  const whole = EDGE.test(text.slice(first.open, start)) && EDGE.test(text.slice(end, last.close));
  if (whole && first.kind === 'string') {
    return { kind: 'whole', spot: spot(first.start, last.end, first) };
  }
  if (first !== last) {
    return { kind: 'pieces' };
  }
  return { kind: 'part', spot: spot(first.start, first.end, first), from: start, to: end };
}

/** The code before an offset, without trailing blanks. */
export function codeBefore(spot: Spot, at = spot.start): string {
  return spot.code.slice(Math.max(0, at - 4000), at).trimEnd();
}

/** The code from an offset on, without leading blanks. */
export function codeAfter(spot: Spot, at = spot.end): string {
  return spot.code.slice(at, at + 2000).trimStart();
}

/** The bracket that is open at an offset. */
export interface Opening {
  readonly mark: string;
  readonly at: number;
  /** Commas at this level before the offset. */
  readonly commas: number;
  /** Code on the line and the lines before the bracket, without trailing blanks. */
  readonly before: string;
}

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Brackets that are open at an offset, innermost first. */
export function openings(code: string, at: number): Opening[] {
  const out: Opening[] = [];
  const closed: string[] = [];
  let commas = 0;
  for (let i = at - 1; i >= 0 && at - i < 60_000; i--) {
    const c = code[i] as string;
    if (c in CLOSES) {
      closed.push(CLOSES[c] as string);
    } else if (c === '(' || c === '[' || c === '{') {
      if (closed.at(-1) === c) {
        closed.pop();
      } else if (closed.length === 0) {
        out.push({ mark: c, at: i, commas, before: code.slice(Math.max(0, i - 400), i).trimEnd() });
        commas = 0;
      }
    } else if (c === ',' && closed.length === 0) {
      commas++;
    }
  }
  return out;
}

/** Offset of the bracket that closes the one at `open`; -1 when there is none. */
export function closingOf(code: string, open: number): number {
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    const c = code[i] as string;
    if (c === '(' || c === '[' || c === '{') {
      depth++;
    } else if (c in CLOSES && --depth === 0) {
      return i;
    }
  }
  return -1;
}

const OPENS_VALUE = /(?:^|[=([{,:;]|=>|->|<-|<<|\breturn|\bthen|\belse|\bin)$/;
const CLOSES_VALUE = /^(?:$|[)\]},;]|\n)/;

/** An expression with an operator of its own, in parentheses unless nothing beside it could take a part of it away. */
export function compound(spot: Spot, expression: string, from = spot.start, to = spot.end): string {
  const after = spot.code.slice(to, to + 400).replace(/^[ \t\r]+/, '');
  const next = after.startsWith('\n') ? after.trimStart() : after;
  const goesOn = /^(?:\??\.|[-+*/%&|?]|\.\.|<>|\[)/.test(next);
  return OPENS_VALUE.test(codeBefore(spot, from)) && CLOSES_VALUE.test(after) && !goesOn
    ? expression
    : `(${expression})`;
}

/** The literal cut in two around a value, joined again with `operator` and the expression that gives it. */
export function joined(spot: Spot, from: number, to: number, expression: string, operator: string): string {
  const { text, literal } = spot;
  const head = text.slice(literal.start, literal.open);
  const tail = text.slice(literal.close, literal.end);
  const before = text.slice(literal.open, from);
  const after = text.slice(to, literal.close);
  const parts = [...(before ? [head + before + tail] : []), expression, ...(after ? [head + after + tail] : [])];
  return parts.join(` ${operator} `);
}

/** How often a name stands in code, and where. */
export function usesOf(spot: Spot, name: string): number[] {
  const escaped = name.replaceAll('$', '\\$');
  return [...spot.code.matchAll(new RegExp(`(?<![\\w$.])${escaped}(?![\\w$])`, 'g'))].map((m) => m.index);
}
