import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { alnum, uuid } from '../scan/specimens';
import { Folder } from './command-line';

describe('keyward scan', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  it('prints what the contract says, sorted, without a value', async () => {
    const [k, s, c] = [alnum(64), alnum(64), uuid()];
    folder.write({
      'src/b.js': `const x = { coinmarketcapApiKey: '${c}' };\n`,
      'src/a.ts': `new ccxt.binance({\n  apiKey: '${k}',\n  secret: '${s}',\n});\n`,
    });
    const { status, out } = await folder.keyward(['scan', '--format', 'json']);
    assert.equal(status, 1);
    const report = JSON.parse(out);
    assert.equal(report.schemaVersion, 1);
    assert.equal(report.tool.name, 'keyward');
    assert.deepEqual(Object.keys(report.summary).sort(), ['bySeverity', 'bytes', 'files', 'milliseconds', 'skipped']);
    assert.deepEqual(
      report.findings.map((f: { file: string; ruleId: string }) => [f.file, f.ruleId]),
      [
        ['src/a.ts', 'binance-api-key'],
        ['src/a.ts', 'binance-api-secret'],
        ['src/b.js', 'coinmarketcap-api-key'],
      ],
    );
    const [key, secret] = report.findings;
    assert.deepEqual(key.range, { start: { line: 1, character: 11 }, end: { line: 1, character: 75 } });
    assert.equal(secret.severity, 'critical');
    assert.equal(secret.variable, 'BINANCE_API_SECRET');
    assert.equal(secret.state, 'secret');
    assert.equal(secret.confidence, 'certain');
    assert.ok(key.group && key.group === secret.group);
    assert.ok(![k, s, c].some((v) => out.includes(v) || out.includes(v.slice(0, 12))));
  });

  it('never prints a value in any format', async () => {
    const [k, s] = [alnum(64), alnum(64)];
    folder.write({ 'a.ts': `new ccxt.binance({ apiKey: '${k}', secret: '${s}' });\n` });
    for (const format of ['text', 'json', 'sarif', 'markdown', 'html', 'junit', 'gitlab', 'github']) {
      const { out, err } = await folder.keyward(['scan', '--format', format]);
      assert.ok(out.length > 0 && ![k, s].some((v) => (out + err).includes(v.slice(0, 10))), format);
    }
  });

  it('reads standard input under the name that it is given', async () => {
    const { status, out } = await folder.keyward(
      ['scan', '--stdin', '--stdin-filename', 'src/x.py', '--format', 'json'],
      `coinmarketcap_api_key = "${uuid()}"\n`,
    );
    assert.equal(status, 1);
    assert.equal(JSON.parse(out).findings[0].file, 'src/x.py');
  });

  it('exits 0 when nothing is found, 2 for a mistake with one line that says what', async () => {
    folder.write({ 'a.js': 'const x = 1;\n' });
    assert.equal((await folder.keyward(['scan'])).status, 0);
    for (const args of [
      ['scan', 'nowhere'],
      ['scan', '--format', 'xml'],
      ['scan', '--fail-on', 'loud'],
      ['scam'],
      ['scan', '--wrong'],
    ]) {
      const { status, err } = await folder.keyward(args);
      assert.equal(status, 2, args.join(' '));
      assert.equal(err.trim().split('\n').length, 1, err);
    }
  });

  it('fails only at the level that is asked for', async () => {
    folder.write({ 'a.js': `const x = { coinmarketcapApiKey: '${uuid()}' };\n` });
    assert.equal((await folder.keyward(['scan', '--fail-on', 'low'])).status, 1);
    assert.equal((await folder.keyward(['scan', '--fail-on', 'high'])).status, 0);
    assert.equal((await folder.keyward(['scan', '--fail-on', 'never'])).status, 0);
  });

  it('shows values that git ignores as local, and does not fail for them', async () => {
    folder.write({ '.gitignore': '.env\n', '.env': `COINMARKETCAP_API_KEY=${uuid()}\n` });
    const { status, out } = await folder.keyward(['scan', '--format', 'json']);
    assert.equal(status, 0);
    assert.equal(JSON.parse(out).findings[0].local, true);
    assert.equal((await folder.keyward(['scan', '--fail-on-local'])).status, 1);
  });

  it('reads env files wherever they stand: in ignored folders, at any depth', async () => {
    const env = () => `COINMARKETCAP_API_KEY=${uuid()}\n`;
    folder.write({
      '.gitignore': 'build/\n',
      'build/.env': env(),
      'build/deep/er/.env.local': env(),
      'build/deep/a.js': `const x = { coinmarketcapApiKey: '${uuid()}' };\n`,
      'node_modules/x/.env': env(),
    });
    const { status, out } = await folder.keyward(['scan', '--format', 'json']);
    assert.equal(status, 0);
    assert.deepEqual(
      JSON.parse(out).findings.map((f: { file: string; local: boolean }) => [f.file, f.local]),
      [
        ['build/.env', true],
        ['build/deep/er/.env.local', true],
      ],
    );
  });

  it('follows the policy, and the folder settings of VS Code', async () => {
    folder.write({
      'a.js': `const x = { coinmarketcapApiKey: '${uuid()}' };\n`,
      '.vscode/settings.json': '{ "keyward.detection.exclude": ["*.js"], "keyward.detection.minConfidence": 3 }',
    });
    const { status, err } = await folder.keyward(['scan']);
    assert.equal(status, 0);
    assert.match(err, /keyward\.detection\.minConfidence must be certain, likely or possible/);
    folder.write({ 'keyward.policy.jsonc': '{ "version": 1 ' });
    const broken = await folder.keyward(['scan']);
    assert.equal(broken.status, 2);
    assert.match(broken.err, /^keyward: keyward\.policy\.jsonc:1:\d+: /m);
  });

  it('leaves out what VS Code hides, env files excepted', async () => {
    const key = () => `const x = { coinmarketcapApiKey: '${uuid()}' };\n`;
    folder.write({
      'a.js': key(),
      'hidden/b.js': key(),
      'hidden/.env': `COINMARKETCAP_API_KEY=${uuid()}\n`,
      'c.map.js': key(),
      'd.js': key(),
      '.vscode/settings.json':
        '{ "files.exclude": { "**/hidden": true, "**/*.map.js": true, "**/d.js": { "when": "$(basename).ts" }, "a.js": false } }',
    });
    const files = async () =>
      JSON.parse((await folder.keyward(['scan', '--format', 'json'])).out).findings.map(
        (f: { file: string }) => f.file,
      );
    assert.deepEqual(await files(), ['a.js', 'd.js', 'hidden/.env']);
    const planned = (await folder.keyward(['fix', '--dry-run'])).out;
    assert.match(planned, /a\.js/);
    assert.doesNotMatch(planned, /hidden\/b\.js|c\.map\.js/);
    folder.write({
      'keyward.policy.jsonc': '{ "version": 1, "kind": "organisation", "detection": { "exclude": ["d.js"] } }',
    });
    assert.deepEqual(await files(), ['a.js', 'c.map.js', 'hidden/.env', 'hidden/b.js'], 'the policy has the last word');
  });

  it('reads what it can of a hostile tree', async () => {
    const key = uuid();
    folder.write({
      'latin1.js': Uint8Array.from([
        ...Buffer.from(`// caf\xe9\nconst x = { coinmarketcapApiKey: '${key}' };\n`, 'latin1'),
      ]),
      'utf16.js': Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(`const x = { coinmarketcapApiKey: '${key}' };\n`, 'utf16le'),
      ]),
      'binary.bin': Buffer.from([0, 1, 2, 3, 0, 0, 0, 9]),
      'empty.js': '',
    });
    fs.symlinkSync('loop', path.join(folder.root, 'loop'));
    fs.symlinkSync('.', path.join(folder.root, 'self'));
    const { status, out } = await folder.keyward(['scan', '--format', 'json']);
    assert.equal(status, 1);
    const report = JSON.parse(out);
    assert.deepEqual(
      report.findings.map((f: { file: string }) => f.file),
      ['latin1.js', 'utf16.js'],
    );
    assert.equal(report.summary.skipped, 1);
  });
});
