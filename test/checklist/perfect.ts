/** A project that keeps its keys as the checklist asks. What it holds may be changed before it is judged. */
export interface Perfect {
  // biome-ignore lint/suspicious/noExplicitAny: a test changes whatever it likes
  policy: any;
  files: Record<string, string>;
  ignored: string[];
}

const KEY = 'KRAKEN_API_KEY';
const SECRET = 'KRAKEN_API_SECRET';

/** The day on which it is judged. */
export const asOf = '2026-11-24';

function policy() {
  return {
    version: 1,
    project: { name: 'desk', team: 'team', types: ['trading-bot'], personalData: false, regulated: 'none' },
    profile: { standards: ['soc2'], failOn: 'high' },
    environments: [
      { id: 'prod', kind: 'production' },
      { id: 'dev', kind: 'development' },
    ],
    owners: [
      { id: 'ada', kind: 'person', contact: 'ada@desk.example', deputy: 'bob' },
      { id: 'bob', kind: 'person', contact: 'bob@desk.example', deputy: 'ada' },
    ],
    rotation: {
      defaultMaxAgeDays: 90,
      warnBeforeDays: 14,
      overlapHours: 24,
      reminder: 'ticket',
      onDemand: { triggers: ['compromise', 'personnel-change'], runbook: 'docs/runbooks/rotate.md', withinHours: 4 },
    },
    storage: { allowedStores: ['hashicorp-vault'], allowedReferenceSchemes: ['vault'], forbidPlaintextEnv: true },
    permissions: { withdrawal: 'forbidden', sharing: { maxConsumers: 1, maxHolders: 2 } },
    authentication: {
      mfa: { required: true, methods: ['passkey'], accounts: [{ provider: 'kraken', method: 'passkey' }] },
      criticalOperations: [
        { operation: 'deploy-production', control: 'protected-environment' },
        { operation: 'change-policy', control: 'second-approver', approvers: 1 },
        { operation: 'issue-key', control: 'second-approver', approvers: 1 },
      ],
    },
    logging: {
      auditLog: {
        location: 's3://desk-audit',
        events: ['issue', 'use', 'rotate', 'revoke'],
        retentionDays: 400,
        immutable: true,
      },
    },
    monitoring: {
      tool: 'prometheus',
      signals: ['request-rate', 'new-ip'],
      alertChannel: 'on-call',
      config: ['deploy/alert-rules.yml'],
    },
    incident: {
      playbook: 'docs/runbooks/key-compromise.md',
      contacts: [{ role: 'on-call', channel: 'phone' }],
      notify: [{ whom: 'customers', withinHours: 48 }],
    },
    review: { lastReviewedAt: '2026-10-01', everyDays: 180 },
    inventory: {
      keys: [
        {
          id: 'kraken-prod',
          provider: 'kraken',
          kind: 'api-key-pair',
          class: 'trading',
          environment: 'prod',
          owner: 'ada',
          deputy: 'bob',
          holders: ['ada'],
          consumers: ['desk'],
          purpose: 'orders of the desk',
          references: [{ name: KEY }, { name: SECRET }],
          storage: { store: 'hashicorp-vault', ref: 'vault://desk/prod/kraken' },
          permissions: ['read', 'trade'],
          ipAllowlist: ['203.0.113.40/32'],
          nonProduction: 'sandbox-not-offered',
          generation: { method: 'provider-console', by: 'ada' },
          recovery: { method: 'reissue' },
          createdAt: '2026-10-20',
          expiresAt: '2027-01-18',
          lastUsedAt: '2026-11-20',
          status: 'active',
          rotation: { method: 'automatic', automation: '.github/workflows/rotate.yml' },
          revocation: { procedure: 'docs/runbooks/rotate.md#revoke-kraken', withinMinutes: 30 },
          history: [{ at: '2026-10-20', from: 'pre-activation', to: 'active', by: 'ada' }],
        },
      ],
    },
    attestations: [
      statement(
        'KW-ACC-11',
        'All accounts of the desk use passkeys; the list was reviewed.',
        '2026-10-01',
        '2026-12-30',
      ),
      statement('KW-INC-05', 'The playbook was run with a test key on the sandbox.', '2026-09-01', '2027-08-31'),
      {
        ...statement('KW-INC-06', 'Key management was reviewed against the checklist.', '2026-09-01', '2027-02-27'),
        scope: { kind: 'internal' },
      },
      {
        ...statement('KW-INC-06', 'An outside auditor reviewed key management.', '2026-09-01', '2027-08-31'),
        scope: { kind: 'third-party' },
      },
      statement('KW-INC-08', 'All developers took part in the yearly session.', '2026-09-01', '2027-08-31'),
    ],
  };
}

