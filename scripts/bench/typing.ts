import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { built } from './built';
import { here, median, table } from './measure';

const LINE = 'const total_1 = rows.map((r) => r.amount * r.price).reduce((a, b) => a + b, 0); // sum of page 3\n';
const EDITS = 1000;
/** Characters that the editor scans before others may run. */
const SLICE = 64 * 1024;

function at(values: readonly number[], share: number): string {
  return ([...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0).toFixed(2);
}

function row(name: string, text: string): string[] {
  const { DocumentScanner, scanText } = built();
  const options = { fileName: 'a.ts' };
  const opened = new DocumentScanner(text, options, true);
  const slices: number[] = [];
  for (let done = false; !done; ) {
    slices.push(here(() => (done = opened.advance(SLICE)))().wall * 1000);
  }
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < EDITS; i++) {
    const place = Math.floor(((i * 7919) % 1000) * (opened.length / 1000));
    const taken = here(() => {
      opened.update([{ start: place, end: place, text: 'x' }]);
      opened.result();
    })();
    wall.push(taken.wall * 1000);
    cpu.push(taken.cpu * 1000);
  }
  const same = isDeepStrictEqual(opened.result(), scanText(opened.text, options));
  return [
    name,
    at(wall, 0.5),
    at(wall, 0.99),
    at(cpu, 0.5),
    at(cpu, 0.99),
    median(slices).toFixed(1),
    at(slices, 1 - 1e-9),
    same ? 'yes' : 'NO',
  ];
}

/** What a keystroke costs, in milliseconds, and what opening costs in slices. */
export function typing(): string {
  // The first scan of a process builds tables and compiles.
  const { DocumentScanner } = built();
  new DocumentScanner(LINE.repeat(2000), { fileName: 'a.ts' }).update([{ start: 9, end: 9, text: 'x' }]);
  return table([
    ['document', 'p50', 'p99', 'p50, processor', 'p99, processor', 'slice p50', 'slice max', 'equals a full scan'],
    ...[100, 1000, 10_000, 50_000].map((lines) => row(`${lines.toLocaleString('en')} lines`, LINE.repeat(lines))),
    row('one line of 2 MB', 'x_1 = f(a, "b"); '.repeat(120_000)),
  ]);
}

/** What a person waits for in a real VS Code, its own wait before it scans included: `test/editor/measure`. */
export function keystroke(): string {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'keyward-bench-')), 'taken.json');
  const script = "import('./scripts/editor-tests.mjs').then((m) => m.runEditorTests({ measure: true }))";
  const env = { ...process.env, KEYWARD_MEASURED: file };
  spawnSync(process.execPath, ['-e', script], { cwd: path.join(__dirname, '../..'), env, stdio: 'ignore' });
  if (!fs.existsSync(file)) {
    return 'Left out: no VS Code could be started here.';
  }
  const taken = JSON.parse(fs.readFileSync(file, 'utf8')) as number[];
  fs.rmSync(path.dirname(file), { recursive: true });
  return table([
    ['keystrokes', 'p50', 'p99'],
    [String(taken.length), at(taken, 0.5), at(taken, 0.99)],
  ]);
}
