import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { uuid } from '../scan/specimens';
import { Folder } from './command-line';

const key = () => `const o = { coinmarketcapApiKey: '${uuid()}' };\n`;
/** The user that owns nothing. */
const NOBODY = 65_534;

describe('what can not be read', () => {
  let folder: Folder;
  const undo: (() => void)[] = [];

  beforeEach(function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    folder = new Folder();
    fs.chmodSync(folder.root, 0o755);
  });
  afterEach(() => {
    for (const back of undo.splice(0).reverse()) {
      back();
    }
    folder?.remove();
  });

  async function scan(...args: string[]) {
    const ran = await folder.keyward(['scan', '--format', 'json', ...args]);
    const report = JSON.parse(ran.out);
    return {
      ...ran,
      errors: report.errors,
      files: report.findings.map((f: { file: string }) => f.file),
      lines: report.findings.map((f: { range: { start: { line: number } } }) => f.range.start.line),
    };
  }

  /** Lets something happen just before a function of the file system does its work the first time for a name. */
  function justBefore(name: 'openSync' | 'readdirSync' | 'readSync', matches: string, happens: () => void): void {
    const real = fs[name] as (...args: unknown[]) => unknown;
    let open = true;
    const replaced = (...args: unknown[]) => {
      if (open && (name === 'readSync' || String(args[0]).endsWith(matches))) {
        open = false;
        happens();
      }
      return real(...args);
    };
    Object.assign(fs, { [name]: replaced });
    undo.push(() => Object.assign(fs, { [name]: real }));
  }

  it('leaves the checks undecided that would have looked into a folder', async () => {
    folder.write({ 'a.js': 'fetch("https://api.kraken.com");\n', 'locked/c.js': key() });
    justBefore('readdirSync', '/locked', () => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    });
    const { out } = await folder.keyward(['checklist', '--format', 'json']);
    const found = JSON.parse(out).results.find((r: { check: string }) => r.check === 'KW-GEN-02');
    assert.equal(found.status, 'error');
    assert.match(found.message, /locked could not be read/);
  });

  it('is told: no permission for a file or a folder, and the rest is read', async function () {
    folder.write({ 'a.js': key(), 'b.js': key(), 'locked/c.js': key() });
    fs.chmodSync(path.join(folder.root, 'b.js'), 0);
    fs.chmodSync(path.join(folder.root, 'locked'), 0);
    undo.push(() => fs.chmodSync(path.join(folder.root, 'locked'), 0o755));
    if (process.getuid?.() === 0) {
      // root may read everything: be somebody else for a moment
      if (process.platform !== 'linux') {
        this.skip();
      }
      process.seteuid?.(NOBODY);
      undo.push(() => process.seteuid?.(0));
    }
    const { status, files, errors, err } = await scan();
    assert.equal(status, 1);
    assert.deepEqual(files, ['a.js']);
    assert.deepEqual(errors, [
      { file: 'b.js', message: 'no permission to read it' },
      { file: 'locked', message: 'no permission to read it' },
    ]);
    assert.match(err, /^keyward: b\.js: no permission to read it\nkeyward: locked: no permission to read it\n$/);
    const named = await scan('b.js');
    assert.equal(named.status, 2, 'somebody asked for this one');
  });

  it('is told: sockets, pipes and devices, which are never waited for', async () => {
    folder.write({ 'a.js': key() });
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(path.join(folder.root, 'socket'), resolve));
    undo.push(() => server.close());
    assert.equal(spawnSync('mkfifo', [path.join(folder.root, 'pipe')]).status, 0);
    const device = spawnSync('mknod', [path.join(folder.root, 'zero'), 'c', '1', '5']).status === 0;
    fs.symlinkSync('/dev/zero', path.join(folder.root, 'endless'));
    const { files, errors } = await scan();
    assert.deepEqual(files, ['a.js']);
    assert.deepEqual(errors, [
      { file: 'pipe', message: 'it is a named pipe, no regular file' },
      { file: 'socket', message: 'it is a socket, no regular file' },
      ...(device ? [{ file: 'zero', message: 'it is a device, no regular file' }] : []),
    ]);
    for (const name of ['endless', 'pipe', 'socket']) {
      const named = await scan(name);
      assert.equal(named.status, 2);
      assert.deepEqual(named.errors, [{ file: name, message: 'it is neither a file nor a folder' }]);
    }
  });

  it('is told: what becomes a pipe, or vanishes, after it was listed', async () => {
    folder.write({ 'a.js': key(), 'b.js': key(), 'c.js': key(), 'd/e.js': key() });
    const at = (name: string) => path.join(folder.root, name);
    justBefore('openSync', 'a.js', () => {
      fs.rmSync(at('b.js'));
      fs.rmSync(at('c.js'));
      spawnSync('mkfifo', [at('c.js')]);
    });
    justBefore('readdirSync', '/d', () => fs.rmSync(at('d'), { recursive: true }));
    const { status, files, errors } = await scan();
    assert.equal(status, 1);
    assert.deepEqual(files, ['a.js']);
    assert.deepEqual(errors, [
      { file: 'b.js', message: 'it vanished while being read' },
      { file: 'c.js', message: 'it is no regular file' },
      { file: 'd', message: 'it vanished while being read' },
    ]);
  });

  for (const [size, lines] of [
    ['small', 10],
    ['large', 1_100_000],
  ] as const) {
    it(`is read as far as it goes: a ${size} file that grows or shrinks meanwhile`, async function () {
      this.timeout(60_000);
      const filler = '// nothing here\n'.repeat(lines);
      const file = path.join(folder.root, 'a.js');
      folder.write({ 'a.js': key() + filler });
      justBefore('readSync', '', () => fs.appendFileSync(file, key()));
      const grown = await scan();
      assert.deepEqual([grown.lines, grown.errors], [[0], []]);
      justBefore('readSync', '', () => fs.truncateSync(file, 100));
      const shrunk = await scan();
      assert.deepEqual([shrunk.lines, shrunk.errors], [[0], []]);
    });
  }
});
