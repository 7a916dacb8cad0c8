import { lineStart } from './literal';
import { squash } from './names';
import type { SiteReader } from './site-reader';
import { DEFAULTED, SCHEMES } from './within-string';

const PARAMETER = /[?&]([A-Za-z_][\w.-]{0,60})=$/;
const ASSIGNED = /([A-Za-z_$][\w.$-]{0,100})["']?\s*(?:\?|:|\+)?(=|:)\s*$/;
/** Words before a name that make a label of it: `Kraken API key:`. */
const LABEL_WORDS = /^[\s>*#/|-]*((?:[A-Za-z][\w'()-]*[ \t]+){1,5})$/;
const KEYWORD = /(?:^|\s)(?:export|set|env|arg|let|var|const|static|def|local|declare|readonly|case)\s*$/i;
const FLAG = /(?:^|\s)--?([A-Za-z][\w-]{1,60})[\s=]+$/;
const COMMAND =
  /(?:^|\s)(?:ENV|ARG|export|set(?:[ \t]+-\w+)?|setx|setenv|env:set|secret put|vars set|secret set|secrets set|config:set)\s+([A-Za-z_][\w-]{0,80})\s+$/i;
const CELL = /\|\s*([^|\n]{2,60}?)\s*\|\s*`?$/;
const LABEL = /((?:[A-Za-z][\w'()-]*[ \t]+){0,5}[A-Za-z][\w'()-]*)[ \t]*(?:\bis\b|:|=|->|→|–)[ \t*`"']*$/;
/** curl's `-u user:password`. */
const BASIC_USER = /(?:^|\s)(?:-u|--user)[ =]["']?(?:([^\s:"']{1,200}):)?$/;
const ARTICLE = /^(?:the|an?|my|our|your|this|its)[ \t]+/i;
const SCREAMING = /(?:^|\s)([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\s+$/;
const ROW_NAME = /^[ \t]*["']?([A-Za-z_][\w .-]{1,60}?)["']?[ \t]*[,;\t][ \t]*$/;
/** A key whose value, list or block begins on the next line. */
const KEY_ABOVE =
  /(?:^|\n)[ \t>*#-]*(?:-[ \t]+)?["']?([\w.$-]{1,80}(?:[ \t]+[\w.$-]{1,40}){0,4})["']?[ \t]*[:=][ \t]*(?:[|>][0-9]?[+-]?[ \t]*)?(?:#[^\n]*)?\r?\n(?:[ \t]*-[^\n]*\n){0,12}$/;
const ELEMENT_ABOVE = /<([\w.:-]{1,60})(?:\s[^<>]{0,200})?>\s*$/;

/** Names a value that has no quotes: in shells, dotenv, YAML, INI, command lines, tables, prose, headers. True when it found one. */
export function readBareLine(r: SiteReader, begin: number, at: number): boolean {
  // Emphasis and code marks of Markdown are no part of a label.
  const line = r.text.slice(begin, at).replace(SCHEMES, '');
  const left = line.replace(/[*`]+(?=[ \t]*[:=|–→-])|([:=][ \t]*)[*`]+$|(^|[ \t|>-])[*`]+(?=[A-Za-z])/g, '$1$2');
  const user = BASIC_USER.exec(left);
  if (user) {
    r.add(user[1] ? 'secret' : 'user', 'flag');
    return true;
  }
  const param = PARAMETER.exec(left);
  if (param?.[1]) {
    r.add(param[1], 'parameter');
    return true;
  }
  const defaulted = DEFAULTED.exec(left);
  const variable = defaulted?.[1] ?? defaulted?.[2];
  if (defaulted && variable) {
    r.fallbackOf = variable;
    r.add(variable, 'name');
    const outer = /([A-Za-z_][\w.-]{0,80})["']?\s*[:=]\s*["']?$/.exec(left.slice(0, defaulted.index));
    if (outer?.[1]) {
      r.parent(outer[1]);
    }
    return true;
  }
  if (readAssigned(r, left, begin, at)) {
    return true;
  }
  const found: readonly (readonly [RegExp, 'flag' | 'name' | 'label'])[] = [
    [FLAG, 'flag'],
    [COMMAND, 'name'],
    [CELL, 'label'],
    [LABEL, 'label'],
    [SCREAMING, 'label'],
  ];
  for (const [form, bond] of found) {
    const name = form.exec(left)?.[1]?.replace(ARTICLE, '');
    if (name) {
      r.add(name, bond);
      if (form === CELL) {
        readColumn(r, begin, at, '|');
      } else if (bond === 'flag') {
        readCommandName(r, begin, at);
      }
      return true;
    }
  }
  return readRow(r, left, begin, at) || readLineAbove(r, left, begin);
}

function readAssigned(r: SiteReader, left: string, begin: number, at: number): boolean {
  const assign = ASSIGNED.exec(left);
  const name = assign?.[1];
  if (!assign || !name) {
    return false;
  }
  const words = LABEL_WORDS.exec(left.slice(0, assign.index));
  if (words?.[1] && assign[2] === ':' && !KEYWORD.test(words[1])) {
    r.add(`${words[1]}${name}`.replace(ARTICLE, ''), 'label');
  } else {
    const dotted = name.replace(/^-+D(?=[A-Za-z])/, '').split('.');
    r.add(dotted.at(-1) ?? name, /-/.test(name) && assign[2] === ':' ? 'header' : 'name');
    if (dotted.length > 1) {
      r.names.push({ text: name, flat: squash(name), bond: 'name' });
      dotted.slice(0, -1).forEach((p) => {
        r.parent(p);
      });
    }
  }
  if (!r.isNamed) {
    readSiblingName(r, begin + assign.index, at);
  }
  return true;
}

/** A row of a table without bars: its first cell, or the head of its column. */
function readRow(r: SiteReader, left: string, begin: number, at: number): boolean {
  const row = ROW_NAME.exec(left);
  if (row?.[1]) {
    r.add(row[1], 'label');
    return true;
  }
  return /^[^\s,;\t][^\n]*[,;\t]$/.test(left) && readColumn(r, begin, at, left.at(-1) as string);
}

/** A value that stands alone on its line is named by the line above: a YAML block or list, a label, an element. */
function readLineAbove(r: SiteReader, left: string, begin: number): boolean {
  if (!/^\s*(?:-\s+)?$/.test(left)) {
    return false;
  }
  const above = r.text.slice(Math.max(r.floor, begin - 600), begin);
  const key = KEY_ABOVE.exec(above)?.[1];
  if (key) {
    r.add(key, /\s/.test(key) ? 'label' : 'name');
    return true;
  }
  const element = ELEMENT_ABOVE.exec(above)?.[1];
  if (element) {
    r.add(element.replace(/^.*:/, ''), 'element');
    return true;
  }
  return false;
}

/** A column's head: words, not a generated value. */
const HEADING = /^[A-Za-z]+(?:\d{1,2}[A-Za-z]*)?(?:[ _.()-]+[A-Za-z]*(?:\d{1,2}[A-Za-z]*)?)*$/;

/** Cells of a row before the value, quoted cells counted once. */
function cellsBefore(line: string, separator: string): number {
  const bare = line.replace(/"[^"\n]*"/g, '""');
  return bare.split(separator).length - 1;
}

/** The head of the value's column: in Markdown tables and in files of separated values. */
export function readColumn(r: SiteReader, begin: number, at: number, separator: string): boolean {
  const index = cellsBefore(r.text.slice(begin, at), separator);
  let end = begin - 1;
  for (let n = 0; n < 40 && end > r.floor; n++) {
    const from = lineStart(r.text, end, r.floor);
    const cells = r.text
      .slice(from, end)
      .split(separator)
      .map((c) => c.trim().replace(/^["'*`]+|["'*`]+$/g, ''));
    if (cells.length <= index) {
      return false;
    }
    // The head of a table is the nearest row of nothing but labels.
    if (cells.every((c) => c === '' || (c.length < 60 && HEADING.test(c))) && cells[index]) {
      r.add(cells[index], 'label');
      return true;
    }
    end = from - 1;
  }
  return false;
}

const SIBLING_LEFT = /(?:^|[^\w.-])(?:name|key|id|variable)["']?\s*[:=]\s*["']?([\w.$-]{1,80})/i;
const SIBLING_RIGHT =
  /^[^{}<\n]{0,200}(?:\n[ \t]{1,40})?["']?\b(?:[\w]*:)?(?:name|key|id)["']?\s*[:=]\s*["']?([\w.$-]{1,80})/i;

/** `{ "name": "X", "value": "..." }`, `- name: X\n  value: ...`, `<add key="X" value="..."/>`. */
export function readSiblingName(r: SiteReader, before: number, at: number): void {
  const left = r.text.slice(Math.max(r.floor, before - 240), before);
  const cut = Math.max(left.lastIndexOf('{'), left.lastIndexOf('<'), left.lastIndexOf('- '), left.lastIndexOf('\n\n'));
  const name =
    SIBLING_LEFT.exec(left.slice(Math.max(0, cut)))?.[1] ??
    SIBLING_RIGHT.exec(r.text.slice(Math.max(at, r.end), Math.max(at, r.end) + 300))?.[1];
  if (name) {
    r.promote(name);
  }
}

const SET_COMMAND =
  /(?:^|\s)(?:set|add|put|create|new|update|write)\s+(?:--?[\w-]+(?:[ =]\S+)?\s+){0,4}["']?([A-Za-z_][\w./-]{2,80})["']?\s/;
const NAME_FLAG = /(?:^|\s)(?:--?(?:name|key|secret-id|id)|-n)[ =]["']?([A-Za-z_/][\w./-]{1,80})/;

/** `secret set NAME --body value`, `put-parameter --name NAME --value value`. */
export function readCommandName(r: SiteReader, begin: number, at: number): void {
  if (!r.isNamed) {
    const line = r.text.slice(begin, at);
    const name = NAME_FLAG.exec(line)?.[1] ?? SET_COMMAND.exec(line)?.[1];
    if (name) {
      r.promote(name);
    }
  }
}

const SECTION = /^[ \t]*\[{1,2}([^\]\n]{1,100})\]{1,2}/;
const KEY_LINE = /^([ \t]*)(?:-[ \t]+)?["']?([\w.$/-]{1,80})["']?[ \t]*:[ \t]*(?:[&!][^\s]+[ \t]*)?(?:#.*)?\r?$/;

/** Keys above with less indentation (YAML) and the last table header (INI, TOML). */
export function readIndentedParents(r: SiteReader, start: number): void {
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
    const m = KEY_LINE.exec(above);
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
