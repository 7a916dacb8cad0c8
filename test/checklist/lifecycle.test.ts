import assert from 'node:assert/strict';
import type { Status } from '../../src/checklist/assessment';
import { keyedFingerprint } from '../../src/checklist/probes/key-fingerprints';
import { base64 } from '../scan/specimens';
import { judge, type Lying, resultOf } from './judging';
import { type Perfect, perfect, statement } from './perfect';

type Case = readonly [why: string, status: Status, change: (project: Perfect) => void, lying?: Lying];

const nothing = () => {};
const noPolicy = (p: Perfect) => {
  p.policy = undefined;
};
const noKeys = (p: Perfect) => {
  p.policy = undefined;
  p.files = { 'src/a.ts': 'export const a = 1;\n' };
};
const key = (change: (key: Perfect['policy']) => void) => (p: Perfect) => change(p.policy.inventory.keys[0]);
const policy = (change: (policy: Perfect['policy']) => void) => (p: Perfect) => change(p.policy);
const file = (path: string, text: string) => (p: Perfect) => {
  p.files[path] = text;
};
const without =
  (...paths: string[]) =>
  (p: Perfect) => {
    for (const path of paths) {
      delete p.files[path];
    }
  };
const both =
  (...changes: ((p: Perfect) => void)[]) =>
  (p: Perfect) => {
    for (const c of changes) {
      c(p);
    }
  };
const deactivated = key((k) => {
  k.status = 'deactivated';
  k.deactivatedAt = '2026-11-10';
  k.history.push({ at: '2026-11-10', from: 'active', to: 'deactivated', by: 'ada' });
});

const basics = (): readonly Case[] => [
  ['all is well', 'pass', nothing],
  ['no policy', 'needs-attestation', noPolicy],
  ['a policy with an error', 'needs-attestation', policy((p) => (p.rotaton = {}))],
  ['no keys at all', 'not-applicable', noKeys],
];

const PEPPER = crypto.randomUUID();
/** A key on record by its fingerprint, and an env file that holds a value of this machine. */
const recorded = (value: string) => (p: Perfect) => {
  p.files['.env'] = 'KRAKEN_API_KEY=some-id-of-kraken\nKRAKEN_API_SECRET="a value of this machine"\n';
  p.policy.inventory.keys[0].fingerprint = {
    alg: 'hmac-sha256',
    pepperId: 'desk-2026',
    value: keyedFingerprint(PEPPER, value).slice(0, 32),
  };
};

const manual = both(
  without('.github/workflows/rotate.yml', 'scripts/rotate.sh'),
  key((k) => (k.rotation = { method: 'manual' })),
);

