/** A git command that said no, in words for a person. */
export class GitProblem extends Error {}

/** A file as git's index or a commit has it. */
export interface GitFile {
  /** Relative to the folder that was asked, forward slashes; `../` where it lies outside. */
  readonly path: string;
  /** Blob of the new side; absent where the work tree holds it. */
  readonly oid?: string;
  /** Blob of the old side; absent for a new file. */
  readonly before?: string;
}

/** Where a blob came into the history. */
export interface Introduction {
  readonly commit: string;
  /** Author date, ISO 8601. */
  readonly date: string;
  readonly path: string;
  /** Still in HEAD, else on a remote branch, else only in this clone. `pushed` is true when a remote branch holds the commit. */
  readonly reach: 'head' | 'remote' | 'local';
  readonly pushed: boolean;
}

/** Whether and since when the history of one file holds a value. */
export interface ValueHistory {
  /** Commit that brought it, and its author date (ISO 8601). */
  readonly commit: string;
  readonly date: string;
  /** A remote branch holds that commit. */
  readonly pushed: boolean;
}

/** What git holds of one folder: its index, its objects, versions of a file. Throws GitProblems. */
export interface GitObjects {
  /** Where the index lies; undefined where there is no repository. */
  indexFile(): Promise<string | undefined>;
  /** Files whose content in the index differs from HEAD. */
  staged(): Promise<readonly GitFile[]>;
  /** Calls `visit` for each blob, in the order asked. */
  read(
    oids: readonly string[],
    visit: (oid: string, bytes: Uint8Array) => void | Promise<void>,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Whether a version of a file holds a value; undefined when none does. */
  valueHistory(file: string, value: string): Promise<ValueHistory | undefined>;
}
