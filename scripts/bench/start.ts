import { spawnSync } from 'node:child_process';
import { median, table } from './measure';

const dist = (name: string) => JSON.stringify(require.resolve(`../../dist/${name}`));

/** Stands in for all of VS Code: whatever is asked of it gives more of the same. */
const STUB = `
const stub = () => new Proxy(function () {}, {
  get: (_, key) => key === Symbol.toPrimitive ? () => '' : key === Symbol.iterator ? function* () {} : key === 'then' ? undefined : key === 'prototype' ? Object.prototype : stub(),
  set: () => true,
  apply: () => stub(),
  construct: () => stub(),
});
const vscode = Object.create(stub());
const Module = require('node:module');
const load = Module._load;
Module._load = function (request, ...rest) { return request === 'vscode' ? vscode : load.call(this, request, ...rest); };
const used = () => { gc(); const { heapUsed, external } = process.memoryUsage(); return (heapUsed + external) / 1e6; };
const steps = [];
const step = (run) => {
  const heap = used();
  const cpu = process.cpuUsage();
  const started = performance.now();
  run();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  steps.push([wall, (user + system) / 1000, used() - heap]);
};
`;

/** Each step in a process of its own that has done the steps before it. */
const PROGRAM = `${STUB}
step(() => require(${dist('extension.js')}).activate(stub()));
let engine;
step(() => { engine = require(${dist('engine.js')}).engine; });
step(() => engine.scanText("import ccxt from 'ccxt';\\n// a line of prose that stands here in the first text of all\\nconst apiKey = 'x';\\n".repeat(20), { fileName: 'a.ts' }));
step(() => engine.scanText('const total = rows.map((r) => r.amount * r.price); // sum of page 3\\n'.repeat(1000), { fileName: 'a.ts' }));
console.log(JSON.stringify(steps));
process.exit(0);
`;

const NAMES = ['activation', 'loading the engine', 'first scan', 'a scan of 1,000 lines after it'];

/** What starting costs in the extension host: milliseconds and megabytes kept, each step after the one before. */
export function start(rounds: number): string {
  const runs: [number, number, number][][] = [];
  for (let i = 0; i < rounds; i++) {
    const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '-e', PROGRAM], { encoding: 'utf8' });
    if (stdout === '') {
      throw new Error(stderr.slice(-600));
    }
    runs.push(JSON.parse(stdout));
  }
  const at = (n: number, what: 0 | 1 | 2) => median(runs.map((run) => run[n]?.[what] ?? Number.NaN)).toFixed(1);
  return table([
    ['step', 'milliseconds', 'processor', 'MB kept'],
    ...NAMES.map((name, n) => [name, at(n, 0), at(n, 1), at(n, 2)]),
  ]);
}
