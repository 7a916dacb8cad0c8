import ignore from 'ignore';
import { appended } from './env-file';
import type { FileChange } from './plan';
import type { ProjectFacts } from './project-facts';

const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '');
const within = (folder: string, name: string) => (folder ? `${folder}/${name}` : name);

/** Folders from the one that holds a file up to the project's root. */
function foldersUp(file: string): string[] {
  const folders = [];
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    folders.push(folder);
    if (!folder) {
      return folders;
    }
  }
}

/** Whether the ignore files named `name` cover a file, the nearest having the last word. */
function isCovered(facts: ProjectFacts, name: string, file: string): boolean {
  for (const folder of foldersUp(file)) {
    const text = facts.text(within(folder, name));
    if (text === undefined) {
      continue;
    }
    const verdict = ignore()
      .add(text)
      .test(folder ? file.slice(folder.length + 1) : file);
    if (verdict.ignored || verdict.unignored) {
      return verdict.ignored;
    }
  }
  return false;
}

/** Whether a file stays out of the repository: untracked, and an ignore rule covers it. */
export function isKeptOut(facts: ProjectFacts, file: string): boolean {
  return !facts.git?.isTracked(file) && (facts.git?.isIgnored(file) || isCovered(facts, '.gitignore', file));
}

/** The line that `.gitignore` lacks for a file to be kept out of git, in the nearest `.gitignore` or a new one at the root. */
function gitIgnoreLine(facts: ProjectFacts, file: string): FileChange | undefined {
  if (isKeptOut(facts, file)) {
    return undefined;
  }
  const folder = foldersUp(file).find((f) => facts.text(within(f, '.gitignore')) !== undefined) ?? '';
  const target = within(folder, '.gitignore');
  const text = facts.text(target);
  const line =
    folder === folderOf(file) ? file.slice(file.lastIndexOf('/') + 1) : file.slice(folder ? folder.length + 1 : 0);
  return {
    file: target,
    purpose: 'ignore',
    ...(text === undefined ? { create: true } : {}),
    changes: [appended(text ?? '', [line])],
  };
}

/** Lines for a file that holds values: out of git, and out of images and packages that have an ignore file of their own. */
export function ignoreLines(facts: ProjectFacts, file: string): FileChange[] {
  const changes: FileChange[] = [];
  const git = gitIgnoreLine(facts, file);
  if (git) {
    changes.push(git);
  }
  for (const name of ['.dockerignore', '.npmignore']) {
    const folder = facts.packageRoot;
    const target = within(folder, name);
    const text = facts.text(target);
    if (text !== undefined && file.startsWith(folder) && !isCovered(facts, name, file)) {
      const line = file.slice(folder ? folder.length + 1 : 0);
      changes.push({ file: target, purpose: 'ignore', changes: [appended(text, [line])] });
    }
  }
  return changes;
}
