import { readJson } from './json';
import type { Entry, Tree } from './tree';

/**
 * A reader for the part of HashiCorp's language that tells what a file configures: blocks with labels, attributes, lists,
 * objects, strings, heredocs and `jsonencode`. Whatever is computed stays as its text, marked so. Source: the HCL native
 * syntax specification.
 */
class Reader {
  #at = 0;

  constructor(readonly text: string) {}

  /** Attributes and blocks up to a closing brace, or to the end of the file. */
  body(inBraces: boolean): Entry[] {
    const entries: Entry[] = [];
    for (;;) {
      this.#blank(true);
      if (this.#at >= this.text.length) {
        if (inBraces) {
          throw new Error('a brace is not closed');
        }
        return entries;
      }
      if (inBraces && this.#take('}')) {
        return entries;
      }
      entries.push(this.#statement());
    }
  }

  #statement(): Entry {
    const at = this.#at;
    const key = this.#name();
    if (key === undefined) {
      throw new Error(`a name is missing at offset ${this.#at}`);
    }
    this.#blank(false);
    if (/^[=:](?!=)/.test(this.text.slice(this.#at, this.#at + 2))) {
      this.#at++;
      return { key, at, value: this.#expression('\n') };
    }
    const labels: string[] = [];
    for (;;) {
      this.#blank(false);
      if (this.#take('{')) {
        return { key, at, value: { kind: 'map', at, labels, entries: this.body(true) } };
      }
      const label = this.#name();
      if (label === undefined) {
        throw new Error(`a block has no brace at offset ${this.#at}`);
      }
      labels.push(label);
    }
  }

  /** An identifier, or a quoted name. */
  #name(): string | undefined {
    const m = /^(?:[A-Za-z_][\w-]*|"(?:[^"\\\n]|\\.)*"|\([^)\n]*\))/.exec(this.text.slice(this.#at, this.#at + 400));
    if (!m) {
      return undefined;
    }
    this.#at += m[0].length;
    return m[0].replace(/^"|"$/g, '');
  }

  /** The value of an attribute or an item; `closers` are the characters that end it outside of brackets. */
  #expression(closers: string): Tree {
    this.#blank(closers !== '\n');
    const start = this.#at;
    const literal = this.#literal();
    if (literal) {
      this.#blank(false);
      const next = this.text[this.#at];
      if (next === undefined || /[\n,}\])]/.test(next) || this.#comment()) {
        return literal;
      }
    }
    this.#at = start;
    this.#skipExpression(closers);
    return { kind: 'scalar', at: start, value: this.text.slice(start, this.#at).trim(), computed: true };
  }

  #literal(): Tree | undefined {
    const at = this.#at;
    const rest = this.text.slice(at, at + 60);
    if (this.#take('[')) {
      return /^\[\s*for\b/.test(rest) ? undefined : { kind: 'list', at, items: this.#items() };
    }
    if (this.#take('{')) {
      return /^\{\s*for\b/.test(rest) ? undefined : { kind: 'map', at, entries: this.#members() };
    }
    if (rest.startsWith('<<')) {
      return this.#heredoc(at);
    }
    if (rest.startsWith('"')) {
      const end = this.#stringEnd(at);
      this.#at = end;
      const value = this.text.slice(at + 1, end - 1);
      return { kind: 'scalar', at, value, ...(/[$%]\{/.test(value) ? { computed: true } : {}) };
    }
    const word = /^(?:true|false|null|-?\d+(?:\.\d+)?)(?![\w.(])/.exec(rest)?.[0];
    if (word) {
      this.#at += word.length;
      return { kind: 'scalar', at, value: JSON.parse(word) as boolean | number | null };
    }
    if (/^(?:jsonencode|yamlencode|toset|tolist)\(/.test(rest)) {
      this.#at += rest.indexOf('(') + 1;
      const inner = this.#expression(',)');
      this.#blank(true);
      return this.#take(')') ? inner : undefined;
    }
    return undefined;
  }

  #items(): Tree[] {
    const items: Tree[] = [];
    for (;;) {
      this.#blank(true);
      if (this.#take(']')) {
        return items;
      }
      items.push(this.#expression(',]'));
      this.#blank(true);
      this.#take(',');
    }
  }

  #members(): Entry[] {
    const entries: Entry[] = [];
    for (;;) {
      this.#blank(true);
      if (this.#take('}')) {
        return entries;
      }
      const at = this.#at;
      const key = this.#name();
      this.#blank(false);
      if (key === undefined || !/[=:]/.test(this.text[this.#at] ?? '')) {
        throw new Error(`an object's name is missing at offset ${at}`);
      }
      this.#at++;
      entries.push({ key, at, value: this.#expression(',}\n') });
      this.#blank(true);
      this.#take(',');
    }
  }

  #heredoc(at: number): Tree | undefined {
    const head = /^<<-?([A-Za-z_]\w*)[ \t]*\r?\n/.exec(this.text.slice(at, at + 100));
    if (!head) {
      return undefined;
    }
    const start = at + head[0].length;
    const end = new RegExp(`^[ \\t]*${head[1]}[ \\t]*$`, 'm').exec(this.text.slice(start));
    if (!end) {
      throw new Error('a heredoc is not closed');
    }
    this.#at = start + end.index + end[0].length;
    const value = this.text.slice(start, start + end.index);
    const document = /^\s*\{/.test(value) ? readJson(value).trees[0] : undefined;
    return document
      ? moved(document, start)
      : { kind: 'scalar', at: start, value, ...(/[$%]\{/.test(value) ? { computed: true } : {}) };
  }

  #skipExpression(closers: string): void {
    let depth = 0;
    while (this.#at < this.text.length) {
      const c = this.text[this.#at] as string;
      if (c === '"') {
        this.#at = this.#stringEnd(this.#at);
        continue;
      }
      if (this.#comment()) {
        this.#blank(false);
        continue;
      }
      if (depth === 0 && (closers.includes(c) || /[}\])]/.test(c))) {
        return;
      }
      depth += /[{[(]/.test(c) ? 1 : /[}\])]/.test(c) ? -1 : 0;
      this.#at++;
    }
  }

  /** The offset after a string that begins at `start`; `${…}` may hold strings of its own. */
  #stringEnd(start: number): number {
    let depth = 0;
    for (let i = start + 1; i < this.text.length; i++) {
      const c = this.text[i];
      if (c === '\\' && depth === 0) {
        i++;
      } else if ((c === '$' || c === '%') && this.text[i + 1] === '{') {
        depth++;
        i++;
      } else if (c === '}' && depth > 0) {
        depth--;
      } else if (c === '"') {
        if (depth === 0) {
          return i + 1;
        }
        i = this.#stringEnd(i) - 1;
      } else if (c === '\n' && depth === 0) {
        break;
      }
    }
    throw new Error(`a string is not closed at offset ${start}`);
  }

  #comment(): boolean {
    return /^(?:#|\/\/|\/\*)/.test(this.text.slice(this.#at, this.#at + 2));
  }

  /** Skips spaces and comments, and line ends too when `lines` says so. */
  #blank(lines: boolean): void {
    const rule = lines
      ? /(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
      : /(?:[ \t\r]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    rule.lastIndex = this.#at;
    this.#at += rule.exec(this.text)?.[0].length ?? 0;
  }

  #take(c: string): boolean {
    if (this.text[this.#at] !== c) {
      return false;
    }
    this.#at++;
    return true;
  }
}

/** The same tree with its places moved: a document that stands inside of another. */
function moved(tree: Tree, by: number): Tree {
  if (tree.kind === 'list') {
    return { ...tree, at: tree.at + by, items: tree.items.map((t) => moved(t, by)) };
  }
  if (tree.kind === 'map') {
    return {
      ...tree,
      at: tree.at + by,
      entries: tree.entries.map((e) => ({ ...e, at: e.at + by, value: moved(e.value, by) })),
    };
  }
  return { ...tree, at: tree.at + by };
}

/** A Terraform, OpenTofu or HCL text as one map; blocks are entries whose maps have labels. */
export function readHcl(text: string): { readonly trees: readonly Tree[]; readonly error?: string } {
  try {
    return { trees: [{ kind: 'map', at: 0, entries: new Reader(text).body(false) }] };
  } catch (error) {
    return { trees: [], error: error instanceof Error ? error.message : 'it does not parse' };
  }
}
