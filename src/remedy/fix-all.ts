import type { Finding } from '../scan/finding';
import { applyPlan } from './apply-plan';
import { isRefusal } from './idiom';
import type { Plan, Refusal } from './plan';
import { type FixOptions, planFix } from './plan-fix';
import { valueToStore } from './plan-store-fix';
import type { ProjectFacts } from './project-facts';
import { type HeldValue, heldAt } from './store-destination';
import type { Occupied } from './stores/store-value';

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
  /** Carries a plan out. A refusal means that no file has changed. */
  readonly carry: (plan: Plan, text: string) => Promise<Refusal | Occupied | undefined>;
  /** What this run has put into the store, also by plans that were then refused; grows. */
  readonly held: Map<string, HeldValue>;
}

/** Moves all findings of one file: together where one plan can do it, else one after the other. */
export async function fixFile(work: FileWork): Promise<readonly Staying[]> {
  const { file } = work;
  const before = work.text();
  const findings = work.wanted(before);
  if (findings.length === 0) {
    return [];
  }
  const facts = await work.facts();
  const staying = (text: string, finding: Finding, why: Refusal): Staying => ({ file, finding, text, why, facts });
  const together = await move(work, facts, before, findings);
  if (!together) {
    return [];
  }
  if (together.planned) {
    return findings.map((f) => staying(before, f, together.why));
  }
  const stuck = new Map<string, Refusal>();
  for (;;) {
    const text = work.text();
    const rest = work.wanted(text);
    const next = rest.find((f) => !stuck.has(mark(text, f)));
    if (!next) {
      return rest.map((f) => staying(text, f, stuck.get(mark(text, f)) ?? together.why));
    }
    const stays = await move(work, await work.facts(), text, [next]);
    if (stays) {
      stuck.set(mark(text, next), stays.why);
    }
  }
}

/**
 * Plans and carries out. Where the store turns out to hold another value under a name, the next name is planned. Undefined when
 * the values have moved, else why not, and whether that was known before anything was done.
 */
async function move(
  { file, options, carry, held }: FileWork,
  facts: ProjectFacts,
  text: string,
  findings: readonly Finding[],
): Promise<{ readonly why: Refusal; readonly planned: boolean } | undefined> {
  const occupied = new Map<string, HeldValue>();
  for (;;) {
    const known = new Map([...held, ...occupied]);
    const plan = planFix({ facts, file, text, findings, options: { ...options, held: known } });
    if (isRefusal(plan)) {
      return { why: plan, planned: false };
    }
    const why = await carry(plan, text);
    if (!why) {
      for (const { finding, spot } of plan.storing ?? []) {
        const value = valueToStore(file, text, plan.findings[finding] as Finding);
        held.set(heldAt(spot), { variable: spot.variable, value });
      }
      return undefined;
    }
    if (!('occupied' in why) || occupied.has(heldAt(why.occupied))) {
      return { why, planned: true };
    }
    occupied.set(heldAt(why.occupied), { variable: why.occupied.variable, value: undefined });
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
  const held = new Map<string, HeldValue>();
  const textOf = (file: string) => texts.get(file) ?? project.text(file);
  for (const file of files) {
    const left = await fixFile({
      file,
      options: project.options,
      held,
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