const cases: Readonly<Record<string, readonly Case[]>> = {
  'KW-ROT-01': [
    ...basics(),
    ['no limit', 'fail', policy((p) => delete p.rotation.defaultMaxAgeDays)],
    ['a limit of 180 days', 'pass', policy((p) => (p.rotation.defaultMaxAgeDays = 180))],
    ['a limit of 181 days', 'warn', policy((p) => (p.rotation.defaultMaxAgeDays = 181))],
    ['a limit of 366 days', 'fail', policy((p) => (p.rotation.defaultMaxAgeDays = 366))],
    [
      'the smallest limit counts',
      'pass',
      policy((p) => (p.rotation = { ...p.rotation, defaultMaxAgeDays: 366, byClass: { trading: 60 } })),
    ],
    [
      'a signing key with an exception',
      'pass',
      policy((p) => {
        p.inventory.keys[0].class = 'signing';
        p.rotation.exceptions = [
          {
            class: 'signing',
            maxAgeDays: 700,
            reason: 'the address is known to partners',
            approvedBy: 'bob',
            expiresAt: '2027-06-30',
          },
        ];
      }),
    ],
    [
      'a trading key with an exception',
      'fail',
      policy((p) => {
        p.rotation.exceptions = [
          {
            keyId: 'kraken-prod',
            maxAgeDays: 700,
            reason: 'the address is known to partners',
            approvedBy: 'bob',
            expiresAt: '2027-06-30',
          },
        ];
      }),
    ],
  ],
  'KW-ROT-02': [
    ...basics(),
    ['no active key', 'not-applicable', deactivated],
    ['one day over', 'fail', nothing, { asOf: '2027-01-19' }],
    ['on the last day', 'warn', nothing, { asOf: '2027-01-18' }],
    ['on the first day of the warning', 'warn', nothing, { asOf: '2027-01-04' }],
    ['on the day before the warning', 'pass', nothing, { asOf: '2027-01-03' }],
    ['rotated since', 'pass', key((k) => (k.rotatedAt = '2026-12-20')), { asOf: '2027-01-19' }],
    [
      'excused for a while',
      'pass',
      policy(
        (p) =>
          (p.rotation.exceptions = [
            {
              keyId: 'kraken-prod',
              maxAgeDays: 120,
              reason: 'the exchange is in maintenance',
              approvedBy: 'bob',
              expiresAt: '2027-01-31',
            },
          ]),
      ),
      { asOf: '2027-01-19' },
    ],
    [
      'excused once',
      'fail',
      policy(
        (p) =>
          (p.rotation.exceptions = [
            {
              keyId: 'kraken-prod',
              maxAgeDays: 120,
              reason: 'the exchange is in maintenance',
              approvedBy: 'bob',
              expiresAt: '2027-01-18',
            },
          ]),
      ),
      { asOf: '2027-01-19' },
    ],
  ],
  'KW-ROT-03': [
    ...basics(),
    ['no expiry', 'fail', key((k) => delete k.expiresAt)],
    [
      'no expiry asked',
      'pass',
      both(
        key((k) => delete k.expiresAt),
        policy((p) => (p.rotation.requireExpiry = false)),
      ),
    ],
    ['expired', 'fail', key((k) => (k.expiresAt = '2026-11-23'))],
    ['expires today', 'warn', key((k) => (k.expiresAt = '2026-11-24'))],
    ['expires in 14 days', 'warn', key((k) => (k.expiresAt = '2026-12-08'))],
    ['expires in 15 days', 'pass', key((k) => (k.expiresAt = '2026-12-09'))],
    ['lives too long', 'warn', key((k) => (k.expiresAt = '2027-10-21'))],
    [
      'an encryption key may be exempt',
      'pass',
      key((k) => {
        delete k.expiresAt;
        k.class = 'encryption';
        k.expiryExempt = { reason: 'the store has no expiry at all', approvedBy: 'bob' };
      }),
    ],
    [
      'a trading key may not',
      'fail',
      key((k) => {
        delete k.expiresAt;
        k.expiryExempt = { reason: 'the exchange has no expiry', approvedBy: 'bob' };
      }),
    ],
  ],
  'KW-ROT-04': [
    ['all is well', 'pass', nothing],
    ['no policy, a scheduled job', 'pass', noPolicy],
    ['no policy, nothing seen', 'needs-attestation', both(manual, noPolicy)],
    ['no keys', 'not-applicable', noKeys],
    ['by hand with a reminder', 'warn', manual],
    [
      'by hand without',
      'fail',
      both(
        manual,
        policy((p) => (p.rotation.reminder = 'none')),
      ),
    ],
    [
      'declared automation that exists',
      'pass',
      both(
        without('.github/workflows/rotate.yml'),
        key((k) => (k.rotation.automation = 'scripts/rotate.sh')),
      ),
    ],
    ['declared automation that does not', 'warn', without('.github/workflows/rotate.yml')],
    [
      'a static cloud key in CI',
      'warn',
      file(
        '.github/workflows/deploy.yml',
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    env:\n      AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}\n    steps: []\n',
      ),
    ],
    [
      'a reminder is no automation',
      'warn',
      both(
        manual,
        file(
          '.github/workflows/rotation-reminder.yml',
          'on:\n  schedule: [{ cron: "0 3 * * *" }]\njobs:\n  remind:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./remind.sh\n',
        ),
      ),
    ],
    [
      'a job of GitLab on schedule',
      'pass',
      both(
        manual,
        file(
          '.gitlab-ci.yml',
          'rotate-keys:\n  script: [./rotate]\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "schedule"\n',
        ),
      ),
    ],
    [
      'a job of GitLab without',
      'warn',
      both(manual, file('.gitlab-ci.yml', 'rotate-keys:\n  script: [./rotate]\n  when: manual\n')),
    ],
    [
      'rotation by the cloud',
      'pass',
      both(
        manual,
        file(
          'infra/main.tf',
          'resource "aws_secretsmanager_secret_rotation" "kraken" {\n  rotation_rules {\n    automatically_after_days = 30\n  }\n}\n',
        ),
      ),
    ],
    [
      'a CronJob',
      'pass',
      both(
        manual,
        file(
          'deploy/cron.yaml',
          'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: rotate-kraken\nspec:\n  schedule: "0 3 * * 0"\n',
        ),
      ),
    ],
  ],
  'KW-ROT-05': [
    ['all is well', 'pass', nothing],
    ['no policy, a runbook', 'warn', noPolicy],
    [
      'no policy, no runbook',
      'needs-attestation',
      both(without('docs/runbooks/rotate.md', 'docs/runbooks/key-compromise.md'), noPolicy),
    ],
    ['no keys', 'not-applicable', noKeys],
    ['one trigger', 'warn', policy((p) => (p.rotation.onDemand.triggers = ['compromise']))],
    ['no section', 'fail', policy((p) => delete p.rotation.onDemand)],
    ['no such runbook', 'fail', policy((p) => (p.rotation.onDemand.runbook = 'docs/none.md'))],
    [
      'a leaver knew a key',
      'fail',
      policy((p) => Object.assign(p.owners[0], { status: 'departed', departedAt: '2026-11-01' })),
    ],
    [
      'a leaver knew a key that was rotated since',
      'pass',
      policy((p) => {
        Object.assign(p.owners[0], { status: 'departed', departedAt: '2026-11-01' });
        p.inventory.keys[0].rotatedAt = '2026-11-01';
      }),
    ],
    [
      'a key of an incident',
      'fail',
      policy(
        (p) =>
          (p.incident.incidents = [
            { id: 'I-1', openedAt: '2026-11-10', summary: 'a key in a log', keyIds: ['kraken-prod'] },
          ]),
      ),
    ],
  ],
  'KW-REV-01': [
    ...basics(),
    ['no active key', 'not-applicable', deactivated],
    ['no procedure', 'fail', key((k) => delete k.revocation)],
    ['no such file', 'fail', key((k) => (k.revocation.procedure = 'docs/none.md'))],
    ['no such section', 'fail', key((k) => (k.revocation.procedure = 'docs/runbooks/rotate.md#revoke-binance'))],
    ['a page', 'pass', key((k) => (k.revocation.procedure = 'https://wiki.desk.example/revoke'))],
    ['no time', 'warn', key((k) => delete k.revocation.withinMinutes)],
    ['too slow', 'warn', key((k) => (k.revocation.withinMinutes = 61))],
    ['too slow for the policy', 'warn', policy((p) => (p.incident.revokeWithinMinutes = 20))],
  ],
  'KW-REV-02': [
    ...basics(),
    ['an empty inventory', 'not-applicable', policy((p) => (p.inventory.keys = []))],
    ['a deactivated key in code', 'fail', deactivated],
    [
      'its successor has the same names',
      'pass',
      (p) => {
        const heir = {
          ...p.policy.inventory.keys[0],
          id: 'kraken-prod-2',
          history: [...p.policy.inventory.keys[0].history],
        };
        deactivated(p);
        p.policy.inventory.keys.push(heir);
      },
    ],
    [
      'a suspended key in code',
      'warn',
      key((k) => Object.assign(k, { status: 'suspended', suspendedAt: '2026-11-10' })),
    ],
    [
      'a compromised key that nobody revoked',
      'fail',
      both(key((k) => Object.assign(k, { status: 'compromised', compromisedAt: '2026-11-10', references: [] }))),
    ],
    ['unused for long', 'warn', key((k) => (k.lastUsedAt = '2026-08-25'))],
    ['used 90 days ago', 'pass', key((k) => (k.lastUsedAt = '2026-08-26'))],
  ],
  'KW-REV-03': [
    ...basics(),
    ['a name without record', 'fail', file('src/b.ts', 'export const k = process.env.BINANCE_API_KEY;\n')],
    [
      'a name that is ignored',
      'pass',
      both(
        file('src/b.ts', 'export const k = process.env.BINANCE_API_KEY;\n'),
        policy((p) => (p.inventory.ignoreNames = ['BINANCE_API_KEY'])),
      ),
    ],
    ['a name of another kind', 'pass', file('src/b.ts', 'export const k = process.env.SMTP_PASSWORD;\n')],
    [
      'the same with scope all',
      'fail',
      both(
        file('src/b.ts', 'export const k = process.env.SMTP_PASSWORD;\n'),
        policy((p) => (p.inventory.scope = 'all')),
      ),
    ],
    ['a header is no key', 'pass', file('src/b.ts', "export const BINANCE_KEY_HEADER = 'X-MBX-APIKEY';\n")],
    [
      'a constant of the code is no name',
      'pass',
      file('src/b.ts', 'const BINANCE_API_KEY = load();\nuse(BINANCE_API_KEY);\n'),
    ],
    [
      'a record without reference',
      'warn',
      policy((p) =>
        p.inventory.keys.push({ ...p.inventory.keys[0], id: 'kraken-2', references: [{ name: 'KRAKEN_OTHER_KEY' }] }),
      ),
    ],
    [
      'a record used elsewhere',
      'pass',
      policy((p) =>
        p.inventory.keys.push({
          ...p.inventory.keys[0],
          id: 'kraken-2',
          references: [{ name: 'KRAKEN_OTHER_KEY' }],
          usedOutsideRepo: true,
        }),
      ),
    ],
    [
      'records of a file of their own',
      'pass',
      (p) => {
        p.files['keys/kraken.jsonc'] = JSON.stringify(p.policy.inventory.keys);
        p.policy.inventory = { keys: [], files: ['keys/kraken.jsonc'] };
      },
    ],
  ],
  'KW-REV-04': [
    ...basics(),
    [
      'no policy, a log is seen',
      'warn',
      both(file('infra/main.tf', 'resource "aws_cloudtrail" "keys" {\n}\n'), noPolicy),
    ],
    ['an event is missing', 'warn', policy((p) => (p.logging.auditLog.events = ['issue', 'use', 'rotate']))],
    ['no log', 'fail', policy((p) => delete p.logging)],
  ],
  'KW-REV-05': [
    ...basics(),
    ['ninety days', 'warn', policy((p) => (p.logging.auditLog.retentionDays = 90))],
    ['fewer', 'fail', policy((p) => (p.logging.auditLog.retentionDays = 89))],
    ['the team keeps less', 'pass', policy((p) => Object.assign(p.logging, { minRetentionDays: 400 }))],
    ['immutable not stated', 'warn', policy((p) => delete p.logging.auditLog.immutable)],
    ['not immutable', 'fail', policy((p) => (p.logging.auditLog.immutable = false))],
    ['nothing said', 'fail', policy((p) => delete p.logging)],
    [
      'a file contradicts',
      'fail',
      file(
        'infra/main.tf',
        'resource "aws_cloudwatch_log_group" "audit" {\n  name = "/audit/keys"\n  retention_in_days = 30\n}\n',
      ),
    ],
    [
      'a log group of another kind',
      'pass',
      file(
        'infra/main.tf',
        'resource "aws_cloudwatch_log_group" "web" {\n  name = "/web"\n  retention_in_days = 7\n}\n',
      ),
    ],
    [
      'validation off',
      'fail',
      file('infra/main.tf', 'resource "aws_cloudtrail" "t" {\n  enable_log_file_validation = false\n}\n'),
    ],
    [
      'no policy, a setting is seen',
      'warn',
      both(
        file('infra/main.tf', 'resource "aws_cloudtrail" "t" {\n  enable_log_file_validation = true\n}\n'),
        noPolicy,
      ),
    ],
  ],
  'KW-REV-07': [
    ...basics(),
    ['no history', 'warn', key((k) => delete k.history)],
    [
      'another state than the last',
      'fail',
      key((k) => Object.assign(k, { status: 'suspended', suspendedAt: '2026-11-10' })),
    ],
    [
      'a way that is not permitted',
      'fail',
      key((k) =>
        k.history.push(
          { at: '2026-11-01', from: 'active', to: 'deactivated', by: 'ada' },
          { at: '2026-11-02', from: 'deactivated', to: 'active', by: 'ada' },
        ),
      ),
    ],
    [
      'suspended and resumed',
      'pass',
      key((k) =>
        k.history.push(
          { at: '2026-11-01', from: 'active', to: 'suspended', by: 'ada' },
          { at: '2026-11-02', from: 'suspended', to: 'active', by: 'ada' },
        ),
      ),
    ],
    [
      'dates out of order',
      'fail',
      key((k) =>
        k.history.push({ at: '2026-11-01', to: 'suspended', by: 'ada' }, { at: '2026-10-30', to: 'active', by: 'ada' }),
      ),
    ],
    ['an unknown actor', 'fail', key((k) => (k.history[0].by = 'eve'))],
    ['rotated before it was made', 'fail', key((k) => (k.rotatedAt = '2026-10-01'))],
  ],
  'KW-INC-01': [
    ...basics().filter(([why]) => !/policy/.test(why)),
    ['no policy, rules are seen', 'warn', noPolicy],
    ['no policy, nothing seen', 'needs-attestation', both(without('deploy/alert-rules.yml'), noPolicy)],
    ['no origin', 'warn', policy((p) => (p.monitoring.signals = ['request-rate']))],
    ['no channel', 'warn', policy((p) => delete p.monitoring.alertChannel)],
    ['declared, nothing seen', 'warn', without('deploy/alert-rules.yml')],
    [
      'nothing at all',
      'fail',
      both(
        without('deploy/alert-rules.yml'),
        policy((p) => delete p.monitoring),
      ),
    ],
    ['seen, not declared', 'warn', policy((p) => delete p.monitoring)],
  ],
  'KW-INC-02': [
    ['all is well', 'pass', nothing],
    ['all is well without a policy', 'pass', noPolicy],
    ['no keys', 'not-applicable', noKeys],
    [
      'no playbook',
      'fail',
      both(
        without('docs/runbooks/key-compromise.md'),
        policy((p) => delete p.incident.playbook),
      ),
    ],
    [
      'three steps',
      'warn',
      file('docs/runbooks/key-compromise.md', '# A key leaked\n\nRevoke it, rotate it, notify the customers.\n'),
    ],
    ['two steps', 'fail', file('docs/runbooks/key-compromise.md', '# A key leaked\n\nRevoke it, rotate it.\n')],
  ],
  'KW-INC-03': [
    ['all is well', 'pass', nothing],
    ['no security policy', 'warn', without('SECURITY.md')],
    ['no contacts', 'warn', policy((p) => (p.incident = { playbook: p.incident.playbook }))],
    ['neither', 'fail', both(without('SECURITY.md'), noPolicy)],
    [
      'contacts in the playbook',
      'pass',
      both(noPolicy, file('docs/runbooks/key-compromise.md', '# A key leaked\n\n## Contacts\n\nthe desk\n')),
    ],
    ['a security policy without contact', 'warn', file('SECURITY.md', '# Security\n\nWe take it seriously.\n')],
  ],
  'KW-INC-04': [
    ['no incident', 'not-applicable', nothing],
    ['no policy', 'not-applicable', noPolicy],
    [
      'a compromised key without incident',
      'fail',
      key((k) => Object.assign(k, { status: 'compromised', compromisedAt: '2026-11-10' })),
    ],
    [
      'closed with cause and action',
      'pass',
      policy(
        (p) =>
          (p.incident.incidents = [
            incident({
              closedAt: '2026-11-12',
              rootCause: 'a key in a debug log',
              correctiveActions: [{ action: 'mask' }],
            }),
          ]),
      ),
    ],
    [
      'closed without cause',
      'fail',
      policy(
        (p) => (p.incident.incidents = [incident({ closedAt: '2026-11-12', correctiveActions: [{ action: 'mask' }] })]),
      ),
    ],
    [
      'closed without action',
      'fail',
      policy((p) => (p.incident.incidents = [incident({ closedAt: '2026-11-12', rootCause: 'a key in a debug log' })])),
    ],
    ['open for long', 'warn', policy((p) => (p.incident.incidents = [incident({ openedAt: '2026-10-24' })]))],
    ['open for 30 days', 'pass', policy((p) => (p.incident.incidents = [incident({ openedAt: '2026-10-25' })]))],
    [
      'an action overdue',
      'warn',
      policy(
        (p) => (p.incident.incidents = [incident({ correctiveActions: [{ action: 'mask', dueAt: '2026-11-23' }] })]),
      ),
    ],
  ],
  'KW-INC-05': [
    ...basics(),
    ['never', 'needs-attestation', policy((p) => (p.attestations = []))],
    ['90 days late', 'warn', nothing, { asOf: '2027-11-29' }],
    ['91 days late', 'needs-attestation', nothing, { asOf: '2027-11-30' }],
    ['a shorter cadence', 'warn', policy((p) => (p.incident.drillEveryDays = 80))],
    [
      'stated for later',
      'needs-attestation',
      policy(
        (p) =>
          (p.attestations = [
            statement('KW-INC-05', 'The playbook was run with a test key.', '2026-12-01', '2027-12-01'),
          ]),
      ),
    ],
  ],
  'KW-INC-06': [
    ...basics(),
    ['never', 'needs-attestation', policy((p) => (p.attestations = []))],
    [
      'internal only',
      'warn',
      policy(
        (p) =>
          (p.attestations = p.attestations.filter(
            (a: { scope?: { kind: string } }) => a.scope?.kind !== 'third-party',
          )),
      ),
    ],
    [
      'third party only',
      'warn',
      policy(
        (p) =>
          (p.attestations = p.attestations.filter((a: { scope?: { kind: string } }) => a.scope?.kind !== 'internal')),
      ),
    ],
    [
      'internal only, alone',
      'pass',
      policy((p) => {
        p.project.team = 'solo';
        p.audits = { thirdPartyRequired: false };
        p.attestations = p.attestations.filter((a: { scope?: { kind: string } }) => a.scope?.kind !== 'third-party');
      }),
    ],
    ['both too old', 'needs-attestation', nothing, { asOf: '2028-03-01' }],
  ],
  'KW-INC-07': [
    ['all is well', 'pass', nothing],
    ['no manifest', 'not-applicable', noKeys],
    ['no lockfile', 'warn', without('package-lock.json')],
    ['no tool', 'warn', without('.github/dependabot.yml')],
    ['neither', 'fail', without('package-lock.json', '.github/dependabot.yml')],
    ['pinned requirements', 'pass', file('requirements.txt', 'ccxt==4.4.0\nrequests==2.32.3 # why\n')],
    ['loose requirements', 'warn', file('requirements.txt', 'ccxt>=4\n')],
    ['a manifest that asks for nothing', 'pass', file('tools/pyproject.toml', '[tool.ruff]\nline-length = 100\n')],
    [
      'a manifest that asks for something',
      'warn',
      file('tools/pyproject.toml', '[project]\nname = "x"\ndependencies = ["ccxt>=4"]\n'),
    ],
    ['a lockfile above', 'pass', file('packages/a/package.json', '{ "name": "a" }\n')],
    [
      'an audit on a schedule',
      'pass',
      both(
        without('.github/dependabot.yml'),
        file(
          '.github/workflows/audit.yml',
          'on:\n  schedule: [{ cron: "0 3 * * *" }]\njobs:\n  audit:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm audit\n',
        ),
      ),
    ],
  ],
  'KW-INC-08': [...basics(), ['never', 'needs-attestation', policy((p) => (p.attestations = []))]],
  'KW-GOV-01': [
    ['all is well', 'pass', nothing],
    ['no policy', 'fail', noPolicy],
    ['an error', 'fail', policy((p) => (p.rotaton = {}))],
    ['two policies', 'fail', (p) => (p.files['.keyward/policy.jsonc'] = JSON.stringify(p.policy))],
    ['never reviewed', 'warn', policy((p) => delete p.review)],
    ['reviewed 180 days ago', 'pass', policy((p) => (p.review.lastReviewedAt = '2026-05-28'))],
    ['reviewed 181 days ago', 'warn', policy((p) => (p.review.lastReviewedAt = '2026-05-27'))],
  ],
  'KW-GOV-02': [
    ['all is well', 'pass', nothing],
    ['no policy', 'not-applicable', noPolicy],
    ['a value in an own property', 'fail', policy((p) => (p['x-note'] = { KRAKEN_API_SECRET: base64(64) }))],
    ['a value in a property', 'fail', key((k) => (k.password = `hunter-${crypto.randomUUID()}`))],
    [
      'a keyed fingerprint',
      'pass',
      key(
        (k) =>
          (k.fingerprint = {
            alg: 'hmac-sha256',
            pepperId: 'desk-2026',
            value: crypto.randomUUID().replaceAll('-', ''),
          }),
      ),
    ],
    [
      'a fingerprint without a key',
      'warn',
      key(
        (k) =>
          (k.fingerprint = { alg: 'sha256', pepperId: 'desk-2026', value: crypto.randomUUID().replaceAll('-', '') }),
      ),
    ],
  ],
  'KW-GOV-03': [
    ['all is well', 'pass', nothing],
    ['nothing is excused', 'not-applicable', noPolicy],
    ['an ended attestation', 'warn', policy((p) => (p.attestations[0].expiresAt = '2026-11-23'))],
    ['one that ends soon', 'warn', policy((p) => (p.attestations[0].expiresAt = '2026-12-08'))],
    [
      'an ended one that was renewed',
      'pass',
      policy((p) => p.attestations.unshift({ ...p.attestations[0], at: '2026-01-01', expiresAt: '2026-04-01' })),
    ],
    ['by somebody unknown', 'fail', policy((p) => (p.attestations[0].by = 'eve'))],
    ['an unused suppression', 'warn', policy((p) => (p.suppressions = [suppression({})]))],
    ['an ended suppression', 'fail', policy((p) => (p.suppressions = [suppression({ expiresAt: '2026-11-23' })]))],
    [
      'a live suppression',
      'pass',
      both(
        policy((p) => (p.suppressions = [suppression({})])),
        file('a.py', 'requests.get(u, verify=False)\n'),
      ),
    ],
    [
      'approved by nobody',
      'fail',
      both(
        policy((p) => (p.suppressions = [suppression({ approvedBy: 'eve' })])),
        file('a.py', 'requests.get(u, verify=False)\n'),
      ),
    ],
    [
      'a comment with a reason',
      'pass',
      file('src/b.ts', '// keyward-ignore-next-line: the account is closed\nexport const b = 1;\n'),
    ],
    ['a comment without', 'fail', file('src/b.ts', '// keyward-ignore-next-line\nexport const b = 1;\n')],
    ['the word in a string', 'pass', file('src/b.ts', "export const b = '// keyward-ignore';\n")],
    ['the word in data', 'pass', file('help.json', '{ "text": "write # keyward-ignore" }\n')],
    ['a comment of SQL without', 'fail', file('a.sql', 'select 1; -- keyward-ignore\n')],
    ['a comment of YAML with', 'pass', file('a.yaml', 'a: 1 # keyward-ignore: published by the exchange\n')],
    [
      'a comment without, no policy',
      'fail',
      both(noPolicy, file('src/b.ts', '// keyward-ignore-next-line\nexport const b = 1;\n')),
    ],
    [
      'an ended exception',
      'fail',
      policy(
        (p) =>
          (p.rotation.exceptions = [
            {
              keyId: 'kraken-prod',
              maxAgeDays: 120,
              reason: 'the exchange is in maintenance',
              approvedBy: 'bob',
              expiresAt: '2026-11-23',
            },
          ]),
      ),
    ],
  ],
  'KW-GOV-04': [
    ['all is well', 'pass', nothing],
    ['no policy', 'needs-attestation', noPolicy],
    ['no standards', 'warn', policy((p) => (p.profile.standards = []))],
    ['personal data, nobody told', 'fail', policy((p) => (p.project.personalData = true))],
    [
      'personal data, the authority told',
      'pass',
      policy((p) => {
        p.project.personalData = true;
        p.incident.notify.push({ whom: 'data-protection-authority', withinHours: 72 });
      }),
    ],
    [
      'a provider in France without DORA',
      'warn',
      policy((p) => Object.assign(p.project, { regulated: 'casp', jurisdictions: ['FR'] })),
    ],
    [
      'a provider in Japan',
      'pass',
      policy((p) => Object.assign(p.project, { regulated: 'casp', jurisdictions: ['JP'] })),
    ],
  ],
  'KW-GOV-05': [
    ['all is well', 'pass', nothing],
    ['no keys', 'not-applicable', noKeys],
    ['no code owners', 'needs-attestation', without('.github/CODEOWNERS')],
    ['code owners elsewhere', 'warn', file('.github/CODEOWNERS', '/src/ @desk/ada\n')],
    ['the last rule decides', 'warn', file('.github/CODEOWNERS', '* @desk/ada\nkeyward.policy.jsonc\n')],
    [
      'alone',
      'warn',
      both(
        without('.github/CODEOWNERS'),
        policy((p) => (p.project.team = 'solo')),
      ),
    ],
    [
      'attested',
      'pass',
      both(
        without('.github/CODEOWNERS'),
        policy((p) =>
          p.attestations.push(statement('KW-GOV-05', 'Branch rules ask for two reviews.', '2026-10-01', '2027-09-30')),
        ),
      ),
    ],
    ['the value on record', 'pass', recorded('a value of this machine'), { ignored: ['.env'], pepper: PEPPER }],
    ['another value', 'fail', recorded('a value of another day'), { ignored: ['.env'], pepper: PEPPER }],
    ['another value, no pepper', 'pass', recorded('a value of another day'), { ignored: ['.env'] }],
    [
      'attested once',
      'needs-attestation',
      both(
        without('.github/CODEOWNERS'),
        policy((p) =>
          p.attestations.push(statement('KW-GOV-05', 'Branch rules ask for two reviews.', '2025-10-01', '2026-09-30')),
        ),
      ),
    ],
  ],
};

