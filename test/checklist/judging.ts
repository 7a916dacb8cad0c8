import type { Assessment, CheckResult } from '../../src/checklist/assessment';
import { runChecklist } from '../../src/checklist/run';
import { loadPolicy } from '../../src/policy/load';
import { MemoryFiles } from '../../src/project/memory-files';

/** How a project in memory lies in git. */
export interface Lying {
  readonly tracked?: readonly string[];
  readonly ignored?: readonly string[];
  readonly asOf?: string;
  readonly pepper?: string;
  /** Cuts the report to a standard, or to ten checks. */
  readonly profile?: string;
}

/** Judges a project in memory. Without `tracked` it is no git repository. */
export async function judge(files: Readonly<Record<string, string>>, lying: Lying = {}): Promise<Assessment> {
  const project = new MemoryFiles(files, {
    ...(lying.tracked ? { tracked: lying.tracked } : {}),
    ...(lying.ignored ? { ignored: lying.ignored } : {}),
  });
  return runChecklist({
    files: project,
    policy: await loadPolicy(project),
    asOf: lying.asOf ?? '2026-11-24',
    trigger: 'cli',
    toolVersion: '0.0.0',
    ...(lying.pepper ? { pepper: lying.pepper } : {}),
    ...(lying.profile ? { profile: lying.profile } : {}),
  });
}

/** One check's result. */
export async function resultOf(
  check: string,
  files: Readonly<Record<string, string>>,
  lying: Lying = {},
): Promise<CheckResult> {
  const { results } = await judge(files, lying);
  const found = results.find((r) => r.check === check);
  if (!found) {
    throw new Error(`${check} was not judged`);
  }
  return found;
}
