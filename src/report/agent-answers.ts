import type { Severity } from '../catalog/credential-type';
import type { Assessment, CheckResult, Status } from '../checklist/assessment';
import { definitionOf, stages } from '../checklist/definitions';
import type { Confidence } from '../scan/finding';
import { inOrder, type LocatedFinding, severities } from './located-finding';
import { statusOrder } from './status-words';

/** More are counted and not listed, so that an answer fits into an agent's context. */
const MOST = 100;
/** Places of one check that are listed. */
const PLACES = 5;

const SURE: Readonly<Record<Confidence, number>> = { possible: 1, likely: 2, certain: 3 };

/** What is left out of a list of findings. */
export interface AgentFilter {
  readonly severity?: Severity;
  readonly minConfidence: Confidence;
}

/** Findings for a coding agent: places and kinds. No value, no fingerprint, nothing of the value's characters or length. */
export function agentFindings(
  findings: readonly LocatedFinding[],
  { severity = 'low', minConfidence }: AgentFilter,
): object {
  const alarms = inOrder(findings).filter(
    (f) =>
      f.state === 'secret' &&
      !f.ignored &&
      severities.indexOf(f.severity) <= severities.indexOf(severity) &&
      SURE[f.confidence] >= SURE[minConfidence],
  );
  return {
    total: alarms.length,
    findings: alarms.slice(0, MOST).map((f) => ({
      file: f.file,
      line: f.range.start.line + 1,
      column: f.range.start.character + 1,
      rule: f.ruleId,
      provider: f.provider,
      severity: f.severity,
      confidence: f.confidence,
      message: f.message,
      variable: f.variable,
      status: f.local ? 'kept out of git: nothing to do' : 'hard-coded',
      ...(f.group ? { pair: `${f.file}#${f.group}` } : {}),
    })),
    ...(alarms.length > MOST ? { notListed: alarms.length - MOST, hint: 'Ask for one file, or for a severity.' } : {}),
  };
}

const SETTLED: readonly Status[] = ['pass', 'not-applicable'];

/** An assessment for a coding agent: what is open, where, and what to do, worst first. Lines of the project are not quoted. */
export function agentAssessment(assessment: Assessment, passed: boolean): object {
  const { overall, counts, gate } = assessment.summary;
  const rank = (r: CheckResult) => statusOrder.indexOf(r.status) * 10 + severities.indexOf(r.severity);
  return {
    project: assessment.subject.project,
    asOf: assessment.run.asOf,
    policy: assessment.subject.policy.state,
    grade: overall.grade ?? null,
    score: overall.score,
    coverage: overall.coverage,
    gate: gate.result,
    counts,
    checks: assessment.results
      .filter((r) => passed || !SETTLED.includes(r.status))
      .toSorted((a, b) => rank(a) - rank(b) || (a.check < b.check ? -1 : 1))
      .map((r) => {
        const { title, stage } = definitionOf(r.check);
        return {
          check: r.check,
          title,
          stage: stages.find((s) => s.id === stage)?.name ?? stage,
          status: r.status,
          severity: r.severity,
          message: r.message,
          ...(r.remediation ? { todo: r.remediation } : {}),
          ...(r.evidence.length
            ? { places: r.evidence.slice(0, PLACES).map((e) => `${e.file}:${e.line}`), placesInAll: r.evidence.length }
            : {}),
        };
      }),
  };
}
