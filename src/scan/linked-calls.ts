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
    const passed = new RegExp(
      `([\\w$.\\\\:]{3,80})\\((?:[^()'"]{0,160},)?\\s*(?:\\.\\.\\.|\\*\\*|&)?\\$?${name}\\b`,
    ).exec(window);
    if (passed?.[1]) {
      found.push(passed[1]);
    }
    const member = new RegExp(
      `([\\w$.\\\\:]{3,80})\\(\\s*(?:\\{|\\[|map\\[[^\\]]*\\][^{]{0,20}\\{)[^(){}]{0,200}[:=>]\\s*${name}\\b`,
    ).exec(window);
    if (member?.[1]) {
      found.push(member[1]);
    }
  }
  return found;
}
