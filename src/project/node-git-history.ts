import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { GitProblem, type Introduction } from './git-objects';
import { gitEnvironment, runGit, safeGit } from './node-git';

/** A blob of the history, with one path under which it stood. */
export interface HistoryBlob {
  readonly oid: string;
  /** Bytes. */
  readonly size: number;
  /** As seen from the folder that was asked. */
  readonly path: string;
}

/** A repository whose history is read. */
export interface HistoryRepository {
  /** Where git is run. */
  readonly root: string;
  /** Path of the asked folder in it, ending in `/`; empty at its top. */
  readonly prefix: string;
  /** Its own folder as seen from the folder that was asked, ending in `/`, for submodules. */
  readonly seenAs: string;
  /** Folder that its work trees share, where what is kept for it may lie. */
  readonly commonDir: string;
  readonly isShallow: boolean;
}

function words(root: string, args: readonly string[]): string | undefined {
  return runGit(root, args)?.toString('utf8').trim();
}

/** The repository that holds `root`, bare ones included. Throws a GitProblem where there is none, and for partial clones. */
export function historyRepository(root: string, seenAs = ''): HistoryRepository {
  const commonDir = words(root, ['rev-parse', '--git-common-dir']);
  if (commonDir === undefined) {
    throw new GitProblem(
      words(root, ['--version']) === undefined
        ? 'git is not installed, or not on PATH.'
        : 'this folder is in no git work tree (or git does not trust its owner: see safe.directory).',
    );
  }
  // A partial clone lacks blobs, and reading one would fetch it from the network.
  if (words(root, ['config', '--get-regexp', '^(remote\\..*\\.promisor|extensions\\.partialclone)$'])) {
    throw new GitProblem(
      'this is a partial clone: its missing objects would have to be fetched. Run git fetch --refetch --no-filter, or scan a full clone.',
    );
  }
  return {
    root,
    prefix: words(root, ['rev-parse', '--show-prefix']) ?? '',
    seenAs,
    commonDir: path.resolve(root, commonDir),
    isShallow: words(root, ['rev-parse', '--is-shallow-repository']) === 'true',
  };
}

/** Submodules that are checked out, those in others included: repositories of their own, with a history of their own. */
export function submodulesOf({ root, prefix, seenAs }: HistoryRepository): { root: string; seenAs: string }[] {
  const top = words(root, ['rev-parse', '--show-toplevel']);
  const listed = top === undefined ? undefined : runGit(top, ['ls-files', '-z', '--stage']);
  const found: { root: string; seenAs: string }[] = [];
  for (const line of listed?.toString('utf8').split('\0') ?? []) {
    const name = /^160000 [0-9a-f]+ \d\t(.+)$/s.exec(line)?.[1];
    if (name && fs.existsSync(path.join(top as string, name, '.git'))) {
      found.push({ root: path.join(top as string, name), seenAs: `${seenAs}${seenFrom(prefix, name)}/` });
    }
  }
  return found;
}

/** `src/a.ts` in the repository as seen from a folder of it. */
export function seenFrom(prefix: string, file: string): string {
  if (file.startsWith(prefix)) {
    return file.slice(prefix.length);
  }
  return '../'.repeat(prefix.split('/').length - 1) + file;
}

