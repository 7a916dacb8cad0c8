import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeBefore, openings, type Spot } from '../code-place';
import { lineEndOf } from '../env-file';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import { doubleQuoted, type Lexicon } from '../lexicon';
import { isLoadedAround, shellCommands } from '../loading-commands';
import type { Refusal, TextChange } from '../plan';

const lexicon: Lexicon = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: [
    { open: /#+"""/y, close: (open) => `"""${open.slice(0, -3)}`, escape: '', lines: true },
    { open: /#+"/y, close: (open) => `"${open.slice(0, -1)}`, escape: '' },
    { open: /"""/y, close: () => '"""', escape: '\\', lines: true, hole: ['\\(', ')'] },
    { ...doubleQuoted, hole: ['\\(', ')'] },
  ],
};

const lookup = (variable: string) => `ProcessInfo.processInfo.environment["${variable}"]!`;

/** `import Foundation`, where ProcessInfo lives. */
function foundation({ text, code }: Spot): TextChange[] {
  if (/^import[ \t]+(?:Foundation|Cocoa|Vapor)\b/m.test(code)) {
    return [];
  }
  const eol = lineEndOf(text);
  const first = /^import[ \t]+\w/m.exec(code);
  const head = /^(?:[ \t]*\r?\n)*/.exec(code)?.[0].length ?? 0;
  const at = first?.index ?? head;
  return [{ start: at, end: at, text: `import Foundation${eol}${first ? '' : eol}` }];
}

function bar(spot: Spot): Refusal | undefined {
  const { code, facts, start, variable } = spot;
  const project =
    [...facts.paths].some((p) => /\.xcodeproj\//.test(p)) &&
    ![...facts.paths].some((p) => /(?:^|\/)Package\.swift$/.test(p));
  if (project || /^import[ \t]+(?:UIKit|SwiftUI|AppKit|WatchKit|WidgetKit)\b/m.test(code)) {
    return {
      refused: say('This is an app: its code is shipped to its users, and there is no environment there.'),
      wayOut: say('Call the provider from a server of yours, and let the app call that server.'),
    };
  }
  const before = codeBefore(spot);
  const [inner] = openings(code, start);
  if (inner?.mark === '{' && /\benum\s+\w+\s*:[^{}]*$/.test(inner.before) && /\bcase\s[^\n]*=$/.test(before)) {
    return {
      refused: say('A member of an enum must be a constant.'),
      wayOut: say('Read {0} where the member is used.', lookup(variable)),
    };
  }
  if (/\bcase$/.test(before)) {
    return {
      refused: say('A pattern is compared with a constant here.'),
      wayOut: say('Compare with {0} in an if.', lookup(variable)),
    };
  }
  return /@available$/.test(inner?.before ?? '')
    ? { refused: say('The argument of an attribute must be a constant.'), wayOut: say('Remove the value.') }
    : undefined;
}

const placed = (spot: Spot, start: number, end: number, text: string): Rewrite => ({
  change: { start, end, text },
  once: foundation(spot),
});

function loading({ facts, text }: Place, envFile: string): Loading {
  const loaded = isLoadedAround(facts) || /\bDotEnv\w*\s*[.(]|\bapp\.environment\b|\bimport\s+Vapor\b/.test(text);
  return { loaded, commands: shellCommands(envFile, 'swift run') };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Swift',
  place,
  result,
  proof,
});
const READ = lookup('X');

export const swift = codeIdiom({
  id: 'swift',
  files: /\.swift$/,
  languageIds: ['swift'],
  lexicon,
  bar,
  fallbacks: [
    {
      before: /ProcessInfo\.processInfo\.environment\[\s*"(\w+)"\s*\]\s*\?\?\s*$/,
      after: /(?=[^.]|$)/y,
      text: ([, name]) => lookup(name as string),
    },
  ],
  whole: (spot) =>
    placed(
      spot,
      spot.start,
      spot.end,
      lookup(spot.variable) + (spot.pem ? '.replacingOccurrences(of: "\\\\n", with: "\\n")' : ''),
    ),
  part: (spot, from, to) => {
    const hashes = /^#*/.exec(spot.text.slice(spot.literal.start, spot.literal.open))?.[0] ?? '';
    return placed(spot, from, to, `\\${hashes}(${lookup(spot.variable)})`);
  },
  loading,
  rows: [
    row('constant', `let key = ${READ}`, 'parse'),
    row('default of a parameter', `func run(key: String = ${READ})`, 'parse'),
    row('part of a URL', `"https://…/v3/\\(${READ})"`, 'parse'),
    row('raw string', `#"…\\#(${READ})…"#`, 'text'),
    row('PEM block', `${READ}.replacingOccurrences(of: "\\\\n", with: "\\n")`, 'parse'),
    row('literal fallback', READ, 'parse'),
    row('member of an enum', 'read the variable where the member is used', 'refused'),
    row('app', 'call the provider from a server', 'refused'),
  ],
});
