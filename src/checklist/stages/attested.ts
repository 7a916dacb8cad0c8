import { say } from '../../words/say';
import { cadence, type Statement, stated, statementFor } from '../attestations';
import { daysBetween, inDays } from '../days';
import { askPolicy, declared } from '../declared';
import { hasKeys } from '../key-references';
import { type Draft, notApplicable, type Observation } from '../observation';
import type { ProjectTexts } from '../project-texts';

const NO_KEYS = say('No key is referenced, found or listed.');
/** Usual cadences, in days. */
export const YEAR = 365;
const HALF_YEAR = 180;

/** What only a person can state, and must state again and again. */
export function repeated(project: ProjectTexts, check: string, probe: string, everyDays: number, what: string): Draft {
  if (!hasKeys(project)) {
    return notApplicable(check, NO_KEYS);
  }
  if (project.policy.state !== 'ok') {
    return askPolicy(check, project, what);
  }
  const statement = statementFor(project, check);
  if (!statement) {
    return open(check, 'no-attestation', say('Nobody has stated it: {0}', what));
  }
  const { state, until } = cadence(statement, everyDays, project.asOf);
  const { at, by } = statement.attestation;
  return state === 'over'
    ? open(check, 'attestation-expired', say('The attestation of {0} by {1} ended on {2}: {3}', at, by, until, what), [
        stated(project, statement, probe, 'warn'),
      ])
    : {
        check,
        status: state === 'late' ? 'warn' : 'pass',
        basis: 'attested',
        message:
          state === 'late'
            ? say('Last stated on {0} by {1}; {2} over.', at, by, inDays(daysBetween(until, project.asOf)))
            : say('Attested on {0} by {1}, until {2}.', at, by, until),
        observations: [stated(project, statement, probe, state === 'late' ? 'warn' : 'pass')],
      };
}

function open(
  check: string,
  reason: 'no-attestation' | 'attestation-expired',
  message: string,
  observations: readonly Observation[] = [],
): Draft {
  return { check, status: 'needs-attestation', reason, message, observations };
}

/** The internal audit, and the third-party audit unless a solo project has switched it off. */
export function audits(project: ProjectTexts): Draft {
  const check = 'KW-INC-06';
  const what = say('when were the internal and the third-party audit?');
  if (!hasKeys(project)) {
    return notApplicable(check, NO_KEYS);
  }
  const { policy } = project.policy;
  if (!policy) {
    return askPolicy(check, project, what);
  }
  const rules = policy.audits;
  const needed: readonly (readonly ['internal' | 'third-party', number])[] = [
    ['internal', rules?.internalEveryDays ?? HALF_YEAR],
    ...(rules?.thirdPartyRequired === false && policy.project?.team === 'solo'
      ? []
      : [['third-party', rules?.thirdPartyEveryDays ?? YEAR] as const]),
  ];
  const judged = needed.map(([kind, days]) => {
    const statement = statementFor(project, check, kind);
    return { kind, statement, held: statement && cadence(statement, days, project.asOf) };
  });
  const observations = judged.map(({ statement, held }) =>
    statement
      ? stated(project, statement, 'auditsAttested', held?.state === 'current' ? 'pass' : 'warn')
      : declared(project, ['attestations'], 'auditsAttested', 'warn'),
  );
  const current = judged.filter((a) => a.held?.state === 'current');
  const lacking = judged
    .filter((a) => a.held?.state !== 'current')
    .map((a) =>
      a.held
        ? say('the {0} audit has been due since {1}', a.kind, a.held.until)
        : say('no {0} audit is attested', a.kind),
    );
  if (current.length === 0 && !judged.some((a) => a.held?.state === 'late')) {
    const known = judged.some((a) => a.statement);
    return open(
      check,
      known ? 'attestation-expired' : 'no-attestation',
      say('No current audit is attested: {0}', what),
      observations,
    );
  }
  const message = lacking.length
    ? `${lacking.join('; ')}.`
    : `${current.map((a) => word(a.kind, a.statement)).join(', ')}.`;
  return {
    check,
    status: lacking.length ? 'warn' : 'pass',
    basis: 'attested',
    message: message.replace(/^./, (c) => c.toUpperCase()),
    observations,
  };
}

function word(kind: string, statement: Statement | undefined): string {
  return say('{0} audit of {1}', kind, statement?.attestation.at);
}
