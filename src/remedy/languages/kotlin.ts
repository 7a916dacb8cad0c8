import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeBefore, compound, openings, type Spot, usesOf } from '../code-place';
import type { FixRow, Rewrite } from '../idiom';
import { doubleQuoted, type Lexicon } from '../lexicon';
import type { Refusal, TextChange } from '../plan';
import { dotenvOf, inApp, jvmLoading } from './jvm';

const lexicon: Lexicon = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: [
    { open: /"""/y, close: () => '"""', escape: '', lines: true, hole: ['${', '}'] },
    { ...doubleQuoted, hole: ['${', '}'] },
  ],
  opaque: /'(?:\\[^\n]{1,9}?|[^'\\\n])'/y,
};

function read({ variable, code }: Spot): string {
  const dotenv = dotenvOf(code);
  return `${dotenv ? `${dotenv}["${variable}"]` : `System.getenv("${variable}")`} ?: error("${variable} is not set")`;
}

const isAnnotation = (before: string) => /@[\w.:]+$/.test(before);
const CONSTANT = /\bconst\s+val\s+(\w+)\s*(?::\s*String\s*)?=[^\n]*$/;

function bar(spot: Spot): Refusal | undefined {
  const { code, start, variable } = spot;
  if (openings(code, start).some((o) => isAnnotation(o.before))) {
    return {
      refused: say('The argument of an annotation must be a constant.'),
      wayOut: say('Read {0} in code, or from a property that the framework resolves, and leave it out here.', variable),
    };
  }
  const name = CONSTANT.exec(codeBefore(spot))?.[1];
  const constant = (at: number) =>
    (at > start && /\bconst\s+val\b[^\n]*$/.test(code.slice(Math.max(0, at - 200), at))) ||
    openings(code, at).some((o) => isAnnotation(o.before));
  return name && usesOf(spot, name).some(constant)
    ? { refused: say('{0} is used where only a constant can stand.', name), wayOut: say('Change these uses first.') }
    : inApp(spot);
}

/** `const val` can hold no call, `val` can. */
function placed(spot: Spot, expression: string): Rewrite {
  const once: TextChange[] = [];
  if (CONSTANT.test(codeBefore(spot))) {
    const at = spot.code.lastIndexOf('const', spot.start);
    once.push({ start: at, end: spot.code.indexOf('val', at), text: '' });
  }
  return { change: { start: spot.start, end: spot.end, text: expression }, once };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Kotlin',
  place,
  result,
  proof,
});
const READ = 'System.getenv("X") ?: error("X is not set")';

export const kotlin = codeIdiom({
  id: 'kotlin',
  files: /\.kts?$/,
  languageIds: ['kotlin'],
  lexicon,
  bar,
  fallbacks: [
    {
      before: /(?:System\.getenv\(\s*|\bgetenv\(\s*)"(\w+)"\s*\)\s*\?:\s*$/,
      after: /(?=[^.])/y,
      text: ([, name]) => `System.getenv("${name}") ?: error("${name} is not set")`,
    },
    {
      before: /System\.getenv\(\)\.getOrDefault\(\s*"(\w+)"\s*,\s*$/,
      after: /\s*\)/y,
      text: (_, spot) => compound(spot, read(spot)),
    },
  ],
  whole: (spot) => placed(spot, spot.pem ? `(${read(spot)}).replace("\\\\n", "\\n")` : compound(spot, read(spot))),
  part: (spot, from, to) =>
    placed(spot, `${spot.text.slice(spot.start, from)}\${${read(spot)}}${spot.text.slice(to, spot.end)}`),
  loading: jvmLoading,
  rows: [
    row('argument', READ, 'run'),
    row('constant', `val KEY = ${READ}`, 'run'),
    row('default of a parameter', READ, 'run'),
    row('part of a URL', `"https://…/v3/\${${READ}}"`, 'run'),
    row('raw string', `"""{"apiKey": "\${${READ}}"}"""`, 'run'),
    row('value that a method is called on', `(${READ}).trim()`, 'run'),
    row('PEM block', `(${READ}).replace("\\\\n", "\\n")`, 'run'),
    row('literal fallback', READ, 'run'),
    row('annotation', 'read the variable in code, or from a property that the framework resolves', 'refused'),
    row('Android app', 'call the provider from a server', 'refused'),
  ],
});
