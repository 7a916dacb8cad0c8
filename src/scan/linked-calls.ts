import type { Site } from './site';
import { LOOK_AHEAD, LOOK_BACK } from './site-reader';

/** What a name must be to be followed to where it is used. */
export const IDENTIFIER = /^[A-Za-z_$][\w$]{1,60}$/;
const WORD = /[\w$]/;
/** After a name: what it is made by. */
const MADE = /\s*(?::=|=|:)\s*(?:await\s+)?(?:new\s+)?&?([\\\w$.:]{3,80}[({](?:[\w.\s]{0,40},\s*)?["'\w$]{0,40})/y;
/** Before a name: how it is written as an argument. */
const SPREAD = /(?:\.\.\.|\*\*|&)?\$?$/;
const CALLEE = /[\w$.\\:]{3,80}$/;
/** Before a name within the braces of an argument: `call({ x: `, Go's `call(map[string]any{"x": `. */
const OPENED = /([\w$.\\:]{3,80})\(\s*(?:\{|\[|map\[[^\]]*\][^{]{0,20}\{)$/;
/** Arguments before one, and members before one, are not longer. */
const ARGUMENTS = 160;
const MEMBERS = 200;

/** Offset of the nearest of these characters before `at`, over others that are not `barred`; -1 when there is none within `reach`. */
function leftTo(text: string, at: number, wanted: string, barred: string, reach: number): number {
  const floor = Math.max(0, at - reach);
  for (let i = at - 1; i >= floor; i--) {
    const c = text[i] as string;
    if (wanted.includes(c)) {
      return i;
    }
    if (barred.includes(c)) {
      return -1;
    }
  }
  return -1;
}

function backOverBlanks(text: string, at: number): number {
  let i = at;
  while (i > 0 && /\s/.test(text[i - 1] as string)) {
    i--;
  }
  return i;
}

/** `callee(a, b, NAME`: the callee. */
function passedTo(text: string, at: number): string | undefined {
  const written = SPREAD.exec(text.slice(Math.max(0, at - 4), at))?.[0].length ?? 0;
  const end = backOverBlanks(text, at - written);
  const before = text[end - 1];
  const open = before === '(' ? end - 1 : before === ',' ? leftTo(text, end - 1, '(', ')\'"', ARGUMENTS + 1) : -1;
  return open < 0 ? undefined : CALLEE.exec(text.slice(Math.max(0, open - 80), open))?.[0];
}

/** `callee({ x: NAME`: the callee. */
function memberOf(text: string, at: number): string | undefined {
  const end = backOverBlanks(text, at);
  if (!':=>'.includes(text[end - 1] ?? ' ')) {
    return undefined;
  }
  const open = leftTo(text, end - 1, '{[', '()}', MEMBERS + 1);
  return open < 0 ? undefined : OPENED.exec(text.slice(Math.max(0, open - 200), open + 1))?.[1];
}

/**
 * Calls that a name near the value leads to: what `exchange` was made by in `exchange.apiKey = ...`, and what `options`
 * or `API_KEY` is passed to.
 */
export function linkedCalls(text: string, site: Site, start: number, end: number): string[] {
  const found: string[] = [];
  const window = text.slice(Math.max(0, start - LOOK_BACK), Math.min(text.length, end + LOOK_AHEAD));
  const identifiers = [
    ...site.parents.slice(0, 2),
    ...site.names.slice(0, 1).map((n) => n.text),
    ...site.calls.slice(0, 1).map((c) => c.callee),
  ].filter((p) => IDENTIFIER.test(p));
  for (const name of identifiers) {
    let made: string | undefined;
    let passed: string | undefined;
    let member: string | undefined;
    for (let at = window.indexOf(name); at >= 0; at = window.indexOf(name, at + 1)) {
      const after = at + name.length;
      const before = window[at - 1] ?? ' ';
      const isWhole = !WORD.test(window[after] ?? ' ');
      if (made === undefined && !WORD.test(before) && before !== '.') {
        MADE.lastIndex = after;
        made = MADE.exec(window)?.[1];
      }
      if (isWhole && (before === '$' || !WORD.test(before))) {
        passed ??= passedTo(window, at);
        member ??= memberOf(window, at);
      }
    }
    found.push(...[made, passed, member].filter((call) => call !== undefined));
  }
  return found;
}