/** A statement of Bob's. */
export function statement(check: string, text: string, at: string, expiresAt: string) {
  return { check, statement: text, by: 'bob', role: 'security lead', at, evidence: [{ ticket: 'SEC-7' }], expiresAt };
}

const FILES: Readonly<Record<string, string>> = {
  '.gitignore': '.env\n.env.*\n!.env.example\n*.pem\n*.key\nnode_modules\n',
  '.env.example': `${KEY}=\n${SECRET}=\n`,
  'package.json': '{ "name": "desk", "private": true, "dependencies": { "ccxt": "4.4.0" } }\n',
  'package-lock.json': '{ "lockfileVersion": 3 }\n',
  'src/desk.ts': `import ccxt from 'ccxt';

export const exchange = new ccxt.kraken({
  apiKey: process.env.${KEY},
  secret: process.env.${SECRET},
});
exchange.setSandboxMode(process.env.DRY_RUN === 'true');

export const buy = (amount) => exchange.createOrder('BTC/EUR', 'limit', 'buy', amount, 50_000);
`,
  Dockerfile: 'FROM node:22-slim\nCOPY src /app\nUSER node\nCMD ["node", "/app/desk.js"]\n',
  '.dockerignore': '.env*\n.git\n*.pem\n',
  '.pre-commit-config.yaml': 'repos:\n  - repo: https://github.com/gitleaks/gitleaks\n    hooks: [{ id: gitleaks }]\n',
  '.github/workflows/ci.yml':
    'on:\n  push:\n  pull_request:\n  schedule: [{ cron: "0 3 * * 1" }]\npermissions:\n  contents: read\njobs:\n  scan:\n    runs-on: ubuntu-latest\n    steps:\n      - run: gitleaks git --redact\n',
  'SECURITY.md': '# Security\n\nWrite to security@desk.example.\n',
  '.github/CODEOWNERS': '* @desk/ada @desk/bob\n',
  '.github/dependabot.yml':
    'version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n    schedule: { interval: weekly }\n',
  '.github/workflows/rotate.yml':
    'name: rotate keys\non:\n  schedule:\n    - cron: "0 3 1 * *"\npermissions:\n  contents: read\njobs:\n  rotate:\n    runs-on: ubuntu-latest\n    environment: production\n    steps:\n      - run: ./scripts/rotate.sh\n',
  'scripts/rotate.sh': '#!/bin/sh\nset -eu\nvault kv put desk/prod/kraken @-\n',
  'deploy/alert-rules.yml':
    'groups:\n  - name: keys\n    rules:\n      - alert: RequestRate\n        expr: rate(requests_total[5m]) > 50\n      - alert: NewAddress\n        expr: new_ip_total > 0\n',
  'docs/runbooks/rotate.md':
    '# Rotate keys\n\nRotate each key like this.\n\n## Revoke Kraken\n\nLog in and delete the key.\n',
  'docs/runbooks/key-compromise.md':
    '# A key leaked\n\n1. Revoke the key.\n2. Rotate it.\n3. Review the access logs.\n4. Find the root cause.\n5. Notify the customers.\n6. Update the runbook, so that it is prevented.\n',
};

/** A failure of a check in a file that somebody accepts until 2027-03-31. */
export function acceptedRisk(check: string, path: string) {
  return {
    check,
    match: { path },
    kind: 'accepted-risk',
    reason: 'the sandbox has a private authority',
    approvedBy: 'bob',
    createdAt: '2026-11-01',
    expiresAt: '2027-03-31',
  };
}

/** The project, after `change`, as files for a judge. */
export function perfect(change: (project: Perfect) => void = () => {}): Record<string, string> {
  const project: Perfect = { policy: policy(), files: { ...FILES }, ignored: [] };
  change(project);
  return project.policy === undefined
    ? project.files
    : { ...project.files, 'keyward.policy.jsonc': `${JSON.stringify(project.policy, null, 2)}\n` };
}
