import type { SiteReader } from './site-reader';

const STRING_PREFIX = /(?:^|[^\w$])([rbufRBUFL]{1,3}|u8R?|[@$]{1,2}|b?r#{1,3})$/;
const CAST = /(?:[=(,:]|\breturn)(\s*(?:<[\w.]{1,40}>|\([\w.]{1,40}[*&]?\)))\s*$/;
/** YAML's `!!str` and `&anchor`. */
const NODE_MARKS = /:[ \t]+((?:[!&][\w!/.:-]*[ \t]+)+)$/;

/** Offset before what belongs to a literal but stands before its quote: prefixes, casts, YAML tags. */
export function beforePrefix(r: SiteReader, at: number): number {
  if (/["'`\\]/.test(r.text[at] ?? '') && /["'`]/.test(r.text[at - 1] ?? '') && r.text[at - 1] !== r.text[at]) {
    return at - 1; // a quoted string within a string
  }
  const left = r.text.slice(Math.max(r.floor, at - 80), at);
  const mark = STRING_PREFIX.exec(left)?.[1] ?? CAST.exec(left)?.[1] ?? NODE_MARKS.exec(left)?.[1];
  if (mark === undefined) {
    return at;
  }
  return at - (left.length - left.lastIndexOf(mark));
}

const PRIMITIVE =
  /^(?:str|string|bytes|byte|char|text|any|unknown|object|const|final|var|secret|varchar|nvarchar|null|undefined)\b/;

/** A type's look: a capital, a mark of references and arrays, or one of the usual lower-case words. */
function isType(text: string): boolean {
  return !/^[A-Z][A-Z0-9_]{3,}$|[[({]\s*["'`]/.test(text) && (/^[&*?[(A-Z]/.test(text) || PRIMITIVE.test(text));
}

/**
 * Steps over a type to the name that it is written after: `x: string =`, `x: &'static str =`, Go's `x string =`, C's `x[] =`,
 * Visual Basic's `x As String =`, C#'s `X { get; set; } =`. What stands before a name is left to the reader.
 */
export function skipType(r: SiteReader, end: number): number {
  const window = r.text.slice(Math.max(r.floor, end - 160), end);
  const left = window.slice(window.lastIndexOf('\n') + 1);
  const base = end - left.length;
  const accessors = /\s*\{[^{}]*\b(?:get|set|init)\b[^{}]*\}$/.exec(left);
  if (accessors) {
    return base + accessors.index;
  }
  const fixed = /(\w)\s*:\s*&?\[\w{1,10};\s*\w{1,20}\]$/.exec(left);
  if (fixed) {
    return base + fixed.index + 1;
  }
  const basic = /\s+As\s+\w+$/i.exec(left);
  if (basic) {
    return base + basic.index;
  }
  const typed = /([\w$"'\])])(\??)\s*:\s*([&*?[(A-Za-z_][\w.:<>[\]|&'" *?,()]{0,60})$/.exec(left);
  // A member's name within it: that is no type, but the start of a JSON text.
  const isMember = /["']\s*:/.test(typed?.[3] ?? '');
  if (
    typed?.[3] &&
    !isMember &&
    !/["'`]\s*$/.test(left) &&
    isType(typed[3]) &&
    !/\$env$/i.test(left.slice(0, typed.index + 1))
  ) {
    return base + typed.index + 1;
  }
  const after = /([\w$]+)\s+(?:\*?string|\[\w*\]byte|n?varchar\s*\(\w+\)|text)(?:\s+(?:not null\s+)?default)?$/i.exec(
    left,
  );
  if (
    after?.[1] &&
    !/^(?:let|const|var|local|my|our|val|final|static|def|public|private|readonly|unsigned)$/i.test(after[1])
  ) {
    return base + after.index + after[1].length;
  }
  const sized = /\[\s*\w*\s*\]$/.exec(left);
  return sized ? base + sized.index : end;
}
