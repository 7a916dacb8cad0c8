import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { auditHistory } from '../../src/cli/history-audit';
import { HistoryProgress } from '../../src/project/node-history-progress';
import { alnum } from '../scan/specimens';
import { Folder } from './command-line';

const member = (value: string) => `const binanceApiSecret = '${value}';\n`;

interface Found {
  readonly file: string;
  readonly commit: string;
  readonly history: { readonly date: string; readonly reach: string; readonly pushed: boolean };
}

describe('keyward scan --history', () => {
  const folders: Folder[] = [];
  let folder: Folder;
  let clock = 0;

  const made = (at?: string) => {
    const f = new Folder(at);
    folders.push(f);
    return f;
  };
  const gitIn = (root: string, ...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'protocol.file.allow=always', ...args],
      {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          GIT_AUTHOR_DATE: `2026-01-01T00:00:${String(clock).padStart(2, '0')}Z`,
          GIT_COMMITTER_DATE: `2026-01-01T00:00:${String(clock++).padStart(2, '0')}Z`,
        },
      },
    );
  const git = (...args: string[]) => gitIn(folder.root, ...args);
  const commit = (message = 'x', root = folder.root) => {
    gitIn(root, 'add', '-A');
    gitIn(root, 'commit', '-qm', message, '--no-verify');
    return gitIn(root, 'rev-parse', 'HEAD').trim();
  };
  const scan = async (root = folder.root, ...args: string[]) => {
    const ran = await new Folder(root).keyward(['scan', '--history', ...args, '--format', 'json']);
    const report = ran.out ? JSON.parse(ran.out) : { findings: [] };
    return { ...ran, errors: report.errors, files: report.summary?.files, findings: report.findings as Found[] };
  };
  const places = (findings: readonly Found[]) => findings.map((f) => `${f.file} ${f.history.reach}`);

  before(function () {
    if (spawnSync('git', ['--version']).status !== 0) {
      this.skip();
    }
  });
  beforeEach(() => {
    clock = 0;
    folder = made();
    git('init', '-q', '-b', 'main');
  });
  afterEach(() => {
    for (const f of folders.splice(0)) {
      f.remove();
    }
  });

  it('tells a value once, with the commit that brought it, however often its file was changed afterwards', async () => {
    const [gone, stays] = [alnum(64), alnum(64)];
    folder.write({ 'a.js': member(stays), 'b.js': member(gone) });
    const first = commit();
    for (let i = 0; i < 3; i++) {
      folder.write({ 'a.js': `${member(stays)}// ${i}\n`, 'b.js': i < 2 ? `${member(gone)}// ${i}\n` : '' });
      commit();
    }
    const { findings } = await scan();
    assert.deepEqual(places(findings), ['a.js head', 'b.js local']);
    assert.deepEqual(
      findings.map((f) => [f.commit, f.history.date]),
      [
        [first, '2026-01-01T00:00:02+00:00'],
        [first, '2026-01-01T00:00:02+00:00'],
      ],
    );
  });

  it('knows a value as pushed when any commit that holds it is on a remote branch', async () => {
    const remote = made();
    gitIn(remote.root, 'init', '-q', '--bare');
    folder.write({ 'base.js': '' });
    commit();
    git('checkout', '-qb', 'topic');
    folder.write({ 'a.js': member(alnum(64)) });
    const picked = commit();
    git('checkout', '-q', 'main');
    folder.write({ 'other.js': '' });
    commit();
    git('cherry-pick', picked);
    git('remote', 'add', 'origin', remote.root);
    git('push', '-q', 'origin', 'main');
    git('checkout', '-q', 'topic');
    fs.rmSync(path.join(folder.root, 'a.js'));
    commit();
    const { findings } = await scan();
    assert.deepEqual(
      findings.map((f) => [f.commit, f.history.reach, f.history.pushed]),
      [[picked, 'remote', true]],
    );
  });

  it('reads packs, alternates, stashes, other work trees and bare clones', async () => {
    folder.write({ 'packed.js': member(alnum(64)) });
    commit();
    git('gc', '-q');
    folder.write({ 'packed.js': '' });
    commit();
    const shared = made();
    gitIn(shared.root, 'clone', '-q', '--shared', folder.root, '.');
    assert.deepEqual(places((await scan(shared.root)).findings), ['packed.js remote']);
    folder.write({ 'packed.js': member(alnum(64)) });
    git('stash', '-q');
    const tree = path.join(folder.root, '../', `${path.basename(folder.root)}-tree`);
    made(tree);
    git('worktree', 'add', '-q', '--detach', tree);
    fs.writeFileSync(path.join(tree, 'detached.js'), member(alnum(64)));
    commit('detached', tree);
    for (const root of [folder.root, tree]) {
      const { findings } = await scan(root);
      assert.deepEqual(findings.map((f) => f.file).sort(), ['detached.js', 'packed.js', 'packed.js'], root);
    }
    const bare = made();
    gitIn(bare.root, 'clone', '-q', '--bare', folder.root, '.');
    assert.deepEqual(places((await scan(bare.root)).findings), ['packed.js local']);
  });

  it('reads the submodules that are checked out, each from its own history', async () => {
    const other = made();
    gitIn(other.root, 'init', '-q', '-b', 'main');
    other.write({ 'lib.js': member(alnum(64)) });
    const first = commit('lib', other.root);
    other.write({ 'lib.js': '' });
    commit('gone', other.root);
    git('submodule', '--quiet', 'add', other.root, 'vendor/lib');
    commit();
    const { findings } = await scan();
    assert.deepEqual(places(findings), ['vendor/lib/lib.js remote']);
    assert.equal(findings[0]?.commit, first);
    const inside = await scan(path.join(folder.root, 'vendor'));
    assert.deepEqual(places(inside.findings), ['lib/lib.js remote']);
  });

  it('says what a shallow clone lacks, and refuses a partial one', async () => {
    folder.write({ 'a.js': member(alnum(64)) });
    commit();
    folder.write({ 'a.js': '' });
    commit();
    const shallow = made();
    gitIn(shallow.root, 'clone', '-q', '--depth', '1', `file://${folder.root}`, '.');
    const { findings, err } = await scan(shallow.root);
    assert.deepEqual(findings, []);
    assert.match(err, /^keyward: this is a shallow clone: only the commits that it has are scanned .*\n$/);
    git('config', 'uploadpack.allowFilter', 'true');
    const partial = made();
    gitIn(partial.root, 'clone', '-q', '--no-checkout', '--filter=blob:none', `file://${folder.root}`, '.');
    const refused = await scan(partial.root);
    assert.equal(refused.status, 2);
    assert.match(refused.err, /^keyward: this is a partial clone: .*\n$/);
  });

  it('reads repositories whose names are SHA-256', async function () {
    const sha256 = made();
    if (spawnSync('git', ['init', '-q', '--object-format=sha256', '-b', 'main'], { cwd: sha256.root }).status !== 0) {
      this.skip();
    }
    sha256.write({ 'a.js': member(alnum(64)) });
    const first = commit('one', sha256.root);
    sha256.write({ 'a.js': '' });
    commit('two', sha256.root);
    const { findings } = await scan(sha256.root);
    assert.equal(first.length, 64);
    assert.deepEqual(
      findings.map((f) => [f.commit, f.history.reach]),
      [[first, 'local']],
    );
  });

  it('tells of a version that git has lost, and reads the others', async () => {
    folder.write({ 'a.js': member(alnum(64)), 'b.js': 'let b = 1;\n' });
    commit();
    const oid = git('rev-parse', 'HEAD:b.js').trim();
    fs.rmSync(path.join(folder.root, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    const { findings, errors } = await scan();
    assert.deepEqual(places(findings), ['a.js head']);
    assert.deepEqual(errors, [
      { file: '.git', message: `git has lost object ${oid.slice(0, 12)}; the history is read without it` },
    ]);
  });

  it('looks into archives of the history', async () => {
    const { zipSync, strToU8 } = await import('fflate');
    folder.write({ 'old/a.zip': zipSync({ 'x/b.js': strToU8(member(alnum(64))) }) });
    const first = commit();
    fs.rmSync(path.join(folder.root, 'old'), { recursive: true });
    folder.write({ 'c.js': '' });
    commit();
    const { findings } = await scan();
    assert.deepEqual(
      findings.map((f) => [f.file, f.commit]),
      [['old/a.zip!x/b.js', first]],
    );
  });

  describe('that was interrupted', () => {
    const state = () => path.join(folder.root, '.git/keyward/history-progress');

    /** An audit that is ended after its first answer, as by a signal. */
    const interrupted = async (exclude = '') => {
      await auditHistory({
        root: folder.root,
        plan: { options: {}, ignores: { entries: [], problems: [] }, policy: 'policy' },
        wanted: (file) => file !== exclude,
        note: () => undefined,
        progress: () => {
          throw new Error('interrupted');
        },
      }).catch((error: Error) => assert.equal(error.message, 'interrupted'));
    };

    beforeEach(() => {
      folder.write({ 'a.js': member(alnum(64)), 'b.js': 'let b = 1;\n', 'c.bin': new Uint8Array(100) });
      commit();
    });

    it('goes on where it stopped, finds the same, and leaves nothing behind', async () => {
      const whole = await scan();
      assert.equal(fs.existsSync(path.dirname(state())), false);
      await interrupted();
      const kept = fs.readFileSync(state());
      assert.ok(!kept.includes(Buffer.from('binance')), 'no place, no rule');
      assert.equal(fs.statSync(state()).mode & 0o777, 0o600);
      folder.write({ 'd.js': member(alnum(64)) });
      commit();
      const rest = await auditHistory({
        root: folder.root,
        plan: { options: {}, ignores: { entries: [], problems: [] }, policy: 'policy' },
        wanted: () => true,
        note: (line) => assert.match(line, /going on .*: 2 of 4 blobs were scanned \(--anew scans all\)/),
        progress: () => undefined,
      });
      assert.deepEqual(rest.findings.map((f) => f.file).sort(), ['a.js', 'd.js']);
      assert.deepEqual([rest.files, rest.skipped], [3, 1]);
      assert.equal(whole.files, 2);
      assert.equal(fs.existsSync(path.dirname(state())), false);
    });

    it('starts anew when the rules or the version are others, when it is told to, or when its notes are damaged', async () => {
      await interrupted();
      const done = (key: string) => new HistoryProgress(path.join(folder.root, '.git'), key).done.size;
      const key = /^keyward history 1 ([0-9a-f]{64})\n/.exec(fs.readFileSync(state(), 'latin1'))?.[1] as string;
      assert.equal(done(key), 3);
      assert.equal(done('0'.repeat(64)), 0);
      folder.write({
        'keyward.policy.jsonc':
          '{ "version": 1, "kind": "organisation", "detection": { "severities": { "binance-api-secret": "low" } } }',
      });
      assert.doesNotMatch((await scan()).err, /going on/);
      fs.rmSync(path.join(folder.root, 'keyward.policy.jsonc'));
      await interrupted();
      fs.truncateSync(state(), fs.statSync(state()).size - 5);
      assert.equal(done(key), 2);
      assert.doesNotMatch((await scan(folder.root, '--anew')).err, /going on/);
    });

    it('can be interrupted again when it has started anew', async () => {
      await interrupted();
      const { root } = folder;
      const key = /^keyward history 1 ([0-9a-f]{64})\n/.exec(fs.readFileSync(state(), 'latin1'))?.[1] as string;
      const anew = new HistoryProgress(path.join(root, '.git'), key, true);
      assert.equal(anew.done.size, 0);
      anew.add(new Map([['ab'.repeat(20), 'clean']]));
      assert.equal(new HistoryProgress(path.join(root, '.git'), key).done.size, 1);
    });

    it('is the same when it was killed by a signal', async function () {
      const cli = path.join(__dirname, '../../dist/cli.js');
      if (!fs.existsSync(cli) || process.platform === 'win32') {
        this.skip();
      }
      this.timeout(60_000);
      for (let i = 0; i < 600; i++) {
        folder.write({ [`many/${i}.js`]: `let x${i} = '${'some words of text '.repeat(3000)}';\n` });
      }
      commit();
      const child = spawnSync(
        'sh',
        [
          '-c',
          `"${process.execPath}" "${cli}" scan --history & p=$!; while [ ! -s .git/keyward/history-progress ] && kill -0 $p 2>/dev/null; do :; done; kill -INT $p; wait $p`,
        ],
        { cwd: folder.root, encoding: 'utf8' },
      );
      if (child.status !== 130) {
        this.skip(); // it was done before the signal came
      }
      const { findings, err } = await scan();
      assert.deepEqual(places(findings), ['a.js head']);
      assert.match(err, /going on where the last run was interrupted/);
    });
  });
});
