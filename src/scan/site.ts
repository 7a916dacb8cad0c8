import { type Literal, lineStart, readLiteral } from './literal';
import { type Role, roleOf, squash, wordsOf } from './names';
import { looksGenerated } from './placeholders';

/** How a name is tied to the value. */
export type Bond = 'name' | 'header' | 'parameter' | 'flag' | 'option' | 'argument' | 'label' | 'element';

export interface SiteName {
  readonly text: string;
  readonly flat: string;
  readonly bond: Bond;
}

/** What stands around a value: everything judgement may use, none of it the value. */
export interface Site {
  readonly literal: Literal;
  /** Names that hold this very value, nearest first. */
  readonly names: readonly SiteName[];
  /** Keys, objects, tables and variables around those names, nearest first. */
  readonly parents: readonly string[];
  /** Functions and constructors that get the value, nearest first, with the argument's index. */
  readonly calls: readonly { readonly callee: string; readonly index: number }[];
  readonly role: Role | undefined;
  /** Variable whose lookup this literal backs up (`process.env.X ?? "literal"`). */
  readonly fallbackOf?: string;
  /** `sha256-`, `0x` hash schemes and the like directly before the value. */
  readonly algorithm?: string;
}

/** A site never looks farther back than this many characters. */
export const LOOK_BACK = 2048;

const OPEN = '([{';
const PAIR: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const SCHEMES = /(?:Bearer|Basic|Token|ApiKey|Apikey|apikey|Api-Key|Bot|Key|token|bearer|basic)\s+$/;

class Reader {
  names: SiteName[] = [];
  parents: string[] = [];
  calls: { callee: string; index: number }[] = [];
  fallbackOf: string | undefined;
  readonly floor: number;

  constructor(
    readonly text: string,
    at: number,
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
    const flat = squash(text);
    if (flat && this.names.length < 6 && !this.names.some((n) => n.flat === flat)) {
      this.names.push({ text, flat, bond });
    }
  }

