import type { IssuedKeyRules } from '../../policy/policy';
import { anyOf, say } from '../../words/say';
import { inDays } from '../days';
import { askPolicy, declared } from '../declared';
import { count, type Draft, details, notApplicable, type Observation, verdict } from '../observation';
import {
  acceptedPlaces,
  issuedEnds,
  issuedEntropy,
  issuedExpiry,
  issuedLimits,
  issuedPrefixes,
  issuedScopes,
  storedForms,
} from '../probes/issued-key-practice';
import { type Issuing, issuingOf } from '../probes/issued-keys';
import type { ProjectTexts } from '../project-texts';

const LEAST_BITS = 128;
const YEAR = 365;
const HOUR = 60;

/** What a check of this stage looks at. */
interface Asked {
  readonly project: ProjectTexts;
  readonly issuing: Issuing;
  readonly rules: IssuedKeyRules | undefined;
}

/** An observation at a field of the policy's section `issuedKeys`. */
function ruled(project: ProjectTexts, field: string, outcome: Observation['outcome'], detail?: string): Observation {
  return declared(project, ['issuedKeys', field], 'issuedKeysDeclared', outcome, detail);
}

/**
 * A check of this stage: not applicable where no keys are issued, decided by what files show and the policy says, and a
 * question where neither says anything.
 */
function check(
  id: string,
  what: string,
  pass: string,
  look: (asked: Asked) => readonly Observation[],
): (project: ProjectTexts) => Draft {
  return (project) => {
    const issuing = issuingOf(project);
    if (!issuing) {
      return notApplicable(id, say('Nothing says that the project issues keys to customers.'));
    }
    const observations = look({ project, issuing, rules: project.policy.policy?.issuedKeys });
    if (observations.length === 0) {
      return project.policy.state === 'ok'
        ? {
            check: id,
            status: 'needs-attestation',
            reason: 'no-attestation',
            message: say('Neither files nor policy say it: {0}', what),
            observations: [],
          }
        : askPolicy(id, project, what);
    }
    const isSeen = observations.some((o) => o.probe !== 'issuedKeysDeclared');
    return verdict(id, observations, { fail: details, warn: details, pass }, isSeen ? 'observed' : 'declared');
  };
}

/** Stage ISS: keys that the project gives to its customers. A report shows it only where the project does. */
export const issuance: readonly ((project: ProjectTexts) => Draft)[] = [
  check(
    'KW-ISS-01',
    say('how are customers’ keys generated, and with how much entropy?'),
    say('Keys for customers have at least 128 random bits.'),
    ({ project, issuing, rules }) => {
      const bits = rules?.entropyBits;
      const said =
        bits !== undefined && bits < LEAST_BITS
          ? say('issuedKeys.entropyBits is {0}, not {1}', bits, LEAST_BITS)
          : undefined;
      return [
        ...issuedEntropy(issuing.places),
        ...(bits === undefined ? [] : [ruled(project, 'entropyBits', said ? 'fail' : 'pass', said)]),
      ];
    },
  ),
  check(
    'KW-ISS-02',
    say('by what prefix are your keys known?'),
    say('Own keys have a prefix, a checksum and a form for each environment.'),
    recognised,
  ),
  check(
    'KW-ISS-03',
    say('are customers’ keys stored as hashes, and shown only once?'),
    say('Keys for customers are stored as hashes only.'),
    ({ project, issuing, rules }) => {
      const stored = rules?.storedAs;
      const form = { hash: 'pass', encrypted: 'warn', plaintext: 'fail' } as const;
      return [
        ...storedForms(issuing.places),
        ...(stored
          ? [ruled(project, 'storedAs', form[stored], say('Keys for customers are stored as {0}', stored))]
          : []),
        ...(rules?.shownOnce === false
          ? [ruled(project, 'shownOnce', 'fail', say('A key for a customer is shown more than once'))]
          : []),
      ];
    },
  ),
  check(
    'KW-ISS-04',
    say('can a customer have a key that only reads?'),
    say('Keys for customers have scopes.'),
    ({ project, issuing, rules }) => [
      ...issuedScopes(issuing.places),
      ...(rules?.scopes
        ? [
            ruled(
              project,
              'scopes',
              rules.scopes.length > 1 ? 'pass' : 'fail',
              say('issuedKeys.scopes names one scope only'),
            ),
          ]
        : []),
    ],
  ),
  check(
    'KW-ISS-05',
    say('when do customers’ keys expire?'),
    say('Keys for customers have an end.'),
    ({ project, issuing, rules }) => {
      const days = rules?.maxLifetimeDays;
      const long = days !== undefined && days > YEAR;
      return [
        ...issuedExpiry(issuing.places),
        ...(days === undefined
          ? []
          : [
              ruled(
                project,
                'maxLifetimeDays',
                long ? 'warn' : 'pass',
                say('Keys for customers live for {0}', inDays(days)),
              ),
            ]),
      ];
    },
  ),
  check(
    'KW-ISS-06',
    say('is the use of each customer’s key limited and watched?'),
    say('Use is limited for each key, and recorded.'),
    limited,
  ),
  check(
    'KW-ISS-07',
    say('how fast is a customer’s key revoked, and what is logged?'),
    say('Keys for customers can be revoked, and what happens to them is logged.'),
    ended,
  ),
  check(
    'KW-ISS-08',
    say('where in a request does a customer’s key stand?'),
    say('Customers’ keys are read out of headers only.'),
    ({ project, rules }) => [
      ...acceptedPlaces(project),
      ...(rules?.inUrl === undefined
        ? []
        : [ruled(project, 'inUrl', rules.inUrl ? 'fail' : 'pass', say('Customers’ keys are accepted in URLs'))]),
    ],
  ),
];

