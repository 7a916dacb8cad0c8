import type { Severity } from '../catalog/credential-type';
import { say } from '../words/say';
import type { CheckResult, Gate, Grade } from './assessment';
import { definitionOf } from './definitions';

/** Weights by severity, as OpenSSF Scorecard has them. */
export const weights: Readonly<Record<Severity, number>> = { critical: 10, high: 7.5, medium: 5, low: 2.5 };

const VALUE: Readonly<Partial<Record<CheckResult['status'], number>>> = { pass: 1, warn: 0.5, fail: 0 };
const rounded = (x: number) => Math.round(x * 10) / 10;

function isDecided(r: CheckResult): boolean {
  return r.status in VALUE;
}

function creditOf(r: CheckResult): number {
  return r.accepted ? 0.5 : (VALUE[r.status] ?? 0);
}

/** Score over the decided checks and coverage over the applicable ones, both in percent with one decimal. */
export function scoreOf(results: readonly CheckResult[]): { score: number | null; coverage: number | null } {
  const applicable = results.filter((r) => r.status !== 'not-applicable');
  const decided = applicable.filter(isDecided);
  const all = applicable.reduce((sum, r) => sum + r.weight, 0);
  const known = decided.reduce((sum, r) => sum + r.weight, 0);
  return {
    score: known === 0 ? null : rounded((100 * decided.reduce((sum, r) => sum + r.weight * creditOf(r), 0)) / known),
    coverage: all === 0 ? null : rounded((100 * known) / all),
  };
}

const GRADES = ['A', 'B', 'C', 'D', 'F'] as const;
type Letter = (typeof GRADES)[number];

function letter(score: number): Letter {
  return score >= 90 ? 'A' : score >= 80 ? 'B' : score >= 70 ? 'C' : score >= 60 ? 'D' : 'F';
}

/** Whether a result breaks a gate: an open failure. */
export function isOpen(r: CheckResult): boolean {
  return r.status === 'fail' && !r.accepted;
}

/** The grade of some checks, lowered by caps; each cap is said in words. */
export function gradeOf(results: readonly CheckResult[], policyIsValid: boolean | undefined): Grade {
  const { score, coverage } = scoreOf(results);
  if (score === null || coverage === null || coverage < 40) {
    return { score, coverage, grade: null, cappedBy: score === null ? [] : [say('coverage below 40 %')] };
  }
  let index = GRADES.indexOf(letter(score));
  const cappedBy: string[] = [];
  const cap = (to: Letter, why: string) => {
    if (GRADES.indexOf(to) > index) {
      index = GRADES.indexOf(to);
      cappedBy.push(why);
    }
  };
  const critical = results.filter((r) => isOpen(r) && r.severity === 'critical').length;
  if (critical >= 3) {
    cap('F', say('three open critical failures'));
  } else if (critical > 0) {
    cap('D', say('an open critical failure'));
  }
  if (coverage < 60) {
    cap('C', say('coverage below 60 %'));
  } else if (coverage < 80) {
    cap('B', say('coverage below 80 %'));
  }
  if (policyIsValid === false) {
    cap('C', say('no valid policy'));
  }
  return { score, coverage, grade: GRADES[index] as Letter, cappedBy };
}

/** Grades of groups of checks, by stage or by principle. */
export function gradesBy(
  results: readonly CheckResult[],
  groups: readonly string[],
  groupsOf: (check: string) => readonly string[],
): Record<string, Grade> {
  const out: Record<string, Grade> = {};
  for (const group of groups) {
    const own = results.filter((r) => groupsOf(r.check).includes(group));
    if (own.length > 0) {
      out[group] = gradeOf(own, undefined);
    }
  }
  return out;
}

/** Stages of a check, as a list. */
export function stagesOf(check: string): readonly string[] {
  return [definitionOf(check).stage];
}

const RANK: Readonly<Record<Gate, number>> = { low: 1, medium: 2, high: 3, critical: 4, never: 5 };

/** Open failures that reach the gate's severity. */
export function brokenBy(results: readonly CheckResult[], failOn: Gate): readonly string[] {
  return results.filter((r) => isOpen(r) && RANK[r.severity] >= RANK[failOn]).map((r) => r.check);
}