/** Pieces of git's output between two separators, as they come. Ends without a word when git says no: `failed` is told. */
async function* pieces(
  root: string,
  args: readonly string[],
  separator: '\n' | '\0',
  failed?: () => void,
): AsyncGenerator<string> {
  const child = spawn('git', [...safeGit, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: gitEnvironment(),
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  let rest = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    const parts = (rest + chunk).split(separator);
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') {
    yield rest;
  }
  if ((await ended) !== 0) {
    failed?.();
  }
}

/** What a history consists of. */
export interface HistoryObjects {
  readonly blobs: readonly HistoryBlob[];
  /** Names of objects that git has lost. */
  readonly missing: readonly string[];
}

/** Every blob that a range (or, without one, any ref or work tree) reaches, once, in the order of the packs. */
export async function historyObjects(
  repository: HistoryRepository,
  range: string | undefined,
): Promise<HistoryObjects> {
  const { root } = repository;
  const what = range ? ['--end-of-options', range] : ['--all'];
  // Older versions of git can't leave trees and commits out.
  const listed =
    (await pathsOf(root, ['--filter=object:type=blob', '--filter-provided-objects', ...what])) ??
    (await pathsOf(root, what));
  if (!listed) {
    throw new GitProblem(range ? `"${range}" is no range of commits.` : 'the history could not be read.');
  }
  const blobs: HistoryBlob[] = [];
  const format = '--batch-check=%(objectname) %(objecttype) %(objectsize)';
  for await (const line of pieces(root, ['cat-file', '--batch-all-objects', '--unordered', format], '\n')) {
    const [oid, type, size] = line.split(' ');
    const file = oid && type === 'blob' ? listed.paths.get(oid) : undefined;
    if (oid && file !== undefined) {
      blobs.push({ oid, size: Number(size), path: repository.seenAs + seenFrom(repository.prefix, file) });
    }
  }
  return { blobs, missing: listed.missing };
}

async function pathsOf(
  root: string,
  args: readonly string[],
): Promise<{ paths: Map<string, string>; missing: string[] } | undefined> {
  const paths = new Map<string, string>();
  const missing: string[] = [];
  let sound = true;
  for await (const line of pieces(root, ['rev-list', '--objects', '--missing=print', ...args], '\n', () => {
    sound = false;
  })) {
    const space = line.indexOf(' ');
    if (line.startsWith('?')) {
      missing.push(line.slice(1));
    } else if (space > 0 && space < line.length - 1) {
      paths.set(line.slice(0, space), line.slice(space + 1));
    }
  }
  return sound ? { paths, missing } : undefined;
}

/** Where each blob came in first, by the one pass over the history that hits need. `order` grows with age. */
export async function introductions(
  { root, prefix, seenAs }: HistoryRepository,
  oids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Introduction & { readonly order: number }>> {
  const first = new Map<string, { commit: string; date: string; path: string; order: number }>();
  const commits = new Map<string, Set<string>>();
  const log = ['log', '--all', '--raw', '-z', '--no-abbrev', '--no-renames', '--root', '-m', '--format=%x01%H %aI'];
  let commit = '';
  let date = '';
  let order = 0;
  let oid: string | undefined;
  for await (const text of pieces(root, log, '\0')) {
    const head = /\u0001([0-9a-f]{40,64}) (\S+)/.exec(text);
    if (head) {
      [, commit, date] = head as unknown as [string, string, string];
      order++;
    }
    const raw = /:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]/.exec(text);
    if (raw) {
      oid = raw[1];
    } else if (!head && oid !== undefined) {
      if (oids.has(oid)) {
        // Newest first: the last one that is seen is the oldest.
        first.set(oid, { commit, date, path: text, order });
        const holders = commits.get(oid) ?? new Set();
        commits.set(oid, holders.add(commit));
      }
      oid = undefined;
    }
  }
  const inHead = new Set<string>();
  for await (const line of pieces(root, ['ls-tree', '-r', '-z', '--full-tree', 'HEAD'], '\0')) {
    const blob = /^\d+ blob ([0-9a-f]+)/.exec(line)?.[1];
    if (blob && oids.has(blob)) {
      inHead.add(blob);
    }
  }
  const wanted = new Set([...commits.values()].flatMap((c) => [...c]));
  const onRemote = new Set<string>();
  for await (const sha of wanted.size > 0 ? pieces(root, ['rev-list', '--remotes'], '\n') : []) {
    if (wanted.has(sha)) {
      onRemote.add(sha);
    }
  }
  return new Map(
    [...first].map(([id, at]) => {
      const pushed = [...(commits.get(id) ?? [])].some((c) => onRemote.has(c));
      const reach = inHead.has(id) ? 'head' : pushed ? 'remote' : 'local';
      return [id, { ...at, path: seenAs + seenFrom(prefix, at.path), reach, pushed }] as const;
    }),
  );
}