function incident(more: object) {
  return { id: 'I-1', openedAt: '2026-11-10', summary: 'a key stood in a log', ...more };
}

function suppression(more: object) {
  return {
    check: 'KW-DIS-02',
    match: { path: 'a.py' },
    kind: 'false-positive',
    reason: 'the sandbox has a private authority',
    approvedBy: 'bob',
    createdAt: '2026-11-01',
    expiresAt: '2027-03-31',
    ...more,
  };
}

describe('the checks of a key’s life', () => {
  for (const [check, list] of Object.entries(cases)) {
    describe(check, () => {
      for (const [why, status, change, lying] of list) {
        it(`${status}: ${why}`, async () => {
          const result = await resultOf(check, perfect(change), lying);
          assert.equal(result.status, status, result.message);
          if (status === 'fail' || status === 'warn') {
            assert.ok(result.evidence.length > 0, 'it shows where');
            assert.ok(result.remediation, 'it says what to do');
          }
          assert.ok(/^[A-Z0-9a-z.].*[.?]$/s.test(result.message), `a sentence: ${result.message}`);
          assert.equal(result.reason !== undefined, status === 'needs-attestation');
        });
      }
    });
  }

  it('say why they ask', async () => {
    const reason = async (change: (p: Perfect) => void, check = 'KW-INC-05') =>
      (await resultOf(check, perfect(change))).reason;
    assert.equal(await reason(noPolicy), 'no-policy');
    assert.equal(await reason(policy((p) => (p.rotaton = {}))), 'policy-invalid');
    assert.equal(await reason(policy((p) => (p.attestations = []))), 'no-attestation');
    assert.equal(
      await reason(
        policy((p) => (p.incident.drillEveryDays = 1)),
        'KW-INC-05',
      ),
      undefined,
    );
  });

  it('raise the severity of a compromised key', async () => {
    const result = await resultOf(
      'KW-REV-02',
      perfect(key((k) => Object.assign(k, { status: 'compromised', compromisedAt: '2026-11-10' }))),
    );
    assert.deepEqual([result.status, result.severity, result.weight], ['fail', 'critical', 10]);
  });

  it('show the record by its id, wherever it stands', async () => {
    const text = perfect(key((k) => delete k.expiresAt));
    const [evidence] = (await resultOf('KW-ROT-03', text)).evidence;
    const line = text['keyward.policy.jsonc']?.split('\n')[(evidence?.line ?? 0) - 1];
    assert.match(line ?? '', /"id": "kraken-prod"/);
  });

  it('list the attestations', async () => {
    const { attestations } = await judge(perfect(policy((p) => (p.attestations[0].expiresAt = '2026-11-23'))));
    assert.deepEqual(
      attestations.map((a) => [a.check, a.state]),
      [
        ['KW-ACC-11', 'expired'],
        ['KW-INC-05', 'current'],
        ['KW-INC-06', 'current'],
        ['KW-INC-06', 'current'],
        ['KW-INC-08', 'current'],
      ],
    );
  });
});
