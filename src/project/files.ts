/**
 * The one way to read a project. Node, the browser's worker and tests each give their own; nothing else in the engine
 * touches a disk. Paths are relative to the project root, with forward slashes and without a leading one.
 */
export interface ProjectFiles {
  /** Text for messages: the folder's name, never an absolute path. */
  readonly name: string;
  /** The files are on no disk (a repository in vscode.dev, an archive, a server): what is written becomes a commit or an upload. */
  readonly isVirtual?: boolean;
  /** They are on a machine that runs Windows. */
  readonly onWindows?: boolean;
  /** Every file that ignore rules, `exclude` globs and built-in folders (node_modules, .git, ...) leave, sorted.
   * Env files are always listed. */
  list(signal?: AbortSignal): Promise<readonly FileEntry[]>;
  /** Folders that could not be listed, whatever they hold; filled by `list`. */
  readonly closed?: readonly string[];
  /** Bytes of a file; undefined when it does not exist. Other failures throw an Error fit for a person. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Facts from git, or undefined where there is no repository or no git (a browser, for one). */
  git(): Promise<GitFacts | undefined>;
}

export interface FileEntry {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** True when an ignore rule covers it, so that the file is kept out of the repository. */
  readonly ignored: boolean;
  /** Permission bits, where the platform has them. */
  readonly mode?: number;
}

/** What git knows. Everything is looked up once and answers from memory. */
export interface GitFacts {
  isTracked(path: string): boolean;
  /** True when some ignore rule (nested, negated, info/exclude included) covers the path. */
  isIgnored(path: string): boolean;
  readonly commit?: string;
  readonly branch?: string;
  readonly dirty?: boolean;
  /** Whether any commit reachable from any ref held a file at this path. */
  everTracked(path: string): Promise<boolean>;
}
