import type { Assessment, Basis, CheckResult, Gate, Grade, Status } from './assessment';
import { definitionOf, principles, stages } from './definitions';
import { brokenBy, gradeOf, gradesBy, isOpen, stagesOf } from './scoring';

/** The numbers of a report over the results that it shows. `isGraded` is off where a grade would be a boast. */
export function summaryOf(
  results: readonly CheckResult[],
  options: { readonly policyIsValid: boolean; readonly failOn: Gate; readonly isGraded: boolean },
): Assessment['summary'] {
  const graded = (grade: Grade): Grade => (options.isGraded ? grade : { ...grade, grade: null, cappedBy: [] });
  const all = (grades: Readonly<Record<string, Grade>>) =>
    Object.fromEntries(Object.entries(grades).map(([id, grade]) => [id, graded(grade)]));
  const because = brokenBy(results, options.failOn);
  return {
    counts: countsOf(results),
    passBasis: basisOf(results),
    acceptedRisks: results.filter((r) => r.accepted).length,
    openCritical: results.filter((r) => isOpen(r) && r.severity === 'critical').map((r) => r.check),
    overall: graded(gradeOf(results, options.policyIsValid)),
    stages: all(
      gradesBy(
        results,
        stages.map((s) => s.id),
        stagesOf,
      ),
    ),
    principles: all(gradesBy(results, principles, (c) => definitionOf(c).principles)),
    gate: { failOn: options.failOn, result: because.length ? 'fail' : 'pass', because },
  };
}

function countsOf(results: readonly CheckResult[]): Record<Status, number> {
  const counts: Record<Status, number> = {
    pass: 0,
    fail: 0,
    warn: 0,
    'not-applicable': 0,
    'needs-attestation': 0,
    error: 0,
  };
  for (const r of results) {
    counts[r.status]++;
  }
  return counts;
}

function basisOf(results: readonly CheckResult[]): Record<Basis, number> {
  const counts: Record<Basis, number> = { observed: 0, declared: 0, attested: 0 };
  for (const r of results) {
    if (r.status === 'pass') {
      counts[r.basis ?? 'observed']++;
    }
  }
  return counts;
}
