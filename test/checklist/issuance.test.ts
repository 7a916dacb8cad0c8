import assert from 'node:assert/strict';
import type { Status } from '../../src/checklist/assessment';
import { effectiveSettings } from '../../src/policy/effective';
import { scanText } from '../../src/scan/scan';
import { alnum } from '../scan/specimens';
import { judge, resultOf } from './judging';
import { type Perfect, perfect } from './perfect';

const GOOD_SQL =
  'CREATE TABLE api_keys (\n  id uuid PRIMARY KEY,\n  key_hash bytea NOT NULL,\n  scopes text[] NOT NULL,\n  expires_at timestamptz NOT NULL,\n  last_used_at timestamptz,\n  revoked_at timestamptz\n);\n';
const GOOD_TS =
  "import { createHash, randomBytes } from 'node:crypto';\n\nexport function issueApiKey(customer: string) {\n  const key = `prices_live_${randomBytes(32).toString('base64url')}`;\n  const hash = createHash('sha256').update(key).digest();\n  audit.log('key issued', { customer });\n  return { key, hash };\n}\n";
const LIMITS = "export const limiter = rateLimit({ keyGenerator: (req) => req.get('x-api-key') });\n";

const files = (more: Readonly<Record<string, string>>) => (p: Perfect) => {
  p.policy = undefined;
  p.files = { 'src/a.ts': 'export const a = 1;\n', ...more };
};
const declares =
  (
    issuedKeys: object,
    detection: object = { ownKeyFormats: [{ id: 'prices-key', pattern: 'prices_live_[0-9A-Za-z]{40}' }] },
  ) =>
  (p: Perfect) => {
    p.policy.issuedKeys = issuedKeys;
    p.policy.detection = detection;
  };
const format = (more: object) => ({
  ownKeyFormats: [{ id: 'prices-key', pattern: 'prices_live_[0-9A-Za-z]{40}', ...more }],
});
const both = [
  {
    id: 'prices-live',
    pattern: 'prices_live_[0-9A-Za-z]{40}',
    prefix: 'prices_live_',
    environment: 'prod',
    checksum: 'crc32',
  },
  {
    id: 'prices-test',
    pattern: 'prices_test_[0-9A-Za-z]{40}',
    prefix: 'prices_test_',
    environment: 'dev',
    checksum: 'crc32',
  },
];

type Case = readonly [why: string, status: Status, change: (p: Perfect) => void];
const asks: Case = ['nothing is known', 'needs-attestation', declares({})];

