import assert from 'node:assert/strict';
import type { CheckResult, Evidence, Status } from '../../src/checklist/assessment';
import { fixesFor } from '../../src/checklist/fixes/all';
import type { FixProject, OfferedFix } from '../../src/checklist/fixes/offered-fix';
import { loadPolicy } from '../../src/policy/load';
import { MemoryFiles } from '../../src/project/memory-files';
import { applyPlan } from '../../src/remedy/apply-plan';
import { uuid } from '../scan/specimens';
import { judge, type Lying } from './judging';
import { asOf, type Perfect, perfect } from './perfect';

type Files = Readonly<Record<string, string>>;

interface FixCase {
  readonly check: string;
  /** Id of the checklist. */
  readonly fix: string;
  readonly files: Files;
  readonly answers?: Readonly<Record<string, string>>;
  readonly lying?: Lying;
  /** What the check says after the fix; a pass unless something else is still open. */
  readonly after?: Status;
  /** What the changed file then holds. */
  readonly holds?: RegExp;
}

/** The fixes that are offered for a result, over all its evidence. */
async function offeredFor(result: CheckResult, files: Files): Promise<{ fix: OfferedFix; evidence?: Evidence }[]> {
  const out: { fix: OfferedFix; evidence?: Evidence }[] = [];
  for (const evidence of [...result.evidence, undefined]) {
    for (const fix of await fixesFor(result, evidence, await projectOf(files))) {
      out.push({ fix, ...(evidence ? { evidence } : {}) });
    }
  }
  return out;
}

async function projectOf(files: Files): Promise<FixProject> {
  return {
    paths: new Set(Object.keys(files)),
    text: async (path) => files[path],
    policy: await loadPolicy(new MemoryFiles(files)),
    today: asOf,
  };
}

function applied(files: Files, fix: OfferedFix, answers: Readonly<Record<string, string>> = {}): Files {
  const changes = fix.changes?.(answers) ?? [];
  return { ...files, ...Object.fromEntries(applyPlan(changes, (path) => files[path])) };
}

async function result(check: string, files: Files, lying: Lying = {}): Promise<CheckResult> {
  const { results } = await judge(files, { asOf, ...lying });
  return results.find((r) => r.check === check) as CheckResult;
}

/** The project of the perfect desk after a change. */
const desk = (change: (p: Perfect) => void): Files => perfect(change);
const key = (change: (record: Record<string, unknown>) => void): Files =>
  perfect((p) => change(p.policy.inventory.keys[0]));

