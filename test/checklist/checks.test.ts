import assert from 'node:assert/strict';
import type { Status } from '../../src/checklist/assessment';
import { alnum, base64, hex, uuid } from '../scan/specimens';
import { type Lying, resultOf } from './judging';

type Case = readonly [why: string, status: Status, files: Readonly<Record<string, string>>, lying?: Lying];

const pair = () => `new ccxt.binance({ apiKey: '${alnum(64)}', secret: '${alnum(64)}' });\n`;
const b64 = (text: string) => Buffer.from(text).toString('base64');
const ANVIL = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const RULES = '.env\n.env.*\n!.env.example\n*.pem\n*.key\n';

const cases: Readonly<Record<string, readonly Case[]>> = {
  'KW-GEN-01': [
    [
      'a session token from random.choice',
      'fail',
      { 'a.py': 'import random\n\nsession_token = "".join(random.choice("ab") for _ in range(32))\n' },
    ],
    [
      'an API key from Math.random',
      'fail',
      { 'keys.ts': 'export function newApiKey() {\n  return Math.random().toString(36);\n}\n' },
    ],
    [
      'math/rand beside a secret in Go',
      'fail',
      { 'k.go': 'import "math/rand"\n\nfunc f() {\n\tsecretKey := rand.Int63()\n}\n' },
    ],
    [
      'crypto/rand beside a secret in Go',
      'pass',
      {
        'k.go':
          'import "crypto/rand"\n\nfunc f() {\n\tsecretKey := make([]byte, 32)\n\trand.Read(secretKey) // crypto/rand\n}\n',
      },
    ],
    ['secure bytes only', 'pass', { 'k.js': "const apiKey = crypto.randomBytes(32).toString('hex');\n" }],
    ['a jitter far from any key', 'not-applicable', { 'r.js': 'const delay = 100 + Math.random() * 50;\n' }],
    [
      'a jitter beside an API key that is read',
      'pass',
      { 'r.js': 'const apiKey = crypto.randomBytes(32);\nawait sleep(100 + Math.random() * jitter);\n' },
    ],
    [
      'a comment that names a weak call',
      'pass',
      { 'k.js': '// never Math.random() here\nconst apiKey = crypto.randomBytes(32);\n' },
    ],
    ['JSX keys and map keys', 'not-applicable', { 'l.jsx': 'items.map((x) => <li key={Math.random()}>{x}</li>);\n' }],
    ['tests are left out', 'not-applicable', { 'test/a.test.js': 'const apiKey = Math.random();\n' }],
    [
      'lottery of a contract from the block',
      'warn',
      { 'L.sol': 'uint winner = uint(keccak256(abi.encodePacked(block.timestamp, players))) % n;\n' },
    ],
  ],
  'KW-GEN-02': [
    ['a key in source', 'fail', { 'bot.ts': pair() }],
    ['a lone named key', 'fail', { 'a.py': `coinmarketcap_api_key = "${uuid()}"\n` }],
    ['a key in a test only', 'warn', { 'src/a.ts': 'export {};\n', 'src/a.test.ts': pair() }],
    ['references only', 'pass', { 'bot.ts': 'new ccxt.binance({ apiKey: process.env.K });\n' }],
    [
      'an ignored key',
      'pass',
      { 'bot.ts': `// keyward-ignore-next-line: closed account\nconst coinmarketcapApiKey = '${uuid()}';\n` },
    ],
    ['no source', 'not-applicable', { 'README.md': '# x\n' }],
  ],
  'KW-GEN-03': [
    ['a key in the README', 'fail', { 'README.md': `export COINMARKETCAP_API_KEY=${uuid()}\n` }],
    ['a placeholder in the README', 'pass', { 'README.md': 'export COINMARKETCAP_API_KEY=YOUR_API_KEY\n' }],
    ['no document', 'not-applicable', { 'a.js': '1;\n' }],
  ],
  'KW-GEN-04': [
    [
      'a published key on the main network',
      'fail',
      {
        'hardhat.config.js': `module.exports = { networks: { mainnet: { url: process.env.RPC, accounts: ['${ANVIL}'] } } };\n`,
      },
    ],
    [
      'a published key on the local network',
      'pass',
      {
        'hardhat.config.js': `module.exports = { networks: { localhost: { url: 'http://127.0.0.1:8545', accounts: ['${ANVIL}'] } } };\n`,
      },
    ],
    ['a published key in a test', 'pass', { 'a.js': '1;\n', 'test/a.test.js': `const key = '${ANVIL}';\n` }],
    [
      'a default password in compose',
      'fail',
      { 'docker-compose.yml': 'services:\n  bot:\n    environment:\n      GATEWAY_PASSPHRASE: admin\n' },
    ],
    [
      'a default that is switched off',
      'warn',
      { 'config.json': '{ "api_server": { "enabled": false, "jwt_secret_key": "somethingrandom" } }\n' },
    ],
    [
      'the default of a database that publishes nothing',
      'pass',
      {
        'docker-compose.yml':
          'services:\n  db:\n    image: postgres\n    environment:\n      POSTGRES_PASSWORD: postgres\n',
      },
    ],
    [
      'the default of a database that everybody reaches',
      'fail',
      {
        'docker-compose.yml':
          'services:\n  db:\n    image: postgres\n    ports: ["5432:5432"]\n    environment:\n      POSTGRES_PASSWORD: postgres\n',
      },
    ],
    [
      'a default for development on the machine',
      'pass',
      {
        'docker-compose.dev.yml':
          'services:\n  db:\n    ports: ["127.0.0.1:5432:5432"]\n    environment:\n      POSTGRES_PASSWORD: admin\n',
      },
    ],
    ['nothing of the kind', 'pass', { 'a.js': '1;\n' }],
    ['nothing at all', 'not-applicable', { 'README.md': 'x\n' }],
  ],
  'KW-STO-01': [
    ['a key in an env file that nothing ignores', 'fail', { '.env': `COINMARKETCAP_API_KEY=${uuid()}\n` }],
    [
      'a key in an ignored env file',
      'warn',
      { '.env': `COINMARKETCAP_API_KEY=${uuid()}\n` },
      { tracked: [], ignored: ['.env'] },
    ],
    [
      'a production env file, ignored',
      'fail',
      { '.env.production': `COINMARKETCAP_API_KEY=${uuid()}\n` },
      { tracked: [], ignored: ['.env.production'] },
    ],
    ['a key in the template', 'fail', { '.env.example': `COINMARKETCAP_API_KEY=${uuid()}\n` }],
    [
      'a key in freqtrade JSON',
      'fail',
      {
        'user_data/config.json': JSON.stringify({
          stake_currency: 'USDT',
          max_open_trades: 1,
          exchange: { name: 'kraken', key: alnum(56), secret: base64(64) },
        }),
      },
    ],
    ['a database password', 'fail', { 'config.yml': `db_password: "${alnum(24)}"\n` }],
    ['references', 'pass', { '.env': 'COINMARKETCAP_API_KEY=op://Prices/cmc/key\nA=\n' }],
    ['no configuration', 'not-applicable', { 'a.js': '1;\n' }],
  ],
  'KW-STO-02': [
    [
      'a tracked env file with a key',
      'fail',
      { '.gitignore': RULES, '.env': `COINMARKETCAP_API_KEY=${uuid()}\n` },
      { tracked: ['.env', '.gitignore'] },
    ],
    [
      'a tracked env file without a key',
      'warn',
      { '.gitignore': RULES, '.env': 'LOG=1\n' },
      { tracked: ['.env', '.gitignore'] },
    ],
    [
      'a tracked private key file',
      'fail',
      { '.gitignore': RULES, 'server.key': 'x\n' },
      { tracked: ['server.key', '.gitignore'] },
    ],
    [
      'a tracked certificate',
      'pass',
      { '.gitignore': RULES, 'ca.pem': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' },
      { tracked: ['ca.pem', '.gitignore'] },
    ],
    ['no rule for .env', 'fail', { '.gitignore': 'node_modules\n' }],
    ['no .gitignore in a repository', 'fail', { 'a.js': '1;\n' }, { tracked: ['a.js'] }],
    ['no rule for variants', 'warn', { '.gitignore': '.env\n' }],
    ['all rules', 'pass', { '.gitignore': RULES }],
    ['no repository', 'not-applicable', { 'a.js': '1;\n' }],
  ],
  'KW-STO-03': [
    ['a literal in ENV', 'fail', { Dockerfile: `FROM node\nENV BINANCE_API_SECRET=${alnum(64)}\n` }],
    ['a secret ARG without a value', 'warn', { Dockerfile: 'FROM node\nARG NPM_TOKEN\nCOPY src /app\n' }],
    ['a copied env file', 'fail', { Dockerfile: 'FROM node\nCOPY .env /app/.env\n' }],
    ['COPY . unguarded beside an env file', 'fail', { Dockerfile: 'FROM node\nCOPY . /app\n', '.env': 'A=\n' }],
    ['COPY . unguarded without an env file', 'warn', { Dockerfile: 'FROM node\nCOPY . /app\n' }],
    [
      'COPY . guarded',
      'pass',
      { Dockerfile: 'FROM node\nCOPY . /app\n', '.env': 'A=\n', '.dockerignore': '.env*\n.git\n' },
    ],
    ['a build secret', 'pass', { Dockerfile: 'FROM node\nRUN --mount=type=secret,id=npm npm ci\nCOPY src /app\n' }],
    [
      'a literal in compose',
      'fail',
      { 'compose.yaml': 'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: hunter2hunter2\n' },
    ],
    [
      'a shipped default in compose, which another check has',
      'pass',
      { 'compose.yaml': 'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: password\n' },
    ],
    ['a compose file that does not parse', 'error', { 'compose.yaml': 'services: [\n' }],
    [
      'variables in compose',
      'pass',
      { 'compose.yaml': 'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}\n' },
    ],
    ['no container', 'not-applicable', { 'a.js': '1;\n' }],
  ],
  'KW-STO-05': [
    [
      'a Secret with base64 data',
      'fail',
      { 'k8s/s.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  key: ${b64(alnum(64))}\n` },
    ],
    [
      'a Secret with placeholders',
      'warn',
      { 'k8s/s.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  key: YOUR_API_KEY\n' },
    ],
    [
      'a name and a level beside a reference',
      'pass',
      {
        'k8s/s.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  username: bot\n  level: info\n',
      },
    ],
    [
      'a literal in a Deployment, second document',
      'fail',
      {
        'k8s/d.yaml': `apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n---\napiVersion: apps/v1\nkind: Deployment\nspec:\n  containers:\n    - env:\n        - name: BINANCE_API_SECRET\n          value: ${alnum(64)}\n`,
      },
    ],
    [
      'a secretKeyRef',
      'pass',
      {
        'k8s/d.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nspec:\n  containers:\n    - env:\n        - name: BINANCE_API_SECRET\n          valueFrom:\n            secretKeyRef:\n              name: x\n              key: y\n',
      },
    ],
    [
      'a sealed secret',
      'pass',
      {
        'k8s/s.yaml': `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData:\n    key: ${base64(90)}\n`,
      },
    ],
    [
      'Helm values',
      'fail',
      {
        'chart/Chart.yaml': 'apiVersion: v2\nname: x\n',
        'chart/values.yaml': `exchange:\n  apiSecret: ${alnum(40)}\n`,
      },
    ],
    [
      'a generator with literals',
      'fail',
      { 'kustomization.yaml': `secretGenerator:\n  - name: x\n    literals:\n      - key=${alnum(40)}\n` },
    ],
    ['YAML that does not parse', 'error', { 'k8s/s.yaml': 'apiVersion: v1\nkind: Secret\ndata: [\n' }],
    ['no manifest', 'not-applicable', { 'a.yaml': 'a: 1\n' }],
  ],
  'KW-STO-06': [
    [
      'a default with a value',
      'fail',
      {
        'main.tf': `variable "api_secret" {\n  sensitive = true\n  default   = "${alnum(40)}"\n}\nterraform {\n  backend "s3" {\n    encrypt = true\n  }\n}\n`,
      },
    ],
    ['a tracked state', 'fail', { 'main.tf': 'resource "x" "y" {}\n', 'terraform.tfstate': '{}\n' }],
    [
      'a variable that is not marked',
      'warn',
      {
        'main.tf':
          'variable "api_secret" {\n  type = string\n}\nterraform {\n  backend "s3" {\n    encrypt = true\n  }\n}\n',
      },
    ],
    ['no remote state', 'warn', { 'main.tf': 'resource "x" "y" {}\n' }],
    [
      'all well',
      'pass',
      {
        'main.tf':
          'variable "api_secret" {\n  type      = string\n  sensitive = true\n}\nterraform {\n  backend "s3" {\n    encrypt = true\n  }\n}\n',
      },
    ],
    [
      'a parameter of CloudFormation with a default',
      'fail',
      {
        'template.yaml': `AWSTemplateFormatVersion: "2010-09-09"\nParameters:\n  ApiSecret:\n    Type: String\n    Default: ${alnum(24)}\n`,
      },
    ],
    [
      'a parameter of CloudFormation from the vault',
      'pass',
      {
        'template.yaml':
          'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  F:\n    Properties:\n      ApiSecret: "{{resolve:secretsmanager:kraken}}"\n      Token: !Ref Token\n',
      },
    ],
    ["Pulumi's plain configuration", 'fail', { 'Pulumi.prod.yaml': `config:\n  desk:apiSecret: ${alnum(24)}\n` }],
    [
      'a vault of Ansible',
      'pass',
      { 'group_vars/all.yml': 'api_secret: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n' },
    ],
    [
      'an environment list of a task',
      'fail',
      {
        'main.tf': `resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{ environment = [{ name = "API_SECRET", value = "${alnum(24)}" }] }])\n}\n`,
      },
    ],
    ['Terraform that does not parse', 'error', { 'main.tf': 'resource "x" "y" {\n' }],
    ['no infrastructure', 'not-applicable', { 'a.js': '1;\n' }],
  ],
  'KW-STO-08': [
    [
      'a public secret',
      'fail',
      {
        'package.json': '{"private":true,"dependencies":{"next":"15"}}',
        '.env.example': 'NEXT_PUBLIC_BINANCE_API_SECRET=\n',
      },
    ],
    [
      'a public node URL',
      'warn',
      {
        'package.json': '{"private":true,"dependencies":{"vite":"6"}}',
        'src/a.ts': 'const u = import.meta.env.VITE_RPC_URL;\n',
      },
    ],
    [
      'a public project id',
      'pass',
      {
        'package.json': '{"private":true,"dependencies":{"vite":"6"}}',
        'src/a.ts': 'const u = import.meta.env.VITE_WALLETCONNECT_PROJECT_ID;\n',
      },
    ],
    [
      'a server secret in client code',
      'fail',
      {
        'package.json': '{"private":true,"dependencies":{"next":"15"}}',
        'app/p.tsx': '"use client";\nconst s = process.env.KRAKEN_API_SECRET;\n',
      },
    ],
    [
      'an env file that would be published',
      'fail',
      { 'package.json': '{"name":"x","version":"1.0.0"}', '.env': 'A=1\n' },
    ],
    [
      'an application that is private',
      'not-applicable',
      { 'package.json': '{"name":"x","version":"1.0.0","private":true}' },
    ],
  ],
  'KW-DIS-01': [
    ['http to a public host', 'fail', { 'a.js': "fetch('http://api.kraken.com/0/public/Time');\n" }],
    ['ws to a public host', 'fail', { '.env': 'FEED=ws://stream.binance.com:9443\n' }],
    ['http to a private address', 'warn', { 'a.js': "fetch('http://10.0.0.5:8545');\n" }],
    ['local and TLS', 'pass', { 'a.js': "fetch('http://localhost:8545'); fetch('https://api.kraken.com');\n" }],
    ['a name space', 'not-applicable', { 'a.svg.js': "const ns = 'http://www.w3.org/2000/svg';\n" }],
    ['a comment', 'pass', { 'a.js': "// was http://api.kraken.com\nfetch('https://api.kraken.com');\n" }],
    [
      'an allowed host with a reason',
      'pass',
      {
        'a.js': "fetch('http://node.acme.io');\n",
        'keyward.policy.jsonc': policy({
          network: { allowPlaintextHosts: [{ host: 'node.acme.io', reason: 'reached through the VPN only' }] },
        }),
      },
    ],
  ],
  'KW-DIS-02': [
    ['verify=False', 'fail', { 'a.py': 'requests.get(u, verify=False)\n' }],
    ['rejectUnauthorized: false', 'fail', { 'a.js': 'new Agent({ rejectUnauthorized: false });\n' }],
    ['the environment switch', 'fail', { '.env': 'NODE_TLS_REJECT_UNAUTHORIZED=0\n' }],
    ['InsecureSkipVerify', 'fail', { 'a.go': 'tls.Config{InsecureSkipVerify: true}\n' }],
    ['curl -k', 'fail', { 'a.sh': 'curl -sk https://api.kraken.com\n' }],
    ['curl -k to the own machine', 'warn', { 'a.sh': 'curl -k https://localhost:8443\n' }],
    ['in a test', 'warn', { 'a.py': 'x = 1\n', 'tests/test_a.py': 'requests.get(u, verify=False)\n' }],
    ['in a comment', 'pass', { 'a.py': '# never verify=False\nrequests.get(u)\n' }],
    ['never', 'pass', { 'a.py': 'requests.get(u)\n' }],
    ['nothing to look at', 'not-applicable', { 'README.md': 'x\n' }],
  ],
};

function policy(more: object): string {
  return JSON.stringify({
    version: 1,
    project: { name: 'x', team: 'solo' },
    environments: [{ id: 'live', kind: 'production' }],
    owners: [{ id: 'me', kind: 'person', contact: 'me@example.org' }],
    rotation: { defaultMaxAgeDays: 90 },
    storage: { allowedStores: ['os-keychain'] },
    inventory: { keys: [] },
    ...more,
  });
}

for (const [check, list] of Object.entries(cases)) {
  describe(check, () => {
    for (const [why, status, files, lying] of list) {
      it(`${status}: ${why}`, async () => {
        const result = await resultOf(check, files, lying);
        assert.equal(
          result.status,
          status,
          `${result.message} ${JSON.stringify(result.evidence.map((e) => `${e.file}:${e.line} ${e.snippet}`))}`,
        );
        if (status === 'fail' || (status === 'warn' && !/no remote state/.test(why))) {
          assert.ok(result.evidence.length > 0);
        }
        assert.ok(
          !/[A-Za-z0-9+/]{24,}/.test(JSON.stringify(result.evidence.map((e) => e.snippet))),
          'a value in a snippet',
        );
      });
    }
  });
}

describe('suppressions', () => {
  const rule = (kind: string, expiresAt: string) =>
    policy({
      suppressions: [
        {
          check: 'KW-DIS-02',
          match: { path: 'a.py' },
          kind,
          reason: 'the exchange sandbox has a private authority',
          approvedBy: 'me',
          createdAt: '2026-11-01',
          expiresAt,
        },
      ],
    });
  const files = { 'a.py': 'requests.get(u, verify=False)\n' };

  it('take a false alarm away, and are counted', async () => {
    const r = await resultOf('KW-DIS-02', { ...files, 'keyward.policy.jsonc': rule('false-positive', '2026-12-31') });
    assert.deepEqual([r.status, r.suppressedFindings], ['pass', 1]);
  });

  it('mark an accepted risk, which stays a failure', async () => {
    const r = await resultOf('KW-DIS-02', { ...files, 'keyward.policy.jsonc': rule('accepted-risk', '2026-12-31') });
    assert.deepEqual([r.status, r.accepted], ['fail', { until: '2026-12-31', by: 'me' }]);
  });

  it('stop on the day after their end', async () => {
    const text = rule('false-positive', '2026-11-23');
    assert.equal((await resultOf('KW-DIS-02', { ...files, 'keyward.policy.jsonc': text })).status, 'fail');
    assert.equal(
      (await resultOf('KW-DIS-02', { ...files, 'keyward.policy.jsonc': text }, { asOf: '2026-11-23' })).status,
      'pass',
    );
  });
});

describe('evidence', () => {
  it('keeps its fingerprint when lines are added above it', async () => {
    const secret = hex(32);
    const at = async (head: string) =>
      (await resultOf('KW-DIS-02', { 'a.py': `${head}requests.get(u, verify=False, auth="${secret}")\n` })).evidence[0];
    const [first, second] = [await at(''), await at('\n\n')];
    assert.equal(first?.fingerprint, second?.fingerprint);
    assert.deepEqual([first?.line, second?.line], [1, 3]);
  });
});