/** Own formats with prefix and checksum, one for each environment; a prefix in code alone is half of it. */
function recognised({ project, issuing }: Asked): readonly Observation[] {
  const { formats, places } = issuing;
  const probe = 'ownKeyFormats';
  if (formats.length === 0) {
    const prefixes = issuedPrefixes(places).map((o) => ({
      ...o,
      detail: say('Keys have a prefix, and the policy has no detection.ownKeyFormats for it'),
    }));
    return prefixes.length || !project.policy.policy
      ? prefixes
      : [
          declared(
            project,
            ['detection', 'ownKeyFormats'],
            probe,
            'fail',
            say('The policy has no detection.ownKeyFormats'),
          ),
        ];
  }
  const loose = formats.flatMap((f, i) => {
    const missing = [...(f.prefix ? [] : ['prefix']), ...(f.checksum && f.checksum !== 'none' ? [] : ['checksum'])];
    return missing.length
      ? [
          declared(
            project,
            ['detection', 'ownKeyFormats', i],
            probe,
            'warn',
            say('{0} has no {1}', f.id, anyOf(missing)),
          ),
        ]
      : [];
  });
  const kinds = new Map((project.policy.policy?.environments ?? []).map((e) => [e.id, e.kind === 'production']));
  const covered = new Set(formats.map((f) => (f.environment ? kinds.get(f.environment) : undefined)));
  const apart = new Set(kinds.values()).size < 2 || (covered.has(true) && covered.has(false));
  return [
    ...loose,
    ...(apart
      ? []
      : [
          declared(
            project,
            ['detection', 'ownKeyFormats'],
            probe,
            'warn',
            say('Production and test keys have no form of their own'),
          ),
        ]),
    ...(loose.length === 0 && apart ? [declared(project, ['detection', 'ownKeyFormats'], probe, 'pass')] : []),
  ];
}

function limited({ project, issuing, rules }: Asked): readonly Observation[] {
  const { perKey, any, use } = issuedLimits(project, issuing.places);
  const limit = rules?.rateLimit;
  const isLimited = perKey.length > 0 || limit === 'per-key';
  const isWatched = use.length > 0 || rules?.monitored === true;
  const shown = [
    ...perKey,
    ...(isLimited ? [] : any.map((o) => ({ ...o, detail: say('Requests are limited, and not for each key') }))),
    ...use,
    ...(limit === undefined
      ? []
      : [
          ruled(
            project,
            'rateLimit',
            limit === 'per-key' ? 'pass' : limit === 'none' ? 'fail' : 'warn',
            limit === 'none'
              ? say('Requests are limited by nothing')
              : say('Requests are limited {0}', limit.replace('-', ' ')),
          ),
        ]),
    ...(rules?.monitored === undefined
      ? []
      : [ruled(project, 'monitored', rules.monitored ? 'pass' : 'fail', say('Use of customers’ keys is not watched'))]),
  ];
  if (shown.length === 0 || (isLimited && isWatched)) {
    return shown;
  }
  const half = isLimited
    ? say('Use is limited for each key, and not recorded')
    : say('Use is recorded, and not limited for each key');
  return isLimited || isWatched ? [...shown, { ...(shown[0] as Observation), outcome: 'warn', detail: half }] : shown;
}

function ended({ project, issuing, rules }: Asked): readonly Observation[] {
  const { revocable, logged } = issuedEnds(project, issuing.places);
  const minutes = rules?.revokeWithinMinutes;
  const missing = (['issue', 'use', 'deactivate'] as const).filter((e) => rules?.logged && !rules.logged.includes(e));
  const slow = minutes !== undefined && minutes > HOUR;
  const shown = [
    ...revocable,
    ...logged,
    ...(minutes === undefined
      ? []
      : [
          ruled(
            project,
            'revokeWithinMinutes',
            slow ? 'warn' : 'pass',
            say('A customer’s key is revoked within {0}', count(minutes, 'minute')),
          ),
        ]),
    ...(rules?.logged
      ? [
          ruled(
            project,
            'logged',
            missing.length ? 'warn' : 'pass',
            say('issuedKeys.logged lacks {0}', missing.join(', ')),
          ),
        ]
      : []),
  ];
  const canEnd = revocable.length > 0 || minutes !== undefined;
  const isLogged = logged.length > 0 || rules?.logged !== undefined;
  return shown.length === 0 || (canEnd && isLogged)
    ? shown
    : [
        ...shown,
        {
          ...(shown[0] as Observation),
          outcome: 'warn',
          detail: canEnd
            ? say('Keys can be revoked, and no log of it is seen')
            : say('A log is seen, and no way to revoke a key'),
        },
      ];
}
