import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { say } from '../words/say';
import { type PolicyProblem, problemAt } from './problem';

/** A JSON text with comments and trailing commas, read with the places of its parts. */
export interface Jsonc {
  readonly root: Node | undefined;
  /** Plain value; what could be read of it when `parsed` is false. */
  readonly value: unknown;
  readonly parsed: boolean;
  /** Mistakes of syntax, and names that stand twice. */
  readonly problems: PolicyProblem[];
}

/** Reads a text; it never throws. */
export function readJsonc(file: string, text: string): Jsonc {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  return { root, value: plain(root), parsed: errors.length === 0, problems: syntax(file, text, root, errors) };
}

/** Plain JSON value of a node. */
function plain(node: Node | undefined): unknown {
  switch (node?.type) {
    case 'object':
      return Object.fromEntries(
        (node.children ?? []).map((p) => [p.children?.[0]?.value as string, plain(p.children?.[1])]),
      );
    case 'array':
      return (node.children ?? []).map(plain);
    default:
      return node?.value as unknown;
  }
}

function syntax(file: string, text: string, root: Node | undefined, errors: readonly ParseError[]): PolicyProblem[] {
  const problems = errors.map((e) => {
    const near = /"(?:[^"\\]|\\.){0,40}"/.exec(text.slice(e.offset, e.offset + 60))?.[0];
    const what = printParseErrorCode(e.error);
    const said =
      what === 'CommaExpected'
        ? say('Expected a comma before {0}.', near && text.slice(e.offset).trimStart().startsWith(near) ? near : 'this')
        : what === 'ValueExpected'
          ? say('A value is missing here.')
          : what === 'CloseBraceExpected' || what === 'EndOfFileExpected'
            ? say('A closing brace is missing, or one too many.')
            : say('This is not JSON: {0}.', what.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());
    return problemAt(file, text, { offset: e.offset, length: Math.max(1, e.length) }, 'KWP-001', said);
  });
  const walk = (node: Node | undefined) => {
    const seen = new Set<string>();
    for (const property of node?.children ?? []) {
      if (node?.type === 'object') {
        const key = property.children?.[0];
        const name = String(key?.value);
        if (key && (seen.has(name) || ['__proto__', 'constructor', 'prototype'].includes(name))) {
          problems.push(
            problemAt(
              file,
              text,
              key,
              'KWP-003',
              seen.has(name)
                ? say('"{0}" stands there twice; readers keep only the last.', name)
                : say('"{0}" is not allowed as a name.', name),
            ),
          );
        }
        seen.add(name);
        walk(property.children?.[1]);
      } else {
        walk(property);
      }
    }
  };
  walk(root);
  return problems.slice(0, 20);
}
