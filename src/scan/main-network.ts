import { lineStart } from './literal';
import type { Site } from './site';

const NAMED = /main-?net/i;
/** A setting that leads to a main network: an endpoint, a network, a cluster, a chain id. */
const SETTING =
  /(?:https?|wss?):\/\/[^\s"'`]*main-?net|(?:network|chain|cluster)\w*["']?\s*[:=]\s*["']?[\w.]*main-?net|chain_?id["']?\s*[:=]\s*["']?(?:1|0x1)\b/i;
/** A file of variables is one environment: the variable that chooses its network. */
const ENVIRONMENT = /(?:^|[/.])env(?:\.[\w-]+)*$/i;
const CHOSEN =
  /^[ \t]*(?:export[ \t]+)?(?:[A-Z]+_)?(?:NETWORK|CHAIN|CLUSTER|CHAIN_?ID)[ \t]*=[ \t]*["']?(?:[\w.-]*main-?net[\w-]*|1|0x1)\b/im;
/** A network's block is no longer. */
const REACH = 1500;
const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

function opener(text: string, at: number, floor: number): number {
  let depth = 0;
  for (let i = at - 1; i >= floor; i--) {
    const c = text[i] as string;
    if (c === '}' || c === ')' || c === ']') {
      depth++;
    } else if (c in CLOSERS && depth-- === 0) {
      return i;
    }
  }
  return -1;
}

/** What a block holds itself: the blocks inside it, other than the one around `at`, are left out. */
function ownText(text: string, open: number, at: number): string {
  let own = '';
  let depth = 0;
  for (let i = open + 1; i < Math.min(text.length, open + 2 * REACH); i++) {
    const c = text[i] as string;
    if (c === '{') {
      depth++;
    } else if (c === '}' && depth-- === 0) {
      break;
    }
    if (depth <= 0 || i === at) {
      own += c;
    }
  }
  return own;
}

function callText(text: string, open: number): string {
  let depth = 0;
  for (let i = open; i < Math.min(text.length, open + REACH); i++) {
    depth += text[i] === '(' ? 1 : text[i] === ')' ? -1 : 0;
    if (depth === 0) {
      return text.slice(open, i);
    }
  }
  return '';
}

/** Lines of a YAML mapping or of an INI or TOML section around `at`; empty where there is neither. */
function sectionText(text: string, at: number): string {
  const line = lineStart(text, at, at - REACH);
  const indent = /^[ \t]*/.exec(text.slice(line, at))?.[0].length ?? 0;
  const isInside = (l: string) => l.trim() !== '' && !/^\s*\[/.test(l) && /^[ \t]*/.exec(l)?.[0].length === indent;
  const before = text
    .slice(Math.max(0, line - REACH), line)
    .split('\n')
    .slice(0, -1);
  const after = text.slice(line, line + REACH).split('\n');
  let top = before.length;
  while (top > 0 && isInside(before[top - 1] as string)) {
    top--;
  }
  if (indent === 0 && !/^\s*\[/.test(before[top - 1] ?? '')) {
    return '';
  }
  let bottom = 1;
  while (bottom < after.length && isInside(after[bottom] as string)) {
    bottom++;
  }
  return [...before.slice(top), ...after.slice(0, bottom)].join('\n');
}

/**
 * True when the network block, the call, the command or the variable that holds a value names a main network. Elsewhere
 * in the same file it says nothing: most configurations name all networks.
 */
export function isOnMainNetwork(text: string, site: Site, fileName: string): boolean {
  if ([...site.names.map((n) => n.text), ...site.parents].some((n) => NAMED.test(n))) {
    return true;
  }
  const at = site.literal.outer;
  if (ENVIRONMENT.test(fileName)) {
    return CHOSEN.test(text.slice(Math.max(0, at - REACH), at + REACH));
  }
  if (site.names[0]?.bond === 'flag') {
    const end = text.indexOf('\n', at);
    const command = text.slice(lineStart(text, at, at - REACH), end < 0 ? at + REACH : Math.min(end, at + REACH));
    return SETTING.test(command);
  }
  const floor = Math.max(0, at - REACH);
  let inner = at;
  let blocks = 0;
  for (let open = opener(text, at, floor); open >= 0 && blocks < 2; open = opener(text, open, floor)) {
    if (text[open] === '(') {
      const call = callText(text, open);
      return SETTING.test(call) || /["'`]\w*main-?net\w*["'`]/i.test(call);
    }
    if (text[open] === '{') {
      blocks++;
      if (SETTING.test(ownText(text, open, inner))) {
        return true;
      }
    }
    inner = open;
  }
  return blocks === 0 && SETTING.test(sectionText(text, at));
}
