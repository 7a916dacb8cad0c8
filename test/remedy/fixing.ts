import { MemoryFiles } from '../../src/project/memory-files';
import { applyPlan } from '../../src/remedy/apply-plan';
import { isRefusal } from '../../src/remedy/idiom';
import type { Plan, Refusal } from '../../src/remedy/plan';
import { type FixOptions, planFix } from '../../src/remedy/plan-fix';
import { readProjectFacts } from '../../src/remedy/project-facts';
import { scanText } from '../../src/scan/scan';

/** A project after a fix. */
export interface Fixed {
  readonly plan: Plan;
  /** Every file's text. */
  readonly files: Readonly<Record<string, string>>;
}

/** Fixes all findings of one file of a project in memory. */
export async function fix(
  files: Readonly<Record<string, string>>,
  file: string,
  options: FixOptions = {},
  machine: { readonly onWindows?: boolean } = {},
): Promise<Fixed> {
  const result = await tryFix(files, file, options, machine);
  if (isRefusal(result)) {
    throw new Error(`refused: ${result.refused} ${result.wayOut}`);
  }
  const texts = applyPlan(result.changes, (f) => files[f]);
  return { plan: result, files: { ...files, ...Object.fromEntries(texts) } };
}

/** The plan for all findings of one file, or why there is none. */
export async function tryFix(
  files: Readonly<Record<string, string>>,
  file: string,
  options: FixOptions = {},
  machine: { readonly onWindows?: boolean } = {},
): Promise<Plan | Refusal> {
  const text = files[file] as string;
  const findings = scanText(text, { fileName: file }).findings.filter((f) => f.state === 'secret');
  if (findings.length === 0) {
    throw new Error('nothing was found');
  }
  const facts = await readProjectFacts(new MemoryFiles(files, machine), file);
  return planFix({ facts, file, text, findings, options });
}
