import assert from 'node:assert/strict';
import { alnum, hex, uuid } from '../scan/specimens';
import { Folder } from './command-line';

const secret = () => `const binanceApiSecret = '${alnum(64)}';`;

describe('what keyward scan ignores', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  it('is what comments of Keyward and of other scanners cover, with a reason and a date', async () => {
    folder.write({
      'a.js': [
        `${secret()} // keyward-ignore: closed account`,
        '// keyward-ignore-next-line[binance-*]: closed account until=2099-01-01',
        secret(),
        ...['gitleaks:allow', 'trufflehog:ignore', 'kingfisher:ignore', 'pragma: allowlist secret'].map(
          (word) => `${secret()} // ${word}`,
        ),
        '// secretlint-disable-next-line',
        secret(),
        `${secret()} // secretlint-disable-line`,
        '/* secretlint-disable */',
        secret(),
        '/* secretlint-enable */',
        '',
      ].join('\n'),
    });
    const quiet = await folder.keyward(['scan']);
    assert.equal(quiet.status, 0, quiet.out);
    const shown = await folder.keyward(['scan', '--show-ignored']);
    assert.equal(shown.status, 0);
    assert.equal(shown.out.match(/ignored by/g)?.length, 9);
    assert.match(shown.out, /ignored by keyward-ignore-next-line\[binance-\*\]: closed account, until 2099-01-01/);
  });

  it('is not what NOSONAR, another rule, or a date that has passed would cover; stale ignores are told', async () => {
    folder.write({
      'a.js': [
        `${secret()} // NOSONAR`,
        `${secret()} // keyward-ignore[kraken-api-secret]: other rule`,
        `${secret()} // keyward-ignore: old until=2020-01-01`,
        '// keyward-ignore-next-line: nothing stands here',
        'const x = 1;',
        '',
      ].join('\n'),
    });
    const { status, out } = await folder.keyward(['scan']);
    assert.equal(status, 1);
    assert.match(out, /3 critical/);
    assert.match(out, /a\.js:2: this ignore covers nothing/);
    assert.match(out, /a\.js:3: this ignore has expired/);
    assert.match(out, /a\.js:4: this ignore covers nothing/);
  });

  it('needs a reason where the policy asks for one', async () => {
    folder.write({
      'a.js': `${secret()} // keyward-ignore\n${secret()} // keyward-ignore: closed account\n`,
      'keyward.policy.jsonc': '{ "version": 1, "kind": "organisation", "detection": { "requireReason": true } }',
    });
    const { status, out } = await folder.keyward(['scan']);
    assert.equal(status, 1);
    assert.match(out, /1 critical/);
    assert.match(out, /a\.js:1: this ignore gives no reason/);
  });

  it('can stand in .keyward/ignore.jsonc, by file or by fingerprint, where comments are not possible', async () => {
    const [a, b] = [alnum(64), alnum(64)];
    folder.write({
      'config/a.json': `{ "binanceApiSecret": "${a}" }\n`,
      'config/b.json': `{ "binanceApiSecret": "${b}" }\n`,
    });
    const before = JSON.parse((await folder.keyward(['scan', '--format', 'json'])).out);
    const print = before.findings.find((f: { file: string }) => f.file === 'config/b.json').fingerprint;
    folder.write({
      '.keyward/ignore.jsonc': `{
  // told by the exchange
  "ignore": [
    { "rule": "binance-api-secret", "file": "config/a.json", "reason": "closed account" },
    { "rule": "binance-*", "fingerprint": "${print}", "reason": "closed account", "until": "2099-01-01" },
    { "rule": "kraken-*", "file": "gone/**", "reason": "was there once" },
  ],
}
`,
    });
    const { status, out } = await folder.keyward(['scan', '--show-ignored']);
    assert.equal(status, 0, out);
    assert.equal(out.match(/ignored by \.keyward\/ignore\.jsonc: closed account/g)?.length, 2);
    assert.match(out, /\.keyward\/ignore\.jsonc:6: this ignore covers nothing/);
  });

  it('is nothing when .keyward/ignore.jsonc has a mistake, which is told with its place', async () => {
    folder.write({
      'a.json': `{ "binanceApiSecret": "${alnum(64)}" }\n`,
      '.keyward/ignore.jsonc': '{ "ignore": [\n  { "rule": "binance-api-secret", "reson": "x" } ] }\n',
    });
    const { status, err } = await folder.keyward(['scan']);
    assert.equal(status, 1);
    assert.match(err, /\.keyward\/ignore\.jsonc:2:\d+: .*unknown property "reson" \(did you mean "reason"\?\)/);
  });
});

describe('rules of the policy', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  const policy = (detection: object) => JSON.stringify({ version: 1, kind: 'organisation', detection });

  it('find the own format, change severities, allow fingerprints and leave paths out', async () => {
    const key = `acme_${hex(32)}`;
    folder.write({
      'a.js': `const k = '${key}';\n`,
      'legacy/a.js': `const k = '${key}';\nconst coinmarketcapApiKey = '${uuid()}';\n`,
      'b.js': `const coinmarketcapApiKey = '${uuid()}';\n`,
      'keyward.policy.jsonc': policy({
        customRules: [{ id: 'acme-key', what: 'Acme API key', pattern: 'acme_[0-9a-f]{32}', severity: 'high' }],
        severities: { 'coinmarketcap-api-key': 'critical' },
        exclude: ['legacy'],
      }),
    });
    const { out } = await folder.keyward(['scan', '--format', 'json']);
    const found = JSON.parse(out).findings.map((f: Record<string, string>) => [f.file, f.ruleId, f.severity]);
    assert.deepEqual(found, [
      ['a.js', 'acme-key', 'high'],
      ['b.js', 'coinmarketcap-api-key', 'critical'],
    ]);
    const print = JSON.parse(out).findings[0].fingerprint;
    folder.write({
      'keyward.policy.jsonc': policy({
        allowedFingerprints: [{ fingerprint: print, reason: 'a key of our test stand' }],
        customRules: [{ id: 'acme-key', what: 'Acme API key', pattern: 'acme_[0-9a-f]{32}', severity: 'high' }],
        exclude: ['legacy', 'b.js'],
      }),
    });
    assert.equal((await folder.keyward(['scan'])).status, 0);
  });

  it('are refused with a word when they could run for ever, and stopped when they do', async () => {
    folder.write({
      'a.js': `const s = 'q${'7'.repeat(100_000)}';\nconst coinmarketcapApiKey = '${uuid()}';\n`,
      'keyward.policy.jsonc': policy({
        customRules: [
          { id: 'evil-one', what: 'evil', pattern: '(q+)+z', severity: 'low' },
          { id: 'slow-one', what: 'slow', pattern: 'q[0-9]*b?[0-9]*b?[0-9]*z', severity: 'low' },
        ],
      }),
    });
    const { status, err, out } = await folder.keyward(['scan']);
    assert.equal(status, 1);
    assert.match(err, /evil-one: a repeated group may not hold/);
    assert.match(err, /custom rule slow-one took too long on a text and was stopped/);
    assert.match(out, /CoinMarketCap/);
  });
});
