import type { JSONPath } from 'jsonc-parser';
import { plainValue, withItem, withValue } from '../../policy/policy-edit';
import type { Question } from '../../policy/question';
import type { FileChange } from '../../remedy/plan';
import { say } from '../../words/say';
import { ownersOf } from '../probes/code-owners';
import type { ProjectText } from '../project-texts';
import { entryAt } from './list-entry';
import { type Fix, type FixPlace, newFile, type OfferedFix, rewritten } from './offered-fix';
import { alertRules, rotationRunbook } from './templates/documents';

type Answers = Readonly<Record<string, string>>;
/** A path in the policy, and what belongs there. */
type Setting = readonly [path: JSONPath, value: unknown];

const has = (root: unknown, path: JSONPath): boolean => {
  let node = root;
  for (const key of path) {
    node = (node as Readonly<Record<string, unknown>> | undefined)?.[key as string];
  }
  return node !== undefined;
};

/** The policy's own text; undefined where there is no valid policy to be changed. */
async function policyOf({ project }: FixPlace): Promise<{ path: string; text: string } | undefined> {
  const { path, state } = project.policy;
  const text = path === undefined || state !== 'ok' ? undefined : await project.text(path);
  return path === undefined || text === undefined ? undefined : { path, text };
}

/** Sets what the policy lacks. What it says already stays, so that a second time changes nothing. */
function completed(path: string, text: string, settings: readonly Setting[]): readonly FileChange[] {
  let after = text;
  for (const [at, value] of settings) {
    if (!has(plainValue(after), at)) {
      after = withValue(after, at, value);
    }
  }
  return rewritten(path, text, after);
}

/** A fix that completes the policy. `settings` gives what to set; nothing is offered when all of it is there. */
function section(
  id: string,
  title: string,
  settings: (answers: Answers, place: FixPlace) => readonly Setting[],
  questions: readonly Question[] = [],
  also: (place: FixPlace) => readonly FileChange[] = () => [],
): Fix {
  return async (place): Promise<OfferedFix | undefined> => {
    const policy = await policyOf(place);
    if (!policy) {
      return undefined;
    }
    const root = plainValue(policy.text);
    if (settings({}, place).every(([path]) => has(root, path)) && also(place).length === 0) {
      return undefined;
    }
    return {
      id,
      title,
      ...(questions.length ? { questions } : {}),
      changes: (answers) => [...also(place), ...completed(policy.path, policy.text, settings(answers, place))],
    };
  };
}

/** Three months, with two weeks' notice: the middle of the practice. */
export const addRotation = section(
  'qf.policy.addRotation',
  say('Set a rotation limit of 90 days for every key'),
  () => [
    [['rotation', 'defaultMaxAgeDays'], 90],
    [['rotation', 'warnBeforeDays'], 14],
  ],
);

const RUNBOOK = 'docs/runbooks/rotate-keys.md';

/** What makes one rotate at once, and the runbook that says how; it is written where there is none. */
export const addTriggers = section(
  'qf.policy.addTriggers',
  say('Name the triggers of rotation on demand, with a runbook'),
  (_answers, { project }) => [
    [
      ['rotation', 'onDemand'],
      {
        triggers: ['compromise', 'personnel-change', 'provider-incident'],
        runbook: [...project.paths].find((p) => /(?:^|\/)(?:runbooks?|docs)\/[^/]*rotat[^/]*\.md$/i.test(p)) ?? RUNBOOK,
        withinHours: 24,
      },
    ],
    [['rotation', 'onDemand', 'withinHours'], 24],
  ],
  [],
  ({ project }) =>
    [...project.paths].some((p) => /(?:^|\/)(?:runbooks?|docs)\/[^/]*rotat[^/]*\.md$/i.test(p)) ||
    project.policy.policy?.rotation?.onDemand
      ? []
      : [newFile(RUNBOOK, rotationRunbook)],
);

/** The runbook that the policy names and that does not exist. */
export const createRotationRunbook: Fix = ({ project }) => {
  const named = project.policy.policy?.rotation?.onDemand?.runbook.split('#')[0] ?? RUNBOOK;
  return project.paths.has(named) || !named.endsWith('.md')
    ? undefined
    : {
        id: 'qf.template.rotationRunbook',
        title: say('Create {0}', named),
        changes: () => [newFile(named, rotationRunbook)],
      };
};

