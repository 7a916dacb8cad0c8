import type { Finding } from '../scan/finding';
import type { Spot } from './stores/store';

/** Replace `[start, end)` (UTF-16 offsets in the file's present text) by `text`. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What one file's change is for. Destinations are written and saved before sources change. */
export type Purpose = 'destination' | 'source' | 'import' | 'example' | 'ignore' | 'loader' | 'schema' | 'manifest';

export interface FileChange {
  /** Relative to the project root, forward slashes. */
  readonly file: string;
  readonly purpose: Purpose;
  /** True when the file does not exist yet; then `changes` is one insertion at 0. */
  readonly create?: boolean;
  /** Wanted permission bits for a created file (0o600), where the platform has them. */
  readonly mode?: number;
  readonly changes: readonly TextChange[];
}

/** Where the value goes. */
export interface Destination {
  readonly kind: 'env-file' | 'store' | 'none';
  /** Env file, relative to the project root. */
  readonly file?: string;
  /** Store id (`1password`, `aws-secrets-manager`, ...), for `store`. */
  readonly store?: string;
  readonly variable: string;
  /** Reference text (`op://vault/item/field`) that was written, for `store`. */
  readonly reference?: string;
  /** An entry with the same value was there already and is reused. */
  readonly reused?: boolean;
}

export interface Command {
  /** Shell line for a person to read or run; never holds a value. */
  readonly line: string;
  readonly shell: 'posix' | 'powershell' | 'any';
  readonly why: string;
}

/** A value that must be in a store before anything is written. It names the value by its finding, and does not hold it. */
export interface Storing {
  /** Index in the plan's findings. */
  readonly finding: number;
  readonly store: string;
  readonly spot: Spot;
  /** Env file that goes with it; for dotenvx the one that holds the value. */
  readonly envFile: string;
}

/**
 * Everything that moving one or several findings takes, computed without touching anything. Applying it twice changes
 * nothing the second time.
 */
export interface Plan {
  /** A verb with the target: `Move to environment variable KRAKEN_API_SECRET in .env`. */
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly destinations: readonly Destination[];
  /** Present when values go to a store: first of all, and nothing is changed when one can't be stored. */
  readonly storing?: readonly Storing[];
  /** What makes the program start under its store's tool, where that is not among the changes: to be offered afterwards. */
  readonly wrapping?: { readonly changes: readonly FileChange[]; readonly added: string };
  /** In the order in which they must reach the disk: destinations first, sources last. */
  readonly changes: readonly FileChange[];
  readonly warnings: readonly string[];
  /** What the person must do for the program to read the value ("run it with node --env-file=.env bot.js"). */
  readonly followUp: readonly Command[];
}

/** Changes that are left to be made: all, but the destination where the store's tool has written it. */
export function changesLeft(changes: readonly FileChange[], isWritten: boolean): readonly FileChange[] {
  return isWritten ? changes.filter((c) => c.purpose !== 'destination') : changes;
}

/** The fix can't be offered; the reason and the way out are for the hover. */
export interface Refusal {
  readonly refused: string;
  readonly wayOut: string;
}
