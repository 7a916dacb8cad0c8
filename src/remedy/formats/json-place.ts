import { findNodeAtOffset, getNodePath, type Node, parseTree } from 'jsonc-parser';
import type { Finding } from '../../scan/finding';
import { say } from '../../words/say';
import type { Refusal, TextChange } from '../plan';

/** The string of a JSON text in which a value stands. */
export interface JsonPlace {
  readonly path: readonly (string | number)[];
  readonly node: Node;
  /** The value is all that the string says. */
  readonly whole: boolean;
  readonly root: Node;
}

/** Finds the string; undefined in a comment, in a key or where the text doesn't parse that far. */
export function jsonPlace(text: string, { start, end }: Pick<Finding, 'start' | 'end'>): JsonPlace | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtOffset(root, start);
  if (!root || node?.type !== 'string' || end > node.offset + node.length) {
    return undefined;
  }
  if (node.parent?.type === 'property' && node.parent.children?.[0] === node) {
    return undefined;
  }
  const path = getNodePath(node);
  return { path, node, root, whole: start === node.offset + 1 && end === node.offset + node.length - 1 };
}

/** Removes a member with its comma, and the line that it had for itself. */
export function withoutMember(text: string, value: Node): TextChange | undefined {
  const member = value.parent;
  const object = member?.parent;
  if (member?.type !== 'property' || !object?.children) {
    return undefined;
  }
  const index = object.children.indexOf(member);
  const next = object.children[index + 1];
  const previous = object.children[index - 1];
  if (next) {
    return { start: member.offset, end: next.offset, text: '' };
  }
  if (previous) {
    return { start: previous.offset + previous.length, end: member.offset + member.length, text: '' };
  }
  const inside = object.offset + 1;
  const close = object.offset + object.length - 1;
  return text.slice(inside, close).includes('//') || text.slice(inside, close).includes('/*')
    ? { start: member.offset, end: member.offset + member.length, text: '' }
    : { start: inside, end: close, text: '' };
}

/** The refusal where a comment, a key or a broken text holds the value. */
export const notInString: Refusal = {
  refused: say('The value does not stand in a JSON string here.'),
  wayOut: say('Remove it by hand, and rotate the key.'),
};

/** The refusal where a member would have to go that says more than the value. */
export const partOfString: Refusal = {
  refused: say('The value is a part of a longer text here.'),
  wayOut: say('Let the program build the text from the variable, and remove the member.'),
};
