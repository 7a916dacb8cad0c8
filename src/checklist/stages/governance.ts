import { say } from '../../words/say';
import { daysAfter, daysBetween, inDays } from '../days';
import { askPolicy, declared } from '../declared';
import { hasKeys } from '../key-references';
import { count, type Draft, details, notApplicable, type Observation, seen, seenFile, verdict } from '../observation';
import { codeOwners, ownersOf } from '../probes/code-owners';
import { attestationProblems, exceptionProblems, inlineIgnores, suppressionProblems } from '../probes/exceptions';
import { changedKeys } from '../probes/key-fingerprints';
import { policySecrets } from '../probes/policy-secrets';
import type { ProjectTexts } from '../project-texts';
import type { SuppressionUse } from '../suppressions';

const REVIEW = 180;
/** Hours in which a data-protection authority must be told: GDPR, article 33. */
const NOTIFY = 72;
/** Where DORA applies. */
const UNION = new Set('EU AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '));

/** Stage GOV: the rules themselves. The check of exceptions comes last, see `exceptions`. */
export const governance: readonly ((project: ProjectTexts) => Draft)[] = [
  function policyReviewed(project) {
    const check = 'KW-GOV-01';
    const { state, problems, path, policy } = project.policy;
    if (state !== 'ok') {
      const observations: Observation[] = problems
        .filter((p) => p.fatal)
        .map((p) => ({ ...seenFile(p.file, 'policyPresent', 'fail'), line: p.line, column: p.column }));
      const none = state === 'no-policy';
      return verdict(
        check,
        observations.length ? observations : [seenFile(path ?? 'keyward.policy.jsonc', 'policyPresent', 'fail')],
        {
          fail: (bad) =>
            none
              ? say('There is no policy file.')
              : say('The policy has {0} and is not used.', count(bad.length, 'error')),
          warn: () => '',
          pass: '',
        },
      );
    }
    const review = policy?.review;
    const last = review && daysAfter(review.lastReviewedAt, review.everyDays ?? REVIEW);
    const observation = !last
      ? declared(project, ['review'], 'policyReviewed', 'warn', say('The policy is valid, and no review is recorded'))
      : last < project.asOf
        ? declared(
            project,
            ['review', 'lastReviewedAt'],
            'policyReviewed',
            'warn',
            say('The review was due on {0}, {1} ago', last, inDays(daysBetween(last, project.asOf))),
          )
        : declared(project, ['review', 'lastReviewedAt'], 'policyReviewed', 'pass');
    return verdict(
      check,
      [observation],
      { fail: details, warn: details, pass: say('Valid, and reviewed on {0}.', review?.lastReviewedAt) },
      'declared',
    );
  },
  function policyHoldsNoSecret(project) {
    const check = 'KW-GOV-02';
    if (project.policy.path === undefined || project.policy.state === 'no-policy') {
      return notApplicable(check, say('There is no policy file.'));
    }
    return verdict(check, policySecrets(project), {
      fail: (bad) => say('The policy or the inventory holds {0}.', count(bad.length, 'secret')),
      warn: () => say('A fingerprint is not keyed: whoever has a list of candidates can search it.'),
      pass: say('The policy holds references only.'),
    });
  },
  function scopeDeclared(project) {
    const check = 'KW-GOV-04';
    const { policy } = project.policy;
    if (!policy) {
      return askPolicy(check, project, say('which standards apply, and do keys give access to personal data?'));
    }
    const probe = 'scopeDeclared';
    const standards = policy.profile?.standards ?? [];
    const { personalData, regulated, jurisdictions = [] } = policy.project ?? {};
    const out: Observation[] = [];
    const told = (policy.incident?.notify ?? []).some(
      (n) => n.whom === 'data-protection-authority' && n.withinHours <= NOTIFY,
    );
    if (personalData && !told) {
      const detail = say(
        'Personal data is at stake, and no data-protection authority is told within {0} hours',
        NOTIFY,
      );
      out.push(declared(project, ['incident', 'notify'], probe, 'fail', detail));
    }
    if (standards.length === 0) {
      out.push(declared(project, ['profile', 'standards'], probe, 'warn', say('profile.standards is empty')));
    }
    const place = jurisdictions.find((j) => UNION.has(j));
    if ((regulated === 'casp' || regulated === 'financial-entity') && place && !standards.includes('dora')) {
      const detail = say('Regulated as {0} in {1}, and profile.standards does not list dora', regulated, place);
      out.push(declared(project, ['project', 'regulated'], probe, 'warn', detail));
    }
    return verdict(
      check,
      out,
      { fail: details, warn: details, pass: say('Standards and duties are declared.') },
      'declared',
    );
  },
  function changesControlled(project) {
    const check = 'KW-GOV-05';
    if (!hasKeys(project)) {
      return notApplicable(check, say('No key is referenced, found or listed.'));
    }
    const { policy, path = 'keyward.policy.jsonc', state } = project.policy;
    const changed = changedKeys(project);
    if (changed.length > 0) {
      return verdict(check, changed, { fail: details, warn: details, pass: say('The values are those on record.') });
    }
    const owners = codeOwners(project);
    if (owners) {
      const isCovered = ownersOf(owners, path).length > 0;
      return verdict(check, [seen(owners, 0, 'policyOwned', isCovered ? 'pass' : 'warn')], {
        fail: details,
        warn: () => say('{0} does not cover {1}.', owners.path, path),
        pass: say('{0} covers {1}.', owners.path, path),
      });
    }
    if (policy?.project?.team === 'solo') {
      const isTracked = project.isTracked(path);
      return verdict(check, [seenFile(path, 'policyOwned', 'warn')], {
        fail: details,
        warn: () =>
          isTracked
            ? say('One person owns the project: git shows changes of the policy, and nobody reviews them.')
            : say('One person owns the project, and git does not track the policy.'),
        pass: '',
      });
    }
    return {
      check,
      status: 'needs-attestation',
      reason: state === 'ok' ? 'no-attestation' : state,
      message: say('There is no CODEOWNERS file: who reviews changes of keys and of the policy?'),
      observations: [],
    };
  },
];

/** KW-GOV-03. It looks at what the suppressions did to every other check, so it is asked last. */
export function exceptions(project: ProjectTexts, uses: readonly SuppressionUse[]): Draft {
  const check = 'KW-GOV-03';
  const { policy } = project.policy;
  const inline = inlineIgnores(project);
  const observations = [
    ...suppressionProblems(project, uses),
    ...exceptionProblems(project),
    ...attestationProblems(project),
    ...inline.observations,
  ];
  const listed =
    uses.length +
    (policy?.attestations ?? []).length +
    (policy?.rotation?.exceptions ?? []).length +
    ((policy?.permissions as { exceptions?: readonly unknown[] } | undefined)?.exceptions ?? []).length;
  if (listed + inline.total === 0) {
    return notApplicable(check, say('There is no suppression, no exception, no attestation and no ignore comment.'));
  }
  return verdict(
    check,
    observations,
    {
      fail: details,
      warn: details,
      pass: say(
        '{0}, all complete and live.',
        count(listed + inline.total, 'exception or statement', 'exceptions and statements'),
      ),
    },
    listed > 0 ? 'declared' : 'observed',
  );
}
