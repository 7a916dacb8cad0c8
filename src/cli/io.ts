/** What the command line reads and writes through, so that tests can run it in process. */
export interface Io {
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly stdin: () => Promise<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly colour: boolean;
  /** Standard error is a terminal. */
  readonly terminal: boolean;
  /** Asks the person one line; absent where nobody sits there. */
  readonly ask?: (prompt: string) => Promise<string | undefined>;
  /** Script of the threads that scan files; without one all are scanned in this thread. */
  readonly worker?: string;
}

/** Something the person can mend: shown as one line, exit status 2. */
export class UsageError extends Error {}

/** Version of the tool, written in by the build. */
declare const KEYWARD_VERSION: string | undefined;
export const version = typeof KEYWARD_VERSION === 'string' ? KEYWARD_VERSION : '0.1.0';
