import { roleOf, shippedPrefix, squash } from './names';
import type { Bond, SiteName } from './site';

/** A site never looks farther back than this many characters. */
export const LOOK_BACK = 2048;
/** Judgement never looks farther ahead than this. */
export const LOOK_AHEAD = 2048;

const OPEN = '([{';
const PAIR: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Names of the place of a value, not of the value: what holds them names it. */
const CARRIER =
  /^(?:value|values|default|defaultvalue|content|contents|data|val|v|body|text|string|fallback|initial|initialvalue|secretstring|plaintext|parametervalue)$/;

/** Reads a text backward from a value and collects what names it. */
export class SiteReader {
  readonly names: SiteName[] = [];
  readonly parents: string[] = [];
  readonly calls: { callee: string; index: number }[] = [];
  fallbackOf: string | undefined;
  readonly floor: number;

  constructor(
    readonly text: string,
    at: number,
    /** End of the value. */
    readonly end: number,
  ) {
    this.floor = Math.max(0, at - LOOK_BACK);
  }

  /** Index of the last non-blank character before `at` (newlines allowed when `lines`), or floor - 1. */
  back(at: number, lines = true): number {
    let i = at - 1;
    while (i >= this.floor) {
      const c = this.text.charCodeAt(i);
      if (c === 32 || c === 9 || c === 13 || (lines && c === 10) || (lines && c === 92)) {
        i--;
      } else {
        break;
      }
    }
    return i;
  }

  /** Offset of the last `quote` at or before `from`, within reach; -1 when there is none. */
  quoteBefore(quote: string, from: number): number {
    for (let i = from; i >= this.floor; i--) {
      if (this.text[i] === quote) {
        return i;
      }
    }
    return -1;
  }

  add(text: string, bond: Bond): void {
    const inner = /^(?:x|data)-([A-Za-z].*)/i.exec(text)?.[1];
    if (inner) {
      this.add(inner, bond);
    }
    // Objective-C's kApiKey and C++'s m_apiKey are an apiKey.
    const flat = squash(text.replace(/^(?:k(?=[A-Z][a-z])|[ms]_(?=[a-z]))/, ''));
    if (flat && this.names.length < 6 && !this.names.some((n) => n.flat === flat)) {
      this.names.push({ text, flat, bond });
    }
    // What bundlers ship is named like what they do not: NEXT_PUBLIC_ALCHEMY_KEY is an ALCHEMY_KEY.
    const shipped = shippedPrefix(text);
    if (shipped) {
      this.add(text.slice(shipped.length), bond);
    }
  }

  /** The name that `value` or `default` stands for. */
  promote(text: string, bond: Bond = 'name'): void {
    this.names.unshift({ text, flat: squash(text), bond });
  }

  /** The value has a name of its own: more than `value` or `default`. */
  get isNamed(): boolean {
    return this.names.some((n) => !CARRIER.test(n.flat));
  }

  /** A name around the value; the value's own where it has none but `value` or `default`. */
  parent(text: string): void {
    if (this.names.length > 0 && !this.isNamed && squash(text)) {
      this.promote(text);
    } else if (text && this.parents.length < 12) {
      this.parents.push(text);
    }
  }