const cases: Readonly<Record<string, readonly Case[]>> = {
  'KW-ISS-01': [
    asks,
    ['32 random bytes', 'pass', files({ 'src/keys.ts': GOOD_TS })],
    ['eight random bytes', 'fail', files({ 'src/keys.ts': GOOD_TS.replace('32', '8') })],
    [
      'a predictable generator',
      'fail',
      files({
        'src/keys.py':
          'import random\n\ndef create_api_key():\n    api_key = "".join(random.choice(LETTERS) for _ in range(40))\n    return api_key\n',
      }),
    ],
    [
      'a UUID',
      'warn',
      files({ 'src/keys.py': 'import uuid\n\ndef create_api_key(user):\n    return str(uuid.uuid4())\n' }),
    ],
    [
      'Go, 32 bytes',
      'pass',
      files({
        'keys/issue.go':
          'package keys\n\nimport "crypto/rand"\n\nfunc IssueAPIKey() string {\n\tb := make([]byte, 32)\n\trand.Read(b)\n\treturn hex(b)\n}\n',
      }),
    ],
    ['declared', 'pass', declares({ entropyBits: 256 })],
    ['too little declared', 'fail', declares({ entropyBits: 64 })],
  ],
  'KW-ISS-02': [
    ['a prefix in code only', 'warn', files({ 'src/keys.ts': GOOD_TS })],
    ['a table only', 'needs-attestation', files({ 'schema.sql': GOOD_SQL })],
    ['a policy that says nothing', 'fail', (p) => (p.files['schema.sql'] = GOOD_SQL)],
    ['prefix, checksum, environments', 'pass', declares({}, { ownKeyFormats: both })],
    ['no checksum', 'warn', declares({}, { ownKeyFormats: both.map((f) => ({ ...f, checksum: 'none' })) })],
    ['one form for all environments', 'warn', declares({}, format({ prefix: 'prices_', checksum: 'crc32' }))],
  ],
  'KW-ISS-03': [
    asks,
    ['a hash column', 'pass', files({ 'schema.sql': GOOD_SQL })],
    [
      'a column with the key',
      'fail',
      files({
        'schema.sql':
          'create table if not exists api_keys (\n  id serial primary key,\n  api_key text not null unique\n);\n',
      }),
    ],
    [
      'a Prisma model with the key',
      'fail',
      files({ 'schema.prisma': 'model ApiKey {\n  id  Int    @id\n  key String @unique\n}\n' }),
    ],
    [
      'a Django model with a hash',
      'pass',
      files({
        'keys/models.py':
          'class ApiKey(models.Model):\n    prefix = models.CharField(max_length=8)\n    hashed_key = models.CharField(max_length=64)\n',
      }),
    ],
    [
      'a Django model with the key',
      'fail',
      files({
        'keys/models.py':
          'class ApiKey(models.Model):\n    key = models.CharField(max_length=64)\n\nclass Other(models.Model):\n    hash = 1\n',
      }),
    ],
    ['declared encrypted', 'warn', declares({ storedAs: 'encrypted' })],
    ['declared as hash, shown again', 'fail', declares({ storedAs: 'hash', shownOnce: false })],
  ],
  'KW-ISS-04': [
    asks,
    ['scopes in the table', 'pass', files({ 'schema.sql': GOOD_SQL })],
    ['two scopes declared', 'pass', declares({ scopes: ['read', 'trade'] })],
    ['one scope declared', 'fail', declares({ scopes: ['all'] })],
  ],
  'KW-ISS-05': [
    asks,
    ['an end in the table', 'pass', files({ 'schema.sql': GOOD_SQL })],
    ['a year', 'pass', declares({ maxLifetimeDays: 365 })],
    ['two years', 'warn', declares({ maxLifetimeDays: 730 })],
  ],
  'KW-ISS-06': [
    asks,
    ['limited by key, use recorded', 'pass', files({ 'schema.sql': GOOD_SQL, 'src/limits.ts': LIMITS })],
    ['use recorded only', 'warn', files({ 'schema.sql': GOOD_SQL })],
    [
      'limited by address only',
      'warn',
      files({ 'src/keys.ts': GOOD_TS, 'src/limits.ts': 'export const limiter = rateLimit({ windowMs: 1000 });\n' }),
    ],
    ['limited by nothing', 'fail', declares({ rateLimit: 'none' })],
  ],
  'KW-ISS-07': [
    asks,
    ['revocable and logged', 'pass', files({ 'schema.sql': GOOD_SQL, 'src/keys.ts': GOOD_TS })],
    ['revocable only', 'warn', files({ 'schema.sql': GOOD_SQL })],
    ['declared', 'pass', declares({ revokeWithinMinutes: 5, logged: ['issue', 'use', 'deactivate'] })],
    ['slow', 'warn', declares({ revokeWithinMinutes: 240, logged: ['issue', 'use', 'deactivate'] })],
  ],
  'KW-ISS-08': [
    asks,
    ['a header', 'pass', files({ 'schema.sql': GOOD_SQL, 'src/auth.ts': "const key = req.headers['x-api-key'];\n" })],
    ['the query', 'fail', files({ 'schema.sql': GOOD_SQL, 'src/auth.ts': 'const key = req.query.api_key;\n' })],
    [
      'the query in Go',
      'fail',
      files({
        'schema.sql': GOOD_SQL,
        'auth.go': 'package a\n\nfunc f(r *http.Request) {\n\tk := r.URL.Query().Get("api_key")\n}\n',
      }),
    ],
    [
      'an interface description',
      'fail',
      files({
        'schema.sql': GOOD_SQL,
        'openapi.yaml':
          'components:\n  securitySchemes:\n    key:\n      type: apiKey\n      in: query\n      name: api_key\n',
      }),
    ],
  ],
};

describe('keys issued to customers', () => {
  for (const [check, list] of Object.entries(cases)) {
    describe(check, () => {
      for (const [why, status, change] of list) {
        it(`${status}: ${why}`, async () => {
          const result = await resultOf(check, perfect(change));
          assert.equal(result.status, status, result.message);
          if (status === 'fail' || status === 'warn') {
            assert.ok(result.evidence.length > 0 && result.message.length > 10, result.message);
          }
        });
      }
    });
  }

  it('are asked about only where the project issues keys', async () => {
    const others: readonly Readonly<Record<string, string>>[] = [
      { 'src/rotate.py': 'def create_api_key(client):\n    return client.post("/v1/keys")\n' },
      { 'src/auth.ts': 'const key = req.query.api_key;\n' },
      { 'src/client.ts': "await axios.post('https://api.prices.example/api-keys');\n" },
    ];
    for (const other of others) {
      const { results, summary } = await judge(perfect(files(other)));
      assert.ok(!results.some((r) => r.check.startsWith('KW-ISS-')));
      assert.ok(!('ISS' in summary.stages));
    }
    const { results } = await judge(perfect(files({ 'schema.sql': GOOD_SQL })));
    assert.equal(results.filter((r) => r.check.startsWith('KW-ISS-')).length, 8);
  });

  it('are found in one’s own repository by detection.ownKeyFormats', async () => {
    const text = perfect((p) => {
      p.policy.detection = { ownKeyFormats: both };
      p.files['src/example.ts'] = `export const key = 'prices_live_${alnum(40)}';\n`;
    });
    const { results } = await judge(text);
    assert.equal(results.find((r) => r.check === 'KW-GEN-02')?.status, 'fail');
    const { scan } = effectiveSettings(
      { version: 1, detection: { ownKeyFormats: [{ id: 'k', pattern: 'prices_[0-9A-Za-z]{30}' }] } },
      {},
    );
    assert.equal(scanText(`prices_${alnum(30)}`, { ...scan, fileName: 'a.txt' }).findings[0]?.ruleId, 'k');
  });
});
