import fs from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isEnvFile } from './env-files';
import type { FileEntry, GitFacts, ProjectFiles } from './files';
import { matchesGlob } from './globs';
import { readGitFacts } from './node-git';
import { problemOf, type ReadProblem } from './node-problems';

/** Folders that hold other people's code or git's own files; they are never walked. */
const NEVER = new Set(['.git', 'node_modules', '.hg', '.svn', '.vscode-test', '__pycache__', '.venv', 'site-packages']);

/** What a walk may be told. */
export interface WalkOptions {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Globs of files that VS Code hides (`files.exclude`): env files among them are read all the same. */
  readonly hidden?: readonly string[];
  /** Read files that git ignores as well (`--no-gitignore`). */
  readonly noIgnore?: boolean;
}

interface Rules {
  readonly base: string;
  readonly rules: Ignore;
}

/** What a walk has found: a file by its path, and whether git ignores it. */
export interface WalkedFile {
  readonly path: string;
  readonly ignored: boolean;
}

/** The files of a folder on disk. Paths are relative to the folder, with forward slashes. */
export class NodeFiles implements ProjectFiles {
  readonly name: string;
  readonly onWindows = process.platform === 'win32';
  /** Filled by `list` and `read`. */
  readonly problems: ReadProblem[] = [];
  readonly closed: string[] = [];
  #git: Promise<GitFacts | undefined> | undefined;

  constructor(
    readonly root: string,
    readonly options: WalkOptions = {},
  ) {
    this.name = path.basename(path.resolve(root)) || 'project';
  }

  async list(signal?: AbortSignal): Promise<readonly FileEntry[]> {
    const entries: FileEntry[] = [];
    for (const { path: file, ignored } of this.walk()) {
      signal?.throwIfAborted();
      try {
        const stat = fs.lstatSync(path.join(this.root, file));
        entries.push({
          path: file,
          size: stat.size,
          ignored,
          ...(process.platform === 'win32' ? {} : { mode: stat.mode & 0o777 }),
        });
      } catch (error) {
        this.problems.push({ file, message: problemOf(error) });
      }
    }
    return entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  /** The same files in no order, each as soon as it is found, and without a look at it: for projects of any size. */
  *walk(): Generator<WalkedFile> {
    const folders: { dir: string; inherited: readonly Rules[]; ignored: boolean }[] = [
      { dir: '', inherited: this.#rulesAbove(), ignored: false },
    ];
    for (let folder = folders.pop(); folder; folder = folders.pop()) {
      const { dir, inherited } = folder;
      const names = this.#entries(dir, folder.ignored);
      const text =
        !folder.ignored && names.some((e) => e.name === '.gitignore')
          ? this.#text(path.join(this.root, dir, '.gitignore'))
          : undefined;
      const rules = text ? [...inherited, { base: dir === '' ? '' : `-${dir}`, rules: ignore().add(text) }] : inherited;
      for (const entry of names) {
        const rel = dir ? `${dir}/${entry.name}` : entry.name;
        if (entry.isDirectory()) {
          if (NEVER.has(entry.name)) {
            continue;
          }
          const ignored = folder.ignored || verdict(rules, `${rel}/`) === true;
          // Ignored folders are walked for their env files.
          folders.push({ dir: rel, inherited: rules, ignored });
        } else if (this.#isWanted(rel)) {
          const ignored = folder.ignored || verdict(rules, rel) === true;
          if (ignored && !this.options.noIgnore && !isEnvFile(rel)) {
            continue;
          }
          if (entry.isFile()) {
            yield { path: rel, ignored };
          } else {
            this.#note(rel, entry);
          }
        }
      }
    }
  }

  async read(file: string): Promise<Uint8Array | undefined> {
    const full = path.join(this.root, file);
    try {
      if (!fs.statSync(full).isFile()) {
        return undefined;
      }
      return fs.readFileSync(full);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR') {
        return undefined;
      }
      throw new Error(`${file}: ${problemOf(error)}`);
    }
  }

  git(): Promise<GitFacts | undefined> {
    this.#git ??= readGitFacts(this.root, (file) => this.#ignoredByRules(file));
    return this.#git;
  }

  /** Ignore rules of the folders above, up to the repository's top, and of info/exclude. */
  #rulesAbove(): Rules[] {
    const rules: Rules[] = [];
    let at = path.resolve(this.root);
    const chain: string[] = [];
    for (;;) {
      chain.unshift(at);
      if (fs.existsSync(path.join(at, '.git')) || path.dirname(at) === at) {
        break;
      }
      at = path.dirname(at);
    }
    if (!fs.existsSync(path.join(chain[0] as string, '.git'))) {
      return rules;
    }
    const exclude = this.#text(path.join(chain[0] as string, '.git', 'info', 'exclude'));
    if (exclude) {
      rules.push({
        base: path.relative(chain[0] as string, this.root).replaceAll('\\', '/'),
        rules: ignore().add(exclude),
      });
    }
    for (const dir of chain.slice(0, -1)) {
      const text = this.#text(path.join(dir, '.gitignore'));
      if (text) {
        rules.push({ base: path.relative(dir, this.root).replaceAll('\\', '/'), rules: ignore().add(text) });
      }
    }
    return rules;
  }

