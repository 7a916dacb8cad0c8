import { type AST, getStaticTOMLValue, parseTOML, traverseNodes } from 'toml-eslint-parser';
import type { Finding } from '../../scan/finding';

/** The string of a TOML text in which a value stands. */
export interface TomlPlace {
  readonly path: readonly (string | number)[];
  readonly whole: boolean;
}

/** Finds the string; undefined in a comment or where the text doesn't parse. */
export function tomlPlace(text: string, { start, end }: Pick<Finding, 'start' | 'end'>): TomlPlace | undefined {
  let ast: ReturnType<typeof parseTOML>;
  try {
    ast = parseTOML(text);
  } catch {
    return undefined;
  }
  let found: TomlPlace | undefined;
  traverseNodes(ast, {
    enterNode(node) {
      if (node.type === 'TOMLValue' && node.kind === 'string' && node.range[0] <= start && end <= node.range[1]) {
        const path: (string | number)[] = [];
        for (let at = node as AST.TOMLNode | null; at; at = at.parent ?? null) {
          if (at.type === 'TOMLKeyValue') {
            path.unshift(...getStaticTOMLValue(at.key));
          } else if (at.type === 'TOMLTable') {
            path.unshift(...at.resolvedKey);
          }
        }
        found = { path, whole: node.value === text.slice(start, end) };
      }
    },
    leaveNode() {
      // The traverser asks for both.
    },
  });
  return found;
}
