import type { Attestation } from '../policy/policy';
import { say } from '../words/say';
import { daysAfter } from './days';
import { declared } from './declared';
import { type Draft, type Observation, withoutSecrets } from './observation';
import type { ProjectTexts } from './project-texts';

/** An attestation on one date. */
export interface Statement {
  readonly attestation: Attestation;
  /** Its place in `attestations[]`. */
  readonly index: number;
  /** `future`: dated after the run's date, so it says nothing yet. */
  readonly state: 'current' | 'expired' | 'future';
}

/** A valid policy's attestations, in the order of the file. */
export function statements(project: ProjectTexts): readonly Statement[] {
  const { asOf } = project;
  return (project.policy.policy?.attestations ?? []).map((attestation, index) => ({
    attestation,
    index,
    state: attestation.at > asOf ? 'future' : attestation.expiresAt >= asOf ? 'current' : 'expired',
  }));
}

/** The latest statement for a check, one that holds before one that has ended. */
export function statementFor(
  project: ProjectTexts,
  check: string,
  kind?: 'internal' | 'third-party',
): Statement | undefined {
  return statements(project)
    .filter((s) => s.attestation.check === check && s.state !== 'future')
    .filter((s) => kind === undefined || (s.attestation.scope?.kind ?? 'internal') === kind)
    .sort((a, b) => (endOf(a) < endOf(b) ? 1 : -1))[0];
}

function endOf(statement: Statement): string {
  return statement.attestation.expiresAt;
}

/** An observation at a statement. */
export function stated(
  project: ProjectTexts,
  statement: Statement,
  probe: string,
  outcome: Observation['outcome'],
): Observation {
  return declared(project, ['attestations', statement.index, 'check'], probe, outcome);
}

/** Whether a statement still holds under a cadence: `late` for 90 days after its end. */
export function cadence(
  statement: Statement,
  everyDays: number,
  asOf: string,
): { state: 'current' | 'late' | 'over'; until: string } {
  const { at, expiresAt } = statement.attestation;
  const [until] = [daysAfter(at, everyDays), expiresAt].sort() as [string, string];
  return { state: asOf <= until ? 'current' : asOf <= daysAfter(until, 90) ? 'late' : 'over', until };
}

/**
 * Answers a question with a statement of a person. It never lifts a failure or a warning; a statement that has ended
 * leaves the question open and says so.
 */
export function answered(draft: Draft, project: ProjectTexts): Draft {
  if (draft.status !== 'needs-attestation' || (draft.reason !== 'no-attestation' && draft.reason !== 'no-ci')) {
    return draft;
  }
  const statement = statementFor(project, draft.check);
  if (!statement) {
    return draft;
  }
  const { at, expiresAt, by } = statement.attestation;
  if (statement.state === 'expired') {
    return {
      ...draft,
      reason: 'attestation-expired',
      message: say('The attestation of {0} by {1} ended on {2}. {3}', at, by, expiresAt, draft.message),
      observations: [stated(project, statement, 'attestation', 'warn')],
    };
  }
  return {
    check: draft.check,
    status: 'pass',
    basis: 'attested',
    message: say('Attested on {0} by {1}, until {2}.', at, by, expiresAt),
    observations: [stated(project, statement, 'attestation', 'pass')],
  };
}

/** The report's list of statements. */
export function attestationList(project: ProjectTexts): readonly Readonly<Record<string, string>>[] {
  return statements(project).map(({ attestation: a, state }) => ({
    check: a.check,
    ...(a.scope?.kind ? { scope: a.scope.kind } : {}),
    statement: withoutSecrets(a.statement),
    by: a.by,
    ...(a.role ? { role: a.role } : {}),
    at: a.at,
    expiresAt: a.expiresAt,
    state,
  }));
}
