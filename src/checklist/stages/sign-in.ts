import { say } from '../../words/say';
import { stated, statementFor } from '../attestations';
import { askPolicy, declared } from '../declared';
import { factsOf } from '../facts';
import { concluded, type Draft, notApplicable, type Observation } from '../observation';
import { secondPerson } from '../probes/second-person';
import type { ProjectTexts } from '../project-texts';

const NO_KEYS = say('No key is referenced, found or listed.');

interface Authentication {
  readonly mfa?: {
    readonly required: boolean;
    readonly accounts?: readonly { readonly provider: string; readonly method: string }[];
  };
  readonly criticalOperations?: readonly { readonly operation: string; readonly control: string }[];
}

function rules(project: ProjectTexts): Authentication {
  return (project.policy.policy?.authentication as Authentication | undefined) ?? {};
}

/** Part of stage ACC: who can issue keys, and who else must agree. */
export const signIn: readonly ((project: ProjectTexts) => Draft)[] = [
  function secondFactor(project) {
    const check = 'KW-ACC-11';
    const what = say('do all accounts that can issue keys have a second factor?');
    if (!factsOf(project).hasKeys) {
      return notApplicable(check, NO_KEYS);
    }
    if (project.policy.state !== 'ok') {
      return askPolicy(check, project, what);
    }
    const { mfa } = rules(project);
    const at = (path: readonly (string | number)[], outcome: Observation['outcome']) =>
      declared(project, ['authentication', 'mfa', ...path], 'mfaAttested', outcome);
    const accounts = mfa?.accounts ?? [];
    const refused = [
      ...(mfa?.required === false ? [at(['required'], 'fail')] : []),
      ...accounts.flatMap((a, i) => (a.method === 'none' ? [at(['accounts', i], 'fail')] : [])),
    ];
    const weak = accounts.flatMap((a, i) => (/^(?:sms|email)$/.test(a.method) ? [at(['accounts', i], 'warn')] : []));
    const statement = statementFor(project, check);
    if (refused.length > 0) {
      return concluded(check, refused, (left) =>
        left.length > 0
          ? {
              status: 'fail',
              basis: 'declared',
              message: say('A second factor is not required, or an account has none.'),
            }
          : { status: 'needs-attestation', reason: 'no-attestation', message: say('Nobody has stated it: {0}', what) },
      );
    }
    if (statement?.state !== 'current') {
      return {
        check,
        status: 'needs-attestation',
        reason: statement ? 'attestation-expired' : 'no-attestation',
        message: statement
          ? say(
              'The attestation of {0} ended on {1}: {2}',
              statement.attestation.at,
              statement.attestation.expiresAt,
              what,
            )
          : say('Nobody has stated it: {0}', what),
        observations: statement ? [stated(project, statement, 'mfaAttested', 'warn')] : [],
      };
    }
    const { at: date, by, expiresAt } = statement.attestation;
    const missing = mfa === undefined ? [declared(project, ['authentication'], 'mfaAttested', 'warn')] : [];
    return concluded(check, [stated(project, statement, 'mfaAttested', 'pass'), ...weak, ...missing], (left) =>
      left.some((o) => o.outcome === 'warn')
        ? {
            status: 'warn',
            basis: 'attested',
            message: mfa
              ? say('An account has SMS or e-mail as its second factor.')
              : say('Attested, but authentication.mfa is not set.'),
          }
        : {
            status: 'pass',
            basis: 'attested',
            message: say('Attested on {0} by {1}, until {2}.', date, by, expiresAt),
          },
    );
  },
  function secondPersonForCritical(project) {
    const check = 'KW-ACC-12';
    if (!factsOf(project).hasKeys) {
      return notApplicable(check, NO_KEYS);
    }
    const { policy, state } = project.policy;
    const operations = rules(project).criticalOperations ?? [];
    const solo = policy?.project?.team === 'solo';
    const listed =
      operations.length > 0
        ? [declared(project, ['authentication', 'criticalOperations'], 'criticalOperationsDeclared', 'pass')]
        : [];
    const controls = secondPerson(project);
    const basis = controls.length > 0 ? 'observed' : 'declared';
    return concluded(check, [...listed, ...controls], () => {
      if (operations.length > 0) {
        return controls.length > 0 || solo
          ? { status: 'pass', basis, message: say('Critical operations have a control.') }
          : {
              status: 'warn',
              basis,
              message: say('Critical operations are declared, but no file shows their control.'),
            };
      }
      if (controls.length > 0) {
        return {
          status: 'warn',
          basis,
          message: say('A control is seen, but authentication.criticalOperations lists nothing.'),
        };
      }
      return state === 'ok'
        ? {
            status: 'fail',
            basis: 'declared',
            message: say('No critical operation has a second factor or a second person.'),
          }
        : askPolicy(check, project, say('which operations need a second person or factor?'));
    });
  },
];
