import ignore from 'ignore';
import { appended } from './env-file';
import type { FileChange } from './plan';

/** Files that tell coding agents what they must not read: Cursor, Gemini Code Assist, Windsurf, Aider, JetBrains, Cline, Roo. */
export const agentIgnoreFiles = [
  '.cursorignore',
  '.aiexclude',
  '.codeiumignore',
  '.aiderignore',
  '.aiignore',
  '.clineignore',
  '.rooignore',
];
/** Those to make where a project has none of them. */
const USUAL = ['.cursorignore', '.aiexclude', '.codeiumignore'];

/** Lines that keep agents away from an env file: in the ignore files that a project has, else in the usual ones. */
export function planAgentIgnores(text: (file: string) => string | undefined, envFile: string): FileChange[] {
  const present = agentIgnoreFiles.filter((f) => text(f) !== undefined);
  const changes: FileChange[] = [];
  for (const file of present.length > 0 ? present : USUAL) {
    const before = text(file);
    if (
      !ignore()
        .add(before ?? '')
        .ignores(envFile)
    ) {
      const create = before === undefined ? { create: true } : {};
      changes.push({ file, purpose: 'ignore', ...create, changes: [appended(before ?? '', [envFile])] });
    }
  }
  return changes;
}
