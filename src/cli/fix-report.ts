import { isEnvFile } from '../project/env-files';
import type { Command } from '../remedy/plan';
import { maskedDiff } from '../report/plan-diff';

export interface Moved {
  readonly file: string;
  readonly line: number;
  readonly ruleId: string;
  readonly variable: string;
  /** Env file or title of the store. */
  readonly destination: string;
  /** Id of the store, where it is one. */
  readonly store?: string;
  readonly reused: boolean;
}

export interface Remaining {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly ruleId: string;
  readonly refused: string;
  readonly wayOut: string;
  readonly local: boolean;
}

/** What a run of `keyward fix` did, for its report. */
export interface FixReport {
  readonly dryRun: boolean;
  /** Texts after and before, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly originals: ReadonlyMap<string, string | undefined>;
  /** To be masked wherever they stand. */
  readonly values: ReadonlySet<string>;
  readonly moved: readonly Moved[];
  readonly remaining: readonly Remaining[];
  readonly followUp: ReadonlyMap<string, Command>;
  readonly warnings: ReadonlySet<string>;
  /** Better places that the project knows. */
  readonly hints: ReadonlySet<string>;
}

/** The report for a person; in a dry run with a diff whose values are masked. */
export function fixText(work: FixReport): string {
  const lines: string[] = [];
  if (work.dryRun) {
    for (const [file, before] of work.originals) {
      const isEnv = isEnvFile(file) || work.moved.some((m) => m.destination === file);
      lines.push(maskedDiff(file, before, work.texts.get(file) ?? '', [...work.values], isEnv));
    }
  }
  for (const m of work.moved) {
    const verb = work.dryRun ? 'would move' : 'moved';
    lines.push(
      `${m.file}:${m.line}: ${verb} ${m.ruleId} to ${m.variable} in ${m.destination}${m.reused ? ' (already there)' : ''}`,
    );
  }
  for (const r of work.remaining) {
    lines.push(`${r.file}:${r.line}:${r.column}: ${r.ruleId} stays. ${r.refused} ${r.wayOut}`);
  }
  for (const w of work.warnings) {
    lines.push(w);
  }
  if (work.followUp.size > 0) {
    lines.push('', 'What is left to do:');
    for (const c of work.followUp.values()) {
      if (c.shell !== (process.platform === 'win32' ? 'posix' : 'powershell')) {
        lines.push(`  ${c.line}`, `    ${c.why}`);
      }
    }
  }
  lines.push(...work.hints);
  if (work.moved.length + work.remaining.length === 0) {
    lines.push('Nothing to move.');
  }
  return `${lines.join('\n')}\n`;
}

/** The report for a program. */
export function fixJson(work: FixReport): string {
  return `${JSON.stringify(
    {
      schemaVersion: 1,
      dryRun: work.dryRun,
      moved: work.moved,
      remaining: work.remaining,
      files: [...work.originals.keys()],
      followUp: [...work.followUp.values()],
      warnings: [...work.warnings],
      hints: [...work.hints],
    },
    null,
    2,
  )}\n`;
}