  #text(file: string): string | undefined {
    try {
      return fs.readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  }

  #ignoredByRules(file: string): boolean {
    const rules = this.#rulesAbove();
    const parts = file.split('/');
    let ignored = false;
    for (let i = 0; i < parts.length; i++) {
      const dir = parts.slice(0, i).join('/');
      const text = this.#text(path.join(this.root, dir, '.gitignore'));
      if (text) {
        rules.push({ base: dir === '' ? '' : `-${dir}`, rules: ignore().add(text) });
      }
      const here = parts.slice(0, i + 1).join('/') + (i < parts.length - 1 ? '/' : '');
      ignored = ignored || verdict(rules, here) === true;
    }
    return ignored;
  }

  #entries(dir: string, ignored: boolean): fs.Dirent[] {
    try {
      return fs.readdirSync(path.join(this.root, dir), { withFileTypes: true });
    } catch (error) {
      // An ignored folder that can't be read holds nothing that git would publish.
      if (!ignored) {
        this.problems.push({ file: dir || '.', message: problemOf(error) });
        this.closed.push(dir || '.');
      }
      return [];
    }
  }

  /** Links are not followed: their targets inside the project are walked themselves. What can't be read is told. */
  #note(file: string, entry: fs.Dirent): void {
    if (entry.isSymbolicLink()) {
      try {
        fs.statSync(path.join(this.root, file));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ELOOP') {
          this.problems.push({ file, message: problemOf(error) });
        }
      }
    } else {
      const kind = entry.isFIFO() ? 'a named pipe' : entry.isSocket() ? 'a socket' : 'a device';
      this.problems.push({ file, message: `it is ${kind}, no regular file` });
    }
  }

  #isWanted(rel: string): boolean {
    const { include, exclude, hidden } = this.options;
    if (hidden?.some((g) => matchesGlob(rel, g)) && !isEnvFile(rel)) {
      return false;
    }
    return !exclude?.some((g) => matchesGlob(rel, g)) && (!include?.length || include.some((g) => matchesGlob(rel, g)));
  }
}

/** Last word of the nested ignore files: true ignored, false un-ignored, undefined no rule. */
function verdict(rules: readonly Rules[], file: string): boolean | undefined {
  let result: boolean | undefined;
  for (const { base, rules: set } of rules) {
    // A base with "-" lies below the root: the file's path is cut; others lie above: the path is extended.
    const rel = base.startsWith('-')
      ? file.startsWith(`${base.slice(1)}/`)
        ? file.slice(base.length)
        : ''
      : base
        ? `${base}/${file}`
        : file;
    if (!rel) {
      continue;
    }
    const test = set.test(rel);
    if (test.ignored) {
      result = true;
    } else if (test.unignored) {
      result = false;
    }
  }
  return result;
}
