import { spawn } from 'node:child_process';
import {
  type GitFile,
  type GitObjects,
  GitProblem,
  type HistoryBlob,
  type Introduction,
  type ValueHistory,
} from './git-objects';
import { gitEnvironment, runGit, safeGit } from './node-git';

const EMPTY = /^0+$/;
/** Mode of a submodule: its commit is no blob. */
const SUBMODULE = '160000';

function words(root: string, args: readonly string[]): string | undefined {
  return runGit(root, args)?.toString('utf8').trim();
}

/** Top folder of the repository that holds `root`; throws a GitProblem where there is none, or git is missing. */
export function repositoryOf(root: string): {
  readonly top: string;
  readonly prefix: string;
  readonly shallow: boolean;
} {
  const top = words(root, ['rev-parse', '--show-toplevel']);
  if (top === undefined) {
    throw new GitProblem(
      words(root, ['--version']) === undefined
        ? 'git is not installed, or not on PATH.'
        : 'this folder is in no git work tree (or git does not trust its owner: see safe.directory).',
    );
  }
  return {
    top,
    prefix: words(root, ['rev-parse', '--show-prefix']) ?? '',
    shallow: words(root, ['rev-parse', '--is-shallow-repository']) === 'true',
  };
}

/** A partial clone lacks blobs, and reading one would fetch it from the network. */
function demandWhole(root: string): void {
  const promisor = words(root, ['config', '--get-regexp', '^(remote\\..*\\.promisor|extensions\\.partialclone)$']);
  if (promisor) {
    throw new GitProblem(
      'this is a partial clone: its missing objects would have to be fetched. Run git fetch --refetch --no-filter, or scan a full clone.',
    );
  }
}

/** `src/a.ts` in the repository as seen from a folder of it. */
function seenFrom(prefix: string, path: string): string {
  if (path.startsWith(prefix)) {
    return path.slice(prefix.length);
  }
  return '../'.repeat(prefix.split('/').length - 1) + path;
}

function rawDiff(root: string, args: readonly string[], prefix: string): GitFile[] {
  const out = runGit(root, ['diff', '--raw', '-z', '--no-abbrev', '--no-ext-diff', '--ignore-submodules', ...args]);
  if (!out) {
    throw new GitProblem('git could not compare; is the revision right?');
  }
  const fields = out.toString('utf8').split('\0');
  const files: GitFile[] = [];
  for (let i = 0; i < fields.length - 1; ) {
    const [, mode, before, after, status] =
      /^:\d+ (\d+) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])/.exec(fields[i] as string) ?? [];
    const moved = status === 'R' || status === 'C';
    const path = fields[i + (moved ? 2 : 1)] as string;
    i += moved ? 3 : 2;
    if (status !== 'D' && status !== 'U' && mode !== SUBMODULE && before && after) {
      files.push({
        path: seenFrom(prefix, path),
        ...(EMPTY.test(after) ? {} : { oid: after }),
        ...(EMPTY.test(before) ? {} : { before }),
      });
    }
  }
  return files;
}

/** Files whose content in the index differs from HEAD, with both blobs. */
export function stagedFiles(root: string): GitFile[] {
  const { prefix } = repositoryOf(root);
  return rawDiff(root, ['--cached', '-M', '--diff-filter=ACMRT'], prefix);
}

/** Files of the work tree that differ from where `revision` and HEAD parted, untracked ones included. */
export function changedSince(root: string, revision: string): GitFile[] {
  const { prefix } = repositoryOf(root);
  const base = words(root, ['merge-base', '--end-of-options', revision, 'HEAD']);
  if (!base) {
    throw new GitProblem(`"${revision}" is no revision with a common history with HEAD.`);
  }
  const untracked = runGit(root, ['ls-files', '-z', '--others', '--exclude-standard', '--full-name', ':/']);
  return [
    ...rawDiff(root, ['-M', '--diff-filter=ACMRT', base], prefix),
    ...(untracked?.toString('utf8').split('\0').filter(Boolean) ?? []).map((path) => ({
      path: seenFrom(prefix, path),
    })),
  ];
}

/** Every blob that a range (or, without one, any ref, the reflog's tips excepted) reaches, once, in the order of the packs. */
export function historyBlobs(root: string, range: string | undefined): HistoryBlob[] {
  demandWhole(root);
  const { prefix } = repositoryOf(root);
  const listed = runGit(root, ['rev-list', '--objects', ...(range ? ['--end-of-options', range] : ['--all'])]);
  if (!listed) {
    throw new GitProblem(range ? `"${range}" is no range of commits.` : 'the history could not be read.');
  }
  const paths = new Map<string, string>();
  for (const line of listed.toString('utf8').split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0 && space < line.length - 1) {
      paths.set(line.slice(0, space), line.slice(space + 1));
    }
  }
  const stored = runGit(root, [
    'cat-file',
    '--batch-all-objects',
    '--unordered',
    '--batch-check=%(objectname) %(objecttype)',
  ]);
  const blobs: HistoryBlob[] = [];
  for (const line of stored?.toString('utf8').split('\n') ?? []) {
    const [oid, type] = line.split(' ');
    const path = oid && type === 'blob' ? paths.get(oid) : undefined;
    if (oid && path !== undefined) {
      blobs.push({ oid, path: seenFrom(prefix, path) });
    }
  }
  return blobs;
}

