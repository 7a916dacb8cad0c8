// npm run bench: what typing and scanning cost here, each beside something else measured in the same run.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { DocumentScanner } from '../src/scan/document-scanner';
import { scanText } from '../src/scan/scan';

const root = path.join(__dirname, '..');

function sources(folder: string, most: number, bytes: number): { name: string; text: string }[] {
  const out: { name: string; text: string }[] = [];
  let left = bytes;
  const walk = (at: string) => {
    for (const entry of fs.readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const full = path.join(at, entry.name);
      if (out.length >= most || left <= 0) {
        return;
      }
      if (entry.isDirectory()) {
        walk(full);
      } else if (/\.(?:ts|js|mjs|cjs|py|json|md)$/.test(entry.name) && entry.isFile()) {
        const text = fs.readFileSync(full, 'utf8');
        out.push({ name: path.relative(root, full), text });
        left -= text.length;
      }
    }
  };
  walk(folder);
  return out;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
}

/** Medians of several runs, interleaved, so that a busy moment hits all of them. */
function compare(rounds: number, works: Readonly<Record<string, () => void>>): Record<string, number> {
  const times = new Map(Object.keys(works).map((name) => [name, [] as number[]]));
  for (let i = 0; i < rounds; i++) {
    for (const [name, work] of Object.entries(works)) {
      const started = performance.now();
      work();
      times.get(name)?.push(performance.now() - started);
    }
  }
  return Object.fromEntries([...times].map(([name, list]) => [name, median(list)]));
}

function table(title: string, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((r) => (r[c] ?? '').length)));
  console.log(`\n${title}`);
  for (const row of rows) {
    console.log(
      `  ${row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0))).join('  ')}`,
    );
  }
}

function scanning(): void {
  const files = sources(path.join(root, 'node_modules'), 4000, 12_000_000);
  const size = files.reduce((sum, f) => sum + f.text.length, 0) / 1e6;
  const plain = /[A-Za-z0-9+/_=-]{20,}/g;
  const result = compare(5, {
    'one regular expression for long runs': () => {
      for (const { text } of files) {
        for (const m of text.matchAll(plain)) {
          void m.index;
        }
      }
    },
    'Keyward, whole catalog': () => {
      for (const { name, text } of files) {
        scanText(text, { fileName: name });
      }
    },
  });
  const base = result['one regular expression for long runs'] as number;
  table(`Scanning ${files.length} files, ${size.toFixed(1)} MB, one thread`, [
    ['', 'ms', 'MB/s', 'ratio'],
    ...Object.entries(result).map(([name, ms]) => [
      name,
      ms.toFixed(0),
      (size / (ms / 1000)).toFixed(0),
      (ms / base).toFixed(2),
    ]),
  ]);
}

function typing(): void {
  const line = 'const total_1 = rows.map((r) => r.amount * r.price).reduce((a, b) => a + b, 0); // sum of page 3\n';
  const rows = [['lines', 'p50 ms', 'p99 ms', 'getText() ms', 'p50 / getText()']];
  for (const lines of [100, 1000, 10_000, 50_000]) {
    const scanner = new DocumentScanner(line.repeat(lines), { fileName: 'a.ts' });
    const pieces = Array.from({ length: lines }, () => line);
    const edits: number[] = [];
    const joins: number[] = [];
    for (let i = 0; i < 1000; i++) {
      const at = Math.floor(((i * 7919) % 1000) * (scanner.length / 1000));
      let started = performance.now();
      scanner.update([{ start: at, end: at, text: 'x' }]);
      scanner.result();
      edits.push(performance.now() - started);
      if (i % 20 === 0) {
        started = performance.now();
        void pieces.join('').length;
        joins.push(performance.now() - started);
      }
    }
    edits.sort((a, b) => a - b);
    const p50 = edits[500] as number;
    const join = median(joins);
    rows.push([
      String(lines),
      p50.toFixed(3),
      (edits[990] as number).toFixed(3),
      join.toFixed(3),
      (p50 / join).toFixed(2),
    ]);
  }
  table('Typing: 1,000 single-character edits, findings after each, beside joining the lines of the text once', rows);
}

/** Time against size: the cost of a text grows with its length, that of a folder with its files. */
function growth(): void {
  const pool = sources(path.join(root, 'node_modules'), 4000, 12_000_000)
    .map((f) => f.text)
    .join('\n');
  const rows = [['one text', 'ms', 'ms a MB', '']];
  for (const size of [1_000, 10_000, 100_000, 1_000_000, 10_000_000]) {
    const text = pool.slice(0, size);
    const times = Array.from({ length: size > 1_000_000 ? 3 : 7 }, () => {
      const started = performance.now();
      scanText(text, { fileName: 'a.ts' });
      return performance.now() - started;
    });
    const ms = median(times);
    const each = ms / (text.length / 1e6);
    rows.push([`${(text.length / 1000).toLocaleString('en')} kB`, ms.toFixed(2), each.toFixed(0), bar(each)]);
  }
  table('Time against the size of a text (a flat last column is linear growth)', rows);

  const cli = path.join(root, 'dist/cli.js');
  if (!fs.existsSync(cli)) {
    console.log('\nTime against the number of files: left out, for dist/cli.js is not built (npm run build).');
    return;
  }
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'keyward-bench-'));
  const counts = [['files', 'ms', 'ms a file, start-up aside', '']];
  try {
    const idle = elapsed(cli, folder);
    let written = 0;
    for (const count of [1, 10, 100, 1_000, 10_000]) {
      for (; written < count; written++) {
        const inner = path.join(folder, String(written % 50));
        fs.mkdirSync(inner, { recursive: true });
        fs.writeFileSync(path.join(inner, `${written}.ts`), pool.slice(written * 900, written * 900 + 4000));
      }
      const ms = elapsed(cli, folder);
      const each = Math.max(0, ms - idle) / count;
      counts.push([count.toLocaleString('en'), ms.toFixed(0), each.toFixed(2), count >= 100 ? bar(each * 100) : '']);
    }
    table(
      `Time against the number of files of 4 kB, whole process; an empty folder takes ${idle.toFixed(0)} ms`,
      counts,
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function bar(value: number): string {
  return '#'.repeat(Math.max(1, Math.min(60, Math.round(value / 5))));
}

/** Median milliseconds of three runs of the command line over a folder. */
function elapsed(cli: string, folder: string): number {
  return median(
    Array.from({ length: 3 }, () => {
      const started = performance.now();
      spawnSync(process.execPath, [cli, 'scan', '--quiet'], { cwd: folder, stdio: 'ignore' });
      return performance.now() - started;
    }),
  );
}

console.log(`Node ${process.version}, ${process.platform}-${process.arch}`);
typing();
scanning();
growth();
