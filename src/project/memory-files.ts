import type { FileEntry, GitFacts, ProjectFiles } from './files';

/** A project in memory, for tests and for texts that stand in no folder. */
export class MemoryFiles implements ProjectFiles {
  readonly #files = new Map<string, Uint8Array>();
  readonly #tracked: ReadonlySet<string> | undefined;
  readonly #ignored: ReadonlySet<string>;

  constructor(
    files: Readonly<Record<string, string>>,
    options: {
      readonly name?: string;
      readonly tracked?: Iterable<string>;
      readonly ignored?: Iterable<string>;
      readonly isVirtual?: boolean;
      readonly onWindows?: boolean;
    } = {},
  ) {
    for (const [path, text] of Object.entries(files)) {
      this.#files.set(path, new TextEncoder().encode(text));
    }
    this.name = options.name ?? 'project';
    this.#tracked = options.tracked ? new Set(options.tracked) : undefined;
    this.#ignored = new Set(options.ignored);
    this.isVirtual = options.isVirtual ?? false;
    this.onWindows = options.onWindows ?? false;
  }

  readonly name: string;
  readonly isVirtual: boolean;
  readonly onWindows: boolean;

  async list(): Promise<readonly FileEntry[]> {
    return [...this.#files]
      .map(([path, bytes]) => ({ path, size: bytes.length, ignored: this.#ignored.has(path) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    return this.#files.get(path);
  }

  async git(): Promise<GitFacts | undefined> {
    const tracked = this.#tracked;
    return tracked
      ? {
          isTracked: (p) => tracked.has(p),
          isIgnored: (p) => this.#ignored.has(p),
          everTracked: async (p) => tracked.has(p),
        }
      : undefined;
  }
}
