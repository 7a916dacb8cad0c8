import path from 'node:path';
import { type GitFile, type GitObjects, GitProblem, type ValueHistory } from './git-objects';
import { askGit } from './node-git';
import { readBlobs } from './node-git-blobs';
import { seenFrom } from './node-git-history';

const EMPTY = /^0+$/;
/** Mode of a submodule: its commit is no blob. */
const SUBMODULE = '160000';

async function words(root: string, args: readonly string[]): Promise<string | undefined> {
  return (await askGit(root, args))?.toString('utf8').trim();
}

/** Path of `root` in its work tree, ending in `/`; throws a GitProblem where there is none, or git is missing. */
async function prefixOf(root: string): Promise<string> {
  const prefix = await words(root, ['rev-parse', '--show-prefix']);
  if (prefix === undefined || (await words(root, ['rev-parse', '--is-inside-work-tree'])) !== 'true') {
    throw new GitProblem(
      (await words(root, ['--version'])) === undefined
        ? 'git is not installed, or not on PATH.'
        : 'this folder is in no git work tree (or git does not trust its owner: see safe.directory).',
    );
  }
  return prefix;
}

async function rawDiff(root: string, args: readonly string[], prefix: string): Promise<GitFile[]> {
  const out = await askGit(root, [
    'diff',
    '--raw',
    '-z',
    '--no-abbrev',
    '--no-ext-diff',
    '--ignore-submodules',
    ...args,
  ]);
  if (!out) {
    throw new GitProblem('git could not compare; is the revision right?');
  }
  const fields = out.toString('utf8').split('\0');
  const files: GitFile[] = [];
  for (let i = 0; i < fields.length - 1; ) {
    const [, mode, before, after, status] =
      /^:\d+ (\d+) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])/.exec(fields[i] as string) ?? [];
    const moved = status === 'R' || status === 'C';
    const file = fields[i + (moved ? 2 : 1)] as string;
    i += moved ? 3 : 2;
    if (status !== 'D' && status !== 'U' && mode !== SUBMODULE && before && after) {
      files.push({
        path: seenFrom(prefix, file),
        ...(EMPTY.test(after) ? {} : { oid: after }),
        ...(EMPTY.test(before) ? {} : { before }),
      });
    }
  }
  return files;
}

/** Files whose content in the index differs from HEAD, with both blobs. */
export async function stagedFiles(root: string): Promise<GitFile[]> {
  return rawDiff(root, ['--cached', '-M', '--diff-filter=ACMRT'], await prefixOf(root));
}

/** Files of the work tree that differ from where `revision` and HEAD parted, untracked ones included. */
export async function changedSince(root: string, revision: string): Promise<GitFile[]> {
  const prefix = await prefixOf(root);
  const base = await words(root, ['merge-base', '--end-of-options', revision, 'HEAD']);
  if (!base) {
    throw new GitProblem(`"${revision}" is no revision with a common history with HEAD.`);
  }
  const untracked = await askGit(root, ['ls-files', '-z', '--others', '--exclude-standard', '--full-name', ':/']);
  return [
    ...(await rawDiff(root, ['-M', '--diff-filter=ACMRT', base], prefix)),
    ...(untracked?.toString('utf8').split('\0').filter(Boolean) ?? []).map((file) => ({
      path: seenFrom(prefix, file),
    })),
  ];
}

/**
 * Looks a value up in every version of one file. The value is compared here, and is in no argument of git. Undefined when no
 * version holds it.
 */
export async function valueHistory(root: string, file: string, value: string): Promise<ValueHistory | undefined> {
  if (await words(root, ['config', '--get-regexp', '^(remote\\..*\\.promisor|extensions\\.partialclone)$'])) {
    return undefined;
  }
  const log = await askGit(root, [
    'log',
    '--all',
    '--raw',
    '-z',
    '--no-abbrev',
    '--no-renames',
    '--root',
    '--format=%x01%H %aI',
    '--',
    `:(literal)${file}`,
  ]);
  const versions: { oid: string; commit: string; date: string }[] = [];
  let commit = '';
  let date = '';
  for (const field of log?.toString('utf8').split('\0') ?? []) {
    const head = /\u0001([0-9a-f]{40,64}) (\S+)/.exec(field);
    if (head) {
      [, commit, date] = head as unknown as [string, string, string];
    }
    const oid = /:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]/.exec(field)?.[1];
    if (oid && !EMPTY.test(oid)) {
      versions.push({ oid, commit, date });
    }
  }
  const wanted = Buffer.from(value, 'utf8');
  const holding = new Set<string>();
  await readBlobs(root, [...new Set(versions.map((v) => v.oid))], (oid, bytes) => {
    if (bytes.includes(wanted)) {
      holding.add(oid);
    }
  });
  // Newest first: the last is the oldest.
  const first = versions.findLast((v) => holding.has(v.oid));
  return (
    first && {
      commit: first.commit,
      date: first.date,
      pushed: Boolean(await words(root, ['for-each-ref', '--count=1', '--contains', first.commit, 'refs/remotes'])),
    }
  );
}

/** Git's objects of a folder on this disk. */
export function gitObjects(root: string): GitObjects {
  return {
    indexFile: async () => {
      const file = await words(root, ['rev-parse', '--git-path', 'index']);
      return file && path.resolve(root, file);
    },
    staged: () => stagedFiles(root),
    read: (oids, visit, signal) => readBlobs(root, oids, visit, signal),
    valueHistory: (file, value) => valueHistory(root, file, value),
  };
}
