import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Tree } from './tree';

/** A JSON text; comments and trailing commas are allowed. `error` is the first complaint of the parser. */
export function readJson(text: string): { readonly trees: readonly Tree[]; readonly error?: string } {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [bad] = errors;
  if (bad) {
    return { trees: [], error: printParseErrorCode(bad.error) };
  }
  return { trees: root ? [converted(root)] : [] };
}

function converted(node: Node): Tree {
  if (node.type === 'object') {
    return {
      kind: 'map',
      at: node.offset,
      entries: (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
        key && value ? [{ key: String(key.value), at: key.offset, value: converted(value) }] : [],
      ),
    };
  }
  if (node.type === 'array') {
    return { kind: 'list', at: node.offset, items: (node.children ?? []).map(converted) };
  }
  return { kind: 'scalar', at: node.offset, value: node.value as string | number | boolean | null };
}
