import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeAfter, codeBefore, joined, openings, type Spot } from '../code-place';
import type { FixRow, Rewrite } from '../idiom';
import { doubleQuoted, type Lexicon } from '../lexicon';
import type { Refusal } from '../plan';
import { inApp, jvmLoading } from './jvm';

const lexicon: Lexicon = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: [
    { open: /[a-z]\w*"""/y, close: () => '"""', escape: '', lines: true, hole: ['${', '}'] },
    { open: /"""/y, close: () => '"""', escape: '', lines: true },
    { open: /[a-z]\w*"/y, close: () => '"', escape: '\\', hole: ['${', '}'] },
    doubleQuoted,
  ],
  opaque: /'(?:\\[^\n]{1,9}?|[^'\\\n])'/y,
};

const read = ({ variable, pem }: Spot) => `sys.env("${variable}")${pem ? '.replace("\\\\n", "\\n")' : ''}`;

function bar(spot: Spot): Refusal | undefined {
  if (openings(spot.code, spot.start).some((o) => /@[\w.]+$/.test(o.before))) {
    return {
      refused: say('The argument of an annotation must be a constant.'),
      wayOut: say('Read {0} in code, and leave it out here.', spot.variable),
    };
  }
  if (/\bcase$/.test(codeBefore(spot))) {
    return {
      refused: say('A pattern can not be an expression.'),
      wayOut: say('Compare with sys.env("{0}") in a guard.', spot.variable),
    };
  }
  return inApp(spot);
}

function part(spot: Spot, from: number, to: number): Rewrite {
  const sum = joined(spot, from, to, read(spot), '+');
  const text = codeAfter(spot).startsWith('.') ? `(${sum})` : sum;
  return { change: { start: spot.start, end: spot.end, text } };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Scala',
  place,
  result,
  proof,
});

export const scala = codeIdiom({
  id: 'scala',
  files: /\.(?:scala|sc|sbt)$/,
  languageIds: ['scala'],
  lexicon,
  bar,
  fallbacks: [
    { before: /sys\.env\.getOrElse\(\s*"(\w+)"\s*,\s*$/, after: /\s*\)/y, text: ([, name]) => `sys.env("${name}")` },
    {
      before:
        /(?:sys\.env\.get|Option\(\s*System\.getenv|Properties\.envOrNone)\(\s*"(\w+)"\s*\)?\s*\)\s*\.getOrElse\(\s*$/,
      after: /\s*\)/y,
      text: ([, name]) => `sys.env("${name}")`,
    },
  ],
  whole: (spot) => ({ change: { start: spot.start, end: spot.end, text: read(spot) } }),
  part,
  loading: jvmLoading,
  rows: [
    row('constant', 'val key = sys.env("X")', 'run'),
    row('part of a URL', '"https://…/v3/" + sys.env("X")', 'run'),
    row('interpolated string', 's"$name Bearer " + sys.env("X")', 'run'),
    row('PEM block', 'sys.env("X").replace("\\\\n", "\\n")', 'run'),
    row('literal fallback', 'sys.env("X")', 'run'),
    row('pattern', 'compare in a guard', 'refused'),
  ],
});
