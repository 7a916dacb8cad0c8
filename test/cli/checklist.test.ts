import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { strFromU8, unzipSync } from 'fflate';
import schema from '../../src/checklist/report.schema.json';
import { alnum } from '../scan/specimens';
import { Folder } from './command-line';

describe('keyward checklist', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
    folder.write({
      'src/bot.ts': `new ccxt.binance({ apiKey: '${alnum(64)}', secret: '${alnum(64)}' });\n`,
      'src/net.py': 'requests.get("https://api.kraken.com", verify=False)\n',
      '.gitignore': '.env\n.env.*\n*.pem\n*.key\n',
    });
  });
  afterEach(() => folder.remove());

  it('prints a report of the form of its schema, the same for the same input and date', async () => {
    const first = await folder.keyward(['checklist', '--format', 'json', '--as-of', '2026-11-24']);
    const second = await folder.keyward(['checklist', '--format', 'json', '--as-of', '2026-11-24']);
    const ajv = addFormats(new Ajv({ strict: false }));
    const validate = ajv.compile(schema);
    assert.ok(validate(JSON.parse(first.out)), JSON.stringify(validate.errors));
    const plain = (text: string) => text.replace(/"(?:id|startedAt)": "[^"]*"|"durationMs": \d+/g, '');
    assert.equal(plain(first.out), plain(second.out));
  });

  it('fails by severity, and by grade when asked', async () => {
    assert.equal((await folder.keyward(['checklist'])).status, 1);
    assert.equal((await folder.keyward(['checklist', '--fail-on', 'never'])).status, 0);
    assert.equal((await folder.keyward(['checklist', '--fail-on', 'never', '--min-grade', 'B'])).status, 1);
  });

  it('writes each form without a value', async () => {
    for (const format of ['text', 'markdown', 'html', 'sarif', 'json', 'oscal']) {
      const { out } = await folder.keyward(['checklist', '--format', format]);
      assert.match(out, /KW-GEN-02/, format);
      assert.ok(!/[A-Za-z0-9]{60}(?![0-9a-f])/.test(out.replace(/[0-9a-f]{64}/g, '')), format);
    }
  });

  it('prints its whole report and exits 1 when the policy is broken', async () => {
    folder.write({ 'keyward.policy.jsonc': '{ "version": 1, }}' });
    const { status, out, err } = await folder.keyward(['checklist', '--format', 'json']);
    assert.equal(status, 1);
    assert.equal(JSON.parse(out).subject.policy.state, 'policy-invalid');
    assert.match(err, /keyward\.policy\.jsonc:1:/);
  });

  it('refuses a date that is none', async () => {
    const { status, err } = await folder.keyward(['checklist', '--as-of', 'soon']);
    assert.equal(status, 2);
    assert.match(err, /--as-of must be a date like/);
  });

  it('rolls up several projects, and fails when one does', async () => {
    folder.write({ 'a/README.md': '# a\n', 'a/.gitignore': '.env\n', 'b/src/bot.ts': folder.read('src/bot.ts') ?? '' });
    const { status, out } = await folder.keyward(['checklist', 'a', 'b', '--as-of', '2026-11-24']);
    assert.equal(status, 1);
    assert.match(out, /2 projects, 2026-11-24, worst first\n {2}fail {2}b /);
    const json = JSON.parse((await folder.keyward(['checklist', 'a', 'b', '--format', 'json'])).out);
    assert.deepEqual(
      json.projects.map((p: { folder: string }) => p.folder),
      ['b', 'a'],
    );
    assert.equal(json.assessments.length, 2);
    const sarif = JSON.parse((await folder.keyward(['checklist', 'a', 'b', '--format', 'sarif'])).out);
    assert.equal(sarif.runs.length, 2);
    assert.equal((await folder.keyward(['checklist', 'a', 'b', '--format', 'oscal'])).status, 2);
  });

  it('is adopted on an old project by a baseline', async () => {
    assert.equal((await folder.keyward(['checklist', '--write-baseline', 'b.json'])).status, 0);
    assert.equal((await folder.keyward(['checklist', '--baseline', 'b.json'])).status, 0);
    folder.write({ 'src/two.ts': `new ccxt.binance({ apiKey: '${alnum(64)}', secret: '${alnum(64)}' });\n` });
    const { status, out } = await folder.keyward(['checklist', '--baseline', 'b.json']);
    assert.equal(status, 1);
    assert.match(out, /new: KW-GEN-02/);
    assert.equal((await folder.keyward(['checklist', '--baseline', 'none.json'])).status, 2);
  });

  it('puts a run on record', async () => {
    await folder.keyward(['checklist', '--by', 'ada']);
    assert.match(folder.read('.keyward/audit.jsonl') ?? '', /"event":"checklist"/);
    assert.equal((await folder.keyward(['audit-log', 'verify'])).status, 0);
  });

  it('writes an evidence archive, with the run that was just put on record, and the same again for the same day', async () => {
    const out = new Folder();
    try {
      const first = path.join(out.root, 'first.zip');
      const again = path.join(out.root, 'again.zip');
      const { status, err } = await folder.keyward(['checklist', '--by', 'ada', '--evidence', first]);
      assert.equal(status, 1, 'the archive changes nothing about the gate');
      assert.match(err, /first\.zip holds the report/);
      const texts = unzipSync(fs.readFileSync(first));
      const history = JSON.parse(strFromU8(texts['run-history.json'] as Uint8Array));
      assert.equal(history.runs[0].by, 'ada');
      const { asOf } = JSON.parse(strFromU8(texts['manifest.json'] as Uint8Array));
      await folder.keyward(['checklist', '--as-of', asOf, '--evidence', first]);
      await folder.keyward(['checklist', '--as-of', asOf, '--evidence', again, '--format', 'json']);
      assert.deepEqual(fs.readFileSync(again), fs.readFileSync(first));
      assert.equal((await folder.keyward(['checklist', '--evidence', path.join(out.root, 'no/x.zip')])).status, 2);
      assert.equal((await folder.keyward(['checklist', 'src', '.', '--evidence', again])).status, 2);
    } finally {
      out.remove();
    }
  });
});
