import fs from 'node:fs';
import path from 'node:path';
import { cache } from './corpora';
import { median, program, table } from './measure';

const cli = `'${require.resolve('../../dist/cli.js')}'`;
const SOURCE = fs.readFileSync(path.join(__dirname, '../../src/scan/scan.ts'));

function folder(name: string): string {
  const root = path.join(cache, 'growth', name);
  fs.rmSync(root, { recursive: true, force: true });
  fs.mkdirSync(root, { recursive: true });
  return root;
}

function seconds(root: string, rounds: number): number {
  const work = program(`node ${cli} scan . --jobs 1 --quiet`, root);
  return median(Array.from({ length: rounds }, () => work().cpu));
}

/** Processor time against size: one file of more and more bytes, and more and more files of one size. */
export function growth(heavy: boolean): string {
  const rounds = heavy ? 3 : 1;
  const empty = seconds(folder('empty'), 3);
  const rows = [['what is scanned', 'processor seconds', 'above start-up', 'a unit']];
  const add = (name: string, root: string, units: number, unit: string) => {
    const taken = seconds(root, rounds);
    const own = Math.max(0, taken - empty);
    rows.push([name, taken.toFixed(2), own.toFixed(2), `${((own / units) * 1e6).toFixed(0)} µs a ${unit}`]);
    fs.rmSync(root, { recursive: true });
  };
  rows.push(['an empty folder', empty.toFixed(2), '0', '']);
  for (const kilobytes of heavy ? [1, 10, 100, 1000, 10_000, 100_000] : [1, 100, 1000, 10_000]) {
    const root = folder('bytes');
    fs.writeFileSync(path.join(root, 'a.ts'), Buffer.alloc(kilobytes * 1000, SOURCE));
    add(`one file of ${kilobytes.toLocaleString('en')} KB`, root, kilobytes, 'KB');
  }
  for (const files of heavy ? [1, 10, 100, 1000, 10_000] : [1, 100, 1000]) {
    const root = folder('files');
    for (let i = 0; i < files; i++) {
      const into = path.join(root, String(i % 50));
      fs.mkdirSync(into, { recursive: true });
      fs.writeFileSync(path.join(into, `f${i}.ts`), SOURCE.subarray(0, 4000));
    }
    add(`${files.toLocaleString('en')} files of 4 KB`, root, files, 'file');
  }
  return table(rows);
}
