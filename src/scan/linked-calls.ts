import type { Site } from './site';
import { LOOK_AHEAD, LOOK_BACK } from './site-reader';

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
  ].filter((p) => /^[A-Za-z_$][\w$]{1,60}$/.test(p));
  for (const id of identifiers) {
    const name = id.replace(/\$/g, '\\$');
    const made = new RegExp(
      `(?:^|[^\\w$.])${name}\\s*(?::=|=|:)\\s*(?:await\\s+)?(?:new\\s+)?&?([\\\\\\w$.:]{3,80}[({](?:[\\w.\\s]{0,40},\\s*)?["'\\w$]{0,40})`,
    ).exec(window);
    if (made?.[1]) {
      found.push(made[1]);
    }
    const { isPassed, isMember } = uses(window, id);
    const passed = isPassed
      ? new RegExp(`([\\w$.\\\\:]{3,80})\\((?:[^()'"]{0,160},)?\\s*(?:\\.\\.\\.|\\*\\*|&)?\\$?${name}\\b`).exec(window)
      : null;
    if (passed?.[1]) {
      found.push(passed[1]);
    }
    const member = isMember
      ? new RegExp(
          `([\\w$.\\\\:]{3,80})\\(\\s*(?:\\{|\\[|map\\[[^\\]]*\\][^{]{0,20}\\{)[^(){}]{0,200}[:=>]\\s*${name}\\b`,
        ).exec(window)
      : null;
    if (member?.[1]) {
      found.push(member[1]);
    }
  }
  return found;
}

const BEFORE_ARGUMENT = /[(,]\s*(?:\.\.\.|\*\*|&)?\$?$/;
const BEFORE_MEMBER = /[:=>]\s*$/;
/** Blanks between a mark and the name after it, beyond which nobody writes. */
const BLANKS = 200;
/** Characters between a call's parenthesis and the last argument or member that is looked at. */
const ARGUMENTS = 200;

/**
 * Whether a name may be an argument of a call, or a member's value within one: a look at what stands before each place of it
 * costs a hundredth of the expressions that read the call.
 */
function uses(window: string, id: string): { isPassed: boolean; isMember: boolean } {
  let isPassed = false;
  let isMember = false;
  for (let at = window.indexOf(id); at >= 0 && !(isPassed && isMember); at = window.indexOf(id, at + 1)) {
    const left = window.slice(Math.max(0, at - BLANKS), at);
    if (!isPassed) {
      const mark = BEFORE_ARGUMENT.exec(left);
      isPassed = mark !== null && reaches(window, at - left.length + mark.index, '(', `()'"`);
    }
    if (!isMember) {
      const mark = BEFORE_MEMBER.exec(left);
      isMember = mark !== null && reaches(window, at - left.length + mark.index - 1, '{(', '(){}');
    }
  }
  return { isPassed, isMember };
}

/** Whether the first of `stops` at or before `at` is one of `wanted`, and near. */
function reaches(window: string, at: number, wanted: string, stops: string): boolean {
  for (let i = at; i >= 0 && at - i <= ARGUMENTS; i--) {
    const c = window[i] as string;
    if (stops.includes(c)) {
      return wanted.includes(c);
    }
  }
  return false;
}
