import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { run } from '../../src/cli/run';
import { alnum, base64 } from '../scan/specimens';
import { Folder } from './command-line';

interface Report {
  readonly summary: { readonly files: number; readonly skipped: number; milliseconds?: number };
  readonly findings: readonly {
    readonly file: string;
    readonly ruleId: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
  }[];
  readonly errors: readonly { readonly file: string; readonly message: string }[];
}

describe('the files of a scan', () => {
  let folder: Folder;

  beforeEach(() => {
    folder = new Folder();
  });

  afterEach(() => folder.remove());

  async function scan(args: readonly string[] = [], worker?: string): Promise<Report> {
    let out = '';
    await run(['scan', '--format', 'json', ...args], {
      cwd: folder.root,
      out: (text) => {
        out += text;
      },
      err: () => undefined,
      stdin: async () => new Uint8Array(),
      env: {},
      colour: false,
      terminal: false,
      ...(worker ? { worker } : {}),
    });
    return JSON.parse(out) as Report;
  }

  it('give the same report however many threads read them', async function () {
    this.timeout(60_000);
    const files: Record<string, string | Uint8Array> = { '.gitignore': 'out/\n' };
    for (let i = 0; i < 500; i++) {
      files[`src/${i % 7}/file${i}.ts`] =
        i % 50 === 3
          ? `const exchange = new ccxt.kraken({ apiKey: '${base64(42)}', secret: '${base64(64)}' });\n`
          : i % 50 === 4
            ? '// keyward-ignore: nothing is here\n'
            : `export const n${i} = ${i};\n`;
    }
    files['a.bin'] = new Uint8Array(5000);
    folder.write(files);
    const built = new Folder();
    const worker = path.join(built.root, 'scan-worker.js');
    await esbuild.build({
      entryPoints: [path.join(__dirname, '../../src/cli/scan-worker.ts')],
      outfile: worker,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
    });
    const reports: Report[] = [];
    for (const args of [
      ['--jobs', '1'],
      ['--jobs', '2'],
      ['--jobs', '5'],
    ]) {
      const report = await scan(args, worker);
      delete report.summary.milliseconds;
      reports.push(report);
    }
    built.remove();
    assert.equal(reports[0]?.findings.length, 20);
    assert.equal(reports[0]?.summary.skipped, 1);
    assert.deepEqual(reports[1], reports[0]);
    assert.deepEqual(reports[2], reports[0]);
  });

  it('may be larger than memory allows to hold: each finding stands at its place', async function () {
    this.timeout(60_000);
    const key = alnum(64);
    const near = `const binance = new ccxt.binance({ secret: '${key}' });`;
    const long = 'x = [1, 2, 3]; '.repeat(300_000);
    const lines = 'let total = 0;\n'.repeat(600_000);
    folder.write({ 'large.js': `${lines}${near}\n${long}${near}\n${lines}${near}` });
    const { findings, summary } = await scan(['--jobs', '1']);
    assert.equal(summary.files, 1);
    const first = near.indexOf(key);
    assert.deepEqual(
      findings.map((f) => f.range.start),
      [
        { line: 600_000, character: first },
        { line: 600_001, character: long.length + first },
        { line: 1_200_002, character: first },
      ],
    );
  });

  it('are told when they can not be read, and never waited for', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    folder.write({ 'a.ts': 'let a = 1;\n' });
    assert.equal(spawnSync('mkfifo', [path.join(folder.root, 'pipe')]).status, 0);
    fs.symlinkSync('loop', path.join(folder.root, 'loop'));
    fs.symlinkSync('.', path.join(folder.root, 'self'));
    fs.symlinkSync('nowhere', path.join(folder.root, 'dangling'));
    const { errors, summary } = await scan();
    assert.equal(summary.files, 1);
    assert.deepEqual(errors, [
      { file: 'loop', message: 'its links form a loop' },
      { file: 'pipe', message: 'it is a named pipe, no regular file' },
    ]);
    const named = await scan(['pipe']);
    assert.deepEqual(named.errors, [{ file: 'pipe', message: 'it is neither a file nor a folder' }]);
  });
});
