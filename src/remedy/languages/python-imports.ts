import { lineEndOf } from '../env-file';
import type { TextChange } from '../plan';

/** Where imports go: after shebang, coding line, comments, docstring and `from __future__`. */
export function importPlace(text: string): number {
  const head =
    /^(?:\uFEFF)?(?:#[^\n]*\n|[ \t]*\r?\n)*(?:(?:[rRuU]?(?:"""[\s\S]*?"""|'''[\s\S]*?''')|"[^"\n]*"|'[^'\n]*')[ \t]*\r?\n(?:[ \t]*\r?\n)*)?(?:(?:[ \t]*#[^\n]*\n|[ \t]*\r?\n)*from __future__ import [^\n]*\n)*/.exec(
      text,
    );
  return head?.[0].length ?? 0;
}

/** `import module`, where the file lacks it; an import inside of a function is that function's. */
export function imported(text: string, module: string): TextChange[] {
  const known = new RegExp(
    `^\\uFEFF?import\\s+(?:[\\w.]+(?:\\s+as\\s+\\w+)?\\s*,\\s*)*${module}\\b(?!\\.|\\s+as\\b)`,
    'm',
  );
  if (known.test(text)) {
    return [];
  }
  const at = importPlace(text);
  const eol = lineEndOf(text);
  const follows = /^\s*(?:import|from)\s/.test(text.slice(at, at + 200));
  if (follows) {
    return [{ start: at, end: at, text: `import ${module}${eol}` }];
  }
  // A blank line on both sides, where there is none.
  const lead = /[^\s\uFEFF][^\n]*\n$/.test(text.slice(Math.max(0, at - 200), at)) ? eol : '';
  const tail = /^\r?\n/.test(text.slice(at)) ? '' : eol;
  return [{ start: at, end: at, text: `${lead}import ${module}${eol}${tail}` }];
}
