import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { IgnoreRules } from '../../src/project/ignore-rules';
import { NodeFiles } from '../../src/project/node-files';

const texts = {
  '': '.env*\n!.env.example\n/build\n*.log\nsecret/\n',
  'packages/a': '!keep.log\n/own.txt\n',
};
const files = [
  '.env',
  '.env.example',
  'packages/a/.env.local',
  'build/x.js',
  'packages/a/build/x.js',
  'a.log',
  'packages/a/keep.log',
  'packages/a/own.txt',
  'packages/b/own.txt',
  'secret/deep/file.txt',
  'src/index.ts',
];

describe('ignore rules', () => {
  it('decide as git does, with or without git', async function () {
    if (spawnSync('git', ['--version']).status !== 0) {
      this.skip();
    }
    const root = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'keyward-ignore-')));
    try {
      execFileSync('git', ['init', '-q'], { cwd: root });
      for (const [folder, text] of Object.entries(texts)) {
        fs.mkdirSync(path.join(root, folder), { recursive: true });
        fs.writeFileSync(path.join(root, folder, '.gitignore'), text);
      }
      for (const file of files) {
        fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
        fs.writeFileSync(path.join(root, file), '');
      }
      const rules = new IgnoreRules(new Map(Object.entries(texts)));
      const facts = await new NodeFiles(root).git();
      for (const file of files) {
        const byGit = spawnSync('git', ['check-ignore', '-q', file], { cwd: root }).status === 0;
        assert.equal(rules.ignores(file), byGit, file);
        assert.equal(facts?.isIgnored(file), byGit, file);
      }
    } finally {
      fs.rmSync(root, { recursive: true });
    }
  });

  it('name the line that decides', () => {
    const rules = new IgnoreRules(new Map(Object.entries(texts)));
    assert.deepEqual(rules.ruleOf('.env'), { folder: '', line: 0 });
    assert.deepEqual(rules.ruleOf('packages/a/own.txt'), { folder: 'packages/a', line: 1 });
    assert.deepEqual(rules.ruleOf('secret/deep/file.txt'), { folder: '', line: 4 });
    assert.equal(rules.ruleOf('src/index.ts'), undefined);
  });
});
