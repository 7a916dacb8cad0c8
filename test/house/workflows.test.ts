import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { runChecklist } from '../../src/checklist/run';
import { loadPolicy } from '../../src/policy/load';
import { MemoryFiles } from '../../src/project/memory-files';

const root = path.join(__dirname, '../..');
const folder = path.join(root, '.github/workflows');
const texts = new Map(fs.readdirSync(folder).map((f) => [f, fs.readFileSync(path.join(folder, f), 'utf8')]));

describe('the workflows', () => {
  it('name every action by its commit, and what it is called', () => {
    for (const [file, text] of texts) {
      for (const [use] of text.matchAll(/uses: .*/g)) {
        assert.match(use, /^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, file);
      }
      assert.match(text, /^permissions:\n {2}contents: read$/m, file);
      assert.doesNotMatch(text, /--registry|registry-url|https?:\/\//, file);
    }
  });

  it('test on three systems, with the newest and the oldest VS Code', () => {
    const ci = texts.get('ci.yml') ?? '';
    assert.match(ci, /os: \[ubuntu-latest, macos-latest, windows-latest\]/);
    assert.match(ci, /vscode: \[newest, oldest\]/);
    for (const [, script] of ci.matchAll(/npm run (?:--silent )?([\w:]+)/g)) {
      assert.ok(
        script && script in JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).scripts,
        script,
      );
    }
  });

  it('publish to both registries what they have attested', () => {
    const release = texts.get('release.yml') ?? '';
    for (const part of ['attest-build-provenance', 'attest-sbom', 'vsce publish', 'ovsx publish', '--provenance']) {
      assert.ok(release.includes(part), part);
    }
  });

  it("pass Keyward's own checks of pipelines", async () => {
    const files = new MemoryFiles(Object.fromEntries([...texts].map(([f, text]) => [`.github/workflows/${f}`, text])));
    const assessment = await runChecklist({
      files,
      policy: await loadPolicy(files),
      asOf: '2026-11-25',
      trigger: 'command',
      toolVersion: '0',
    });
    const bad = assessment.results.filter(
      (r) => (r.status === 'fail' || r.status === 'warn') && r.evidence.some((e) => e.file.startsWith('.github/')),
    );
    assert.deepEqual(
      bad.map((r) => `${r.check}: ${r.message}`),
      [],
    );
    for (const check of ['KW-DIS-05', 'KW-ACC-10']) {
      assert.equal(assessment.results.find((r) => r.check === check)?.status, 'pass', check);
    }
  });
});
