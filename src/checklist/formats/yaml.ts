import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import type { Entry, Tree } from './tree';

const TEMPLATE = /\{\{[\s\S]*?\}\}/g;

/** Go templates blanked where they stand alone on a line, else overwritten, so that every other character keeps its place. */
function withoutTemplates(text: string): string {
  return text.replace(TEMPLATE, (expression, offset: number) => {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    const after = text.indexOf('\n', offset + expression.length);
    const rest = text.slice(offset + expression.length, after < 0 ? undefined : after);
    const before = text.slice(lineStart, offset);
    const alone = before.replace(TEMPLATE, '').trim() === '' && rest.replace(TEMPLATE, '').trim() === '';
    return expression.replace(/[^\n]/g, alone ? ' ' : 'x');
  });
}

/**
 * The documents of a YAML text, with aliases and merge keys resolved. Tags that only their own tool knows stay on the
 * scalar. A text with Go templates is read around them. `error` is the first complaint of the parser.
 */
export function readYaml(text: string): { readonly trees: readonly Tree[]; readonly error?: string } {
  const isTemplate = text.includes('{{');
  const parsed = parseAllDocuments(isTemplate ? withoutTemplates(text) : text, { logLevel: 'silent' });
  const documents: readonly Document[] = Array.isArray(parsed) ? parsed : [];
  const bad = documents.flatMap((d) => d.errors)[0];
  if (bad) {
    return { trees: [], error: bad.message.split('\n')[0] as string };
  }
  const trees = documents
    .filter((d) => d.contents !== null)
    .map((d) => converted(d.contents as Node, d, isTemplate ? text : undefined, new Map()));
  return { trees };
}

function converted(node: unknown, document: Document, source: string | undefined, known: Map<unknown, Tree>): Tree {
  if (isAlias(node)) {
    const target = node.resolve(document);
    return target
      ? converted(target, document, source, known)
      : { kind: 'scalar', at: node.range?.[0] ?? 0, value: null };
  }
  const before = known.get(node);
  if (before) {
    return before;
  }
  const start = (node as Node | null)?.range?.[0] ?? 0;
  if (isMap(node)) {
    const entries: Entry[] = [];
    const tree: Tree = { kind: 'map', at: start, entries };
    known.set(node, tree);
    const merged: Tree[] = [];
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? pair.key : undefined;
      const value = converted(pair.value, document, source, known);
      if (key?.value === '<<') {
        merged.push(...(value.kind === 'list' ? value.items : [value]));
      } else {
        entries.push({ key: String(key?.value ?? ''), at: key?.range?.[0] ?? start, value });
      }
    }
    for (const base of merged) {
      for (const entry of base.kind === 'map' && base !== tree ? base.entries : []) {
        if (!entries.some((e) => e.key === entry.key)) {
          entries.push(entry);
        }
      }
    }
    return tree;
  }
  if (isSeq(node)) {
    const items: Tree[] = [];
    const tree: Tree = { kind: 'list', at: start, items };
    known.set(node, tree);
    items.push(...node.items.map((item) => converted(item, document, source, known)));
    return tree;
  }
  return scalar(node, source);
}

function scalar(node: unknown, source: string | undefined): Tree {
  if (!isScalar(node)) {
    return { kind: 'scalar', at: (node as Node | null)?.range?.[0] ?? 0, value: null };
  }
  const [start = 0, end = 0] = node.range ?? [];
  const { value } = node;
  const tag = node.tag?.startsWith('!') ? node.tag : undefined;
  const written = source?.slice(start, end);
  if (written?.includes('{{')) {
    return { kind: 'scalar', at: start, value: written.replace(/^["']|["']$/g, ''), computed: true };
  }
  const plain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
      ? value
      : String(value);
  // Octal modes and versions keep their characters: 0400 is no 256.
  const kept = typeof plain === 'number' && node.source !== undefined ? node.source : plain;
  return { kind: 'scalar', at: start, value: kept, ...(tag ? { tag } : {}) };
}
