// npm run bench: what typing and scanning cost here, each beside something else that is measured in the same run.
//   --heavy   more rounds, slow programs, sizes up to 100 MB and 10,000 files
//   --tools   first fetches the programs to compare with into the cache folder
//   --editor  types in a real VS Code too, up to the squiggle
//   --write   puts the tables into docs/performance.md
import fs from 'node:fs';
import path from 'node:path';
import { corpora } from './bench/corpora';
import { growth } from './bench/growth';
import { machine } from './bench/measure';
import { fetchTools } from './bench/rivals';
import { engine, programs } from './bench/scanning';
import { start } from './bench/start';
import { keystroke, typing } from './bench/typing';

const given = new Set(process.argv.slice(2));
const unknown = [...given].filter((a) => !['--heavy', '--tools', '--write', '--editor'].includes(a));
if (unknown.length > 0) {
  throw new Error(`npm run bench knows --heavy, --tools, --editor and --write; found ${unknown.join(' ')}`);
}
const heavy = given.has('--heavy');
if (given.has('--tools')) {
  fetchTools();
}

const out: string[] = [];
function section(title: string, text: () => string): void {
  const block = `### ${title}\n\n${text()}\n`;
  out.push(block);
  console.log(block);
}

const where = `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine()}.\n`;
out.push(where);
console.log(where);
section('Starting in the editor, in a process of its own with a stand-in for VS Code', () => start(heavy ? 9 : 3));
section('Typing, milliseconds', typing);
if (given.has('--editor')) {
  section('From a keystroke to the squiggle in the editor, milliseconds', keystroke);
}
const list = corpora();
section('The engine alone, one thread', () => engine(list, heavy ? 9 : 3));
for (const corpus of list) {
  const title = `Whole programs: ${corpus.name}, ${corpus.files.toLocaleString('en')} files, ${(corpus.bytes / 1e6).toFixed(1)} MB`;
  section(title, () => programs(corpus, heavy ? 5 : 3, heavy));
}
section('Time against size', () => growth(heavy));

if (given.has('--write')) {
  const file = path.join(__dirname, '../docs/performance.md');
  const [before, after] = ['<!-- tables of npm run bench -->', '<!-- end of tables -->'];
  const text = fs.readFileSync(file, 'utf8');
  const [a, b] = [text.indexOf(before), text.indexOf(after)];
  fs.writeFileSync(file, `${text.slice(0, a + before.length)}\n\n${out.join('\n')}\n${text.slice(b)}`);
}
