import * as vscode from 'vscode';

/** A file system in memory, as a repository in vscode.dev is one: it can be read and written, and not searched. */
export class VirtualFiles implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #files = new Map<string, Uint8Array>();
  readonly onDidChangeFile = this.#changed.event;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const bytes = this.#files.get(path);
    if (bytes) {
      return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: bytes.length };
    }
    if (path === '/' || path === '/project' || [...this.#files.keys()].some((f) => f.startsWith(`${path}/`))) {
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    }
    throw vscode.FileSystemError.FileNotFound(path);
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const found = new Map<string, vscode.FileType>();
    for (const file of this.#files.keys()) {
      if (file.startsWith(`${path}/`)) {
        const [name, ...more] = file.slice(path.length + 1).split('/');
        found.set(name as string, more.length ? vscode.FileType.Directory : vscode.FileType.File);
      }
    }
    return [...found];
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const bytes = this.#files.get(path);
    if (!bytes) {
      throw vscode.FileSystemError.FileNotFound(path);
    }
    return bytes;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    const type = this.#files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.#files.set(uri.path, content);
    this.#changed.fire([{ type, uri }]);
  }

  createDirectory(): void {
    // a folder is there when a file is in it
  }

  delete(uri: vscode.Uri): void {
    this.#files.delete(uri.path);
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  rename(): void {
    throw vscode.FileSystemError.Unavailable();
  }
}
