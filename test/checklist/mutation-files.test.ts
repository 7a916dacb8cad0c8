import assert from 'node:assert/strict';
import { alnum } from '../scan/specimens';
import { judge } from './judging';
import { asOf, type Perfect, perfect } from './perfect';
import { signer } from './policies';

/** What a project of every kind adds to the perfect one. */
const FILES: Readonly<Record<string, string>> = {
  Dockerfile: 'FROM node:22-slim\nCOPY src /app\nUSER node\nCMD ["node", "/app/server.js"]\n',
  '.dockerignore': '.env*\n.git\n*.pem\n',
  'compose.yaml':
    'services:\n  desk:\n    image: desk\n    environment:\n      KRAKEN_API_KEY: ${KRAKEN_API_KEY:?}\n    ports: ["127.0.0.1:3000:3000"]\n',
  'deploy/desk.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: desk}
spec:
  template:
    spec:
      automountServiceAccountToken: false
      containers:
        - name: desk
          image: desk
          securityContext: {runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true}
          env:
            - name: KRAKEN_API_KEY
              valueFrom: {secretKeyRef: {name: kraken, key: key}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: kraken}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: desk}
rules:
  - {apiGroups: [""], resources: ["secrets"], resourceNames: ["kraken"], verbs: ["get"]}
`,
  'infra/main.tf':
    'terraform {\n  backend "s3" {\n    encrypt = true\n  }\n}\nvariable "api_secret" {\n  type      = string\n  sensitive = true\n}\n',
  'src/server.ts': `import express from 'express';
import { createHmac, timingSafeEqual } from 'node:crypto';

