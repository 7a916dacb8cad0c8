import { readBareLine, readColumn, readCommandName, readSiblingName } from './bare-lines';
import { type Literal, lineStart } from './literal';
import { roleOf } from './names';
import { looksGenerated } from './placeholders';
import type { Bond } from './site';
import type { SiteReader } from './site-reader';
import { beforePrefix, skipType } from './type-marks';
import { readWithinString } from './within-string';

/** Levels that the walk goes outward. */
const DEEPEST = 5;

/**
 * Where a walk stands: `own` while what it passes is still the value itself (parentheses, casts, wrappers, pieces of a
 * string), so that the next name is the value's and not its holder's.
 */
interface Step {
  readonly at: number;
  readonly own: boolean;
  readonly level: number;
}

/** Walks outward from a literal: assignment, member, call argument, element; at most six levels. */
export function walkHolders(r: SiteReader, literal: Literal): void {
  const at = literal.quote ? beforePrefix(r, literal.outer) : literal.outer;
  holder(r, { at, own: true, level: 0 });
}

function note(r: SiteReader, step: Step, name: string, bond: Bond): void {
  if (step.own && !r.isNamed) {
    r.add(name, bond);
  } else {
    r.parent(name);
  }
}

function holder(r: SiteReader, step: Step): void {
  const { at, level } = step;
  const i = r.back(at);
  const c = r.text[i];
  if (level > DEEPEST || c === undefined || i < r.floor) {
    return;
  }
  const done =
    fallback(r, step, i) ||
    alternative(r, step, i) ||
    assignment(r, step, i) ||
    pieceOfString(r, step, i) ||
    returned(r, step, i) ||
    element(r, step, i) ||
    closure(r, step, i);
  if (done) {
    return;
  }
  if (c === ',' && (bareArguments(r, step) || tableRow(r, step))) {
    return;
  }
  if (c === '|') {
    readBareLine(r, lineStart(r.text, at, r.floor), at);
  } else if (c === ',' || c === '(' || c === '[' || c === '{') {
    outward(r, step);
  } else if (/["'`\w)\]]/.test(c) && i < at - 1) {
    // `setenv NAME "value"`, `ENV NAME "value"`, `--flag "value"`, `"name" to "value"`.
    const to = /["'`]\s+to$/.test(r.text.slice(Math.max(r.floor, i - 20), i + 1));
    const e = r.expression(to ? r.back(i - 1) + 1 : i + 1);
    const name = e.parts.at(-1);
    if (name) {
      const flag = r.text[e.start] === '-';
      note(r, step, name.replace(/^-+/, ''), flag ? 'flag' : to ? 'option' : 'label');
      if (flag) {
        readCommandName(r, lineStart(r.text, e.start, r.floor), e.start);
      }
      outward(r, { at: e.start, own: false, level });
    }
  }
}

/** `lookup ?? "value"`, `lookup || "value"`, `lookup or "value"`. */
function fallback(r: SiteReader, step: Step, i: number): boolean {
  const two = r.text.slice(i - 1, i + 1);
  const isWord = /\bor$/.test(r.text.slice(Math.max(r.floor, i - 3), i + 1));
  if (two !== '??' && two !== '||' && two !== '?:' && !isWord) {
    return false;
  }
  const e = r.expression(r.back(i - 1) + 1);
  const name = e.strings[0] ?? e.parts.at(-1);
  if (name) {
    r.fallbackOf ??= name;
    r.add(name, 'name');
    e.parts.slice(0, -1).forEach((p) => {
      r.parent(p);
    });
  }
  assigned(r, { at: e.start, own: false, level: step.level });
  return true;
}

/** `live ? "value" : "other"`, `"other" if test else "value"`: what the whole is given to. */
function alternative(r: SiteReader, step: Step, i: number): boolean {
  const c = r.text[i];
  if (c !== '?' && c !== ':' && c !== 'e') {
    return false;
  }
  const from = lineStart(r.text, i, Math.max(r.floor, i - 400));
  const left = r.text.slice(from, i + 1);
  const m =
    /^(.*?[^=!<>]=|.*?:|.*\breturn|.*[(,])\s*[\w$.!()[\]= ]+\?\s*(?:["'`][^"'`\n]*["'`]\s*:)?$/.exec(left) ??
    /^(.*?[^=!<>]=|.*\breturn|.*[(,])\s*["'][^"'\n]*["']\s+if\s+[^\n"']+\selse$/.exec(left);
  if (!m?.[1]) {
    return false;
  }
  holder(r, { ...step, at: from + m[1].length, level: step.level + 1 });
  return true;
}

function assignment(r: SiteReader, step: Step, i: number): boolean {
  const { text } = r;
  const c = text[i];
  const two = text.slice(i - 1, i + 1);
  if (c !== '=' && two !== '=>' && two !== '<-' && !(c === ':' && text[i - 1] !== ':')) {
    return false;
  }
  let j = i;
  while (/[=:<>!+?|&~-]/.test(text[j - 1] ?? '') && j - 1 >= r.floor && i - j < 3) {
    j--;
  }
  if (two === '=>' && text[r.back(i - 1)] === ')') {
    return true; // an arrow function's body
  }
  const nameEnd = r.back(j) + 1;
  const e = r.expression(skipType(r, nameEnd));
  const key = (e.parts.at(-1) ?? '').replace(/["'`\\]/g, '').replace(/^-+D(?=[A-Z])/, '');
  if (key) {
    const label = c === ':' ? labelBefore(r, nameEnd) : undefined;
    if (label) {
      note(r, step, label, 'label');
    }
    if (!label || (step.own && r.names.length < 2)) {
      const bond: Bond = c === ':' || two === '=>' ? 'option' : 'name';
      if (label) {
        r.add(key, bond);
      } else {
        note(r, step, key, bond);
      }
    }
    e.parts.slice(0, -1).forEach((p) => {
      r.parent(p.replace(/["'`]/g, ''));
    });
    if (step.own && !r.isNamed) {
      readSiblingName(r, e.start, step.at);
    }
  }
  outward(r, { at: e.start, own: false, level: step.level });
  return true;
}

const LABEL = /(?:^|\n)[ \t>*#/-]*(?:[-*]\s+)?([A-Za-z][\w'"`*_() -]{0,60}?)[ \t*`]*$/;

/** The words of a line before a colon: `**Kraken API key**: ...`. */
function labelBefore(r: SiteReader, end: number): string | undefined {
  const label = LABEL.exec(r.text.slice(Math.max(r.floor, end - 80), end))?.[1]
    ?.replace(/[*`]/g, '')
    .trim();
  return label && /\s/.test(label) && !/["'`(]/.test(label) ? label : undefined;
}

/** A later piece of a concatenation: the pieces before it are passed. */
function pieceOfString(r: SiteReader, step: Step, i: number): boolean {
  const c = r.text[i];
  if (c !== '+' && c !== '.' && c !== '&') {
    return false;
  }
  const before = r.back(i);
  const quote = r.text[before] ?? '';
  if (quote === '"' || quote === "'" || quote === '`') {
    const open = r.quoteBefore(quote, before - 1);
    if (open >= r.floor && before - open < 400) {
      readWithinString(r, open + 1, before);
      holder(r, { ...step, at: open, level: step.level + 1 });
    }
  }
  return true;
}

const FUNCTION =
  /(?:function|def|fn|func|sub|fun)\s+([\w$]{1,80})|([\w$]{1,80})\s*(?:=\s*)?(?:async\s*)?\([^()]{0,120}\)\s*(?::[^={]{1,60})?(?:=>)?\s*\{?[^{}]{0,200}$/;

/** What a function returns goes by the function's name. */
function returned(r: SiteReader, step: Step, i: number): boolean {
  if (!/\breturn$|\byield$|\bin$|\bcase$/.test(r.text.slice(Math.max(r.floor, i - 6), i + 1))) {
    return false;
  }
  const fn = FUNCTION.exec(r.text.slice(Math.max(r.floor, i - 400), i + 1));
  const name = fn?.[1] ?? fn?.[2];
  if (name) {
    note(r, step, name, 'name');
  }
  return true;
}

/** `<name>value</name>`, `<string name="x">value</string>`, `<key>x</key><string>value</string>`. */
function element(r: SiteReader, step: Step, i: number): boolean {
  const { text } = r;
  if (text[i] !== '>' || !/[\w"'/-]/.test(text[i - 1] ?? '')) {
    return false;
  }
  const from = Math.max(r.floor, i - 260);
  const tag = /<([\w.:-]{1,60})(?:\s[^<>]{0,200})?>$/.exec(text.slice(from, i + 1));
  if (tag?.[1]) {
    const attribute = /(?:^|[\s:])(?:name|key|id)\s*=\s*["']([^"']{1,80})["']/.exec(tag[0])?.[1];
    const sibling = /<(?:key|name)>\s*([^<>\n]{1,80}?)\s*<\/(?:key|name)>\s*$/.exec(
      text.slice(Math.max(r.floor, from + tag.index - 200), from + tag.index),
    )?.[1];
    if (attribute ?? sibling) {
      note(r, step, (attribute ?? sibling) as string, 'name');
    }
    r.add(tag[1].replace(/^.*:/, ''), 'element');
  }
  return true;
}

/** Rust's `|_| "value"`: what the closure is given to. */
function closure(r: SiteReader, step: Step, i: number): boolean {
  const m = /[(,]\s*(?:move\s*)?(\|[\w, ]{0,30}\|)$/.exec(r.text.slice(Math.max(r.floor, i - 48), i + 1));
  if (!m?.[1]) {
    return false;
  }
  holder(r, { ...step, at: i + 1 - m[1].length, level: step.level + 1 });
  return true;
}

const BARE_CALL = /^[ \t]*([\w.]{2,60})[ \t]+(?:(?:["'][^"'\n]*["']|:\w+)[ \t]*,[ \t]*){1,4}$/;
const LAST_ARGUMENT = /["':]([\w.-]{2,80})["']?[ \t]*,[ \t]*$/;

/** A call without parentheses: `config_field "String", "NAME", "value"`, `set :name, "value"`. */
function bareArguments(r: SiteReader, step: Step): boolean {
  const from = lineStart(r.text, step.at, r.floor);
  const left = r.text.slice(from, step.at).replace(/\\?["']$/, (q) => (q.length > 1 ? '' : q));
  const call = BARE_CALL.exec(left.replace(/["']$/, ''));
  const name = call && LAST_ARGUMENT.exec(left)?.[1];
  if (call?.[1] && name && !isRandom(name)) {
    note(r, step, name, 'argument');
    r.calls.push({ callee: call[1], index: 0 });
    return true;
  }
  return false;
}

/** A row of quoted cells: its first cell, or the head of its column. */
function tableRow(r: SiteReader, step: Step): boolean {
  const from = lineStart(r.text, step.at, r.floor);
  const left = r.text.slice(from, step.at);
  const first = /^["']([\w .-]{2,60})["'][ \t]*[,;\t][ \t]*$/.exec(left)?.[1];
  if (first && !isRandom(first)) {
    note(r, step, first, 'label');
    return true;
  }
  return /^["']?[\w.-]{1,80}["']?[,;\t]/.test(left) && readColumn(r, from, step.at, ',');
}

/** Target of an assignment whose right side begins at `at`. */
function assigned(r: SiteReader, step: Step): void {
  const c = r.text[r.back(step.at)];
  if (c !== undefined && '=:,([{?'.includes(c)) {
    holder(r, { ...step, level: step.level + 1 });
  }
}

/** Calls that hand their argument on: Rust's `Some("...")`, `Buffer.from("...")`. */
const WRAPPER =
  /^(?:Some|Ok|Just|String|str|string|strdup|SecretString|SecretStr|Secret|SecureString|Buffer|Box|Arc|Rc|Cow|bytes|bytearray|lazy|hex|atob|unhexlify|fromhex|toBuffer|strings|std::string)(?:[.:]+(?:from|new|into|of|fromString|fromhex|TrimSpace))?$/;

/** Calls that give a variable's value, or else the literal. */
const OR_ELSE = /(?:unwrap_or(?:_else)?|or_?else|get_?or_?(?:else|default)|fetch|if_?blank|default_?if_?\w+)$/i;

const KEYWORD = /^(?:if|while|for|switch|return|catch|and|or|not|in|elif|when|unless|until|print)$/;

const WORDS = /^(?:[a-z][a-z0-9]{0,14}[-_])+[a-z][a-z0-9]{0,14}$/i;

/** A string of a generated value's look: no one names an argument so. */
function isRandom(text: string): boolean {
  return (
    !/[ .:$@]/.test(text) &&
    !WORDS.test(text) &&
    (looksGenerated(text) ||
      (text.length >= 40 && !/[-_]/.test(text)) ||
      (text.length >= 16 && (text.match(/\d/g)?.length ?? 0) / text.length > 0.05))
  );
}

function isName(s: string | undefined): s is string {
  return s !== undefined && s.length <= 100 && /^[\w.:$@ -]+$/.test(s) && !isRandom(s.replace(/^-+/, ''));
}

/** The value ends its brackets: of three strings in a row, none names another. */
function isLast(r: SiteReader): boolean {
  return /^\\?["'`]?(?:[.\w]*\(\))?,?\s*[\]})]/.test(r.text.slice(r.end, r.end + 40));
}

/** From inside brackets outward: the call, the object's or list's own name, its parents. */
function outward(r: SiteReader, step: Step): void {
  if (step.level > DEEPEST) {
    return;
  }
  const around = r.enclosing(step.at);
  const { open, commas, lastString } = around;
  if (open < 0) {
    return;
  }
  const c = r.text[open];
  if (c === '(') {
    call(r, step, around);
    return;
  }
  if (step.own && !r.isNamed) {
    const flag = /["'](--?[A-Za-z][\w-]{1,60})["']\s*,\s*$/.exec(r.text.slice(Math.max(open, step.at - 80), step.at));
    const atom = commas === 1 && c === '{' ? /^\{\s*:?([A-Za-z]\w*)\s*,\s*$/.exec(r.text.slice(open, step.at)) : null;
    if (flag?.[1]) {
      r.add(flag[1].replace(/^-+/, ''), 'flag');
    } else if (commas === 1 && (atom?.[1] || isName(lastString)) && isLast(r)) {
      // An element of a map: C#'s { "apiKey", "..." }, Erlang's {api_key, "..."}, ["apiKey", "..."].
      r.add(atom?.[1] ?? (lastString as string), 'option');
    }
  }
  brackets(r, step, open, commas);
}

function call(r: SiteReader, step: Step, around: ReturnType<SiteReader['enclosing']>): void {
  const { open, commas, place, lastString, firstString } = around;
  const e = r.expression(r.back(open) + 1);
  const callee = e.parts.join('.');
  const last = e.parts.at(-1) ?? '';
  if (!callee || KEYWORD.test(callee) || WRAPPER.test(callee)) {
    if (commas === 1 && step.own && isName(lastString) && !callee && isLast(r)) {
      note(r, step, lastString, 'argument');
    }
    column(r, step, around);
    const from = callee && !KEYWORD.test(callee) ? e.start : open;
    assigned(r, { at: beforeKeyword(r, from), own: step.own && commas === 0, level: step.level });
    return;
  }
  r.calls.push({ callee, index: place });
  column(r, step, around);
  if (r.names.length > 0 && firstString !== lastString && isName(firstString)) {
    r.parent(firstString.replace(/^-+/, ''));
  } else if (r.names.length > 0 && isName(lastString)) {
    r.parent(lastString.replace(/^-+/, ''));
  } else if (commas === 0 && step.own && !orElse(r, callee, e.strings)) {
    setter(r, last, e);
  }
  if (commas >= 1 && isName(lastString) && r.names.length === 0) {
    r.add(lastString, 'argument');
    if (commas === 1 && /get|env|lookup|fetch|config|setting|option/i.test(callee)) {
      r.fallbackOf ??= lastString;
    }
  }
  e.strings.forEach((s) => {
    r.parent(s);
  });
  assigned(r, { at: beforeKeyword(r, e.start), own: false, level: step.level });
}

/** `lookup("NAME").unwrap_or("value")`, `fetch("NAME") { "value" }`. */
function orElse(r: SiteReader, callee: string, strings: readonly string[]): boolean {
  const variable = strings.at(-1);
  if (r.isNamed || !variable || !OR_ELSE.test(callee)) {
    return false;
  }
  r.add(variable, 'name');
  r.fallbackOf ??= variable;
  return true;
}

const TYPED = /(?:\b(?:string|string_view|String|auto|char|QString|CString)\b[\s*&]*)$/;

/** What a setter, a builder's method or a declaration names: `setApiKey("...")`, `.secretKey("...")`, `string key("...")`. */
function setter(r: SiteReader, last: string, e: ReturnType<SiteReader['expression']>): void {
  const name = /^(?:set|with|use|add)?_?([A-Za-z]\w*)$/.exec(last)?.[1];
  const isPart = e.parts.length > 1 || r.text[e.start] === '.';
  // A value that another argument follows is one of many, not what the method sets.
  const isAlone = !/^["'`]?\s*,/.test(r.text.slice(r.end, r.end + 12));
  if (name && isPart && isAlone && (e.called || name !== last || roleOf(name) !== undefined)) {
    r.add(name, 'option');
  } else if (TYPED.test(r.text.slice(Math.max(r.floor, e.start - 40), e.start))) {
    r.add(last, 'name');
  }
}

/** The column of a value in SQL's `INSERT INTO t (a, b) VALUES (1, 'value')`. */
function column(r: SiteReader, step: Step, { open, commas, lastString }: ReturnType<SiteReader['enclosing']>): void {
  const left = r.text.slice(Math.max(r.floor, open - 1500), open);
  if (!step.own || !/values\s*(?:\(|$)/i.test(left)) {
    return;
  }
  const columns = /\(([^()]{1,1000})\)\s*values\s*(?:\([^()]*\)\s*,\s*)*$/i.exec(left)?.[1]?.split(',');
  const name = columns?.[commas]?.replace(/["'`[\]\s]/g, '');
  if (name) {
    r.add(name, 'name');
    if (!r.isNamed && isName(lastString)) {
      r.promote(lastString);
    }
  }
}

function beforeKeyword(r: SiteReader, at: number): number {
  const m = /\b(?:new|await|return|yield|&|\*)\s*$/.exec(r.text.slice(Math.max(r.floor, at - 8), at));
  return m ? at - m[0].length : at;
}

/** An object, a map or a list: Go's `map[string]any{`, Rust's `vec![`, C#'s `new Foo {`, PHP's `[`, Terraform's `x "y" {`. */
function brackets(r: SiteReader, step: Step, open: number, commas: number): void {
  const { text } = r;
  const c = text[open];
  const before = r.back(open);
  const sep = text[before];
  const isFirst = step.own && commas === 0;
  const e = r.expression(before + 1);
  const head = e.parts.at(-1);
  const level = step.level + 1;
  const isBlock = c === '{' && /["']/.test(sep ?? '');
  if (
    head &&
    (isBlock || /[\w)\]]/.test(sep ?? '')) &&
    !/^(?:return|in|of|else|do|try|then|export|default)$/.test(head)
  ) {
    if (isFirst && c === '{') {
      orElse(r, e.parts.join('.'), e.strings);
      if (TYPED.test(text.slice(Math.max(r.floor, e.start - 40), e.start))) {
        note(r, step, head, 'name');
      }
    }
    r.parent(isBlock ? head : e.parts.join('.'));
    assigned(r, { at: e.start, own: step.own && !r.isNamed && !isBlock, level: step.level });
    if (c === '{' && r.calls.length === 0 && text.slice(Math.max(r.floor, e.start - 4), e.start) === 'new ') {
      r.calls.push({ callee: e.parts.join('.'), index: 0 });
    }
    outward(r, { at: e.start, own: false, level });
    return;
  }
  if (sep === ':' || sep === '=' || (sep === '>' && text[before - 1] === '=')) {
    const e2 = r.expression(skipType(r, r.back(sep === '>' ? before - 1 : before) + 1));
    const name = e2.parts.at(-1)?.replace(/["'`\\]/g, '');
    if (name) {
      if (step.own && (c === '[' || isFirst)) {
        note(r, step, name, 'name');
      } else {
        r.parent(name);
      }
      e2.parts.slice(0, -1).forEach((p) => {
        r.parent(p);
      });
    }
    outward(r, { at: e2.start, own: false, level });
    return;
  }
  outward(r, { at: open, own: step.own && c === '[', level });
}