  parent(text: string): void {
    if (text && this.parents.length < 12) {
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
          if (c === '.') {
            i -= 1;
            word = i;
          }
          break;
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

/** Reads what stands around the value at `[start, end)`. */
export function readSite(text: string, start: number, end: number): Site {
  const literal = readLiteral(text, start, end);
  const r = new Reader(text, start, end);
  let at = start;
  if (!literal.whole && literal.quote) {
    // Inside a longer string: first what the string itself says, then what holds the string.
    inside(r, literal.start, start);
    at = literal.outer;
  } else {
    at = literal.quote ? literal.outer : start;
  }
  holder(r, at, literal, 0);
  indentedParents(r, start);
  const role = r.names.map((n) => roleOf(n.text)).find((x) => x !== undefined);
  const algorithm =
    /(?:sha(?:1|224|256|384|512)|md5|blake2b|blake3|keccak(?:256)?|ripemd160|crc32|cid|multihash|urn:uuid)[-:=_]$/i.exec(
      text.slice(Math.max(0, start - 12), start),
    )?.[0];
  return {
    literal,
    names: r.names,
    parents: r.parents,
    calls: r.calls,
    role,
    ...(r.fallbackOf === undefined ? {} : { fallbackOf: r.fallbackOf }),
    ...(algorithm === undefined ? {} : { algorithm }),
  };
}

/** What a string says about a value inside it: `?api_key=`, `X-Header: `, `user:pass@`, `KEY=value`. */
function inside(r: Reader, from: number, start: number): void {
  let left = r.text.slice(Math.max(from, start - 300), start);
  left = left.replace(SCHEMES, '');
  const param =
    /[?&;]([A-Za-z_][\w.-]{0,60})=$/.exec(left) ?? /(?:%3F|%26|&amp;)([A-Za-z_][\w.-]{0,60})(?:=|%3D)$/i.exec(left);
  if (param?.[1]) {
    r.add(param[1], 'parameter');
    return;
  }
  const header = /(?:^|[\s"'\\])([A-Za-z][A-Za-z0-9_-]{1,60})\s*:\s*\\?["']?$/.exec(left);
  if (header?.[1]) {
    r.add(header[1], 'header');
    return;
  }
  const pair = /(?:^|[\s"'`,;{(&\\])(--?)?([A-Za-z_][\w.-]{0,80})\\?["']?\s*(?:=|:)\s*\\?["']?$/.exec(left);
  if (pair?.[2]) {
    r.add(pair[2], pair[1] ? 'flag' : 'name');
    return;
  }
  const flag = /(?:^|\s)--?([A-Za-z][\w-]{1,60})\s+\\?["']?$/.exec(left);
  if (flag?.[1]) {
    r.add(flag[1], 'flag');
  }
}

/** Walks outward from the value: assignment, member, call argument, element; at most six levels. */
function holder(r: Reader, at: number, literal: Literal, level: number): void {
  if (level > 5) {
    return;
  }
  const { text } = r;
  const named = r.names.length > 0;
  const note = (name: string, bond: Bond) => (named || level > 0 ? r.parent(name) : r.add(name, bond));
  if (!literal.quote && level === 0) {
    // Unquoted values: shell, dotenv, YAML, INI, command lines, tables, prose, headers.
    if (unquoted(r, lineStart(text, at, r.floor), at)) {
      return;
    }
  }
  let i = r.back(at);
  // String prefixes: b"", f"", r"", L"", @"", $"".
  if (literal.quote && level === 0 && i === at - 1 && /[A-Za-z@$]/.test(text[i] ?? '')) {
    const prefix = /(?:^|[^\w$])([rbufRBUFL]{1,3}|[@$]{1,2})$/.exec(text.slice(Math.max(r.floor, at - 4), at));
    if (prefix?.[1]) {
      at -= prefix[1].length;
      i = r.back(at);
    }
  }
  const c = text[i];
  if (c === undefined || i < r.floor) {
    return;
  }
  const two = text.slice(i - 1, i + 1);
  // Fallbacks: ?? || ?: or
  if (two === '??' || two === '||' || two === '?:' || /\bor$/.test(text.slice(Math.max(r.floor, i - 3), i + 1))) {
    const e = r.expression(r.back(i - 1) + 1);
    const name = e.strings[0] ?? e.parts.at(-1);
    if (name) {
      r.fallbackOf ??= name;
      r.add(name, 'name');
      e.parts.slice(0, -1).forEach((p) => r.parent(p));
    }
    assigned(r, e.start, level);
    return;
  }
  if (c === '=' || two === '=>' || two === '<-' || (c === ':' && text[i - 1] !== ':')) {
    let j = i;
    while (/[=:<>!+?|&~-]/.test(text[j - 1] ?? '') && j - 1 >= r.floor && i - j < 3) {
      j--;
    }
    if (/[!=<>]=/.test(text.slice(j, i + 1)) && text.slice(j, i + 1) !== '=>' && text.slice(j, i + 1) !== ':=') {
      // A comparison still names its value: if (key === "...").
    }
    if (two === '=>' && text[r.back(i - 1)] === ')') {
      return; // an arrow function's body
    }
    const nameEnd = r.back(j) + 1;
    const lineName = /(?:^|\n)[ \t>*#/-]*(?:[-*]\s+)?([A-Za-z][\w'"`*_() -]{0,60}?)[ \t]*$/.exec(
      text.slice(Math.max(r.floor, nameEnd - 80), nameEnd),
    );
    const e = r.expression(skipType(r, nameEnd));
    const key = e.parts.at(-1) ?? '';
    if (key) {
      const bond: Bond = c === ':' || two === '=>' ? 'option' : 'name';
      const simple = key.replace(/["'`\\]/g, '');
      if (lineName?.[1] && /\s/.test(lineName[1].trim()) && c === ':' && !literal.quote) {
        note(lineName[1], 'label');
      } else {
        note(simple, bond);
      }
      e.parts.slice(0, -1).forEach((p) => r.parent(p.replace(/["'`]/g, '')));
      if (/^(?:value|default|defaultvalue|content|data|val|v)$/i.test(simple)) {
        siblingName(r, e.start, at);
      }
    }
    outward(r, e.start, level);
    return;
  }
  if (c === ',' || c === '(' || c === '[' || c === '{') {
    outward(r, at, level);
    return;
  }
  if (c === '>' && /[\w"'/-]/.test(text[i - 1] ?? '')) {
    const tag = /<([\w.:-]{1,60})(?:\s[^<>]{0,200})?>$/.exec(text.slice(Math.max(r.floor, i - 260), i + 1));
    if (tag?.[1]) {
      note(tag[1].replace(/^.*:/, ''), 'element');
      const attr = /\b(?:name|key|id)\s*=\s*["']([^"']{1,80})["']/.exec(tag[0]);
      if (attr?.[1]) {
        r.add(attr[1], 'name');
      }
    }
    return;
  }
  if (c === '+' || c === '.' || c === '&') {
    // Concatenation: skip the piece before and go on.
    const before = r.back(i);
    const q = text[before];
    if (q === '"' || q === "'" || q === '`') {
      const open = r.quoteBefore(q, before - 1);
      if (open >= r.floor && before - open < 400) {
        inside(r, open + 1, before);
        holder(r, open, { ...literal, quote: q }, level + 1);
      }
    }
    return;
  }
  if (/\breturn$|\byield$|\bin$|\bcase$/.test(text.slice(Math.max(r.floor, i - 6), i + 1))) {
    const fn =
      /(?:function|def|fn|func|sub|fun)\s+([\w$]{1,80})|([\w$]{1,80})\s*(?:=\s*)?(?:async\s*)?\([^()]{0,120}\)\s*(?::[^={]{1,60})?(?:=>)?\s*\{?[^{}]{0,200}$/.exec(
        text.slice(Math.max(r.floor, i - 400), i + 1),
      );
    const name = fn?.[1] ?? fn?.[2];
    if (name) {
      note(name, 'name');
    }
    return;
  }
  if (/["'`\w)\]]/.test(c) && i < at - 1) {
    // `setenv NAME "value"`, `ENV NAME "value"`, `export NAME "value"`, `--flag "value"`, `cmd NAME 'value'`.
    const e = r.expression(i + 1);
    const name = e.parts.at(-1);
    if (name) {
      note(name.replace(/^-+/, ''), text[e.start] === '-' ? 'flag' : 'label');
      outward(r, e.start, level);
    }
  }
}

/** Steps over a type annotation: `x: string =`, `x: &'static str =`, `String x =` keep x. */
function skipType(r: Reader, end: number): number {
  const left = r.text.slice(Math.max(r.floor, end - 120), end);
  const m = /([\w$"'\])]\??)[ \t]*:[ \t]*[&*A-Za-z_][\w.:<>[\]|&'" *?]{0,60}$/.exec(left);
  if (
    m &&
    !/["'`]\s*$/.test(left) &&
    /\b(?:const|let|var|val|static|readonly|public|private|protected|final|pub|mut|self|this|def|[a-z_]\w*)\b/i.test(
      left,
    )
  ) {
    const cut = end - left.length + m.index + (m[1] as string).length;
    return r.text[cut - 1] === '?' ? cut - 1 : cut;
  }
  const sized = /\[\s*\w*\s*\]$/.exec(left); // char key[] =
  return sized ? end - sized[0].length : end;
}

/** Target of an assignment whose right side begins at `start`. */
function assigned(r: Reader, start: number, level: number): void {
  const i = r.back(start);
  const c = r.text[i];
  if (c === '=' || c === ':' || c === ',' || c === '(' || c === '[' || c === '{') {
    holder(r, start, { start, end: start, quote: '"', outer: start, whole: true }, level + 1);
  }
}

/** Calls that hand their argument on: Rust's `Some("...")`, `Buffer.from("...")`. */
const WRAPPER =
  /^(?:Some|Ok|Just|String|str|string|strdup|SecretString|Secret|SecureString|Buffer|Box|Arc|Rc|Cow|bytes|bytearray)(?:\.(?:from|new|into|of|fromString))?$/;

/** A string of a generated value's look: no one names an argument so. */
function isRandom(text: string): boolean {
  return (
    !/[ .:$@]/.test(text) &&
    (looksGenerated(text) ||
      (text.length >= 40 && !/[-_]/.test(text)) ||
      (text.length >= 16 && (text.match(/\d/g)?.length ?? 0) / text.length > 0.05))
  );
}

/** From inside brackets outward: the call, the object's or list's own name, its parents. */
function outward(r: Reader, at: number, level: number): void {
  if (level > 5) {
    return;
  }
  const { open, commas, place, lastString, firstString } = r.enclosing(at);
  if (open < 0) {
    return;
  }
  const c = r.text[open];
  const before = r.back(open);
  const isName = (s: string | undefined): s is string =>
    s !== undefined && s.length <= 100 && /^[\w.:$@ -]+$/.test(s) && !isRandom(s);
  if (c === '{' && commas === 1 && isName(lastString) && r.names.length === 0 && /[{,]/.test(r.text[before] ?? '')) {
    // An element of a map: C#'s { "apiKey", "..." }, C++'s {"apiKey", "..."}.
    r.add(lastString, 'option');
    outward(r, open, level + 1);
    return;
  }
  if (c === '(') {
    const e = r.expression(before + 1);
    const callee = e.parts.join('.');
    if (WRAPPER.test(callee)) {
      outward(r, e.start, level + 1);
      return;
    }
    if (callee && !/^(?:if|while|for|switch|return|catch|and|or|not|in)$/.test(callee)) {
      r.calls.push({ callee, index: place });
      if (r.names.length > 0 && firstString !== lastString && isName(firstString)) {
        r.parent(firstString);
      } else if (r.names.length > 0 && isName(lastString)) {
        r.parent(lastString);
      } else if (commas === 0) {
        // A setter names what it gets: spec.setApiKey("..."), builder.secret_key("...").
        const setter = /^(?:set|with|use|add)?_?([A-Za-z]\w*)$/.exec(e.parts.at(-1) ?? '')?.[1];
        const alone = !/^["'`]?\s*,/.test(r.text.slice(r.end, r.end + 12));
        if (setter && alone && e.parts.length > 1 && roleOf(setter) !== undefined && r.names.length === 0) {
          r.add(setter, 'option');
        }
      }
      if (commas >= 1 && isName(lastString) && r.names.length === 0) {
        r.add(lastString, 'argument');
        if (commas === 1 && /get|env|lookup|fetch|config|setting|option/i.test(callee)) {
          r.fallbackOf ??= lastString;
        }
      }
      e.strings.forEach((s) => r.parent(s));
      const isNew = /\b(?:new|await|return|yield|&|\*)\s*$/.exec(r.text.slice(Math.max(r.floor, e.start - 8), e.start));
      const from = isNew ? e.start - isNew[0].length : e.start;
      assigned(r, from, level);
    } else {
      assigned(r, open, level);
    }
    return;
  }
  // An object, a map or a list. Go's `map[string]any{`, Rust's `vec![`, C#'s `new Foo {`, PHP's `[`.
  const e = r.expression(before + 1);
  const head = e.parts.at(-1);
  if (
    head &&
    /[\w)\]]/.test(r.text[before] ?? '') &&
    !/^(?:return|in|of|else|do|try|then|export|default)$/.test(head)
  ) {
    r.parent(e.parts.join('.'));
    assigned(r, e.start, level);
    if (c === '{' && r.calls.length === 0 && r.text.slice(Math.max(r.floor, e.start - 4), e.start) === 'new ') {
      r.calls.push({ callee: e.parts.join('.'), index: 0 });
    }
    outward(r, e.start, level + 1);
    return;
  }
  const sep = r.text[before];
  if (sep === ':' || sep === '=' || (sep === '>' && r.text[before - 1] === '=')) {
    const e2 = r.expression(skipType(r, r.back(sep === '>' ? before - 1 : before) + 1));
    const name = e2.parts.at(-1)?.replace(/["'`\\]/g, '');
    if (name) {
      if (c === '[' && r.names.length === 0) {
        r.add(name, 'name');
      } else {
        r.parent(name);
      }
      e2.parts.slice(0, -1).forEach((p) => r.parent(p));
    }
    outward(r, e2.start, level + 1);
    return;
  }
  outward(r, open, level + 1);
}

/** `{ "name": "X", "value": "..." }`, `- name: X\n  value: ...`, `<add key="X" value="..."/>`. */
function siblingName(r: Reader, before: number, at: number): void {
  const left = r.text.slice(Math.max(r.floor, before - 240), before);
  const cut = Math.max(left.lastIndexOf('{'), left.lastIndexOf('<'), left.lastIndexOf('- '), left.lastIndexOf('\n\n'));
  const m = /(?:name|key|id|variable)["']?\s*[:=]\s*["']?([\w.$-]{1,80})/i.exec(left.slice(Math.max(0, cut)));
  const right = m
    ? undefined
    : /^[^{}<\n]{0,200}?\b(?:name|key|id)["']?\s*[:=]\s*["']?([\w.$-]{1,80})/i.exec(r.text.slice(at, at + 300));
  const name = m?.[1] ?? right?.[1];
  if (name) {
    r.names.unshift({ text: name, flat: squash(name), bond: 'name' });
  }
}

/** Lines without quotes. True when it found the name. */
function unquoted(r: Reader, begin: number, at: number): boolean {
  let left = r.text.slice(begin, at);
  left = left.replace(SCHEMES, '');
  const param = /[?&]([A-Za-z_][\w.-]{0,60})=$/.exec(left);
  if (param?.[1]) {
    r.add(param[1], 'parameter');
    return true;
  }
  const shell = /\$\{([A-Za-z_]\w*):?[-=]$/.exec(left) ?? /\$\{([A-Za-z_][\w.]*):$/.exec(left);
  if (shell?.[1]) {
    r.fallbackOf = shell[1];
    r.add(shell[1], 'name');
    const rest = left.slice(0, shell.index);
    const outer = /([A-Za-z_][\w.-]{0,80})["']?\s*[:=]\s*["']?$/.exec(rest);
    if (outer?.[1]) {
      r.parent(outer[1]);
    }
    return true;
  }
  const assign = /([A-Za-z_$][\w.$-]{0,100})["']?\s*(?:\?|:|\+)?(=|:)\s*$/.exec(left);
  if (assign?.[1]) {
    const head = left.slice(0, assign.index);
    const phrase = /^[\s>*#/|-]*((?:[A-Za-z][\w'()-]*[ \t]+){1,5})$/.exec(head);
    if (
      phrase?.[1] &&
      assign[2] === ':' &&
      !/^(?:export|set|env|arg|let|var|const|static|def|local|declare|readonly)\s*$/i.test(phrase[1])
    ) {
      r.add(`${phrase[1]}${assign[1]}`, 'label');
    } else {
      const dotted = assign[1].split('.');
      r.add(dotted.at(-1) ?? assign[1], /-/.test(assign[1]) && assign[2] === ':' ? 'header' : 'name');
      if (dotted.length > 1) {
        r.names.push({ text: assign[1], flat: squash(assign[1]), bond: 'name' });
        dotted.slice(0, -1).forEach((p) => r.parent(p));
      }
    }
    if (/^(?:value|default|val)$/i.test(assign[1])) {
      siblingName(r, begin + assign.index, at);
    }
    return true;
  }
  const flag = /(?:^|\s)--?([A-Za-z][\w-]{1,60})[\s=]+$/.exec(left);
  if (flag?.[1]) {
    r.add(flag[1], 'flag');
    return true;
  }
  const word =
    /(?:^|\s)(?:ENV|ARG|export|set|setx|setenv|env:set|secret put|vars set|secret set|secrets set|config:set)\s+([A-Za-z_][\w-]{0,80})\s+$/i.exec(
      left,
    );
  if (word?.[1]) {
    r.add(word[1], 'name');
    return true;
  }
  const cell = /\|\s*([^|\n]{2,60}?)\s*\|\s*`?$/.exec(left);
  if (cell?.[1]) {
    r.add(cell[1], 'label');
    return true;
  }
  const label = /((?:[A-Za-z][\w'()-]*[ \t]+){0,5}[A-Za-z][\w'()-]*)[ \t]*(?:\bis\b|:|=|->|→|–)[ \t*`"']*$/.exec(left);
  if (label?.[1]) {
    r.add(label[1], 'label');
    return true;
  }
  const upper = /(?:^|\s)([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\s+$/.exec(left);
  if (upper?.[1]) {
    r.add(upper[1], 'label');
    return true;
  }
  // A YAML list item or block scalar: the key stands on a line above.
  const item = /^(\s*)(?:-\s+)?$/.exec(left);
  if (item) {
    const above = r.text.slice(r.floor, begin);
    const key =
      /(?:^|\n)[ \t]*(?:-[ \t]+)?["']?([\w.$-]{1,80})["']?[ \t]*[:=][ \t]*(?:[|>][+-]?[ \t]*)?\r?\n(?:[ \t]*-[^\n]*\n){0,12}$/.exec(
        above.slice(-600),
      );
    if (key?.[1]) {
      r.add(key[1], 'name');
      return true;
    }
  }
  return false;
}

const SECTION = /^[ \t]*\[{1,2}([^\]\n]{1,100})\]{1,2}/;

/** Keys above with less indentation (YAML) and the last table header (INI, TOML). */
function indentedParents(r: Reader, start: number): void {
  const line = lineStart(r.text, start, r.floor);
  const own = /^[ \t]*/.exec(r.text.slice(line, Math.min(start, line + 200)))?.[0].length ?? 0;
  let indent = own + (/^[ \t]*-[ \t]/.test(r.text.slice(line, line + own + 2)) ? 1 : 0);
  let end = line - 1;
  for (let n = 0; n < 60 && end > r.floor; n++) {
    const from = lineStart(r.text, end, r.floor);
    const above = r.text.slice(from, end);
    end = from - 1;
    const section = SECTION.exec(above);
    if (section?.[1] && !above.trimEnd().endsWith(',')) {
      r.parent(section[1].replace(/["']/g, ''));
      return;
    }
    const m = /^([ \t]*)(?:-[ \t]+)?["']?([\w.$/-]{1,80})["']?[ \t]*:[ \t]*(?:[&!][^\s]+[ \t]*)?(?:#.*)?\r?$/.exec(
      above,
    );
    const depth = m?.[1]?.length ?? 0;
    if (m?.[2] && depth < indent) {
      r.parent(m[2]);
      indent = depth;
      if (indent === 0) {
        return;
      }
    }
  }
}

/** All words of the names and parents around a value. */
export function wordsAround(site: Site): string[] {
  return [...site.names.map((n) => n.text), ...site.parents, ...site.calls.map((c) => c.callee)].flatMap(wordsOf);
}