const cases: readonly FixCase[] = [
  // transport
  {
    check: 'KW-DIS-01',
    fix: 'qf.tls.upgradeScheme',
    files: { 'a.ts': "const url = 'http://api.kraken.com/0/private';\n" },
    holds: /'https:\/\/api\.kraken\.com\/0\/private'/,
  },
  {
    check: 'KW-DIS-01',
    fix: 'qf.tls.upgradeScheme',
    files: { 'a.py': '# feed\nurl = "ws://stream.binance.com:80/ws"\n' },
    holds: /"wss:\/\/stream\.binance\.com\/ws"/,
  },
  {
    check: 'KW-DIS-01',
    fix: 'qf.tls.upgradeScheme',
    files: { 'config.yml': 'broker: mqtt://broker.desk.example.io:1883\n' },
    holds: /mqtts:\/\/broker\.desk\.example\.io:8883/,
  },
  ...(
    [
      ['a.js', 'const agent = new https.Agent({ rejectUnauthorized: false });\n', /rejectUnauthorized: true/],
      ['a.js', "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';\n", /= '1'/],
      ['a.py', 'r = requests.get(url, verify=False)\n', /verify=True/],
      ['a.py', 'session = aiohttp.TCPConnector(ssl=False)\n', /ssl=True/],
      ['a.py', 'ctx = ssl._create_unverified_context()\n', /ssl\.create_default_context\(\)/],
      ['a.py', 'ctx.verify_mode = ssl.CERT_NONE\n', /ssl\.CERT_REQUIRED/],
      ['a.go', 'cfg := &tls.Config{InsecureSkipVerify: true}\n', /InsecureSkipVerify: false/],
      ['a.php', '<?php curl_setopt($c, CURLOPT_SSL_VERIFYHOST, 0);\n', /CURLOPT_SSL_VERIFYHOST, 2/],
      ['a.rb', 'http.verify_mode = OpenSSL::SSL::VERIFY_NONE\n', /VERIFY_PEER/],
      ['a.rs', 'client.danger_accept_invalid_certs(true)\n', /\(false\)/],
      ['a.sh', 'curl -sk https://api.kraken.com/0/public/Time\n', /curl -s https/],
      ['a.sh', 'curl --insecure https://api.kraken.com\n', /curl https/],
      ['.npmrc', 'strict-ssl=false\n', /strict-ssl=true/],
    ] as const
  ).map(
    ([name, text, holds]): FixCase => ({
      check: 'KW-DIS-02',
      fix: 'qf.tls.enableVerify',
      files: { [name]: text, 'b.js': 'export {};\n' },
      holds,
    }),
  ),
  // randomness
  {
    check: 'KW-GEN-01',
    fix: 'qf.rng.replace',
    files: { 'k.ts': "import fs from 'node:fs';\n\nexport const apiKey = Math.random().toString(36).slice(2);\n" },
    holds: /import \{ randomBytes \} from 'node:crypto';[\s\S]*apiKey = randomBytes\(32\)\.toString\('hex'\);/,
  },
  {
    check: 'KW-GEN-01',
    fix: 'qf.rng.replace',
    files: { 'k.js': "const crypto = require('crypto');\nconst sessionToken = Math.random().toString(36);\n" },
    holds: /sessionToken = crypto\.randomBytes/,
  },
  {
    check: 'KW-GEN-01',
    fix: 'qf.rng.replace',
    files: { 'k.ts': 'export const sessionToken = Math.random().toString(36);\n' },
    holds: /crypto\.getRandomValues/,
  },
  {
    check: 'KW-GEN-01',
    fix: 'qf.rng.replace',
    files: {
      'k.js':
        "const fs = require('fs');\nlet apiSecret = '';\napiSecret += chars[Math.floor(Math.random() * chars.length)];\n",
    },
    holds: /chars\[randomInt\(chars\.length\)\]/,
  },
  {
    check: 'KW-GEN-01',
    fix: 'qf.rng.replace',
    files: { 'k.py': 'import random\n\nsession_token = "".join(random.choice("ab") for _ in range(32))\n' },
    holds: /import secrets\n[\s\S]*secrets\.choice\("ab"\)/,
  },
  {
    check: 'KW-GEN-01',
    fix: 'qf.rng.replace',
    files: { 'k.py': 'import random\n\napi_key = "".join(random.choices("ab", k=32))\n' },
    holds: /secrets\.SystemRandom\(\)\.choices\(/,
  },
  {
    check: 'KW-GEN-01',
    fix: 'qf.rng.replace',
    files: { 'K.java': 'package a;\n\nclass K {\n  byte[] apiKey = bytes(new Random());\n}\n' },
    holds: /import java\.security\.SecureRandom;[\s\S]*new SecureRandom\(\)/,
  },
  {
    check: 'KW-GEN-01',
    fix: 'qf.rng.replace',
    files: { 'k.php': '<?php\n$apiKey = uniqid();\n' },
    holds: /\$apiKey = bin2hex\(random_bytes\(16\)\);/,
  },
  {
    check: 'KW-GEN-01',
    fix: 'qf.rng.replace',
    files: { 'k.rb': 'session_token = rand(10**20)\n' },
    holds: /require 'securerandom'[\s\S]*SecureRandom\.random_number\(10/,
  },
  {
    check: 'KW-GEN-01',
    fix: 'qf.rng.replace',
    files: { 'k.sh': '#!/bin/sh\nAPI_SECRET=$(date +%s | sha256sum | head -c 32)\n' },
    holds: /API_SECRET=\$\(openssl rand -hex 32\)/,
  },
  {
    check: 'KW-GEN-05',
    fix: 'qf.keygen.strengthen',
    files: { 'k.js': "crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });\n" },
    holds: /modulusLength: 3072/,
  },
  {
    check: 'KW-GEN-05',
    fix: 'qf.keygen.strengthen',
    files: { 'k.sh': 'openssl genrsa -out server.key 2048\n' },
    holds: /-out server\.key 3072/,
  },
  {
    check: 'KW-GEN-03',
    fix: 'qf.docs.placeholder',
    files: { 'docs/usage.md': `export COINMARKETCAP_API_KEY=${uuid()}\n` },
    holds: /COINMARKETCAP_API_KEY=<COINMARKETCAP_API_KEY>/,
  },
  {
    check: 'KW-GEN-04',
    fix: 'qf.fallback.failClosed',
    files: {
      'compose.yml':
        'services:\n  bot:\n    image: bot\n    ports: ["8080:8080"]\n    environment:\n      JWT_SECRET: ${JWT_SECRET:-changeme}\n',
    },
    holds: /\$\{JWT_SECRET:\?JWT_SECRET is not set\}/,
  },
  {
    check: 'KW-GEN-04',
    fix: 'qf.fallback.failClosed',
    files: {
      'deploy.ts': `const network = 'mainnet';\nconst signer = process.env.DEPLOYER_KEY ?? '${['0xac0974bec39a17e36ba4a6b4d238ff94', '4bacb478cbed5efcae784d7bf4f2ff80'].join('')}';\n`,
    },
    holds: /process\.env\.DEPLOYER_KEY \?\? \(\(\) => \{ throw new Error\('DEPLOYER_KEY is not set'\); \}\)\(\);/,
  },
  // what must stay out of git, images and packages
  {
    check: 'KW-STO-02',
    fix: 'qf.gitignore.add',
    files: { '.gitignore': 'node_modules\n', 'a.js': '' },
    holds: /\n\.env\n/,
  },
  {
    check: 'KW-STO-02',
    fix: 'qf.gitignore.add',
    files: { 'a.js': 'export {};\n' },
    lying: { tracked: ['a.js'] },
    holds: /!\.env\.example/,
  },
  {
    check: 'KW-STO-03',
    fix: 'qf.dockerignore.add',
    files: { Dockerfile: 'FROM node:22\nCOPY . /app\nUSER node\n', '.env': 'A=1\n' },
    lying: { ignored: ['.env'] },
  },
  {
    check: 'KW-STO-03',
    fix: 'qf.dockerignore.add',
    files: { 'api/Dockerfile': 'FROM node:22\nCOPY . /app\n', 'api/.dockerignore': 'node_modules\n' },
    holds: /node_modules\n\.env\n/,
  },
  {
    check: 'KW-STO-08',
    fix: 'qf.npmignore.add',
    files: { 'package.json': '{ "name": "a", "version": "1.0.0" }\n', '.env': 'A=1\n', '.gitignore': 'dist\n' },
    holds: /^dist\n\.env\n/m,
  },
  // containers
  {
    check: 'KW-STO-07',
    fix: 'qf.docker.user',
    files: { Dockerfile: 'FROM node:22-slim\nCOPY a.js /app/\nCMD ["node", "/app/a.js"]\n' },
    holds: /USER node\nCMD/,
  },
  {
    check: 'KW-STO-07',
    fix: 'qf.docker.user',
    files: {
      Dockerfile: 'FROM python:3.13 AS base\nFROM base\nUSER root\nCMD ["python", "bot.py"]\n',
      'bot.py': 'import os\nos.environ["KRAKEN_API_SECRET"]\n',
    },
    holds: /USER 10001:10001\nCMD/,
  },
  {
    check: 'KW-STO-07',
    fix: 'qf.k8s.securityContext',
    files: {
      'k8s/app.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n  template:\n    spec:\n      automountServiceAccountToken: false\n      containers:\n        - name: a\n          image: a:1\n          env:\n            - name: API_KEY\n              valueFrom: { secretKeyRef: { name: s, key: k } }\n',
    },
    holds: /- securityContext:\n {12}runAsNonRoot: true/,
  },
  {
    check: 'KW-STO-07',
    fix: 'qf.k8s.securityContext',
    files: {
      'k8s/app.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - name: a\n      image: a:1\n      securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true }\n      envFrom:\n        - secretRef: { name: s }\n',
    },
    holds: /spec:\n {2}automountServiceAccountToken: false\n {2}containers:/,
  },
  {
    check: 'KW-ACC-07',
    fix: 'qf.compose.loopback',
    files: {
      'compose.yml':
        'services:\n  node:\n    image: foundry\n    command: anvil --host 0.0.0.0\n    ports:\n      - 8545:8545\n',
    },
    holds: /- "127\.0\.0\.1:8545:8545"/,
  },
  // infrastructure
  {
    check: 'KW-STO-06',
    fix: 'qf.tf.sensitive',
    files: {
      'main.tf':
        'terraform {\n  backend "s3" {\n    encrypt = true\n  }\n}\n\nvariable "kraken_api_secret" {\n  type = string\n}\n',
    },
    holds: /variable "kraken_api_secret" \{\n {2}sensitive = true\n/,
  },
  {
    check: 'KW-STO-06',
    fix: 'qf.tf.sensitive',
    files: { 'main.tf': 'terraform {\n  cloud {}\n}\nvariable "api_token" {}\n' },
    holds: /variable "api_token" \{\n {2}sensitive = true\n\}/,
  },
  {
    check: 'KW-STO-06',
    fix: 'qf.tf.encryptState',
    files: { 'main.tf': 'terraform {\n  backend "s3" {\n    bucket = "b"\n  }\n}\n' },
    holds: /backend "s3" \{\n {4}encrypt = true\n/,
  },
  // pipelines
  {
    check: 'KW-ACC-06',
    fix: 'qf.ci.permissions',
    files: { '.github/workflows/ci.yml': 'on: push\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: npm test\n' },
    holds: /on: push\npermissions:\n {2}contents: read\n\njobs:/,
  },
  {
    check: 'KW-DIS-05',
    fix: 'qf.ci.pinAction',
    answers: { commit: 'a'.repeat(40) },
    files: {
      '.github/workflows/ci.yml':
        'on: push\njobs:\n  t:\n    runs-on: x\n    steps:\n      - uses: acme/deploy@v2 # deploys\n        with: { key: "${{ secrets.DEPLOY_KEY }}" }\n',
    },
    holds: /uses: acme\/deploy@a{40} # v2\n/,
  },
  {
    check: 'KW-ACC-09',
    fix: 'qf.hook.addPreCommit',
    files: { '.gitignore': '.env\n' },
  },
  {
    check: 'KW-ACC-09',
    fix: 'qf.hook.addPreCommit',
    files: {
      '.gitignore': '.env\n',
      '.pre-commit-config.yaml': 'repos:\n  - repo: https://github.com/psf/black\n    hooks: [{ id: black }]\n',
    },
    holds: /repos:\n {2}- repo: https:\/\/github\.com\/keyward\/keyward\n[\s\S]*psf\/black/,
  },
  {
    check: 'KW-ACC-09',
    fix: 'qf.hook.addPreCommit',
    files: { '.gitignore': '.env\n', '.husky/pre-commit': 'npm test\n' },
    holds: /npm test\nnpx --yes keyward scan --staged\n/,
  },
  {
    check: 'KW-ACC-10',
    fix: 'qf.ci.addScan',
    files: { '.github/workflows/ci.yml': 'on: push\njobs:\n  t:\n    runs-on: x\n    steps: [{ run: npm test }]\n' },
  },
  {
    check: 'KW-ACC-10',
    fix: 'qf.ci.addScan',
    files: { '.gitlab-ci.yml': 'test:\n  script: [make test]\n' },
    holds: /keyward scan --history/,
  },
  {
    check: 'KW-ROT-04',
    fix: 'qf.policy.addRotation',
    files: desk((p) => {
      p.policy.rotation.reminder = undefined;
      delete p.files['.github/workflows/rotate.yml'];
    }),
    after: 'warn',
  },
  {
    check: 'KW-INC-07',
    fix: 'qf.template.dependabot',
    files: {
      'package.json': '{ "dependencies": { "ccxt": "4.4.0" } }\n',
      'package-lock.json': '{}\n',
      'svc/go.mod': 'module a\n',
    },
    holds: /gomod\n {4}directory: \/svc/,
  },
  // logs
  {
    check: 'KW-REV-06',
    fix: 'qf.log.disableVerbose',
    files: { 'a.js': "import ccxt from 'ccxt';\nconst x = new ccxt.kraken({ verbose: true });\n" },
    holds: /verbose: false/,
  },
  {
    check: 'KW-REV-06',
    fix: 'qf.log.disableVerbose',
    files: { 'a.sh': '#!/bin/bash\nset -ex\ncurl -H "Authorization: $API_TOKEN" https://api.kraken.com\n' },
    holds: /set -e\n/,
  },
  // documents
  {
    check: 'KW-INC-02',
    fix: 'qf.template.runbook',
    answers: { contact: '#incidents' },
    files: { 'a.js': 'process.env.KRAKEN_API_SECRET;\n' },
    holds: /#incidents/,
  },
  {
    check: 'KW-INC-02',
    fix: 'qf.runbook.addMissingSteps',
    files: {
      'a.js': 'process.env.KRAKEN_API_SECRET;\n',
      'docs/key-compromise.md': '# A key is compromised\n\n1. Revoke it.\n2. Rotate it.\n3. Check the access logs.\n',
    },
    holds: /## Find the root cause[\s\S]*## Communicate[\s\S]*## Prevent/,
  },
  {
    check: 'KW-INC-03',
    fix: 'qf.template.security',
    answers: { contact: 'security@desk.example' },
    files: desk((p) => delete p.files['SECURITY.md']),
    holds: /security@desk\.example/,
  },
  {
    check: 'KW-INC-03',
    fix: 'qf.template.security',
    answers: { contact: 'https://desk.example/hello' },
    files: desk((p) => (p.files['SECURITY.md'] = '# Security\n\nWe care.\n')),
    holds: /We care\.\n\n## Contact/,
  },
  {
    check: 'KW-INC-03',
    fix: 'qf.policy.addContacts',
    answers: { role: 'on call', channel: '#incidents', whom: 'customers', hours: '48' },
    files: desk((p) => (p.policy.incident = { playbook: 'docs/runbooks/key-compromise.md' })),
  },
  {
    check: 'KW-GOV-05',
    fix: 'qf.codeowners.add',
    answers: { owner: '@desk/security' },
    files: desk((p) => delete p.files['.github/CODEOWNERS']),
    holds: /^\/keyward\.policy\.jsonc @desk\/security$/m,
  },
  {
    check: 'KW-GOV-05',
    fix: 'qf.codeowners.add',
    answers: { owner: '@desk/security' },
    files: desk((p) => (p.files['.github/CODEOWNERS'] = '/src/ @desk/ada\n')),
    holds: /\/src\/ @desk\/ada\n\n#[\s\S]*\/keyward\.policy\.jsonc @desk\/security/,
  },
  // the policy's sections
  {
    check: 'KW-ROT-01',
    fix: 'qf.policy.addRotation',
    files: desk((p) => delete p.policy.rotation.defaultMaxAgeDays),
    holds: /"defaultMaxAgeDays": 90/,
  },
  {
    check: 'KW-ROT-05',
    fix: 'qf.policy.addTriggers',
    files: desk((p) => {
      delete p.policy.rotation.onDemand;
      delete p.files['docs/runbooks/rotate.md'];
      p.policy.inventory.keys[0].revocation = { procedure: 'https://desk.example/revoke', withinMinutes: 30 };
    }),
  },
  {
    check: 'KW-ROT-05',
    fix: 'qf.policy.addTriggers',
    files: desk((p) => p.policy.rotation.onDemand.triggers.pop()),
    holds: /"personnel-change"/,
  },
  {
    check: 'KW-ROT-05',
    fix: 'qf.template.rotationRunbook',
    files: desk((p) => (p.policy.rotation.onDemand.runbook = 'docs/runbooks/keys.md')),
  },
  {
    check: 'KW-STO-10',
    fix: 'qf.policy.addRecovery',
    files: desk((p) => delete p.policy.rotation.overlapHours),
  },
  {
    check: 'KW-ACC-01',
    fix: 'qf.policy.addEnvironment',
    files: desk((p) => p.policy.environments.pop()),
  },
  { check: 'KW-GOV-01', fix: 'qf.policy.markReviewed', files: desk((p) => delete p.policy.review) },
  {
    check: 'KW-GOV-01',
    fix: 'qf.policy.markReviewed',
    files: desk((p) => (p.policy.review.lastReviewedAt = '2026-01-01')),
  },
  {
    check: 'KW-REV-04',
    fix: 'qf.policy.addAuditLog',
    answers: { location: 's3://desk-audit', days: '400' },
    files: desk((p) => delete p.policy.logging),
  },
  {
    check: 'KW-INC-01',
    fix: 'qf.policy.addMonitoring',
    answers: { channel: '#alerts' },
    files: desk((p) => {
      delete p.policy.monitoring;
      delete p.files['deploy/alert-rules.yml'];
    }),
  },
  {
    check: 'KW-INC-01',
    fix: 'qf.template.alertRules',
    files: desk((p) => {
      delete p.policy.monitoring.config;
      delete p.files['deploy/alert-rules.yml'];
    }),
  },
  {
    check: 'KW-ACC-12',
    fix: 'qf.policy.addCriticalOps',
    answers: { issue: 'second-approver', deploy: 'protected-environment' },
    files: desk((p) => delete p.policy.authentication.criticalOperations),
  },
  {
    check: 'KW-GOV-04',
    fix: 'qf.policy.addProfile',
    answers: { standard: 'soc2' },
    files: desk((p) => (p.policy.profile.standards = [])),
  },
  {
    check: 'KW-GOV-03',
    fix: 'qf.suppression.remove',
    files: desk((p) => {
      p.policy.suppressions = [
        {
          check: 'KW-GEN-02',
          match: { path: 'old/**' },
          kind: 'test-data',
          reason: 'values of a closed sandbox account',
          approvedBy: 'bob',
          createdAt: '2026-01-01',
          expiresAt: '2026-06-01',
        },
      ];
    }),
  },
  // records of the inventory
  {
    check: 'KW-ROT-03',
    fix: 'qf.policy.addExpiry',
    files: key((k) => delete k.expiresAt),
    holds: /"expiresAt": "2027-01-18"/,
  },
  { check: 'KW-STO-10', fix: 'qf.policy.addRecovery', files: key((k) => delete k.recovery) },
  { check: 'KW-REV-07', fix: 'qf.policy.addHistory', files: key((k) => delete k.history) },
  {
    check: 'KW-DIS-06',
    fix: 'qf.policy.setConsumers',
    answers: { consumer: 'desk' },
    files: key((k) => delete k.consumers),
  },
  { check: 'KW-DIS-04', fix: 'qf.policy.setHolders', files: key((k) => delete k.holders) },
  {
    check: 'KW-GEN-06',
    fix: 'qf.policy.setOrigin',
    answers: { method: 'provider-console' },
    files: key((k) => delete k.generation),
  },
  { check: 'KW-REV-01', fix: 'qf.policy.addRevocation', files: key((k) => delete k.revocation) },
  {
    check: 'KW-REV-01',
    fix: 'qf.policy.addRevocation',
    files: {
      ...key((k) => delete k.revocation),
      'docs/runbooks/revoke-keys.md': '# Revoke keys\n\n## Revoke binance\n\nDelete it.\n',
    },
    holds: /Delete it\.\n\n## Revoke kraken/,
  },
  {
    check: 'KW-REV-01',
    fix: 'qf.policy.addRevocation',
    files: key((k) => delete (k.revocation as { withinMinutes?: number }).withinMinutes),
  },
  {
    check: 'KW-REV-02',
    fix: 'qf.policy.markRevoked',
    files: desk((p) => {
      const [record] = p.policy.inventory.keys;
      p.policy.inventory.keys.push({
        ...record,
        id: 'kraken-old',
        references: [],
        storage: { store: 'hashicorp-vault' },
        status: 'compromised',
        compromisedAt: '2026-11-20',
        createdAt: '2026-09-01',
        history: undefined,
      });
    }),
    holds: /"revokedAt": "2026-11-24"/,
  },
  {
    check: 'KW-REV-03',
    fix: 'qf.policy.ignoreName',
    files: desk((p) => (p.files['src/b.ts'] = 'export const k = process.env.KRAKEN_OTHER_KEY;\n')),
    holds: /"ignoreNames": \[\s*"KRAKEN_OTHER_KEY"/,
  },
];

describe('the quick fixes of checks', () => {
  for (const c of cases) {
    const [touched = ''] = Object.keys(c.files).slice(-1);
    it(`${c.check} ${c.fix} (${c.holds ? c.holds.source.slice(0, 40) : touched})`, async () => {
      const before = await result(c.check, c.files, c.lying);
      assert.ok(before.status !== 'pass' && before.status !== 'not-applicable', `${before.status}: ${before.message}`);
      const offered = (await offeredFor(before, c.files)).filter((o) => o.fix.id === c.fix);
      const shown = (await offeredFor(before, c.files)).map((o) => o.fix.id).join(', ');
      assert.ok(offered[0], `not offered, but: ${shown}; ${before.message} ${JSON.stringify(before.evidence)}`);
      assert.match(offered[0].fix.title, /^[A-Z][a-z]+ \S/);
      let files = c.files;
      for (const { evidence } of offered) {
        const again = await fixesFor(before, evidence, await projectOf(files));
        const fix = again.find((f) => f.id === c.fix);
        files = fix ? applied(files, fix, c.answers) : files;
      }
      if (c.holds) {
        assert.match(Object.values(files).join('\n\n'), c.holds);
      }
      const after = await result(c.check, files, c.lying);
      const open = JSON.stringify(after.evidence.map((e) => `${e.file}:${e.line} ${e.probe} ${e.snippet}`));
      assert.equal(after.status, c.after ?? 'pass', `${after.message} ${open}`);
      for (const { evidence } of offered) {
        for (const fix of (await fixesFor(before, evidence, await projectOf(files))).filter((f) => f.id === c.fix)) {
          assert.deepEqual(applied(files, fix, c.answers), files, 'a second time changes something');
        }
      }
    });
  }
});

describe('a quick fix of a check', () => {
  it('follows its line when text is added above it, and is withheld when the line has changed', async () => {
    const files = { 'a.ts': "const url = 'http://api.kraken.com/0/private';\n" };
    const before = await result('KW-DIS-01', files);
    const moved = { 'a.ts': `// one\n// two\n${files['a.ts']}` };
    const [fix] = await fixesFor(before, before.evidence[0], await projectOf(moved));
    assert.equal(
      applied(moved, fix as OfferedFix)['a.ts'],
      `// one\n// two\n${files['a.ts'].replace('http:', 'https:')}`,
    );
    const changed = { 'a.ts': "const url = 'http://api.binance.com/api/v3';\n" };
    assert.deepEqual(await fixesFor(before, before.evidence[0], await projectOf(changed)), []);
  });

  for (const [why, check, files] of [
    ['an address without a name', 'KW-DIS-01', { 'a.ts': "const url = 'http://8.8.8.8/api';\n" }],
    ['a port of its own', 'KW-DIS-01', { 'a.ts': "const url = 'http://api.kraken.com:8080/';\n" }],
    [
      'a workflow that writes',
      'KW-ACC-06',
      {
        '.github/workflows/r.yml':
          'on: push\njobs:\n  r:\n    runs-on: x\n    steps:\n      - run: gh release create v1\n',
      },
    ],
    ['a trust manager', 'KW-DIS-02', { 'A.java': 'X509 t() { void checkServerTrusted(X[] c, String a) {} }\n' }],
    ['a key that moves in a browser', 'KW-GEN-01', { 'k.ts': 'export const secretKey = seed(Math.random());\n' }],
  ] as const) {
    it(`is not offered for ${why}`, async () => {
      const before = await result(check, files);
      assert.ok(before.status === 'fail' || before.status === 'warn', before.message);
      assert.deepEqual(await fixesFor(before, before.evidence[0], await projectOf(files)), []);
    });
  }

  it('leaves the policy valid, whatever is chosen', async () => {
    for (const c of cases.filter((x) => x.fix.startsWith('qf.policy.') && x.answers)) {
      const before = await result(c.check, c.files);
      const fix = (await offeredFor(before, c.files)).find((o) => o.fix.id === c.fix)?.fix as OfferedFix;
      for (const question of fix.questions ?? []) {
        for (const option of question.options ?? []) {
          const files = applied(c.files, fix, { ...c.answers, [question.id]: option });
          const { state, problems } = await loadPolicy(new MemoryFiles(files));
          assert.equal(state, 'ok', `${c.fix} ${option}: ${problems[0]?.message}`);
        }
      }
    }
  });

  it('of a file that git tracks is a line for the terminal, which the person runs', async () => {
    const files = { '.env': `KRAKEN_API_SECRET=${uuid()}\n`, '.gitignore': '*.pem\n*.key\n.env.*\n.env\n' };
    const before = await result('KW-STO-02', files, { tracked: ['.env', '.gitignore'] });
    const fixes = await fixesFor(before, before.evidence[0], await projectOf(files));
    assert.deepEqual(fixes[0]?.elsewhere, { to: 'terminal', line: 'git rm --cached -- .env' });
  });

  it('that asks a person to state something leads there', async () => {
    const files = desk((p) => (p.policy.attestations = []));
    const before = await result('KW-ACC-11', files);
    const [fix] = await fixesFor(before, undefined, await projectOf(files));
    assert.deepEqual(fix?.elsewhere, { to: 'attest', check: 'KW-ACC-11' });
  });

  it('without a policy is to create one', async () => {
    const files = { 'a.js': 'process.env.KRAKEN_API_SECRET;\n' };
    for (const check of ['KW-GOV-01', 'KW-ROT-02', 'KW-ACC-03']) {
      const before = await result(check, files);
      const [fix] = await fixesFor(before, before.evidence[0], await projectOf(files));
      assert.deepEqual(fix?.elsewhere, { to: 'create-policy' }, check);
    }
  });
});
