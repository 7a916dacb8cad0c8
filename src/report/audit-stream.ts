import type { IgnoreFile } from '../policy/ignore-file';
import type { ScanOptions } from '../scan/finding';
import type { LocatedFinding } from './located-finding';

/** What an audit that runs in another thread is asked for: plain data. */
export interface AuditRequest {
  readonly audit: 'folder' | 'history';
  /** Folder on this host's disk. */
  readonly root: string;
  /** Globs of files that are left out. */
  readonly exclude: readonly string[];
  /** Globs of files that VS Code hides: env files among them are read all the same. */
  readonly hidden: readonly string[];
  readonly options: ScanOptions;
  readonly ignores: IgnoreFile;
  /** What messages call the policy. */
  readonly policy: string;
  /** What is said, in the person's language; English without it. */
  readonly words?: Readonly<Record<string, string>>;
}

/** How far an audit is; what there is in all is told once it is known. */
export interface AuditProgress {
  readonly files: number;
  readonly bytes: number;
  readonly skipped: number;
  /** Files in all. */
  readonly known?: number;
  /** Bytes in all, where they are known before they are read. */
  readonly knownBytes?: number;
}

/** What an audit tells while it runs. */
export type AuditMessage =
  | { readonly told: 'found'; readonly findings: readonly LocatedFinding[] }
  | { readonly told: 'error'; readonly file: string; readonly message: string }
  | { readonly told: 'progress'; readonly progress: AuditProgress }
  | { readonly told: 'note'; readonly line: string }
  /** It can't be done, and why; a sentence for a person. */
  | { readonly told: 'refused'; readonly message: string };
