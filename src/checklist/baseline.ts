import type { Assessment, CheckResult, Trend } from './assessment';
import { brokenBy, isOpen } from './scoring';

/** The failures of one day, so that only new ones break the gate. Fingerprints of evidence, never values. */
export interface ChecklistBaseline {
  readonly schemaVersion: 1;
  readonly kind: 'checklist';
  readonly asOf: string;
  readonly checklistVersion: string;
  /** By check; `until` is written by people: from the day after, the failure counts again. */
  readonly failures: Readonly<Record<string, { readonly evidence: readonly string[]; readonly until?: string }>>;
}

const failing = new WeakMap<CheckResult, readonly string[]>();

/** Notes which evidence of a result is a failure: a warning that comes later in the same check is no new failure. */
export function noteFailing(result: CheckResult, fingerprints: readonly string[]): void {
  failing.set(result, fingerprints);
}

function evidenceFor(result: CheckResult): readonly string[] {
  return [...new Set(failing.get(result) ?? result.evidence.map((e) => e.fingerprint))].sort();
}

/** Today's failures as a baseline. */
export function baselineOf(assessment: Assessment): ChecklistBaseline {
  const open = assessment.results.filter(isOpen);
  return {
    schemaVersion: 1,
    kind: 'checklist',
    asOf: assessment.run.asOf,
    checklistVersion: assessment.tool.checklistVersion,
    failures: Object.fromEntries(open.map((r) => [r.check, { evidence: evidenceFor(r) }])),
  };
}

/** Reads a baseline; throws an Error fit for a person. */
export function readChecklistBaseline(text: string): ChecklistBaseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it is no JSON');
  }
  const { schemaVersion, kind, failures } = (value ?? {}) as Partial<ChecklistBaseline>;
  if (schemaVersion !== 1 || kind !== 'checklist' || typeof failures !== 'object' || failures === null) {
    throw new Error('it is no baseline of the checklist');
  }
  for (const [check, entry] of Object.entries(failures)) {
    if (!Array.isArray(entry?.evidence) || (entry.until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(entry.until))) {
      throw new Error(`its entry for ${check} is not one of a baseline`);
    }
  }
  return value as ChecklistBaseline;
}

/** The assessment seen from a baseline: failures that it has don't break the gate until their time is over. */
export function againstBaseline(assessment: Assessment, baseline: ChecklistBaseline): Assessment {
  const { results, run, summary } = assessment;
  const open = results.filter(isOpen);
  const kindOf = (r: CheckResult) => {
    const entry = baseline.failures[r.check];
    if (!entry || evidenceFor(r).some((e) => !entry.evidence.includes(e))) {
      return 'new';
    }
    return entry.until !== undefined && entry.until < run.asOf ? 'overdue' : 'known';
  };
  const of = (kind: string) => open.filter((r) => kindOf(r) === kind).map((r) => r.check);
  const isOpenCheck = new Set(open.map((r) => r.check));
  const shown = new Set(results.map((r) => r.check));
  const trend: Trend = {
    since: baseline.asOf,
    known: of('known'),
    new: of('new'),
    overdue: of('overdue'),
    fixed: Object.keys(baseline.failures).filter((check) => shown.has(check) && !isOpenCheck.has(check)),
  };
  const counting = open.filter((r) => kindOf(r) !== 'known');
  const because = brokenBy(counting, summary.gate.failOn);
  return {
    ...assessment,
    summary: { ...summary, gate: { ...summary.gate, result: because.length ? 'fail' : 'pass', because } },
    trend,
  };
}
