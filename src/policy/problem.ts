import type { Node } from 'jsonc-parser';

/** One thing wrong with a policy file, at its exact place, in the words of a person. */
export interface PolicyProblem {
  /** Stable code, `KWP-102`. */
  readonly code: string;
  readonly message: string;
  /** Path of the policy file. */
  readonly file: string;
  /** Offsets in the file's text. */
  readonly start: number;
  readonly end: number;
  /** One-based. */
  readonly line: number;
  readonly column: number;
  /** The policy can't be used. */
  readonly fatal: boolean;
}

/** Makes a problem at a node, or at a range of the text. */
export function problemAt(
  file: string,
  text: string,
  at: Pick<Node, 'offset' | 'length'>,
  code: string,
  message: string,
  fatal = true,
): PolicyProblem {
  const before = text.slice(0, at.offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return {
    code,
    message,
    file,
    start: at.offset,
    end: at.offset + at.length,
    line: before.split('\n').length,
    column: at.offset - lineStart + 1,
    fatal,
  };
}
