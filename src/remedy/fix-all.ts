import type { Finding } from '../scan/finding';
import { applyPlan } from './apply-plan';
import { isRefusal } from './idiom';
import type { Plan, Refusal } from './plan';
import { type FixOptions, planFix } from './plan-fix';
import type { ProjectFacts } from './project-facts';

/** A finding that was not moved, in the text as the other fixes have left it. */
export interface Staying {
  readonly file: string;
  readonly finding: Finding;
  readonly text: string;
  readonly why: Refusal;
  readonly facts: ProjectFacts;
}

/** What fixing one file needs from whoever does it. */
export interface FileWork {
  readonly file: string;
  readonly options: FixOptions;
  /** The text as it is now. */
  readonly text: () => string;
  /** What is to be moved in a text. */
  readonly wanted: (text: string) => readonly Finding[];
  /** Facts as they are now, with what earlier plans have changed. */
  readonly facts: () => Promise<ProjectFacts>;
  /** Carries a plan out. A refusal means that nothing has changed. */
  readonly carry: (plan: Plan, text: string) => Promise<Refusal | undefined>;
}

/** Moves all findings of one file: together where one plan can do it, else one after the other. */
export async function fixFile(work: FileWork): Promise<readonly Staying[]> {
  const { file, options } = work;
  const before = work.text();
  const findings = work.wanted(before);
  if (findings.length === 0) {
    return [];
  }
  const facts = await work.facts();
  const staying = (text: string, finding: Finding, why: Refusal): Staying => ({ file, finding, text, why, facts });
  const together = planFix({ facts, file, text: before, findings, options });
  if (!isRefusal(together)) {
    const why = await work.carry(together, before);
    return why ? findings.map((f) => staying(before, f, why)) : [];
  }
  const stuck = new Map<string, Refusal>();
  for (;;) {
    const text = work.text();
    const rest = work.wanted(text);
    const next = rest.find((f) => !stuck.has(mark(text, f)));
    if (!next) {
      return rest.map((f) => staying(text, f, stuck.get(mark(text, f)) ?? together));
    }
    const plan = planFix({ facts: await work.facts(), file, text, findings: [next], options });
    const why = isRefusal(plan) ? plan : await work.carry(plan, text);
    if (why) {
      stuck.set(mark(text, next), why);
    }
  }
}

/** A finding's line up to its end: the same again after other lines have changed. */
function mark(text: string, f: Finding): string {
  return `${f.ruleId} ${text.slice(text.lastIndexOf('\n', f.start - 1) + 1, f.end)}`;
}

/** A project as it would be after all fixes. */
export interface FixedProject {
  readonly plans: readonly { readonly file: string; readonly plan: Plan }[];
  /** Every changed file's text. */
  readonly texts: ReadonlyMap<string, string>;
  readonly staying: readonly Staying[];
}

/**
 * Plans the fixes of many files, each against what those before it have left, so that a value gets one variable wherever it
 * stands. Touches nothing; a second time there is nothing to plan.
 */
export async function planAll(
  files: readonly string[],
  project: {
    readonly text: (file: string) => string | undefined;
    readonly wanted: (file: string, text: string) => readonly Finding[];
    readonly facts: (file: string, changed: ReadonlyMap<string, string>) => Promise<ProjectFacts>;
    readonly options: FixOptions;
  },
): Promise<FixedProject> {
  const texts = new Map<string, string>();
  const plans: { file: string; plan: Plan }[] = [];
  const staying: Staying[] = [];
  const textOf = (file: string) => texts.get(file) ?? project.text(file);
  for (const file of files) {
    const left = await fixFile({
      file,
      options: project.options,
      text: () => textOf(file) ?? '',
      wanted: (text) => project.wanted(file, text),
      facts: () => project.facts(file, texts),
      carry: async (plan) => {
        plans.push({ file, plan });
        for (const [name, after] of applyPlan(plan.changes, textOf)) {
          texts.set(name, after);
        }
        return undefined;
      },
    });
    staying.push(...left);
  }
  return { plans, texts, staying };
}
