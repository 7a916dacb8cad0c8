import { findNodeAtOffset, type Node, parseTree } from 'jsonc-parser';

/** Which entry of a list an offset of a JSON text stands in: of the list under a name, or of the one that is the whole text. */
export function entryAt(text: string, at: number, list?: string): number | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const isList = (node: Node) =>
    node.type === 'array' && (list === undefined ? node === root : node.parent?.children?.[0]?.value === list);
  let node: Node | undefined = root && findNodeAtOffset(root, at, true);
  while (node && !(node.parent && isList(node.parent))) {
    node = node.parent;
  }
  const index = node ? (node.parent?.children ?? []).indexOf(node) : -1;
  return index < 0 ? undefined : index;
}
