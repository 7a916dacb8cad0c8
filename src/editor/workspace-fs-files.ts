import * as vscode from 'vscode';
import { isEnvFile } from '../project/env-files';
import type { FileEntry, GitFacts, ProjectFiles } from '../project/files';
import { IgnoreRules } from '../project/ignore-rules';

/** Folders that hold other people's code or git's own files. */
const NEVER = '**/{.git,node_modules,.hg,.svn,.vscode-test,__pycache__,.venv,site-packages}/**';

/** A workspace folder through VS Code's file system: in the browser, on virtual file systems, and for looking up a few names. */
export class WorkspaceFsFiles implements ProjectFiles {
  readonly name: string;

  constructor(
    readonly folder: vscode.WorkspaceFolder,
    readonly exclude: readonly string[],
    /** File names (or patterns of names) to list; all files without it. */
    readonly names?: readonly string[],
    readonly gitFacts: () => Promise<GitFacts | undefined> = async () => undefined,
  ) {
    this.name = folder.name;
  }

  async list(): Promise<readonly FileEntry[]> {
    const include = this.names ? `**/{${this.names.join(',')}}` : '**';
    const exclude = this.exclude.length ? `{${[NEVER, ...this.exclude].join(',')}}` : NEVER;
    const uris = await vscode.workspace.findFiles(new vscode.RelativePattern(this.folder, include), exclude);
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

  /** The rules of the folder's `.gitignore` files, for hosts that can't ask git. */
  async ignoreRules(): Promise<IgnoreRules> {
    const uris = await vscode.workspace.findFiles(new vscode.RelativePattern(this.folder, '**/.gitignore'), NEVER);
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
