import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { GitFacts } from './files';

/** Options that keep hooks, monitors and pagers of the repository's configuration from starting. */
export const safeGit = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.pager=cat',
  '--no-optional-locks',
];

/** An environment in which git asks nobody and starts nothing. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_EXTERNAL_DIFF: '', GIT_ASKPASS: 'true', LC_ALL: 'C' };
}

/** Output of git, without hooks, prompts, pagers or anything that the repository's configuration could start; undefined
 * when git is missing or says no. */
export function runGit(root: string, args: readonly string[], input?: Uint8Array): Buffer | undefined {
  try {
    return execFileSync('git', [...safeGit, ...args], {
      cwd: root,
      stdio: [input ? 'pipe' : 'ignore', 'pipe', 'ignore'],
      ...(input ? { input } : {}),
      maxBuffer: 1 << 30,
      env: gitEnvironment(),
    });
  } catch {
    return undefined;
  }
}

/** The same without waiting: the editor's thread is never held up by git. */
export function askGit(root: string, args: readonly string[]): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 1 << 30, env: gitEnvironment(), encoding: 'buffer' } as const;
    execFile('git', [...safeGit, ...args], options, (error, out) => resolve(error ? undefined : out)).stdin?.end();
  });
}

/** Whether a folder or one above it is a git work tree. */
export function isWorkTree(root: string): boolean {
  for (let at = path.resolve(root); ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, '.git'))) {
      return true;
    }
    if (path.dirname(at) === at) {
      return false;
    }
  }
}

/** Facts from git about a folder; undefined where there is no repository or no git. */
export async function readGitFacts(root: string, ignored: (file: string) => boolean): Promise<GitFacts | undefined> {
  if (!isWorkTree(root)) {
    return undefined;
  }
  const list = await askGit(root, ['ls-files', '-z', '--cached']);
  if (!list) {
    return undefined;
  }
  const tracked = new Set(list.toString('utf8').split('\0').filter(Boolean));
  const word = async (args: string[]) => (await askGit(root, args))?.toString('utf8').trim();
  const [commit, branch, status] = await Promise.all([
    word(['rev-parse', '--verify', '--quiet', 'HEAD']),
    word(['symbolic-ref', '--short', '--quiet', 'HEAD']),
    word(['status', '--porcelain', '--untracked-files=no']),
  ]);
  return {
    isTracked: (p) => tracked.has(p),
    isIgnored: (p) => !tracked.has(p) && ignored(p),
    ...(commit ? { commit } : {}),
    ...(branch ? { branch } : {}),
    ...(status === undefined ? {} : { dirty: status !== '' }),
    everTracked: async (p) =>
      ((await askGit(root, ['log', '--all', '-n', '1', '--format=%H', '--', p]))?.length ?? 0) > 0,
  };
}
