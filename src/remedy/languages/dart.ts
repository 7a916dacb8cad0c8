import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeBefore, joined, openings, type Spot, usesOf } from '../code-place';
import { lineEndOf } from '../env-file';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import { doubleQuoted, type Lexicon, singleQuoted } from '../lexicon';
import { inPackage, isLoadedAround, manifestText, shellCommands } from '../loading-commands';
import type { Refusal, TextChange } from '../plan';

const hole = ['${', '}'] as const;
const lexicon: Lexicon = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: [
    { open: /r(?:"""|''')/y, close: (open) => open.slice(1), escape: '', lines: true },
    { open: /r["']/y, close: (open) => open.slice(1), escape: '' },
    { open: /"""|'''/y, close: (open) => open, escape: '\\', lines: true, hole },
    { ...doubleQuoted, hole },
    { ...singleQuoted, hole },
  ],
};

const lookup = (variable: string) => `Platform.environment['${variable}']!`;

function imports({ text, code }: Spot): TextChange[] {
  if (/^\uFEFF?import[ \t]+["']dart:io["'][ \t]*;/m.test(text)) {
    return [];
  }
  const eol = lineEndOf(text);
  const lines = [...text.matchAll(/^\uFEFF?import[ \t]+(["'])(dart:)?[^\n]*\n/gm)];
  const before = lines.findLast((m) => m[2] && m[0].replace(/^\uFEFF/, '').slice(8) < 'dart:io');
  const first = lines[0];
  const library = /^library\b[^\n]*\n/m.exec(code);
  const head = /^(?:[ \t]*\r?\n)*/.exec(code)?.[0].length ?? 0;
  const at = before
    ? before.index + before[0].length
    : first
      ? first.index + (first[0].startsWith('\uFEFF') ? 1 : 0)
      : library
        ? library.index + library[0].length
        : head;
  const apart = before || first?.[2] ? '' : eol;
  return [{ start: at, end: at, text: `import 'dart:io';${eol}${apart}` }];
}

const NOT_CONSTANT = (what: string, wayOut: string): Refusal => ({
  refused: say('{0} must be a constant.', what),
  wayOut,
});

function bar(spot: Spot): Refusal | undefined {
  const { code, start, variable, facts } = spot;
  if (/^[ \t]+flutter:\s*\n[ \t]+sdk:[ \t]*flutter/m.test(manifestText(facts, /^pubspec\.yaml$/))) {
    return {
      refused: say('This is a Flutter app: its code is shipped to its users.'),
      wayOut: say('Call the provider from a server of yours, and let the app call that server.'),
    };
  }
  const before = codeBefore(spot);
  const around = openings(code, start);
  const [inner] = around;
  if (around.some((o) => /@[\w.]+$/.test(o.before))) {
    return NOT_CONSTANT('The argument of an annotation', say('Read {0} in code.', lookup(variable)));
  }
  if (around.some((o) => /\bconst(?:\s+[\w.<>, ]+)?$/.test(o.before))) {
    return NOT_CONSTANT(
      'A part of a constant',
      say('Make the whole expression final, without const, then move {0}.', variable),
    );
  }
  if (/\bcase$/.test(before)) {
    return NOT_CONSTANT('A pattern', say('Compare with {0} in an if.', lookup(variable)));
  }
  const parameters =
    inner?.mark === '(' || (inner !== undefined && around[1]?.mark === '(' && /[(,]$/.test(inner.before));
  if (parameters && /(?:[\w>?]\s+|\bthis\.)\w+\s*=$/.test(before)) {
    return NOT_CONSTANT(
      'The default of a parameter',
      say('Make it nullable, and read {0} in the body.', lookup(variable)),
    );
  }
  return /\bString\.fromEnvironment$/.test(inner?.before ?? '')
    ? {
        refused: say('This variable is read when the program is compiled, and its value stays in what is shipped.'),
        wayOut: say('Read {0} when the program runs, or call the provider from a server.', lookup(variable)),
      }
    : undefined;
}

/** `const key = …` becomes `final key = …`. */
function placed(spot: Spot, expression: string): Rewrite | Refusal {
  const { code, start, end } = spot;
  const m = /\bconst(\s+(?:String\s+)?)(\w+)\s*=[^;{}]*$/.exec(codeBefore(spot));
  const once = imports(spot);
  if (m?.[2]) {
    const name = m[2];
    const constant = usesOf(spot, name).some((at) => {
      const line = code.slice(code.lastIndexOf('\n', at) + 1, at);
      return at > start && (/\bconst\b|@\w/.test(line) || /\bcase\s+$/.test(line));
    });
    if (constant) {
      return {
        refused: say('{0} is used where only a constant can stand.', name),
        wayOut: say('Change these uses first.'),
      };
    }
    const at = code.lastIndexOf('const', start);
    once.push({ start: at, end: at + 5, text: 'final' });
  }
  return { change: { start, end, text: expression }, once };
}

function part(spot: Spot, from: number, to: number): Rewrite | Refusal {
  const { text, literal, start, end, variable } = spot;
  return text[literal.start] === 'r'
    ? placed(spot, joined(spot, from, to, lookup(variable), '+'))
    : placed(spot, `${text.slice(start, from)}\${${lookup(variable)}}${text.slice(to, end)}`);
}

function loading(place: Place, envFile: string): Loading {
  return { loaded: isLoadedAround(place.facts), commands: shellCommands(envFile, `dart run ${inPackage(place)}`) };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Dart',
  place,
  result,
  proof,
});
const READ = lookup('X');

export const dart = codeIdiom({
  id: 'dart',
  files: /\.dart$/,
  languageIds: ['dart'],
  lexicon,
  bar,
  fallbacks: [
    {
      before: /Platform\.environment\[\s*["'](\w+)["']\s*\]\s*\?\?\s*$/,
      after: /(?=[^.]|$)/y,
      text: ([, name]) => lookup(name as string),
    },
  ],
  whole: (spot) => placed(spot, lookup(spot.variable) + (spot.pem ? ".replaceAll(r'\\n', '\\n')" : '')),
  part,
  loading,
  rows: [
    row('variable', `final key = ${READ};`, 'parse'),
    row('constant', `final key = ${READ};`, 'parse'),
    row('part of a URL', `'https://…/v3/\${${READ}}'`, 'parse'),
    row('raw string', `r'…' + ${READ}`, 'parse'),
    row('PEM block', `${READ}.replaceAll(r'\\n', '\\n')`, 'parse'),
    row('literal fallback', READ, 'parse'),
    row('part of a constant', 'make the whole expression final', 'refused'),
    row('default of a parameter', 'make it nullable, and read the variable in the body', 'refused'),
    row('Flutter app', 'call the provider from a server', 'refused'),
  ],
});
