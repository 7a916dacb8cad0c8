import { say } from '../words/say';
import type { Question } from './question';

export const profiles = ['solo', 'integrator', 'data-api'] as const;
/** Who a policy is for: a developer alone, a team that trades or integrates exchanges, a company that sells crypto data. */
export type PolicyProfile = (typeof profiles)[number];

export const environmentKinds = ['development', 'test', 'staging', 'production'] as const;

/** What a first policy is made from. */
export interface PolicyChoices {
  readonly profile: PolicyProfile;
  /** Id of the owner: lower case, digits and hyphens. */
  readonly owner: string;
  readonly contact: string;
  readonly environments: readonly string[];
  /** Days after which a key is rotated. */
  readonly maxAgeDays: number;
  readonly stores: readonly string[];
}

const ENVIRONMENTS: Readonly<Record<PolicyProfile, readonly string[]>> = {
  solo: ['development', 'production'],
  integrator: ['development', 'test', 'production'],
  'data-api': ['development', 'staging', 'production'],
};
const STORES: Readonly<Record<PolicyProfile, readonly string[]>> = {
  solo: ['os-keychain', '1password'],
  integrator: ['hashicorp-vault', 'github-actions-secret'],
  'data-api': ['aws-secrets-manager', 'github-actions-secret'],
};

/** What is chosen when nobody is asked. */
export function usualChoices(profile: PolicyProfile = 'solo'): PolicyChoices {
  return {
    profile,
    owner: profile === 'solo' ? 'me' : 'security',
    contact: profile === 'solo' ? 'me@example.org' : 'security@example.org',
    environments: ENVIRONMENTS[profile],
    maxAgeDays: 90,
    stores: STORES[profile],
  };
}

/** The first question: it decides what the others propose. */
export function profileQuestion(): Question {
  return {
    id: 'profile',
    prompt: say('Who is this policy for?'),
    value: 'solo',
    options: profiles,
    meanings: {
      solo: say('Solo bot developer: one person, ten checks, no audits'),
      integrator: say('Exchange integrator team: trading keys, several people, production'),
      'data-api': say('Crypto data API company: issues keys to its customers'),
    },
  };
}

/** The questions that follow. */
export function policyQuestions(profile: PolicyProfile): readonly Question[] {
  const usual = usualChoices(profile);
  return [
    {
      id: 'owner',
      prompt: say('Who answers for the keys? A short name, in lower case.'),
      value: usual.owner,
      pattern: '[a-z0-9][a-z0-9-]{1,39}',
      form: say('2 to 40 lower-case letters, digits or hyphens, such as trading-desk'),
    },
    {
      id: 'contact',
      prompt: say('How are they reached? An address or a channel.'),
      placeholder: usual.contact,
      pattern: '.{3,200}',
      form: say('3 to 200 characters'),
    },
    {
      id: 'environments',
      prompt: say('Which environments are there?'),
      value: usual.environments.join(','),
      options: environmentKinds,
      isMany: true,
    },
    {
      id: 'days',
      prompt: say('After how many days is a key rotated? Three to six months are usual.'),
      value: String(usual.maxAgeDays),
      pattern: '[1-9][0-9]?|[12][0-9][0-9]|3[0-5][0-9]|36[0-6]',
      form: say('a whole number of days, 1 to 366'),
    },
    {
      id: 'stores',
      prompt: say('Where may values of production lie?'),
      value: usual.stores.join(','),
      options: [
        'os-keychain',
        '1password',
        'bitwarden',
        'hashicorp-vault',
        'aws-secrets-manager',
        'gcp-secret-manager',
        'azure-key-vault',
        'doppler',
        'infisical',
        'kubernetes-secret',
        'github-actions-secret',
        'gitlab-ci-variable',
        'hardware-wallet',
        'hsm',
        'env-file',
      ],
      isMany: true,
    },
  ];
}

/** The choices that answers give; what was not answered is as usual. */
export function choicesOf(answers: Readonly<Record<string, string | undefined>>): PolicyChoices {
  const usual = usualChoices(profiles.find((p) => p === answers.profile));
  const list = (text: string | undefined, others: readonly string[]) => {
    const given = (text ?? '')
      .split(',')
      .map((t) => t.trim())
      .filter((t) => t !== '');
    return given.length > 0 ? given : others;
  };
  return {
    profile: usual.profile,
    owner: answers.owner || usual.owner,
    contact: answers.contact || usual.contact,
    environments: list(answers.environments, usual.environments),
    maxAgeDays: Number(answers.days ?? usual.maxAgeDays),
    stores: list(answers.stores, usual.stores),
  };
}