  /** Start of the expression that ends just before `end`: `a.b["c"]`, `x->y`, `foo(...)`, `"key"`. */
  expression(end: number): { start: number; parts: string[]; strings: string[]; called: boolean } {
    const parts: string[] = [];
    const strings: string[] = [];
    let called = false;
    let i = end;
    let word = end;
    const flush = () => {
      if (word > i) {
        parts.unshift(this.text.slice(i, word));
      }
    };
    for (;;) {
      const c = this.text[i - 1];
      if (i <= this.floor || c === undefined) {
        flush();
        break;
      }
      if (/[\w$@-]/.test(c) && !(c === '-' && !/[\w"']/.test(this.text[i] ?? ''))) {
        i--;
        continue;
      }
      flush();
      if (c === '.' || c === ':' || (c === '>' && this.text[i - 2] === '-') || c === '?' || c === '!' || c === '\\') {
        const step = c === '>' ? 2 : 1;
        const before = this.text[i - step - 1] ?? '';
        if (c === ':' && this.text[i - 2] !== ':') {
          break;
        }
        if (!/[\w$)\]"'?!.:\\]/.test(before)) {
          if (c !== '.') {
            break;
          }
          i -= 1;
          word = i;
          // A chain of calls over lines.
          const link = this.back(i);
          if (this.text[link] !== ')' || link < this.floor) {
            break;
          }
          i = link + 1;
          word = i;
          continue;
        }
        i -= c === ':' ? 2 : step;
        word = i;
        continue;
      }
      if (c === '>' && called && word === i) {
        // Type arguments of a call: Dictionary<string, object>().
        const generic = /<[\w\s,.<>?[\]&*:]{1,120}>$/.exec(this.text.slice(Math.max(this.floor, i - 124), i));
        if (generic) {
          i -= generic[0].length;
          word = i;
          continue;
        }
      }
      if (c === '}' && word === i && !called) {
        // Perl's $ENV{NAME}.
        const key = /[\w$>]\{["']?([A-Za-z_]\w{0,80})["']?\}$/.exec(this.text.slice(Math.max(this.floor, i - 90), i));
        if (key?.[1]) {
          parts.unshift(key[1]);
          i -= key[0].length - 1;
          word = i;
          continue;
        }
        break;
      }
      if (c === ')' || c === ']') {
        const open = this.opener(i - 1);
        if (open < 0) {
          break;
        }
        const inner = this.text.slice(open + 1, i - 1);
        const first =
          /^\s*[rbuf]?["'`]([^"'`\n]{1,120})["'`]/.exec(inner) ?? /^\s*:?([A-Za-z_]\w{0,80})\s*$/.exec(inner);
        if (first?.[1]) {
          strings.push(first[1]);
          if (c === ']') {
            parts.unshift(first[1]);
          }
        }
        called ||= c === ')';
        i = open;
        word = i;
        continue;
      }
      if ((c === '"' || c === "'" || c === '`') && word === i && parts.length === 0) {
        const open = this.quoteBefore(c, i - 2);
        if (open >= this.floor && i - open < 160 && !this.text.slice(open, i).includes('\n')) {
          const inner = this.text.slice(open + 1, i - 1);
          parts.unshift(inner.replace(/\\$/, ''));
          strings.push(inner);
          i = open;
        }
      }
      break;
    }
    return { start: i, parts, strings, called };
  }

  /** Index of the bracket that the closing one at `close` belongs to, or -1. */
  opener(close: number): number {
    const stack: string[] = [];
    for (let i = close; i >= this.floor; i--) {
      const c = this.text[i] as string;
      if (c === '"' || c === "'" || c === '`') {
        const open = this.quoteBefore(c, i - 1);
        if (open >= this.floor && !this.text.slice(open, i).includes('\n')) {
          i = open;
        }
        continue;
      }
      if (c in PAIR) {
        stack.push(PAIR[c] as string);
      } else if (OPEN.includes(c)) {
        if (stack.pop() !== c) {
          return -1;
        }
        if (stack.length === 0) {
          return i;
        }
      }
    }
    return -1;
  }

  /**
   * The unmatched opening bracket before `at`, with the commas passed on the way; -1 when there is none near. `place` is the
   * argument's index among those that may be credentials: classes and options that lead a list do not count.
   */
  enclosing(at: number): { open: number; commas: number; place: number; lastString?: string; firstString?: string } {
    let depth = 0;
    let commas = 0;
    let lastString: string | undefined;
    let firstString: string | undefined;
    let hasString = false;
    let argumentEnd = at;
    /** From the value leftward: whether an argument may be a credential. */
    const mayBe: boolean[] = [];
    const argument = (from: number) => {
      if (argumentEnd !== at) {
        mayBe.push(hasString || roleOf(this.text.slice(from, argumentEnd)) !== undefined);
      }
      hasString = false;
      argumentEnd = from - 1;
    };
    for (let i = at - 1; i >= this.floor; i--) {
      const c = this.text[i] as string;
      if (c === '"' || c === "'" || c === '`') {
        let open = this.quoteBefore(c, i - 1);
        while (open > this.floor && this.text[open - 1] === '\\') {
          open = this.quoteBefore(c, open - 1);
        }
        if (open >= this.floor && (c === '`' || !this.text.slice(open, i).includes('\n'))) {
          hasString = true;
          if (depth === 0) {
            firstString = this.text.slice(open + 1, i);
            if (commas <= 1) {
              lastString ??= firstString;
            }
          }
          i = open;
        }
        continue;
      }
      if (c === ')' || c === ']' || c === '}') {
        depth++;
      } else if (c === '(' || c === '[' || c === '{') {
        if (depth === 0) {
          argument(i + 1);
          let place = mayBe.length;
          while (place > 0 && !mayBe[place - 1]) {
            place--;
          }
          return {
            open: i,
            commas,
            place,
            ...(lastString === undefined ? {} : { lastString }),
            ...(firstString === undefined ? {} : { firstString }),
          };
        }
        depth--;
      } else if (c === ',' && depth === 0) {
        argument(i + 1);
        commas++;
      } else if (c === ';' && depth === 0) {
        return { open: -1, commas, place: commas };
      }
    }
    return { open: -1, commas, place: commas };
  }
}
