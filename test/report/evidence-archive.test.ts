import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { runChecklist } from '../../src/checklist/run';
import { appendix, auditLogPath } from '../../src/policy/audit-log';
import { loadPolicy } from '../../src/policy/load';
import { MemoryFiles } from '../../src/project/memory-files';
import { evidenceArchive, evidenceName } from '../../src/report/evidence-archive';
import { perfect } from '../checklist/perfect';
import { alnum } from '../scan/specimens';

type Texts = Readonly<Record<string, string>>;

async function archived(more: Texts = {}): Promise<{ bytes: Uint8Array; texts: Texts; name: string }> {
  const project = new MemoryFiles({ ...perfect(), ...more });
  const policy = await loadPolicy(project);
  const assessment = await runChecklist({
    files: project,
    policy,
    asOf: '2026-11-24',
    trigger: 'cli',
    toolVersion: '0.0.0',
  });
  const bytes = await evidenceArchive({ assessment, policy, files: project });
  const texts = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, part]) => [path, strFromU8(part)]));
  return { bytes, texts, name: evidenceName(assessment) };
}

const leftOut = (texts: Texts) => JSON.parse(texts['manifest.json'] as string).leftOut;

describe('the evidence archive', () => {
  it('holds the report in every form, the policy, the manifest, and a hash of each that is right', async () => {
    const { texts, name } = await archived();
    assert.deepEqual(Object.keys(texts).sort(), [
      'README.txt',
      'SHA256SUMS',
      'manifest.json',
      'project/keyward.policy.jsonc',
      'report.html',
      'report.json',
      'report.md',
      'report.oscal.json',
      'report.sarif',
    ]);
    const sums = (texts.SHA256SUMS as string).trim().split('\n');
    assert.equal(sums.length, Object.keys(texts).length - 1);
    for (const line of sums) {
      const [hash, path] = line.split('  ') as [string, string];
      assert.equal(
        hash,
        createHash('sha256')
          .update(texts[path] as string)
          .digest('hex'),
        path,
      );
    }
    const manifest = JSON.parse(texts['manifest.json'] as string);
    const report = JSON.parse(texts['report.json'] as string);
    assert.equal(manifest.tool.version, '0.0.0');
    assert.equal(manifest.asOf, '2026-11-24');
    assert.equal(
      manifest.files.find((f: { path: string }) => f.path.endsWith('policy.jsonc')).sha256,
      report.subject.policy.sha256,
      'the policy is the one that the report names',
    );
    assert.match(name, /^keyward-evidence-[a-z0-9-]+-2026-11-24\.zip$/);
  });

  it('has the same bytes when it is made again, wherever the clock stands', async () => {
    const zone = process.env.TZ;
    const first = await archived();
    try {
      process.env.TZ = 'Pacific/Auckland';
      assert.deepEqual((await archived()).bytes, first.bytes);
    } finally {
      if (zone === undefined) {
        delete process.env.TZ;
      } else {
        process.env.TZ = zone;
      }
    }
  });

  it('tells the runs that are on record, and whether the log is whole', async () => {
    const entry = { at: '2026-11-20T10:00:00.000Z', by: 'ann', event: 'checklist' as const };
    const log = appendix('', { ...entry, about: { asOf: '2026-11-20', gate: 'pass', fail: 0 } });
    const whole = await archived({ [auditLogPath]: log });
    const history = JSON.parse(whole.texts['run-history.json'] as string);
    assert.deepEqual(
      history.runs.map((r: { by: string; gate: string }) => [r.by, r.gate]),
      [['ann', 'pass']],
    );
    assert.deepEqual(history.log.problems, []);
    assert.equal(whole.texts[`project/${auditLogPath}`], log);
    const changed = await archived({ [auditLogPath]: log.replace('"fail":0', '"fail":1') });
    assert.equal(JSON.parse(changed.texts['run-history.json'] as string).log.problems[0].kind, 'changed');
  });

  it('leaves out a policy or a log that holds a secret, and says so', async () => {
    const secret = alnum(64);
    const policy = perfect()['keyward.policy.jsonc'] as string;
    const inComment = await archived({ 'keyward.policy.jsonc': `// BINANCE_API_SECRET=${secret}\n${policy}` });
    const byName = await archived({
      'keyward.policy.jsonc': policy.replace('{', `{ "x-note": { "password": "hunter2-${alnum(6)}" },`),
    });
    const inLog = await archived({ [auditLogPath]: `BINANCE_API_SECRET=${secret}\n` });
    for (const { texts } of [inComment, byName]) {
      assert.ok(!('project/keyward.policy.jsonc' in texts));
      assert.deepEqual(leftOut(texts)[0], { path: 'keyward.policy.jsonc', why: 'it holds what looks like a secret' });
    }
    assert.equal(leftOut(inLog.texts)[0].path, auditLogPath);
    for (const { texts } of [inComment, byName, inLog]) {
      assert.ok(!JSON.stringify(texts).includes(secret));
      assert.doesNotMatch(JSON.stringify(texts), /hunter2/);
    }
  });
});