/** The triggers that on-demand rotation must have. */
export const completeTriggers: Fix = async (place) => {
  const policy = await policyOf(place);
  const rules = place.project.policy.policy?.rotation?.onDemand;
  const missing = ['compromise', 'personnel-change'].filter((t) => rules && !rules.triggers.includes(t));
  return !policy || !rules || missing.length === 0
    ? undefined
    : {
        id: 'qf.policy.addTriggers',
        title: say('Add {0} to the triggers', missing.join(', ')),
        changes: () =>
          rewritten(
            policy.path,
            policy.text,
            withValue(policy.text, ['rotation', 'onDemand', 'triggers'], [...rules.triggers, ...missing]),
          ),
      };
};

export const addReminder = section('qf.policy.addRotation', say('Let the editor remind of rotation'), () => [
  [['rotation', 'reminder'], 'editor'],
]);

export const addOverlap = section('qf.policy.addRecovery', say('Let old and new keys overlap for 24 hours'), () => [
  [['rotation', 'overlapHours'], 24],
]);

/** Environments for development, test and production, beside those that are there. */
export const addEnvironments: Fix = async (place) => {
  const policy = await policyOf(place);
  const present = place.project.policy.policy?.environments ?? [];
  const missing = ['development', 'test', 'production'].filter(
    (kind) => !present.some((e) => e.kind === kind || e.id === kind),
  );
  return !policy || missing.length === 0
    ? undefined
    : {
        id: 'qf.policy.addEnvironment',
        title: say('Declare the environments {0}', missing.join(', ')),
        changes: () => {
          let after = policy.text;
          for (const kind of missing) {
            after = withItem(after, ['environments'], { id: kind, kind });
          }
          return rewritten(policy.path, policy.text, after);
        },
      };
};

export const markReviewed: Fix = async (place) => {
  const policy = await policyOf(place);
  const { today } = place.project;
  if (!policy || place.project.policy.policy?.review?.lastReviewedAt === today) {
    return undefined;
  }
  return {
    id: 'qf.policy.markReviewed',
    title: say('Mark the policy as reviewed today'),
    changes: () => {
      const dated = withValue(policy.text, ['review', 'lastReviewedAt'], today);
      return rewritten(policy.path, policy.text, dated);
    },
  };
};

export const addAuditLog = section(
  'qf.policy.addAuditLog',
  say('Say where issuance, use, rotation and revocation are logged…'),
  ({ location, days }) => [
    [
      ['logging', 'auditLog'],
      { location, events: ['issue', 'use', 'rotate', 'revoke'], retentionDays: Number(days ?? 365) },
    ],
  ],
  [
    {
      id: 'location',
      prompt: say('Where are issuance, use, rotation and revocation of keys all logged?'),
      placeholder: 's3://audit-logs/keys',
      pattern: '.{3,200}',
    },
    { id: 'days', prompt: say('For how many days are these logs kept?'), value: '365', pattern: '[1-9][0-9]{0,3}' },
  ],
);

/** Alert rules for Prometheus, and the policy's section that names them. Who is alerted only a person can say. */
export const addMonitoring: Fix = async (place) => {
  const policy = await policyOf(place);
  const rules = 'deploy/key-alerts.yml';
  if (!policy || has(plainValue(policy.text), ['monitoring'])) {
    return undefined;
  }
  return {
    id: 'qf.policy.addMonitoring',
    title: say('Watch key use with Prometheus: create {0} and name it in the policy…', rules),
    questions: [
      {
        id: 'channel',
        prompt: say('Where do alerts go?'),
        placeholder: say('#alerts, a pager or an address'),
        pattern: '.{2,100}',
      },
    ],
    changes: ({ channel }) => [
      ...(place.project.paths.has(rules) ? [] : [newFile(rules, alertRules)]),
      ...completed(policy.path, policy.text, [
        [
          ['monitoring'],
          {
            tool: 'prometheus',
            signals: ['request-rate', 'error-rate', 'new-ip'],
            alertChannel: channel,
            config: [rules],
          },
        ],
      ]),
    ],
  };
};

export const addContacts = section(
  'qf.policy.addContacts',
  say('Name the incident contact, and whom to notify…'),
  ({ role, channel, whom, hours }) => [
    [['incident', 'contacts'], [{ role: role || 'on call', channel }]],
    [['incident', 'notify'], [{ whom: whom ?? 'customers', withinHours: Number(hours ?? 72) }]],
  ],
  [
    { id: 'role', prompt: say('Who is called when a key leaks?'), value: 'on call', pattern: '.{2,60}' },
    {
      id: 'channel',
      prompt: say('How are they reached?'),
      placeholder: say('phone, #incidents, an address'),
      pattern: '.{2,100}',
    },
    {
      id: 'whom',
      prompt: say('Who must be notified?'),
      options: [
        'customers',
        'data-protection-authority',
        'financial-authority',
        'exchange',
        'partners',
        'insurer',
        'internal',
      ],
    },
    { id: 'hours', prompt: say('Within how many hours?'), value: '72', pattern: '[1-9][0-9]{0,3}' },
  ],
);

