import assert from 'node:assert/strict';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
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
    for (const format of ['text', 'markdown', 'html', 'sarif', 'json']) {
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
});
