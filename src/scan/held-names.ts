import { readColumn } from './bare-lines';
import { isName, isRandom, note, type Step } from './holder-step';
import { lineStart } from './literal';
import { roleOf } from './names';
import type { SiteReader } from './site-reader';

const LABEL = /(?:^|\n)[ \t>*#/-]*(?:[-*]\s+)?([A-Za-z][\w'"`*_() -]{0,60}?)[ \t*`]*$/;

/** The words of a line before a colon: `**Kraken API key**: ...`. */
export function labelBefore(r: SiteReader, end: number): string | undefined {
  const label = LABEL.exec(r.text.slice(Math.max(r.floor, end - 80), end))?.[1]
    ?.replace(/[*`]/g, '')
    .trim();
  return label && /\s/.test(label) && !/["'`(]/.test(label) ? label : undefined;
}

const FUNCTION =
  /(?:function|def|fn|func|sub|fun)\s+([\w$]{1,80})|([\w$]{1,80})\s*(?:=\s*)?(?:async\s*)?\([^()]{0,120}\)\s*(?::[^={]{1,60})?(?:=>)?\s*\{?[^{}]{0,200}$/;

/** What a function returns goes by the function's name. */
export function returned(r: SiteReader, step: Step, i: number): boolean {
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
export function element(r: SiteReader, step: Step, i: number): boolean {
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

const BARE_CALL = /^[ \t]*([\w.]{2,60})[ \t]+(?:(?:["'][^"'\n]*["']|:\w+)[ \t]*,[ \t]*){1,4}$/;
const LAST_ARGUMENT = /["':]([\w.-]{2,80})["']?[ \t]*,[ \t]*$/;

/** A call without parentheses: `config_field "String", "NAME", "value"`, `set :name, "value"`. */
export function bareArguments(r: SiteReader, step: Step): boolean {
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
export function tableRow(r: SiteReader, step: Step): boolean {
  const from = lineStart(r.text, step.at, r.floor);
  const left = r.text.slice(from, step.at);
  const first = /^["']([\w .-]{2,60})["'][ \t]*[,;\t][ \t]*$/.exec(left)?.[1];
  if (first && !isRandom(first)) {
    note(r, step, first, 'label');
    return true;
  }
  return /^["']?[\w.-]{1,80}["']?[,;\t]/.test(left) && readColumn(r, from, step.at, ',');
}

/** Calls that give a variable's value, or else the literal. */
const OR_ELSE = /(?:unwrap_or(?:_else)?|or_?else|get_?or_?(?:else|default)|fetch|if_?blank|default_?if_?\w+)$/i;

/** `lookup("NAME").unwrap_or("value")`, `fetch("NAME") { "value" }`. */
export function orElse(r: SiteReader, callee: string, strings: readonly string[]): boolean {
  const variable = strings.at(-1);
  if (r.isNamed || !variable || !OR_ELSE.test(callee)) {
    return false;
  }
  r.add(variable, 'name');
  r.fallbackOf ??= variable;
  return true;
}

/** A declaration of a string before its name. */
export const TYPED = /(?:\b(?:string|string_view|String|auto|char|QString|CString)\b[\s*&]*)$/;

/** What a setter, a builder's method or a declaration names: `setApiKey("...")`, `.secretKey("...")`, `string key("...")`. */
export function setter(r: SiteReader, last: string, e: ReturnType<SiteReader['expression']>): void {
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
export function column(
  r: SiteReader,
  step: Step,
  { open, commas, lastString }: ReturnType<SiteReader['enclosing']>,
): void {
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

/** The value ends its brackets: of three strings in a row, none names another. */
export function isLast(r: SiteReader): boolean {
  return /^\\?["'`]?(?:[.\w]*\(\))?,?\s*[\]})]/.test(r.text.slice(r.end, r.end + 40));
}

/** Calls that hand their argument on: Rust's `Some("...")`, `Buffer.from("...")`. */
const WRAPPER =
  /^(?:Some|Ok|Just|String|str|string|strdup|SecretString|SecretStr|Secret|SecureString|Buffer|Box|Arc|Rc|Cow|bytes|bytearray|lazy|hex|atob|unhexlify|fromhex|toBuffer|strings|std::string)(?:[.:]+(?:from|new|into|of|fromString|fromhex|TrimSpace))?$/;

const KEYWORD = /^(?:if|while|for|switch|return|catch|and|or|not|in|elif|when|unless|until|print)$/;

/** A word of the language, which takes no arguments. */
export function isKeyword(callee: string): boolean {
  return KEYWORD.test(callee);
}

/** Whether what stands before a parenthesis gives its content on as it is. */
export function handsOn(callee: string): boolean {
  return KEYWORD.test(callee) || WRAPPER.test(callee);
}
