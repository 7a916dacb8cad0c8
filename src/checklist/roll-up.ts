import type { Severity } from '../catalog/credential-type';
import type { Assessment, Grade } from './assessment';
import { definitionOf } from './definitions';
import { isOpen } from './scoring';

/** One project of several, in a line. */
export interface ProjectLine {
  readonly folder: string;
  readonly project: string;
  readonly gate: 'pass' | 'fail';
  readonly overall: Grade;
  /** Open failures by severity. */
  readonly open: Readonly<Record<Severity, number>>;
  readonly failing: readonly string[];
}

/** A failure that several projects share: mended once, it is worth more. */
export interface SharedGap {
  readonly check: string;
  readonly title: string;
  readonly severity: Severity;
  readonly projects: readonly string[];
}

/** Several projects at a glance, for one who answers for all of them. */
export interface RollUp {
  readonly asOf: string;
  /** Worst first. */
  readonly projects: readonly ProjectLine[];
  /** Most common first. */
  readonly shared: readonly SharedGap[];
}

const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
const RANK: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

/** Rolls up the assessments of several folders. */
export function rollUp(list: readonly { readonly folder: string; readonly assessment: Assessment }[]): RollUp {
  const projects = list.map(({ folder, assessment }): ProjectLine => {
    const open = assessment.results.filter(isOpen);
    const count = (s: Severity) => open.filter((r) => r.severity === s).length;
    return {
      folder,
      project: assessment.subject.project,
      gate: assessment.summary.gate.result,
      overall: assessment.summary.overall,
      open: { critical: count('critical'), high: count('high'), medium: count('medium'), low: count('low') },
      failing: open.map((r) => r.check),
    };
  });
  const checks = [...new Set(projects.flatMap((p) => p.failing))];
  const shared = checks
    .map((check): SharedGap => {
      const { title, severity } = definitionOf(check);
      return {
        check,
        title,
        severity,
        projects: projects.filter((p) => p.failing.includes(check)).map((p) => p.folder),
      };
    })
    .filter((gap) => gap.projects.length > 1)
    .sort(
      (a, b) =>
        b.projects.length - a.projects.length || RANK[a.severity] - RANK[b.severity] || (a.check < b.check ? -1 : 1),
    );
  return { asOf: list[0]?.assessment.run.asOf ?? '', projects: [...projects].sort(worse), shared };
}

/** Order from the worst on: the gate, then open failures by severity, then the score. */
function worse(a: ProjectLine, b: ProjectLine): number {
  if (a.gate !== b.gate) {
    return a.gate === 'fail' ? -1 : 1;
  }
  for (const s of SEVERITIES) {
    if (a.open[s] !== b.open[s]) {
      return b.open[s] - a.open[s];
    }
  }
  return (a.overall.score ?? 101) - (b.overall.score ?? 101) || (a.folder < b.folder ? -1 : 1);
}
