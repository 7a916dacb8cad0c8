import ignore from 'ignore';
import { say } from '../words/say';
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

/** Lines for a file that holds values: out of git, out of images that copy the folder, and out of published packages. */
export function ignoreLines(facts: ProjectFacts, file: string): FileChange[] {
  const git = gitIgnoreLine(facts, file);
  return [...(git ? [git] : []), ...dockerIgnoreLines(facts, file), ...npmIgnoreLine(facts, file)];
}

/** npm takes `.gitignore` where there is no `.npmignore`. */
function npmIgnoreLine(facts: ProjectFacts, file: string): FileChange[] {
  const folder = facts.packageRoot;
  const target = within(folder, '.npmignore');
  const text = facts.text(target);
  if (text === undefined || !isUnder(file, folder) || isCovered(facts, '.npmignore', file)) {
    return [];
  }
  return [{ file: target, purpose: 'ignore', changes: [appended(text, [file.slice(folder ? folder.length + 1 : 0)])] }];
}

const isUnder = (file: string, folder: string) => folder === '' || file.startsWith(`${folder}/`);

/** A Dockerfile that copies its whole folder. */
const COPIES = /^[ \t]*(?:COPY|ADD)[ \t]+(?:--\S+[ \t]+)*(?:\.\/?|\*)[ \t]/im;

/** Each folder that images are built from: the ones with a `.dockerignore`, and those that a Dockerfile copies whole. */
function dockerIgnoreLines(facts: ProjectFacts, file: string): FileChange[] {
  const changes: FileChange[] = [];
  for (const folder of new Set(['', facts.packageRoot, folderOf(file)])) {
    const target = within(folder, '.dockerignore');
    const text = facts.text(target);
    const copied = COPIES.test(facts.text(within(folder, 'Dockerfile')) ?? '');
    if ((text === undefined && !copied) || !isUnder(file, folder)) {
      continue;
    }
    const inFolder = file.slice(folder ? folder.length + 1 : 0);
    if (!dockerIgnores(text ?? '', inFolder)) {
      changes.push({
        file: target,
        purpose: 'ignore',
        ...(text === undefined ? { create: true } : {}),
        changes: [appended(text ?? '', [inFolder])],
      });
    }
  }
  return changes;
}

/** Docker's patterns begin at the folder: `.env` covers no `bot/.env`. Source: docs.docker.com, ".dockerignore files". */
function dockerIgnores(text: string, file: string): boolean {
  const rooted = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => (line.startsWith('!') ? `!/${line.slice(1).replace(/^\/+/, '')}` : `/${line.replace(/^\/+/, '')}`));
  return ignore().add(rooted).ignores(file);
}

/** A word when the list of published files of package.json would publish a file that holds values. */
export function publishes(facts: ProjectFacts, file: string): string | undefined {
  const listed = facts.manifest?.files;
  const folder = facts.packageRoot;
  if (!listed || !isUnder(file, folder)) {
    return undefined;
  }
  const inFolder = file.slice(folder ? folder.length + 1 : 0);
  const entries = listed.map((e) => e.replace(/^\.?\//, '')).filter((e) => e !== '' && e !== '.');
  const all = listed.some((e) => /^(?:\.|\.\/|\*\*?|\*\*\/\*)$/.test(e));
  return all ||
    (entries.length > 0 &&
      ignore()
        .add(entries.map((e) => `/${e}`))
        .ignores(inFolder))
    ? say(
        '"files" of package.json publishes {0}: take it out of the list, for npm asks no ignore file about it.',
        inFolder,
      )
    : undefined;
}
