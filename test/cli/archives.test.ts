import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { alnum, uuid } from '../scan/specimens';
import { Folder } from './command-line';

const key = () => `const o = { coinmarketcapApiKey: '${uuid()}' };\n`;

/** A tar as POSIX.1-1988 has it. */
function tar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const [name, bytes] of Object.entries(files)) {
    const head = Buffer.alloc(512);
    head.write(name, 0, 100);
    head.write('0000644\0', 100);
    head.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    head.write('        ', 148);
    head.write('0', 156);
    head.write('ustar\x0000', 257);
    const sum = head.reduce((a, b) => a + b, 0);
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    blocks.push(head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

describe('archives', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  async function scan(...args: string[]) {
    const ran = await folder.keyward(['scan', '--format', 'json', ...args]);
    const report = JSON.parse(ran.out);
    return {
      status: ran.status,
      ...report,
      places: report.findings.map(
        (f: { file: string; range: { start: { line: number; character: number } } }) =>
          `${f.file}:${f.range.start.line + 1}:${f.range.start.character + 1}`,
      ),
    };
  }

  it('are read: zip, tar, tar.gz, gzip, and one in another, with the place in the member', async () => {
    const text = strToU8(`\n// two\n${key()}`);
    const members = { 'src/a.js': text, 'b.bin': new Uint8Array(600), 'node_modules/x/c.js': strToU8(key()) };
    folder.write({
      'a.zip': zipSync(members),
      'lib/b.jar': zipSync(members, { level: 0 }),
      'c.tar': tar(members),
      'd.tgz': gzipSync(tar(members)),
      'e.js.gz': gzipSync(text),
      'f.zip': zipSync({ 'inner/g.tar.gz': gzipSync(tar(members)), 'h.whl': zipSync(members) }),
    });
    const { status, places, summary, errors } = await scan();
    assert.equal(status, 1);
    assert.deepEqual(errors, []);
    assert.deepEqual(places, [
      'a.zip!src/a.js:3:35',
      'c.tar!src/a.js:3:35',
      'd.tgz!src/a.js:3:35',
      'e.js.gz!e.js:3:35',
      'f.zip!h.whl!src/a.js:3:35',
      'f.zip!inner/g.tar.gz!src/a.js:3:35',
      'lib/b.jar!src/a.js:3:35',
    ]);
    assert.equal(summary.files, 7);
    assert.equal(summary.skipped, 6);
    const without = await scan('--no-archives');
    assert.deepEqual([without.status, without.summary.files, without.summary.skipped], [0, 0, 6]);
  });

  it('that zip and tar wrote are read, with long names and env files', async function () {
    if (spawnSync('zip', ['-v']).status !== 0 || spawnSync('tar', ['--version']).status !== 0) {
      this.skip();
    }
    const long = `${'deep/'.repeat(50)}a.js`;
    folder.write({ [`in/${long}`]: key(), 'in/.env': `BINANCE_API_SECRET=${alnum(64)}\n` });
    const cwd = path.join(folder.root, 'in');
    for (const [program, ...args] of [
      ['zip', '-qr', '../a.zip', '.'],
      ['tar', '-cf', '../b.tar', '.'],
      ['tar', '--format=posix', '-czf', '../c.tar.gz', '.'],
      ['zip', '-qr', '-P', 'x', '../locked.zip', '.env'],
    ] as const) {
      assert.equal(spawnSync(program, args, { cwd }).status, 0, program);
    }
    fs.rmSync(cwd, { recursive: true });
    const { places, errors } = await scan();
    assert.deepEqual(places, [
      'a.zip!.env:1:20',
      `a.zip!${long}:1:35`,
      'b.tar!.env:1:20',
      `b.tar!${long}:1:35`,
      'c.tar.gz!.env:1:20',
      `c.tar.gz!${long}:1:35`,
    ]);
    assert.deepEqual(errors, [{ file: 'locked.zip!.env', message: 'it is encrypted' }]);
  });

  it('that end early are told, wherever they end', async () => {
    const whole = gzipSync(tar({ 'a.js': strToU8(key() + alnum(5000)) }));
    const ends = Array.from({ length: 40 }, (_, i) => 600 + i * 70).filter((n) => n < whole.length);
    folder.write(Object.fromEntries(ends.map((n) => [`cut-${n}.tgz`, whole.slice(0, n)])));
    folder.write({ 'two.gz': new Uint8Array([...gzipSync(strToU8('one\n')), ...gzipSync(strToU8('two\n'))]) });
    const { errors } = await scan();
    assert.deepEqual(errors.map((e: { file: string }) => e.file).sort(), ends.map((n) => `cut-${n}.tgz`).sort());
  });

  it('that are bombs, too deep or damaged are told, and the rest is read', async function () {
    this.timeout(60_000);
    const deep = zipSync({ 'a.zip': zipSync({ 'b.zip': zipSync({ 'c.zip': zipSync({ 'd.js': strToU8(key()) }) }) }) });
    const good = zipSync({ 'a.js': strToU8(key()), 'b.js': strToU8(`${key().repeat(5)}${alnum(5000)}`) });
    const broken = good.slice();
    broken.fill(0xff, 34, 60);
    folder.write({
      'bomb.zip': zipSync({ 'zeros.txt': new Uint8Array(20_000_000).fill(97), 'z.js': strToU8(key()) }),
      'bomb.gz': gzipSync(new Uint8Array(20_000_000).fill(97)),
      'deep.zip': deep,
      'broken.zip': broken,
      'cut.zip': good.slice(0, good.length - 40),
      'cut.tgz': gzipSync(tar({ 'a.js': strToU8(key() + alnum(5000)) })).slice(0, 2000),
      'good.js': key(),
    });
    const { places, errors } = await scan();
    assert.deepEqual(
      places.filter((p: string) => !p.startsWith('broken') && !p.startsWith('cut')),
      ['bomb.zip!z.js:1:35', 'good.js:1:35'],
    );
    assert.deepEqual(
      errors.map((e: { file: string; message: string }) => [e.file, e.message]).sort(),
      [
        ['bomb.gz', 'it expands more than 200 times; the rest is not read'],
        ['bomb.zip!zeros.txt', 'it expands more than 200 times; the rest is not read'],
        ['broken.zip!a.js', 'it is damaged'],
        ['cut.tgz', 'it is damaged'],
        ['cut.zip', 'it is damaged: its directory is missing'],
        ['deep.zip!a.zip!b.zip!c.zip', 'it is an archive in 3 others and is not read'],
      ].sort(),
    );
  });
});
