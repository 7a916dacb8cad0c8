import { formats } from '../remedy/formats/all';
import { formatRows } from '../remedy/formats/rows';
import type { FixRow, Idiom } from '../remedy/idiom';
import { idioms } from '../remedy/idioms';
import { mismatch } from '../remedy/store-destination';
import { stores } from '../remedy/stores/all';
import { referenceFor, type Spot, type Store } from '../remedy/stores/store';
import { cell } from './markup';

const PROOF: Readonly<Record<FixRow['proof'], string>> = {
  run: 'run before and after, parsed',
  parse: 'parsed',
  text: 'compared',
  refused: 'not offered',
};

/** Languages whose programs are also run from every store by the very command that is shown. */
export const runFromStores: readonly string[] = [
  'JavaScript and TypeScript',
  'Lua',
  'Perl',
  'PHP',
  'Python',
  'Ruby',
  'Shell',
];

/** Languages of which no program is run, each with the reason. */
export const notRun: Readonly<Record<string, string>> = {
  Dart: 'no compiler or interpreter of Dart in Debian or npm',
  'F#': 'no F# in Debian since .NET left it, and none in npm that has the environment; no grammar of a sensible size',
  PowerShell: 'no PowerShell in Debian or npm',
  'Solidity scripts':
    'a script runs in Foundry, which is neither in Debian nor in npm. Each place that a fix moves is compiled before and after (solc, against the declarations of forge-std)',
  Swift: 'no Swift in Debian 12 or npm (its package `swift` is OpenStack)',
};

/** What fixes write, language by language, place by place and store by store, as a Markdown document. */
export function fixesTable(): string {
  const rows = idioms.flatMap((i) => (i.rows ?? []).map((r) => ({ ...r, idiom: i })));
  const languages = [...new Set(rows.map((r) => r.language))].sort((a, b) => a.localeCompare(b, 'en'));
  const lines = [
    '# What fixes write',
    '',
    'X is the variable. *Run before and after*: a program with such a place prints the same value before the fix and after it, with the env file loaded by the command that the fix shows, and a grammar of the language finds no error in it. *Parsed*: only the latter. *Compared*: only the text, for no grammar was at hand. *Not offered*: the place can take no expression, and the hover says what to do instead. A program whose compiler is not on the machine is skipped by name where the tests run; Kotlin and Scala need the packages kotlin and scala of Debian, which .ci/run does not fetch (110 MB).',
    '',
    'A test has a case for each line, and keeps this page in step: `npm run fixes -- --write`.',
    '',
    '## Stores',
    '',
    'A program reads X from its environment whatever the store: *environment* in the column "where the value can be" stands for the env file and every store of this table. For each line below and each of these stores a test plans the fix and finds: the source becomes, byte for byte, what it becomes for the env file, so that it parses and runs as the last column says; the store gets the value; no changed file has it (dotenvx encrypts it where it stands).',
    '',
    `*Run*: in ${listed(runFromStores)} a program is also run with its value in the store. A stand-in of the store's tool is handed the value by Keyward's own calls, and resolves it for the command that the fix shows; the program prints it.`,
    '',
    '| store | the env file holds | what is started | proof |',
    '|---|---|---|---|',
    '| env file | `X=value` | what loads the file | run |',
    ...stores.filter((s) => !s.serves).map(storeRow),
    '',
    'Other stores serve files of their own only, and stand in their lines: '.concat(
      `${listed(stores.filter((s) => s.serves?.length).map((s) => s.title))}. ${stores
        .filter((s) => s.barred)
        .map((s) => s.title)
        .join(', ')}: values are stored, but no fix is offered, for a program must be told to read the file. ${stores
        .flatMap((s) => (s.keystoreOf ? [`${s.title}: ${s.keystoreOf}`] : []))
        .join('; ')}.`,
    ),
    '',
    '# Languages',
  ];
  for (const language of languages) {
    const why = notRun[language];
    lines.push('', `## ${language}`, '', ...(why ? [`No program is run: ${why}.`, ''] : []), ...HEAD);
    lines.push(...rows.filter((r) => r.language === language).map((r) => line(r, r.idiom)));
  }
  lines.push('', '# Configuration files', '', 'Parsed: a parser of the format reads the file before and after.');
  for (const title of [...new Set(formatRows.map((r) => r.language))]) {
    lines.push('', `## ${title}`, '', ...HEAD);
    for (const r of formatRows.filter((x) => x.language === title)) {
      const idiom = formats.find((f) => f.id === r.idiom);
      lines.push(line(r, idiom));
    }
  }
  return `${lines.join('\n')}\n`;
}

const HEAD = ['| place | becomes | where the value can be | proof |', '|---|---|---|---|'];

function line(r: FixRow, idiom: Idiom | undefined): string {
  const result = r.proof === 'refused' ? cell(r.result) : code(r.result);
  const where = r.proof === 'refused' || !idiom ? '' : placesOf(idiom);
  return `| ${cell(r.place)} | ${result} | ${where} | ${PROOF[r.proof]} |`;
}

/** The stores from which a file's reader gets its values. */
function placesOf(idiom: Idiom): string {
  const taken = stores.filter((s) => !mismatch(s, idiom) && !(idiom.fetch && (s.encrypts || !s.reads)));
  const all = stores.filter((s) => !s.serves);
  if (idiom.fetch) {
    return `env file; by a command in the file: ${listed(taken.map((s) => s.title))}`;
  }
  return taken.length === all.length ? 'environment' : ['env file', ...taken.map((s) => s.title)].join(', ');
}

function storeRow(store: Store): string {
  const template = store.template ?? store.form?.example ?? '';
  const reference = referenceFor(store, template, 'bot', 'X');
  const spot: Spot = { variable: 'X', project: 'bot', reference: typeof reference === 'string' ? reference : template };
  const held = store.inEnvFile ? `X=${spot.reference}` : store.encrypts ? 'X="encrypted:…"' : '';
  const read = store.reads?.(spot, '.env');
  const started = store.runner
    ? store.runner('COMMAND', '.env', spot)
    : read
      ? `X="$(${[read.program, ...read.args].join(' ')})" COMMAND`
      : 'COMMAND';
  return `| ${cell(store.title)} | ${held ? code(held) : 'nothing'} | ${code(started)} | run |`;
}

function listed(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join('');
}

/** Code in a table's cell, whatever ticks it has. */
function code(text: string): string {
  const inner = text.replaceAll('|', '\\|');
  return text.includes('`') ? `\`\` ${inner} \`\`` : `\`${inner}\``;
}