/** The controls that files show are taken for what they are; others a person must choose. */
export const addCriticalOperations: Fix = async (place) => {
  const policy = await policyOf(place);
  if (!policy || has(plainValue(policy.text), ['authentication', 'criticalOperations'])) {
    return undefined;
  }
  const owners = await Promise.all(
    ['.github/CODEOWNERS', 'CODEOWNERS', '.gitlab/CODEOWNERS'].map((p) => place.project.text(p)),
  );
  const isOwned = owners.some(
    (text) => text !== undefined && ownersOf({ text } as ProjectText, policy.path).length > 0,
  );
  const controls = ['second-approver', 'mfa', 'protected-environment', 'multisig', 'timelock', 'hardware-confirmation'];
  const ask = (id: string, prompt: string): Question => ({ id, prompt, options: controls });
  return {
    id: 'qf.policy.addCriticalOps',
    title: say('Say what critical operations need…'),
    questions: [
      ask('issue', 'What does issuing a key need?'),
      ask('deploy', 'What does a deployment to production need?'),
      ...(isOwned ? [] : [ask('policy', 'What does a change of this policy need?')]),
    ],
    changes: ({ issue, deploy, policy: change }) =>
      completed(policy.path, policy.text, [
        [
          ['authentication', 'criticalOperations'],
          [
            { operation: 'issue-key', control: issue },
            { operation: 'deploy-production', control: deploy },
            { operation: 'change-policy', control: change ?? 'second-approver' },
          ],
        ],
      ]),
  };
};

export const addStandards: Fix = async (place) => {
  const policy = await policyOf(place);
  const standards = place.project.policy.policy?.profile?.standards ?? [];
  return !policy || standards.length > 0
    ? undefined
    : {
        id: 'qf.policy.addProfile',
        title: say('Choose a standard to show evidence for…'),
        questions: [
          {
            id: 'standard',
            prompt: say('Which standard do you answer for?'),
            options: ['soc2', 'iso27001-2022', 'ccss-9', 'nist-csf-2.0', 'gdpr', 'pci-dss-4.0.1', 'dora'],
          },
        ],
        changes: ({ standard }) =>
          rewritten(policy.path, policy.text, withValue(policy.text, ['profile', 'standards'], [standard])),
      };
};

/** Takes away a suppression that has ended or silences nothing. */
export const removeSuppression: Fix = async (place) => {
  const policy = await policyOf(place);
  if (!policy || place.file !== policy.path) {
    return undefined;
  }
  const all = place.project.policy.policy?.suppressions ?? [];
  const index = entryAt(policy.text, place.at, 'suppressions');
  const chosen = index === undefined ? undefined : all[index];
  return index === undefined || !chosen
    ? undefined
    : {
        id: 'qf.suppression.remove',
        title: say('Remove this suppression of {0}', chosen.check),
        changes: () => rewritten(policy.path, policy.text, withValue(policy.text, ['suppressions', index], undefined)),
      };
};

/** The section on keys that are issued to customers. Each answer is a statement about the service. */
export const addIssuedKeys = section(
  'qf.policy.addIssuedKeys',
  say('Say how keys for customers are made and kept…'),
  ({ bits, stored, limit, url }) => [
    [
      ['issuedKeys'],
      {
        entropyBits: Number(bits ?? 256),
        storedAs: stored ?? 'hash',
        shownOnce: stored !== 'plaintext',
        rateLimit: limit ?? 'per-key',
        inUrl: url === 'yes',
      },
    ],
  ],
  [
    { id: 'bits', prompt: say('How many random bits has a key?'), value: '256', pattern: '[1-9][0-9]{1,3}' },
    { id: 'stored', prompt: say('How is a key stored?'), options: ['hash', 'encrypted', 'plaintext'] },
    {
      id: 'limit',
      prompt: say('What is its use limited by?'),
      options: ['per-key', 'per-account', 'per-address', 'none'],
    },
    { id: 'url', prompt: say('Is a key accepted in a URL?'), options: ['no', 'yes'] },
  ],
);
