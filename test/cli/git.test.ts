import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { alnum } from '../scan/specimens';
import { Folder } from './command-line';

const member = (value: string) => `const binanceApiSecret = '${value}';\n`;

describe('keyward in a git repository', () => {
  let folder: Folder;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
      cwd: folder.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const commit = (message: string) => {
    git('add', '-A');
    git('commit', '-qm', message, '--no-verify');
    return git('rev-parse', 'HEAD').trim();
  };
  const json = async (...args: string[]) => {
    const ran = await folder.keyward(['scan', ...args, '--format', 'json']);
    return { ...ran, findings: ran.out ? JSON.parse(ran.out).findings : [] };
  };

  before(function () {
    if (spawnSync('git', ['--version']).status !== 0) {
      this.skip();
    }
  });
  beforeEach(() => {
    folder = new Folder();
    git('init', '-q', '-b', 'main');
  });
  afterEach(() => folder.remove());

  it('--staged reads the index, not the work tree', async () => {
    folder.write({ 'src/a.js': member(alnum(64)) });
    git('add', '-A');
    folder.write({ 'src/a.js': 'const clean = 1;\n', 'b.js': member(alnum(64)) });
    const { status, findings } = await json('--staged');
    assert.equal(status, 1);
    assert.deepEqual(
      findings.map((f: { file: string }) => f.file),
      ['src/a.js'],
    );
  });

  it('--staged leaves out what HEAD holds already, also when its file is renamed', async () => {
    const old = alnum(64);
    folder.write({ 'a.js': member(old) });
    commit('one');
    folder.write({ 'b.js': `// moved\n\n${member(old)}` });
    fs.rmSync(path.join(folder.root, 'a.js'));
    git('add', '-A');
    assert.equal((await json('--staged')).status, 0);
    folder.write({ 'b.js': `${member(old)}${member(alnum(64))}` });
    git('add', '-A');
    const { findings } = await json('--staged');
    assert.deepEqual(
      findings.map((f: { range: { start: { line: number } } }) => f.range.start.line),
      [1],
    );
  });

  it('--staged works from a folder below, and before the first commit', async () => {
    folder.write({ 'pkg/a.js': member(alnum(64)), 'top.js': member(alnum(64)) });
    git('add', '-A');
    const ran = await new Folder(path.join(folder.root, 'pkg')).keyward(['scan', '--staged', '--format', 'json']);
    assert.deepEqual(
      JSON.parse(ran.out).findings.map((f: { file: string }) => f.file),
      ['../top.js', 'a.js'],
    );
  });

  it('--since tells only what came after a revision, untracked files included', async () => {
    folder.write({ 'a.js': member(alnum(64)) });
    commit('one');
    git('checkout', '-qb', 'work');
    folder.write({ 'b.js': member(alnum(64)) });
    commit('two');
    folder.write({ 'c.js': member(alnum(64)) });
    const { status, findings } = await json('--since', 'main');
    assert.equal(status, 1);
    assert.deepEqual(
      findings.map((f: { file: string }) => f.file),
      ['b.js', 'c.js'],
    );
    const wrong = await folder.keyward(['scan', '--since', 'nowhere']);
    assert.equal(wrong.status, 2);
    assert.match(wrong.err, /"nowhere" is no revision/);
  });

  it('--history finds what was deleted, once, with its first commit and whether it left this clone', async () => {
    const [gone, kept] = [alnum(64), alnum(64)];
    folder.write({ 'config/keys.js': member(gone) });
    const first = commit('one');
    folder.write({ 'other.js': 'const x = 1;\n' });
    commit('two');
    fs.rmSync(path.join(folder.root, 'config/keys.js'));
    folder.write({ 'kept.js': member(kept) });
    commit('three');
    const { status, findings } = await json('--history');
    assert.equal(status, 1);
    assert.deepEqual(
      findings.map((f: { file: string; history: { reach: string } }) => [f.file, f.history.reach]),
      [
        ['config/keys.js', 'local'],
        ['kept.js', 'head'],
      ],
    );
    assert.equal(findings[0].commit, first);
    assert.match(findings[0].history.date, /^\d{4}-\d{2}-\d{2}T/);
    const remote = new Folder();
    try {
      execFileSync('git', ['init', '-q', '--bare', remote.root]);
      git('push', '-q', remote.root, 'main:main');
      git('remote', 'add', 'origin', remote.root);
      git('fetch', '-q', 'origin');
      const again = await json('--history');
      assert.deepEqual(
        again.findings.map((f: { history: { reach: string; pushed: boolean } }) => [f.history.reach, f.history.pushed]),
        [
          ['remote', true],
          ['head', true],
        ],
      );
    } finally {
      remote.remove();
    }
    const range = await json('--history', `${first}..main`);
    assert.deepEqual(
      range.findings.map((f: { file: string }) => f.file),
      ['kept.js'],
    );
    const text = await folder.keyward(['scan', '--history']);
    assert.match(text.out, /came in [0-9a-f]{12} on \d{4}-\d{2}-\d{2}, on a remote branch/);
    assert.ok(!text.out.includes(gone) && !text.out.includes(kept));
  });

  it('says in one line why git can not answer', async () => {
    fs.rmSync(path.join(folder.root, '.git'), { recursive: true });
    for (const mode of [['--staged'], ['--history'], ['--since', 'x']]) {
      const { status, err } = await folder.keyward(['scan', ...mode]);
      assert.equal(status, 2);
      assert.match(err, /^keyward: this folder is in no git work tree.*\n$/);
    }
    folder.write({ 'a.js': '' });
    git('init', '-q');
    commit('one');
    git('config', 'remote.origin.promisor', 'true');
    const { status, err } = await folder.keyward(['scan', '--history']);
    assert.equal(status, 2);
    assert.match(err, /partial clone/);
  });

  describe('hook', () => {
    const hook = () => path.join(folder.root, '.git/hooks/pre-commit');
    /** A stand-in for the command, which records its arguments and fails when a file `fail` is there. */
    const standIn = () => {
      folder.write({
        'node_modules/.bin/keyward': '#!/bin/sh\necho "$@" >> .ran\n[ ! -e fail ]\n',
        '.gitignore': 'node_modules\n.ran\nfail\n',
      });
      fs.chmodSync(path.join(folder.root, 'node_modules/.bin/keyward'), 0o755);
    };
    const tries = () =>
      spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-qm', 'x', '--allow-empty'], {
        cwd: folder.root,
      }).status;

    it('runs keyward scan --staged before each commit, and stops one that it fails', async () => {
      standIn();
      assert.equal((await folder.keyward(['hook', 'install'])).status, 0);
      assert.equal(tries(), 0);
      assert.match(folder.read('.ran') ?? '', /^scan --staged\n$/);
      folder.write({ fail: '' });
      assert.notEqual(tries(), 0);
      assert.match((await folder.keyward(['hook', 'install'])).out, /installed already/);
      assert.equal((await folder.keyward(['hook', 'uninstall'])).status, 0);
      assert.equal(fs.existsSync(hook()), false);
      assert.equal(tries(), 0);
    });

    it('leaves a hook that is there, which runs too, byte for byte after uninstall', async () => {
      standIn();
      const own = '#!/bin/sh\necho own >> .ran\nexit 0\n';
      fs.mkdirSync(path.dirname(hook()), { recursive: true });
      fs.writeFileSync(hook(), own, { mode: 0o755 });
      await folder.keyward(['hook', 'install']);
      assert.equal(tries(), 0);
      assert.equal(folder.read('.ran'), 'scan --staged\nown\n');
      await folder.keyward(['hook', 'uninstall']);
      assert.equal(fs.readFileSync(hook(), 'utf8'), own);
      fs.writeFileSync(hook(), '#!/usr/bin/env python3\n', { mode: 0o755 });
      assert.match((await folder.keyward(['hook', 'install'])).out, /no shell script and was left as it is/);
      assert.equal(fs.readFileSync(hook(), 'utf8'), '#!/usr/bin/env python3\n');
    });

    it('goes where core.hooksPath, husky, lefthook and pre-commit look', async () => {
      git('config', 'core.hooksPath', 'my-hooks');
      await folder.keyward(['hook', 'install']);
      assert.match(folder.read('my-hooks/pre-commit') ?? '', /keyward-pre-commit/);
      git('config', 'core.hooksPath', '.husky/_');
      folder.write({ '.husky/pre-commit': 'npm test\n' });
      await folder.keyward(['hook', 'install']);
      assert.match(folder.read('.husky/pre-commit') ?? '', /keyward-pre-commit"[\s\S]*npm test\n$/);
      folder.write({ 'lefthook.yml': '# ours\npre-commit:\n  commands:\n    lint:\n      run: npm run lint\n' });
      await folder.keyward(['hook', 'install']);
      assert.match(folder.read('lefthook.yml') ?? '', /^# ours[\s\S]*lint[\s\S]*keyward:\n {6}run: .*scan --staged\n$/);
      folder.write({
        '.pre-commit-config.yaml':
          'repos:\n  # theirs\n  - repo: https://example.org/x\n    rev: v1\n    hooks: [{ id: x }]\n',
      });
      await folder.keyward(['hook', 'install']);
      assert.match(folder.read('.pre-commit-config.yaml') ?? '', /# theirs[\s\S]*id: keyward/);
      fs.renameSync(path.join(folder.root, 'lefthook.yml'), path.join(folder.root, 'kept.yml'));
      fs.renameSync(path.join(folder.root, '.pre-commit-config.yaml'), path.join(folder.root, 'kept.yaml'));
      folder.write({ '.config/lefthook.toml': '# ours\n' });
      const { out } = await folder.keyward(['hook', 'install']);
      assert.match(out, /^\.config\/lefthook\.toml was left as it is\. Give its pre-commit hook .*scan --staged\n$/);
      assert.equal(folder.read('.config/lefthook.toml'), '# ours\n');
      fs.renameSync(path.join(folder.root, 'kept.yml'), path.join(folder.root, 'lefthook.yml'));
      fs.renameSync(path.join(folder.root, 'kept.yaml'), path.join(folder.root, '.pre-commit-config.yaml'));
      await folder.keyward(['hook', 'uninstall']);
      assert.doesNotMatch(folder.read('.pre-commit-config.yaml') ?? '', /keyward/);
      assert.doesNotMatch(folder.read('lefthook.yml') ?? '', /keyward/);
      assert.equal(folder.read('.husky/pre-commit'), 'npm test\n');
    });
  });
});

describe('keyward baseline', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  it('records findings without their values, so that only new ones fail, wherever the old ones move', async () => {
    const value = alnum(64);
    folder.write({ 'a.js': member(value) });
    assert.equal((await folder.keyward(['baseline', 'write'])).status, 0);
    const text = folder.read('.keyward/baseline.json') ?? '';
    assert.ok(!text.includes(value.slice(0, 12)));
    const scan = () => folder.keyward(['scan', '--baseline', '.keyward/baseline.json']);
    assert.equal((await scan()).status, 0);
    fs.rmSync(path.join(folder.root, 'a.js'));
    folder.write({ 'src/moved.js': `\n\n${member(value)}` });
    assert.equal((await scan()).status, 0);
    folder.write({ 'copy.js': member(value) });
    assert.equal((await scan()).status, 1);
    folder.write({ 'copy.js': member(alnum(64)) });
    assert.equal((await scan()).status, 1);
    assert.match((await folder.keyward(['baseline', 'update'])).out, /2 findings .* \(1 new, 0 gone\)/);
    assert.equal((await scan()).status, 0);
    const aged = JSON.parse(folder.read('.keyward/baseline.json') ?? '');
    aged.entries[0].until = '2020-01-01';
    folder.write({ '.keyward/baseline.json': JSON.stringify(aged) });
    assert.equal((await scan()).status, 1);
  });

  it('is refused with a word when it is broken or missing', async () => {
    folder.write({ 'b.json': '{}', 'c.json': '{' });
    for (const [name, word] of [
      ['a.json', 'no such baseline'],
      ['b.json', 'this is no baseline'],
      ['c.json', 'this is no JSON'],
    ] as const) {
      const { status, err } = await folder.keyward(['scan', '--baseline', name]);
      assert.equal(status, 2);
      assert.match(err, new RegExp(word));
    }
  });
});
