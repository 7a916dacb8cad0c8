import { applyEdits, modify } from 'jsonc-parser';
import { matchesGlob } from '../project/globs';
import type { IgnoreEntry } from '../scan/finding';
import { say } from '../words/say';
import validate from './generated/validate-ignore';
import { readJsonc } from './jsonc';
import { type PolicyProblem, problemAt } from './problem';
import { inWords } from './wording';

/** Where ignores stand for formats without comments (JSON, notebooks, binary formats), relative to the folder. */
export const ignoreFilePath = '.keyward/ignore.jsonc';

/** An entry as it is written. */
export interface WrittenEntry {
  readonly rule: string;
  /** Glob of files; an entry without one counts everywhere. */
  readonly file?: string;
  readonly fingerprint?: string;
  readonly reason: string;
  /** YYYY-MM-DD, inclusive. */
  readonly until?: string;
}

/** The ignore file of a folder. A file with a mistake ignores nothing: findings are shown rather than lost. */
export interface IgnoreFile {
  readonly entries: readonly (IgnoreEntry & Pick<WrittenEntry, 'file'>)[];
  readonly problems: readonly PolicyProblem[];
}

export const noIgnores: IgnoreFile = { entries: [], problems: [] };

/** The entries that count for one file, by its path in the folder. */
export function entriesFor({ entries }: IgnoreFile, path: string): IgnoreEntry[] {
  return entries.filter((e) => e.file === undefined || matchesGlob(path, e.file));
}

const PROPERTIES = ['rule', 'file', 'fingerprint', 'reason', 'until'];

/** Reads the text of an ignore file. */
export function readIgnoreFile(text: string, path: string = ignoreFilePath): IgnoreFile {
  const { root, value, parsed, problems } = readJsonc(path, text);
  if (!parsed || root?.type !== 'object') {
    const empty = { offset: 0, length: Math.min(1, text.length) };
    return {
      entries: [],
      problems: problems.length
        ? problems
        : [problemAt(path, text, empty, 'KWP-001', say('An ignore file is a JSON object with a list "ignore".'))],
    };
  }
  if (!validate(value)) {
    problems.push(...inWords(validate.errors ?? [], root, text, path, () => PROPERTIES));
    if (problems.length === 0) {
      problems.push(problemAt(path, text, root, 'KWP-105', say('An entry names a file or a fingerprint.')));
    }
  }
  if (problems.length > 0) {
    return { entries: [], problems };
  }
  const list = root.children?.find((p) => p.children?.[0]?.value === 'ignore')?.children?.[1]?.children ?? [];
  const written = (value as { readonly ignore: readonly WrittenEntry[] }).ignore;
  return {
    entries: written.map((entry, i) => ({
      ...entry,
      line: text.slice(0, list[i]?.offset ?? 0).split('\n').length - 1,
      source: path,
    })),
    problems: [],
  };
}

const START = `{
  // What Keyward ignores where no comment is possible. Each entry says why.
  "version": 1,
  "ignore": []
}
`;

/** The text with one more entry; it starts a file where there is none. Comments and layout stay. */
export function withEntry(text: string | undefined, entry: WrittenEntry): string {
  const before = text?.trim() ? text : START;
  const eol = before.includes('\r\n') ? '\r\n' : '\n';
  const edits = modify(before, ['ignore', -1], entry, {
    isArrayInsertion: true,
    formattingOptions: { insertSpaces: true, tabSize: 2, eol },
  });
  return applyEdits(before, edits);
}
