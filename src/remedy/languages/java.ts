import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeAfter, codeBefore, joined, openings, type Spot, usesOf } from '../code-place';
import type { FixRow, Rewrite } from '../idiom';
import { doubleQuoted, type Lexicon } from '../lexicon';
import type { Refusal } from '../plan';
import { dotenvOf, importOf, inApp, jvmLoading } from './jvm';

const lexicon: Lexicon = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: [{ open: /"""/y, close: () => '"""', escape: '\\', lines: true }, doubleQuoted],
  opaque: /'(?:\\[^\n]{1,9}?|[^'\\\n])'/y,
};

function read({ variable, code, pem }: Spot): string {
  const dotenv = dotenvOf(code);
  const lookup = dotenv ? `${dotenv}.get("${variable}")` : `System.getenv("${variable}")`;
  return `Objects.requireNonNull(${lookup}, "${variable} is not set")${pem ? '.replace("\\\\n", "\\n")' : ''}`;
}

const isAnnotation = (before: string) => /@[\w.]+$/.test(before);

function bar(spot: Spot): Refusal | undefined {
  const { code, start, variable } = spot;
  if (openings(code, start).some((o) => isAnnotation(o.before))) {
    return {
      refused: say('The argument of an annotation must be a constant.'),
      wayOut: say('Read {0} in code, or from a property that the framework resolves, and leave it out here.', variable),
    };
  }
  if (/\bcase$/.test(codeBefore(spot))) {
    return {
      refused: say('A case must be a constant.'),
      wayOut: say('Compare with the value of {0} in an if.', variable),
    };
  }
  const name = /\bfinal\s+String\s+(\w+)\s*=[^;]*$/.exec(codeBefore(spot))?.[1];
  const constant = (at: number) =>
    /\bcase\s+(?:\w+\.)?$/.test(code.slice(Math.max(0, at - 60), at)) ||
    openings(code, at).some((o) => isAnnotation(o.before));
  return name && usesOf(spot, name).some(constant)
    ? { refused: say('{0} is used where only a constant can stand.', name), wayOut: say('Change these uses first.') }
    : inApp(spot);
}

function placed(spot: Spot, expression: string): Rewrite {
  return {
    change: { start: spot.start, end: spot.end, text: expression },
    once: importOf(spot, 'java.util.Objects', ';'),
  };
}

function part(spot: Spot, from: number, to: number): Rewrite {
  const { text, literal } = spot;
  if (text.startsWith('"""', literal.start)) {
    const plain = (s: string) => s.replaceAll('%', '%%');
    const block = `${plain(text.slice(literal.start, from))}%s${plain(text.slice(to, literal.end))}`;
    return placed(spot, `${block}.formatted(${read(spot)})`);
  }
  const sum = joined(spot, from, to, read(spot), '+');
  return placed(spot, codeAfter(spot).startsWith('.') ? `(${sum})` : sum);
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Java',
  place,
  result,
  proof,
});
const READ = 'Objects.requireNonNull(System.getenv("X"), "X is not set")';

export const java = codeIdiom({
  id: 'java',
  files: /\.java$/,
  languageIds: ['java'],
  lexicon,
  bar,
  fallbacks: [
    {
      before: /(?:System\.getenv\(\)|\benv)\.getOrDefault\(\s*"(\w+)"\s*,\s*$/,
      after: /\s*\)/y,
      text: (_, spot) => read(spot),
      once: (spot) => importOf(spot, 'java.util.Objects', ';'),
    },
    {
      before: /Optional\.ofNullable\(\s*System\.getenv\(\s*"(\w+)"\s*\)\s*\)\s*\.orElse\(\s*$/,
      after: /\s*\)/y,
      text: ([, name]) =>
        `Optional.ofNullable(System.getenv("${name}")).orElseThrow(() -> new IllegalStateException("${name} is not set"))`,
    },
    {
      before: /System\.getenv\("(\w+)"\)\s*!=\s*null\s*\?\s*System\.getenv\("\1"\)\s*:\s*$/,
      after: /(?=[^.])/y,
      text: (_, spot) => read(spot),
      once: (spot) => importOf(spot, 'java.util.Objects', ';'),
    },
  ],
  whole: (spot) => placed(spot, read(spot)),
  part,
  loading: jvmLoading,
  rows: [
    row('argument', READ, 'run'),
    row('constant', `static final String KEY = ${READ}`, 'run'),
    row('value that a method is called on', `${READ}.trim()`, 'run'),
    row('part of a URL', `"https://…/v3/" + ${READ}`, 'run'),
    row('text block', `"""…%s…""".formatted(${READ})`, 'run'),
    row('PEM block', `${READ}.replace("\\\\n", "\\n")`, 'run'),
    row('literal fallback of getOrDefault', READ, 'run'),
    row('literal fallback of an Optional', '….orElseThrow(() -> new IllegalStateException("X is not set"))', 'run'),
    row('dotenv-java', 'Objects.requireNonNull(dotenv.get("X"), "X is not set")', 'parse'),
    row('annotation', 'read the variable in code, or from a property that the framework resolves', 'refused'),
    row('constant in a case', 'change these uses first', 'refused'),
    row('Android app', 'call the provider from a server', 'refused'),
  ],
});
