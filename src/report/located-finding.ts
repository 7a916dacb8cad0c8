import type { Severity } from '../catalog/credential-type';
import type { Finding, StaleIgnore } from '../scan/finding';
import { lineAt, type Position } from '../scan/line-starts';

/** A finding with its file and its place. */
export interface LocatedFinding extends Finding {
  /** Relative to the working folder, forward slashes. */
  readonly file: string;
  readonly range: { readonly start: Position; readonly end: Position };
  /** Git ignores the file, so the value is kept out of the repository. */
  readonly local: boolean;
  /** First commit that held it, for findings of the history. */
  readonly commit?: string;
  readonly history?: {
    /** Author date of that commit, ISO 8601. */
    readonly date: string;
    /** Where the value still stands: in HEAD, else on a remote branch, else only in this clone. */
    readonly reach: 'head' | 'remote' | 'local';
    /** A remote branch holds the commit: the value has left this machine. */
    readonly pushed: boolean;
  };
  /** Blob of git that holds it, for findings of the history; reports leave it out. */
  readonly blob?: string;
  /** Folder of the submodule whose history that is, ending in `/`; reports leave it out. */
  readonly submodule?: string;
  /** What a baseline knows it by; reports leave it out. */
  readonly baselineId?: string;
  /** The same for equal values of one run, under a salt that is thrown away; reports leave it out. */
  readonly valueId?: string;
}

/** The result of a scan over files. */
export interface FindingsReport {
  readonly toolVersion: string;
  readonly files: number;
  readonly bytes: number;
  readonly skipped: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly findings: readonly LocatedFinding[];
  /** Whether a finding makes a build fail, by its level and how sure it is. */
  readonly fails: (finding: LocatedFinding) => boolean;
  readonly errors: readonly { readonly file: string; readonly message: string }[];
  readonly staleIgnores: readonly (StaleIgnore & { readonly file: string })[];
}

export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Places of findings in a text, in one pass over its line starts. */
export function locate(text: string, findings: readonly Finding[], file: string, local: boolean): LocatedFinding[] {
  if (findings.length === 0) {
    return [];
  }
  const starts = [0];
  for (const m of text.matchAll(/\r\n|\r|\n/g)) {
    starts.push(m.index + m[0].length);
  }
  const at = (offset: number): Position => {
    const line = lineAt(starts, offset);
    return { line, character: offset - (starts[line] as number) };
  };
  return findings.map((f) => ({ ...f, file, local, range: { start: at(f.start), end: at(f.end) } }));
}

/** By file, then position: the order of every report. */
export function inOrder(findings: readonly LocatedFinding[]): LocatedFinding[] {
  return [...findings].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start));
}

/** Findings that services are told of: what fails, and secrets that are neither ignored nor kept out of git. */
export function standing({ findings, fails }: FindingsReport): LocatedFinding[] {
  return findings.filter((f) => fails(f) || (f.state === 'secret' && !f.ignored && !f.local));
}

/** How many findings of each severity count: state `secret`, all places. */
export function bySeverity(findings: readonly LocatedFinding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const f of findings) {
    if (f.state === 'secret' && !f.ignored) {
      counts[f.severity]++;
    }
  }
  return counts;
}
