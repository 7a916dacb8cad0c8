// npm run precision: scans other people's code and counts what Keyward says about it, with and without test folders.
//
//   npm run precision -- [WORD...] [--findings FILE] [--slow MS]
//
// WORD limits it to packages whose name contains it. --findings writes one line a finding (place, rule, state; no value) to
// FILE. --slow names the files that took longer than this. The packages are fetched once, to ~/.cache/keyward-precision.
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { decodeText } from '../src/project/text-encoding';
import { textLines } from '../src/scan/compose';
import type { Finding } from '../src/scan/finding';
import { scanText } from '../src/scan/scan';
import { corpus, type PackageList, type Sources } from './precision/corpus';
import packages from './precision/packages.json';

/** Folders and files that hold a project's tests and their material. */
const TESTS =
  /(?:^|\/)(?:[\w.-]*[-_])?(?:t|tests?(?:ing|data|suites?|utils?|certs|support)?|__tests__|specs?|fixtures?|mocks?|__mocks__|e2e|vectors?|selftests?|kunit)(?:[-_][\w.-]*)?\/|(?:^|\/)(?:test_[^/]*|[^/]*[._-](?:tests?|spec|e2e)\.[\w.]+|tests?\.\w+|conftest\.py)$/i;

const LARGEST = 64 * 1024 * 1024;

interface Count {
  files: number;
  lines: number;
  bytes: number;
  /** State `secret`, certain or likely. */
  alarms: number;
  /** State `secret`, possible. */
  possible: number;
  /** State `test-key`, `public` or `encrypted`. */
  quiet: number;
}

interface Place {
  readonly package: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly state: Finding['state'];
  readonly confidence: Finding['confidence'];
  readonly why: Finding['why'];
  readonly tests: boolean;
}

const nothing = (): Count => ({ files: 0, lines: 0, bytes: 0, alarms: 0, possible: 0, quiet: 0 });

function* filesIn(folder: string, at = ''): Generator<string> {
  for (const entry of fs.readdirSync(path.join(folder, at), { withFileTypes: true })) {
    const file = at ? `${at}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      yield* filesIn(folder, file);
    } else if (entry.isFile()) {
      yield file;
    }
  }
}

function linesOf(text: string): number {
  let n = text.length > 0 && !text.endsWith('\n') ? 1 : 0;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
    n++;
  }
  return n;
}

/** Findings of a text; a text that makes the scanner throw is noted, for that is a mistake of its own. */
function findingsIn(text: string, file: string, failed: string[]): readonly Finding[] {
  try {
    return scanText(text, { fileName: file }).findings;
  } catch (error) {
    failed.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** Scans one package; adds to the counts, the places and the slow files. */
function scanPackage(
  sources: Sources,
  sides: readonly [Count, Count],
  places: Place[],
  slow: [number, string][],
  failed: string[],
): void {
  for (const file of filesIn(sources.folder)) {
    const full = path.join(sources.folder, file);
    const { size } = fs.statSync(full);
    const decoded = size > 0 && size <= LARGEST ? decodeText(fs.readFileSync(full)) : undefined;
    if (!decoded) {
      continue;
    }
    const { text } = decoded;
    const tests = TESTS.test(file);
    const side = sides[tests ? 1 : 0];
    const started = performance.now();
    const findings = findingsIn(text, file, failed);
    slow.push([performance.now() - started, `${sources.name}/${file}`]);
    side.files++;
    side.lines += linesOf(text);
    side.bytes += size;
    const line = findings.length > 0 ? textLines(text).lineAt : () => 0;
    for (const f of findings) {
      side[f.state !== 'secret' ? 'quiet' : f.confidence === 'possible' ? 'possible' : 'alarms']++;
      places.push({
        package: sources.name,
        file,
        line: line(f.start) + 1,
        column: f.start - text.lastIndexOf('\n', f.start - 1),
        rule: f.ruleId,
        state: f.state,
        confidence: f.confidence,
        why: f.why,
        tests,
      });
    }
  }
}

function added(a: Count, b: Count): Count {
  return Object.fromEntries(Object.entries(a).map(([key, n]) => [key, n + b[key as keyof Count]])) as unknown as Count;
}

function print(title: string, head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const cells = [head, ...rows.map((row) => row.map((c) => (typeof c === 'number' ? c.toLocaleString('en') : c)))];
  const widths = head.map((_, c) => Math.max(...cells.map((row) => (row[c] as string).length)));
  console.log(`\n${title}`);
  for (const row of cells) {
    console.log(
      `  ${row.map((cell, c) => (c ? cell.padStart(widths[c] as number) : cell.padEnd(widths[0] as number))).join('  ')}`,
    );
  }
}

function byRule(places: readonly Place[]): [string, number, number][] {
  const counts = new Map<string, [number, number]>();
  for (const p of places) {
    const key = `${p.state}  ${p.confidence}  ${p.rule}`;
    const pair = counts.get(key) ?? [0, 0];
    pair[p.tests ? 1 : 0]++;
    counts.set(key, pair);
  }
  return [...counts]
    .map(([key, [outside, inside]]): [string, number, number] => [key, outside, inside])
    .sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { findings: { type: 'string' }, slow: { type: 'string' } },
  });
  const places: Place[] = [];
  const slow: [number, string][] = [];
  const missing: string[] = [];
  const failed: string[] = [];
  const rows: (string | number)[][] = [];
  let total: readonly [Count, Count] = [nothing(), nothing()];
  for (const sources of corpus(packages as PackageList, positionals, missing)) {
    const sides = [nothing(), nothing()] as const;
    scanPackage(sources, sides, places, slow, failed);
    total = [added(total[0], sides[0]), added(total[1], sides[1])];
    const both = added(sides[0], sides[1]);
    rows.push([sources.name, both.lines, both.bytes, sides[0].alarms, sides[1].alarms, both.possible, both.quiet]);
    process.stderr.write(`${sources.name}: ${both.lines} lines, ${both.alarms} alarms\n`);
  }
  const all = added(total[0], total[1]);
  print(
    `${rows.length} packages`,
    ['package', 'lines', 'bytes', 'alarms', 'alarms in tests', 'possible', 'test keys, public'],
    [...rows, ['together', all.lines, all.bytes, total[0].alarms, total[1].alarms, all.possible, all.quiet]],
  );
  print('Findings', ['state, confidence, rule', 'outside tests', 'in tests'], byRule(places));
  print(
    'Together',
    ['', 'files', 'lines', 'bytes', 'alarms', 'possible', 'test keys, public', 'alarms in 1,000,000 lines'],
    (
      [
        ['without test folders', total[0]],
        ['with test folders', all],
      ] as const
    ).map(([name, c]) => [
      name,
      c.files,
      c.lines,
      c.bytes,
      c.alarms,
      c.possible,
      c.quiet,
      ((c.alarms / Math.max(1, c.lines)) * 1e6).toFixed(2),
    ]),
  );
  if (missing.length > 0) {
    console.log(`\nNot fetched: ${missing.join(', ')}`);
  }
  for (const file of failed) {
    console.log(`failed: ${file}`);
  }
  const patience = Number(values.slow ?? 2000);
  for (const [ms, file] of slow.filter(([took]) => took >= patience).sort((a, b) => b[0] - a[0])) {
    console.log(`slow: ${ms.toFixed(0)} ms  ${file}`);
  }
  if (values.findings) {
    fs.writeFileSync(values.findings, places.map((p) => `${JSON.stringify(p)}\n`).join(''));
  }
}

main();
