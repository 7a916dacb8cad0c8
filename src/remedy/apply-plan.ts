import { say } from '../words/say';
import type { FileChange, TextChange } from './plan';

/** The text after the changes; insertions at one offset keep their order. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  const sorted = changes
    .map((c, i) => ({ c, i }))
    .sort((a, b) => a.c.start - b.c.start || a.c.end - b.c.end || a.i - b.i);
  let out = '';
  let at = 0;
  for (const { c } of sorted) {
    if (c.start < at) {
      throw new Error(say('Two changes of a plan overlap.'));
    }
    out += text.slice(at, c.start) + c.text;
    at = c.end;
  }
  return out + text.slice(at);
}

/** Each changed file's new text, in the plan's order. `textOf` gives the present one, undefined for a file that is to be created. */
export function applyPlan(
  changes: readonly FileChange[],
  textOf: (file: string) => string | undefined,
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const change of changes) {
    const before = texts.get(change.file) ?? textOf(change.file) ?? '';
    texts.set(change.file, applyChanges(before, change.changes));
  }
  return texts;
}
