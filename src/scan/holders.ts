import { readBareLine, readCommandName, readSiblingName } from './bare-lines';
import {
  bareArguments,
  column,
  element,
  handsOn,
  isKeyword,
  isLast,
  labelBefore,
  orElse,
  returned,
  setter,
  TYPED,
  tableRow,
} from './held-names';
import { isName, note, type Step } from './holder-step';
import { type Literal, lineStart } from './literal';
import type { Bond } from './site';
import type { SiteReader } from './site-reader';
import { beforePrefix, skipType } from './type-marks';
import { readWithinString } from './within-string';

/** Levels that the walk goes outward. */
const DEEPEST = 5;

/** Walks outward from a literal: assignment, member, call argument, element; at most six levels. */
export function walkHolders(r: SiteReader, literal: Literal): void {
  const at = literal.quote ? beforePrefix(r, literal.outer) : literal.outer;
  holder(r, { at, own: true, level: 0 });
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
    // A path is no name: it is the import before this one.
    if (name && !name.includes('/')) {
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

/** Rust's `|_| "value"`: what the closure is given to. */
function closure(r: SiteReader, step: Step, i: number): boolean {
  const m = /[(,]\s*(?:move\s*)?(\|[\w, ]{0,30}\|)$/.exec(r.text.slice(Math.max(r.floor, i - 48), i + 1));
  if (!m?.[1]) {
    return false;
  }
  holder(r, { ...step, at: i + 1 - m[1].length, level: step.level + 1 });
  return true;
}

/** Target of an assignment whose right side begins at `at`. */
function assigned(r: SiteReader, step: Step): void {
  const c = r.text[r.back(step.at)];
  if (c !== undefined && '=:,([{?'.includes(c)) {
    holder(r, { ...step, level: step.level + 1 });
  }
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
  if (!callee || handsOn(callee)) {
    if (commas === 1 && step.own && isName(lastString) && !callee && isLast(r)) {
      note(r, step, lastString, 'argument');
    }
    column(r, step, around);
    const from = callee && !isKeyword(callee) ? e.start : open;
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
