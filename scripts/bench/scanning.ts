import { built } from './built';
import { type Corpus, textsOf } from './corpora';
import { compare, here, program, table, type Work } from './measure';
import { rivals } from './rivals';

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const cli = quote(require.resolve('../../dist/cli.js'));

/** Reads every file of a folder the plain way, for what reading alone costs in Node. */
const READ = `const fs=require('fs'),path=require('path');const b=Buffer.alloc(1<<24);(function w(d){for(const e of fs.readdirSync(d,{withFileTypes:true})){const f=path.join(d,e.name);if(e.isDirectory())w(f);else if(e.isFile()){const h=fs.openSync(f,'r');while(fs.readSync(h,b,0,b.length,null)>0);fs.closeSync(h);}}})(process.argv[1])`;

/**
 * The engine alone: megabytes a second of one thread, beside a plain loop over the characters of the same texts, and one regular
 * expression. The ratio to the loop is what to compare between machines and days.
 */
export function engine(list: readonly Corpus[], rounds: number): string {
  const { scanText } = built();
  const rows = [['corpus', 'MB', 'findings', 'a loop', 'one expression', 'Keyward, whole catalog', 'to the loop']];
  for (const corpus of list) {
    const texts = textsOf(corpus, 12_000_000);
    const size = texts.reduce((sum, t) => sum + t.text.length, 0) / 1e6;
    let findings = 0;
    let sum = 0;
    const taken = compare(
      rounds,
      new Map<string, Work>([
        [
          'loop',
          here(() => {
            for (const { text } of texts) {
              for (let i = 0; i < text.length; i++) {
                sum = (sum + text.charCodeAt(i)) | 0;
              }
            }
          }),
        ],
        [
          'expression',
          here(() => {
            for (const { text } of texts) {
              for (const m of text.matchAll(/[A-Za-z0-9+/_=-]{20,}/g)) {
                void m.index;
              }
            }
          }),
        ],
        [
          'keyward',
          here(() => {
            findings = 0;
            for (const { name, text } of texts) {
              findings += scanText(text, { fileName: name }).findings.length;
            }
          }),
        ],
      ]),
    );
    const [loop, plain, own] = ['loop', 'expression', 'keyward'].map((name) => taken.get(name)?.cpu || 1e-6) as [
      number,
      number,
      number,
    ];
    rows.push([
      corpus.name,
      size.toFixed(1),
      String(findings),
      `${(size / loop).toFixed(0)} MB/s`,
      `${(size / plain).toFixed(0)} MB/s`,
      `${(size / own).toFixed(0)} MB/s`,
      (own / loop).toFixed(1),
    ]);
  }
  return table(rows);
}

/** Whole programs, start-up and reading included, as ratios to \`cat\` of the same files. */
export function programs(corpus: Corpus, rounds: number, slow: boolean): string {
  const folder = quote(corpus.root);
  const works = new Map<string, Work>([
    ['cat of all files', program(`find ${folder} -type f -print0 | xargs -0 cat`, corpus.root)],
    ['Node reading all files', program(`node -e ${quote(READ)} ${folder}`, corpus.root)],
    ['keyward scan --jobs 1', program(`node ${cli} scan ${folder} --jobs 1 --quiet`, corpus.root)],
    ['keyward scan', program(`node ${cli} scan ${folder} --quiet`, corpus.root)],
  ]);
  const slowWorks = new Map<string, Work>();
  const left: string[] = [];
  for (const rival of rivals()) {
    if (rival.missing) {
      left.push(`${rival.name}: ${rival.missing}`);
    } else if (!slow && (rival.slow || corpus.bytes > 10e6)) {
      left.push(`${rival.name}: takes long; with \`--heavy\``);
    } else if (rival.command) {
      (rival.slow ? slowWorks : works).set(rival.name, program(rival.command(corpus.root), corpus.root));
    }
  }
  // Minutes do not need a median.
  const taken = new Map([...compare(rounds, works), ...compare(1, slowWorks)]);
  const floor = taken.get('cat of all files');
  const rows = [...taken].map(([name, t]) => [
    name,
    t.wall.toFixed(2),
    t.cpu.toFixed(2),
    (t.wall / (floor?.wall || 1)).toFixed(1),
    (t.cpu / (floor?.cpu || 1)).toFixed(1),
  ]);
  return [
    table([['program', 'seconds', 'processor seconds', 'to cat', 'processor, to cat'], ...rows]),
    ...left.map((l) => `Left out: ${l}.`),
  ].join('\n\n');
}