/** Calls `visit` for each blob, in the order asked; a blob that is missing is passed over. `signal` ends it. */
export async function readBlobs(
  root: string,
  oids: readonly string[],
  visit: (oid: string, bytes: Buffer) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  if (oids.length === 0) {
    return;
  }
  const child = spawn('git', [...safeGit, 'cat-file', '--batch', '--buffer'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: gitEnvironment(),
    ...(signal ? { signal } : {}),
  });
  child.stdin.on('error', () => {});
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  failed.catch(() => {});
  child.stdin.end(`${oids.join('\n')}\n`);
  const reading = (async () => {
    let pending: Buffer[] = [];
    let length = 0;
    let wanted = -1;
    let oid = '';
    const take = (n: number): Buffer => {
      const all = pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending, length);
      pending = all.length > n ? [all.subarray(n)] : [];
      length = all.length - n;
      return all.subarray(0, n);
    };
    for await (const chunk of child.stdout) {
      pending.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      for (;;) {
        if (wanted < 0) {
          const all = pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending, length);
          pending = [all];
          const newline = all.indexOf(10);
          if (newline < 0) {
            break;
          }
          const head = take(newline + 1)
            .toString('utf8')
            .trim()
            .split(' ');
          if (head[1] === 'missing') {
            continue;
          }
          oid = head[0] as string;
          wanted = Number(head[2]);
        }
        if (length < wanted + 1) {
          break;
        }
        const bytes = take(wanted + 1).subarray(0, wanted);
        wanted = -1;
        await visit(oid, bytes);
      }
    }
  })();
  try {
    await Promise.race([reading, failed]);
  } finally {
    child.kill();
  }
}

/** The first commit of each blob, by the one pass over the history that hits need. */
export async function introductions(
  root: string,
  oids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Introduction>> {
  const first = new Map<string, { commit: string; date: string; path: string }>();
  const child = spawn(
    'git',
    [...safeGit, 'log', '--all', '--raw', '-z', '--no-abbrev', '--no-renames', '--root', '-m', '--format=%x01%H %aI'],
    { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], env: gitEnvironment() },
  );
  let commit = '';
  let date = '';
  let rest = '';
  let oid: string | undefined;
  const field = (text: string) => {
    const head = /\u0001([0-9a-f]{40,64}) (\S+)/.exec(text);
    if (head) {
      [, commit, date] = head as unknown as [string, string, string];
    }
    const raw = /:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]/.exec(text);
    if (raw) {
      oid = raw[1];
    } else if (!head && oid !== undefined) {
      if (oids.has(oid)) {
        // Newest first: the last one that is seen is the oldest.
        first.set(oid, { commit, date, path: text });
      }
      oid = undefined;
    }
  };
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    const fields = (rest + chunk).split('\0');
    rest = fields.pop() ?? '';
    fields.forEach(field);
  }
  const { prefix, top } = repositoryOf(root);
  const inHead = new Set(
    runGit(top, ['ls-tree', '-r', '-z', '--full-tree', 'HEAD'])
      ?.toString('utf8')
      .split('\0')
      .map((line) => /^\d+ blob ([0-9a-f]+)/.exec(line)?.[1] ?? ''),
  );
  const pushed = new Map<string, boolean>();
  const isPushed = (sha: string) => {
    let known = pushed.get(sha);
    if (known === undefined) {
      known = Boolean(words(root, ['for-each-ref', '--count=1', '--contains', sha, 'refs/remotes']));
      pushed.set(sha, known);
    }
    return known;
  };
  return new Map(
    [...first].map(([id, at]) => {
      const onRemote = isPushed(at.commit);
      return [
        id,
        {
          ...at,
          path: seenFrom(prefix, at.path),
          reach: inHead.has(id) ? 'head' : onRemote ? 'remote' : 'local',
          pushed: onRemote,
        },
      ] as const;
    }),
  );
}

/**
 * Looks a value up in every version of one file. The value is compared here, and is in no argument of git. Undefined when no
 * version holds it.
 */
export async function valueHistory(root: string, file: string, value: string): Promise<ValueHistory | undefined> {
  if (runGit(root, ['config', '--get-regexp', '^(remote\\..*\\.promisor|extensions\\.partialclone)$'])?.length) {
    return undefined;
  }
  const log = runGit(root, [
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
      pushed: Boolean(words(root, ['for-each-ref', '--count=1', '--contains', first.commit, 'refs/remotes'])),
    }
  );
}

/** Git's objects of a folder on this disk. */
export function gitObjects(root: string): GitObjects {
  return {
    staged: async () => stagedFiles(root),
    read: (oids, visit, signal) => readBlobs(root, oids, visit, signal),
    history: async (range) => historyBlobs(root, range),
    introductions: (oids) => introductions(root, oids),
    valueHistory: (file, value) => valueHistory(root, file, value),
  };
}
