import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkAuditLog } from '../../src/policy/audit-log-check';
import { Folder } from './command-line';

describe('keyward audit-log', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());
  const text = () => fs.readFileSync(path.join(folder.root, '.keyward/audit.jsonl'), 'utf8');

  it('records what was done, and says that nothing was changed since', async () => {
    assert.equal(
      (await folder.keyward(['audit-log', 'record', 'rotate', '--by', 'ada', '--key', 'kraken-prod'])).status,
      0,
    );
    assert.equal(
      (await folder.keyward(['audit-log', 'record', 'attest', '--by', 'bob', '--check', 'KW-ACC-11'])).status,
      0,
    );
    const { status, out } = await folder.keyward(['audit-log', 'verify']);
    assert.equal(status, 0);
    assert.match(out, /2 entries, none changed, dropped or reordered/);
  });

  it('exits 1 and names the line that was changed', async () => {
    for (const event of ['issue', 'rotate', 'revoke']) {
      await folder.keyward(['audit-log', 'record', event, '--by', 'ada', '--key', 'kraken-prod']);
    }
    folder.write({ '.keyward/audit.jsonl': text().replace('"rotate"', '"revoke"') });
    const { status, out } = await folder.keyward(['audit-log', 'verify']);
    assert.equal(status, 1);
    assert.match(out, /audit\.jsonl:2: changed/);
  });

  it('says what is missing', async () => {
    assert.equal((await folder.keyward(['audit-log', 'verify'])).status, 2);
    assert.equal((await folder.keyward(['audit-log', 'record', 'rotate'])).status, 2);
    assert.equal((await folder.keyward(['audit-log', 'record', 'dance', '--by', 'ada'])).status, 2);
    assert.equal((await folder.keyward(['audit-log', 'verify', '--head', 'ada'])).status, 2);
  });

  it('keeps the entries of processes that write at once', async function () {
    this.timeout(60_000);
    const script = path.join(folder.root, 'write.ts');
    const source = path.join(__dirname, '../../src');
    fs.writeFileSync(
      script,
      `import { recordEntry } from ${JSON.stringify(path.join(source, 'cli/audit-record'))};\n(async () => {\n  for (let i = 0; i < 8; i++) {\n    await recordEntry(process.argv[2] as string, { at: new Date().toISOString(), by: 'ada', event: 'fix', about: { i } });\n  }\n})();\n`,
    );
    const run = promisify(execFile);
    const root = path.join(__dirname, '../..');
    await Promise.all([1, 2, 3].map(() => run(process.execPath, ['--import=tsx', script, folder.root], { cwd: root })));
    const { problems, entries } = checkAuditLog(text());
    assert.deepEqual(problems, []);
    assert.equal(entries, 24);
    assert.ok(!fs.existsSync(path.join(folder.root, '.keyward/audit.jsonl.lock')));
  });

  it('takes over the lock of a process that died', async () => {
    folder.write({ '.keyward/audit.jsonl.lock': '999999999 x' });
    const lock = path.join(folder.root, '.keyward/audit.jsonl.lock');
    const before = new Date(Date.now() - 60_000);
    fs.utimesSync(lock, before, before);
    assert.equal((await folder.keyward(['audit-log', 'record', 'rotate', '--by', 'ada'])).status, 0);
  });
});
