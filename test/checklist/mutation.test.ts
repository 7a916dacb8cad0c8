import assert from 'node:assert/strict';
import type { Assessment } from '../../src/checklist/assessment';
import { alnum, uuid } from '../scan/specimens';
import { judge } from './judging';
import { type Perfect, perfect } from './perfect';

/** What is broken, and the only check that may say so. */
const mutations: readonly (readonly [check: string, why: string, change: (p: Perfect) => void])[] = [
  [
    'KW-GEN-01',
    'a token from Math.random',
    (p) => (p.files['src/id.ts'] = 'export const sessionToken = Math.random().toString(36);\n'),
  ],
  ['KW-GEN-02', 'a key in source', (p) => (p.files['src/desk.ts'] += `const coinmarketcapApiKey = '${uuid()}';\n`)],
  ['KW-GEN-03', 'a key in a document', (p) => (p.files['docs/usage.md'] = `export COINMARKETCAP_API_KEY=${uuid()}\n`)],
  [
    'KW-STO-01',
    'a key in a configuration file',
    (p) => (p.files['config/live.json'] = `{ "coinmarketcapApiKey": "${uuid()}" }\n`),
  ],
  ['KW-STO-02', 'no rule for env files', (p) => (p.files['.gitignore'] = '*.pem\n*.key\nnode_modules\n')],
  ['KW-STO-03', 'an image with a key', (p) => (p.files.Dockerfile += `ENV KRAKEN_API_SECRET=${alnum(64)}\n`)],
  [
    'KW-DIS-01',
    'a plain address',
    (p) => (p.files['src/api.ts'] = "export const api = 'http://api.kraken.com/0/private';\n"),
  ],
  [
    'KW-DIS-02',
    'verification off',
    (p) => (p.files['src/net.ts'] = 'export const agent = new https.Agent({ rejectUnauthorized: false });\n'),
  ],
  ['KW-ROT-01', 'a long limit', (p) => (p.policy.rotation.defaultMaxAgeDays = 200)],
  ['KW-ROT-02', 'an old key', (p) => (p.policy.rotation.byClass = { trading: 20 })],
  ['KW-ROT-03', 'no expiry', (p) => delete p.policy.inventory.keys[0].expiresAt],
  ['KW-ROT-05', 'one trigger', (p) => p.policy.rotation.onDemand.triggers.pop()],
  ['KW-REV-01', 'no procedure', (p) => delete p.policy.inventory.keys[0].revocation],
  ['KW-REV-02', 'an unused key', (p) => (p.policy.inventory.keys[0].lastUsedAt = '2026-08-01')],
  [
    'KW-REV-03',
    'a name without record',
    (p) => (p.files['src/b.ts'] = 'export const k = process.env.KRAKEN_OTHER_KEY;\n'),
  ],
  ['KW-REV-04', 'an event is not logged', (p) => p.policy.logging.auditLog.events.pop()],
  ['KW-REV-05', 'a log that can be altered', (p) => (p.policy.logging.auditLog.immutable = false)],
  ['KW-REV-06', 'a secret in a log', (p) => (p.files['src/desk.ts'] += 'console.log(exchange.apiSecret);\n')],
  ['KW-REV-07', 'no history', (p) => delete p.policy.inventory.keys[0].history],
  ['KW-INC-01', 'no origin signal', (p) => p.policy.monitoring.signals.pop()],
  [
    'KW-INC-02',
    'a step is missing',
    (p) =>
      (p.files['docs/runbooks/key-compromise.md'] = p.files['docs/runbooks/key-compromise.md']!.replace(
        'Find the root cause',
        'Think',
      )),
  ],
  ['KW-INC-03', 'no security contact', (p) => delete p.files['SECURITY.md']],
  [
    'KW-INC-05',
    'no exercise',
    (p) => (p.policy.attestations = p.policy.attestations.filter((a: { check: string }) => a.check !== 'KW-INC-05')),
  ],
  [
    'KW-INC-06',
    'no audit by others',
    (p) =>
      (p.policy.attestations = p.policy.attestations.filter(
        (a: { scope?: { kind: string } }) => a.scope?.kind !== 'third-party',
      )),
  ],
  ['KW-INC-07', 'no lockfile', (p) => delete p.files['package-lock.json']],
  [
    'KW-INC-08',
    'no training',
    (p) => (p.policy.attestations = p.policy.attestations.filter((a: { check: string }) => a.check !== 'KW-INC-08')),
  ],
  ['KW-GOV-01', 'no review', (p) => delete p.policy.review],
  [
    'KW-GOV-03',
    'an ignore comment without reason',
    (p) => (p.files['src/c.ts'] = '// keyward-ignore-next-line\nexport const c = 1;\n'),
  ],
  ['KW-GOV-04', 'no standards', (p) => (p.policy.profile.standards = [])],
  ['KW-GOV-05', 'no code owners', (p) => delete p.files['.github/CODEOWNERS']],
];

/** The perfect project with a sandbox for tests, so that nearly every check applies. */
const project = (change: (p: Perfect) => void = () => {}) =>
  perfect((p) => {
    p.files['src/desk.ts'] += "exchange.setSandboxMode(process.env.NODE_ENV !== 'production');\n";
    change(p);
  });
const statuses = ({ results }: Assessment) => new Map(results.map((r) => [r.check, r.status]));

describe('a project that keeps its keys well', () => {
  let whole: Map<string, string>;
  before(async () => {
    whole = statuses(await judge(project()));
  });

  it('fails nothing', async () => {
    const { results, summary } = await judge(project());
    assert.deepEqual(
      results
        .filter((r) => r.status === 'fail' || r.status === 'warn' || r.status === 'error')
        .map((r) => `${r.check}: ${r.message}`),
      [],
    );
    assert.deepEqual([summary.overall.grade, summary.gate.result], ['A', 'pass']);
  });

  for (const [check, why, change] of mutations) {
    it(`shows ${why} in ${check} and nowhere else`, async () => {
      const after = statuses(await judge(project(change)));
      const changed = [...after].filter(([id, status]) => whole.get(id) !== status).map(([id]) => id);
      assert.deepEqual(changed, [check]);
    });
  }
});
