import * as vscode from 'vscode';
import { isEnvFile } from '../project/env-files';
import type { FileEntry, GitFacts, ProjectFiles } from '../project/files';
import { matchesGlob } from '../project/globs';
import { IgnoreRules } from '../project/ignore-rules';

/** Folders that hold other people's code or git's own files. */
const NEVER = '**/{.git,node_modules,.hg,.svn,.vscode-test,__pycache__,.venv,site-packages}/**';

/** Milliseconds that a virtual file system has to find files, before it is walked. */
const SEARCH_MS = 2000;
/** Schemes whose file systems do not answer a search. */
const unsearchable = new Set<string>();
/** A walk of a virtual file system ends here: each folder may be a request over the network. */
const MOST_FOLDERS = 2000;

/** A workspace folder through VS Code's file system: in the browser, on virtual file systems, and for looking up a few names. */
export class WorkspaceFsFiles implements ProjectFiles {
  readonly name: string;
  readonly isVirtual: boolean;

  constructor(
    readonly folder: vscode.WorkspaceFolder,
    readonly exclude: readonly string[],
    /** File names (or patterns of names) to list; all files without it. */
    readonly names?: readonly string[],
    readonly gitFacts: () => Promise<GitFacts | undefined> = async () => undefined,
  ) {
    this.name = folder.name;
    const { uiKind, remoteName } = vscode.env;
    const inBrowser = uiKind === vscode.UIKind.Web && remoteName === undefined;
    this.isVirtual = inBrowser || !/^(?:file|vscode-remote)$/.test(folder.uri.scheme);
  }

  async list(): Promise<readonly FileEntry[]> {
    const include = this.names ? `**/{${this.names.join(',')}}` : '**';
    const exclude = this.exclude.length ? `{${[NEVER, ...this.exclude].join(',')}}` : NEVER;
    const found = await this.#found(include, exclude);
    const uris = found ?? (await this.#walked(this.names));
    const git = await this.gitFacts();
    const rules = git ? undefined : await this.ignoreRules();
    const entries: FileEntry[] = [];
    for (const uri of uris) {
      const path = uri.path.slice(this.folder.uri.path.length).replace(/^\/+/, '');
      try {
        const ignored = git ? git.isIgnored(path) : (rules?.ignores(path) ?? false);
        if (ignored && !this.names && !isEnvFile(path)) {
          continue;
        }
        const { size } = await vscode.workspace.fs.stat(uri);
        entries.push({ path, size, ignored });
      } catch {
        // it has vanished meanwhile
      }
    }
    return entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  /** Files that VS Code finds; undefined where it can't search: it waits for ever for a virtual file system that can only be read. */
  async #found(include: string, exclude: string): Promise<vscode.Uri[] | undefined> {
    const pattern = new vscode.RelativePattern(this.folder, include);
    const { scheme } = this.folder.uri;
    if (!this.isVirtual) {
      return vscode.workspace.findFiles(pattern, exclude);
    }
    if (unsearchable.has(scheme)) {
      return undefined;
    }
    const source = new vscode.CancellationTokenSource();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), SEARCH_MS);
    });
    const found = await Promise.race([vscode.workspace.findFiles(pattern, exclude, undefined, source.token), late]);
    clearTimeout(timer);
    source.cancel();
    source.dispose();
    if (!found) {
      unsearchable.add(scheme);
    }
    return found?.length ? found : undefined;
  }

  /** Every wanted file, folder by folder. */
  async #walked(wanted: readonly string[] | undefined): Promise<vscode.Uri[]> {
    const names = wanted?.map((name) => `**/${name}`);
    const out: vscode.Uri[] = [];
    const waiting = [''];
    for (let at = 0; at < waiting.length && waiting.length < MOST_FOLDERS; at++) {
      const folder = waiting[at] as string;
      const entries = await vscode.workspace.fs
        .readDirectory(vscode.Uri.joinPath(this.folder.uri, folder))
        .then(undefined, () => []); // what can't be read is left out, as a search leaves it out
      for (const [name, type] of entries) {
        const path = folder ? `${folder}/${name}` : name;
        const excluded = [NEVER, ...this.exclude].some(
          (glob) => matchesGlob(`${path}/x`, glob) || matchesGlob(path, glob),
        );
        if (excluded) {
          continue;
        }
        if (type === vscode.FileType.Directory) {
          waiting.push(path);
        } else if (type === vscode.FileType.File && (!names || names.some((glob) => matchesGlob(path, glob)))) {
          out.push(vscode.Uri.joinPath(this.folder.uri, path));
        }
      }
    }
    return out;
  }

  /** The rules of the folder's `.gitignore` files, for hosts that can't ask git. */
  async ignoreRules(): Promise<IgnoreRules> {
    const uris =
      (await this.#found('**/.gitignore', NEVER)) ?? (this.isVirtual ? await this.#walked(['.gitignore']) : []);
    const texts = new Map<string, string>();
    for (const uri of uris) {
      const path = uri.path.slice(this.folder.uri.path.length).replace(/^\/+/, '');
      const bytes = await this.read(path);
      if (bytes) {
        texts.set(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '', new TextDecoder().decode(bytes));
      }
    }
    return new IgnoreRules(texts);
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const uri = vscode.Uri.joinPath(this.folder.uri, path);
    try {
      return await vscode.workspace.fs.readFile(uri);
    } catch (error) {
      const code = error instanceof vscode.FileSystemError ? error.code : '';
      if (code === 'FileNotFound' || code === 'FileIsADirectory' || code === 'FileNotADirectory') {
        return undefined;
      }
      throw new Error(
        code === 'NoPermissions'
          ? vscode.l10n.t('{0}: no permission to read it', path)
          : vscode.l10n.t('{0}: it could not be read', path),
      );
    }
  }

  git(): Promise<GitFacts | undefined> {
    return this.gitFacts();
  }
}