const app = express();
app.use(requireAuth);
app.post('/orders', (q) => exchange.createOrder(q.body.symbol, 'limit', 'buy', 1, 2));
app.post('/webhook', (q) => {
  const mac = createHmac('sha256', secret).update(q.body).digest();
  return timingSafeEqual(mac, q.signature) && q.timestamp > oldest;
});
`,
  'src/session.ts': "import crypto from 'node:crypto';\n\nexport const sessionKey = crypto.randomBytes(32);\n",
  'src/prices.ts': "export const feed = 'wss://ws.kraken.com/v2';\n",
  '.github/workflows/deploy.yml': `on: push\npermissions: {contents: read}\njobs:\n  deploy:\n    environment: production\n    steps:\n      - run: kubectl apply -f deploy\n        env:\n          KUBE_TOKEN: \${{ secrets.KUBE_TOKEN }}\n`,
};

/** A project to which nearly every check applies, and which gives no cause for complaint. */
function model(project: Perfect): void {
  Object.assign(project.files, FILES);
  project.files['.gitignore'] += '*.tfstate*\n*.tfvars\n';
  const [key] = project.policy.inventory.keys;
  project.policy.storage.allowedStores.push('kms');
  project.policy.storage.allowedReferenceSchemes.push('kms');
  project.policy.inventory.keys.push({
    ...key,
    ...signer({ nonProduction: 'sandbox-not-offered', usedOutsideRepo: true, ipAllowlist: undefined }),
    references: undefined,
    history: [{ at: '2026-10-20', from: 'pre-activation', to: 'active', by: 'ada' }],
  });
}

type Change = (project: Perfect) => void;

const replace =
  (file: string, from: string | RegExp, to: string): Change =>
  (p) => {
    const before = p.files[file] as string;
    p.files[file] = before.replace(from, to);
    assert.notEqual(p.files[file], before, `${file} has no ${from}`);
  };
const write =
  (file: string, text: string): Change =>
  (p) => {
    p.files[file] = text;
  };
const remove =
  (file: string): Change =>
  (p) => {
    assert.ok(p.files[file] !== undefined, file);
    delete p.files[file];
  };
const key =
  (more: object): Change =>
  (p) => {
    Object.assign(p.policy.inventory.keys[0], more);
  };
const signing =
  (more: object): Change =>
  (p) => {
    Object.assign(p.policy.inventory.keys[1], more);
  };

const mutations: readonly (readonly [check: string, why: string, change: Change])[] = [
  ['KW-GEN-04', 'a shipped default', write('config.json', '{ "password": "changeme" }\n')],
  ['KW-GEN-05', 'a short key', replace('src/session.ts', 'randomBytes(32)', 'randomBytes(8)')],
  ['KW-GEN-06', 'no word on how a key was made', key({ generation: undefined })],
  ['KW-GEN-07', 'no record of a ceremony', signing({ generation: { method: 'kms' } })],
  ['KW-STO-02', 'no rule for key files', replace('.gitignore', '*.pem\n', '')],
  ['KW-STO-04', 'another store', key({ storage: { store: 'env-file' } })],
  [
    'KW-STO-05',
    'a Secret',
    write('deploy/s.yaml', `apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nstringData: {key: ${alnum(40)}}\n`),
  ],
  ['KW-STO-06', 'a variable that is not marked', replace('infra/main.tf', '  sensitive = true\n', '')],
  ['KW-STO-07', 'an image that runs as root', replace('Dockerfile', 'USER node', 'USER root')],
  [
    'KW-STO-09',
    'a signing key in a vault',
    signing({ storage: { store: 'hashicorp-vault', ref: 'vault://desk/prod/signer' } }),
  ],
  ['KW-STO-10', 'no backup', signing({ recovery: { method: 'reissue' } })],
  [
    'KW-DIS-03',
    'a key in an address',
    write('src/u.ts', 'export const u = (k: string) => `https://api.acme.dev/p?api_key=${k}`;\n'),
  ],
  ['KW-DIS-04', 'a role for all secrets', replace('deploy/desk.yaml', 'resourceNames: ["kraken"], ', '')],
  [
    'KW-DIS-05',
    'a secret that is printed',
    replace(
      '.github/workflows/deploy.yml',
      'run: kubectl apply -f deploy',
      'run: kubectl apply -f deploy; echo $KUBE_TOKEN',
    ),
  ],
  ['KW-DIS-06', 'two consumers', key({ consumers: ['desk', 'backtest'] })],
  ['KW-ACC-01', 'no key for development', key({ nonProduction: undefined })],
  ['KW-ACC-02', 'no sandbox', replace('src/desk.ts', /exchange\.setSandboxMode.*/, '')],
  ['KW-ACC-03', 'a permission too many', key({ permissions: ['read', 'trade', 'admin'] })],
  [
    'KW-ACC-04',
    'a call that withdraws',
    write('src/w.ts', "export const pay = () => exchange.withdraw('BTC', 1, to);\n"),
  ],
  ['KW-ACC-05', 'no allowlist', key({ ipAllowlist: undefined })],
  [
    'KW-ACC-06',
    'a workflow that may do everything',
    replace('.github/workflows/deploy.yml', 'permissions: {contents: read}', 'permissions: write-all'),
  ],
  ['KW-ACC-07', 'nobody is asked', replace('src/server.ts', 'app.use(requireAuth);\n', 'app.use(cors());\n')],
  [
    'KW-ACC-08',
    'a comparison in variable time',
    replace('src/server.ts', 'timingSafeEqual(mac, q.signature)', 'isAuthenticated(q) && mac === q.signature'),
  ],
  ['KW-ACC-09', 'no hook', remove('.pre-commit-config.yaml')],
  ['KW-ACC-10', 'no scan', replace('.github/workflows/ci.yml', 'gitleaks git --redact', 'make')],
  [
    'KW-ACC-11',
    'a second factor by SMS',
    (p) => {
      p.policy.authentication.mfa.accounts[0].method = 'sms';
    },
  ],
  [
    'KW-ACC-12',
    'no critical operation',
    (p) => {
      delete p.policy.authentication.criticalOperations;
    },
  ],
];

async function statuses(change: Change): Promise<ReadonlyMap<string, string>> {
  let ignored: readonly string[] = [];
  const files = perfect((p) => {
    model(p);
    change(p);
    ignored = p.ignored;
  });
  const tracked = Object.keys(files).filter((f) => !ignored.includes(f));
  const { results } = await judge(files, { tracked, ignored, asOf });
  return new Map(results.map((r) => [r.check, `${r.status}: ${r.message}`]));
}

describe('a project without fault', () => {
  let fresh: ReadonlyMap<string, string> = new Map();

  before(async () => {
    fresh = await statuses(() => {});
  });

  it('passes every check that applies', () => {
    const bad = [...fresh].filter(([, said]) => !/^(?:pass|not-applicable)/.test(said));
    assert.deepEqual(bad, []);
    assert.ok([...fresh.values()].filter((s) => s.startsWith('pass')).length > 45);
  });

  for (const [check, why, change] of mutations) {
    it(`changes ${check} alone: ${why}`, async () => {
      const after = await statuses(change);
      const word = (said: string | undefined) => said?.split(':')[0];
      const changed = [...after].filter(([id, said]) => word(said) !== word(fresh.get(id)));
      assert.deepEqual(
        changed.map(([id]) => id),
        [check],
        JSON.stringify(changed),
      );
    });
  }
});
