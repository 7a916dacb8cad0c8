import { lineStart } from '../../scan/literal';
import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeBefore, type Spot } from '../code-place';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import type { Lexicon } from '../lexicon';
import type { Refusal } from '../plan';
import { commandKeystore } from './foundry-keystore';

const lexicon: Lexicon = {
  line: ['#'],
  lineAtWord: true,
  block: [],
  strings: [
    { open: /\$'/y, close: () => "'", escape: '\\', lines: true },
    { open: /'/y, close: () => "'", escape: '', lines: true },
    { open: /\$?"/y, close: () => '"', escape: '\\', lines: true, hole: ['$(', ')'] },
  ],
  opaque: /\\[\s\S]|\$\{?#/y,
  heredoc: /(?<!<)<<(?!<)-?[ \t]*\\?(["']?)(\w+)\1/y,
};

const required = (variable: string) => `\${${variable}:?${variable} is not set}`;

/** The variable assigned to itself: `export KEY="…"` says only that it must be there. */
function own(spot: Spot): string | null {
  const m = new RegExp(
    `(?:^|[\\n;])[ \\t]*(?:(?:export|readonly|local|declare|typeset)[ \\t]+(?:-\\w+[ \\t]+)*)?${spot.variable}=$`,
  ).exec(codeBefore(spot));
  return m && `"${required(spot.variable)}"`;
}

function whole(spot: Spot): Rewrite {
  const text = own(spot) ?? `"${required(spot.variable)}"`;
  return { change: { start: spot.start, end: spot.end, text } };
}

function part(spot: Spot, from: number, to: number): Rewrite | Refusal {
  const { text, literal, variable } = spot;
  const change = (inner: string): Rewrite => ({ change: { start: from, end: to, text: inner } });
  const fallback = /\$\{(\w+):?[-=]$/.exec(text.slice(literal.open, from));
  if (fallback?.[1] && text[to] === '}') {
    return { change: { start: from - fallback[0].length, end: to + 1, text: required(fallback[1]) } };
  }
  if (literal.kind === 'heredoc') {
    const opener = text.slice(text.lastIndexOf('<<', literal.start), literal.start);
    return /^<<-?[ \t]*["'\\]/.test(opener)
      ? {
          refused: say('This here-document is quoted and expands no variable.'),
          wayOut: say('Write the delimiter without quotes and use {0}.', `$${variable}`),
        }
      : change(required(variable));
  }
  const open = text.slice(literal.start, literal.open);
  // Leave the single quotes for the variable: '...'"$X"'...'.
  return open.endsWith("'") ? change(`'"${required(variable)}"${open}`) : change(required(variable));
}

const SOURCES = /(?:^|[\s;&])(?:\.|source)\s+["']?(?:\.\/|\$\{?\w+\}?\/|"?\$\([^)]*\)"?\/)?[\w/.-]*\.env/m;

function loading({ facts, text, file }: Place, envFile: string): Loading {
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const run = file.slice(facts.packageRoot ? facts.packageRoot.length + 1 : 0);
  const loaded = SOURCES.test(text) || [...facts.paths].some((p) => p.endsWith('.envrc'));
  const commands = [
    {
      line: `set -a; . ./${name}; set +a; bash ${run}`,
      shell: 'posix' as const,
      why: say("loads {0} into the script's environment", name),
    },
  ];
  if (loaded) {
    return { loaded, commands };
  }
  const at = /^#![^\n]*\n/.exec(text)?.[0].length ?? 0;
  const up = run.split('/').length - 1;
  const line = `set -a; . "$(dirname "$0")/${'../'.repeat(up)}${name}"; set +a\n`;
  return {
    loaded,
    commands,
    added: say('sourced by the script'),
    changes: [{ file, purpose: 'loader', changes: [{ start: at, end: at, text: line }] }],
  };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Shell',
  place,
  result,
  proof,
});
const READ = `"\${X:?X is not set}"`;

export const shell = codeIdiom({
  id: 'shell',
  files: /\.(?:sh|bash|zsh|ksh)$/,
  languageIds: ['shellscript'],
  applies: (file, text) => !/\.\w+$/.test(file) && /^#!.*\b(?:ba|z|k)?sh\b/.test(text),
  reader: 'shell',
  lexicon,
  fallbacks: [{ before: /\$\{(\w+):?[-=]$/, after: /\}/y, text: ([, name]) => required(name as string) }],
  suggestion: ({ text, finding }) =>
    /(?:^|[\s;])([A-Z][A-Z0-9_]*)=["']?$/.exec(
      text.slice(lineStart(text, finding.start, finding.start - 200), finding.start),
    )?.[1],
  whole,
  bare: whole,
  array: whole,
  part,
  keystore: commandKeystore,
  loading,
  rows: [
    row('variable', `key=${READ}`, 'run'),
    row('variable of that name', `export X=${READ}`, 'run'),
    row('word without quotes', READ, 'run'),
    row('header in double quotes', `"Authorization: Bearer \${X:?X is not set}"`, 'run'),
    row('part of a word in single quotes', `'{"apiKey": "'${READ}'"}'`, 'run'),
    row('text of several lines in single quotes', `'…'${READ}'…'`, 'run'),
    row('command substitution', `"$(printf %s ${READ})"`, 'run'),
    row('here-document', `\${X:?X is not set}`, 'run'),
    row('PEM block', READ, 'run'),
    row('literal fallback', READ, 'run'),
    row('quoted here-document', 'write the delimiter without quotes', 'refused'),
    row('comment', 'delete it, and rotate the key', 'refused'),
  ],
});
