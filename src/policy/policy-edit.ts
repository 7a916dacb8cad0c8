import { applyEdits, type JSONPath, modify, type Node, parseTree } from 'jsonc-parser';

/** A policy's text with a value set at a path, or taken away; comments and layout stay. */
export function withValue(text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const formattingOptions = { insertSpaces: !/\n\t/.test(text), tabSize: 2, eol };
  return applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }));
}

/** The same with one more item at the end of a list, which is made where there is none. */
export function withItem(text: string, list: JSONPath, item: unknown): string {
  return withValue(text, [...list, -1], item, true);
}

/** What a policy's text or an inventory file holds, as plain values; undefined where it holds nothing readable. */
export function plainValue(text: string): unknown {
  return plain(parseTree(text, [], { allowTrailingComma: true }));
}

function plain(node: Node | undefined): unknown {
  return node?.type === 'object'
    ? Object.fromEntries((node.children ?? []).map((p) => [String(p.children?.[0]?.value), plain(p.children?.[1])]))
    : node?.type === 'array'
      ? (node.children ?? []).map(plain)
      : node?.value;
}
