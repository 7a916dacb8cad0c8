import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import type { Spot } from '../code-place';
import { lineEndOf } from '../env-file';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import { doubleQuoted, type Lexicon, singleQuoted } from '../lexicon';
import { inPackage, isLoadedAround, manifestText, shellCommands } from '../loading-commands';
import type { Refusal, TextChange } from '../plan';

const lexicon: Lexicon = {
  line: ['#'],
  block: [['\n=begin', '\n=end']],
  strings: [
    { ...doubleQuoted, hole: ['#{', '}'], lines: true },
    { ...singleQuoted, lines: true },
    { open: /`/y, close: () => '`', escape: '\\', hole: ['#{', '}'] },
  ],
  opaque: /\?["'#`](?!\w)|\$["'`]/y,
  heredoc: /<<[~-]?(["'`]?)([A-Z_]\w*)\1/y,
  regex: true,
};

/** The quote that this file prefers. */
function quoteOf({ text, tokens }: Spot): string {
  const single = tokens.filter((t) => t.kind === 'string' && text[t.start] === "'").length;
  const double = tokens.filter((t) => t.kind === 'string' && text[t.start] === '"').length;
  return single > double ? "'" : '"';
}

function read(spot: Spot): string {
  const q = quoteOf(spot);
  return `ENV.fetch(${q}${spot.variable}${q})${spot.pem ? `.gsub('\\n', "\\n")` : ''}`;
}

function part(spot: Spot, from: number, to: number): Rewrite | Refusal {
  const { text, literal, variable } = spot;
  const hole = `#{${read(spot)}}`;
  if (literal.kind === 'heredoc') {
    const opener = text.lastIndexOf('<<', literal.start);
    return /^<<[~-]?'/.test(text.slice(opener, opener + 5))
      ? {
          refused: say('This here-document is quoted and holds no expression.'),
          wayOut: say('Write its word without quotes and use {0}.', `#{ENV.fetch("${variable}")}`),
        }
      : { change: { start: from, end: to, text: hole } };
  }
  if (text[literal.start] !== "'") {
    return { change: { start: from, end: to, text: hole } };
  }
  // Single quotes know two escapes only; the same text in double quotes has an expression.
  const body = (s: string) =>
    s.replace(/\\(['\\])|(["\\])|#(?=[{$@])/g, (m, known: string | undefined) =>
      known === "'" ? "'" : known === '\\' ? '\\\\' : `\\${m}`,
    );
  const made = `"${body(text.slice(literal.open, from))}${hole}${body(text.slice(to, literal.close))}"`;
  return { change: { start: spot.start, end: spot.end, text: made } };
}

function array(spot: Spot): Rewrite {
  const once: TextChange[] = [];
  const { text, code, start, end } = spot;
  if (!/^\uFEFF?[ \t]*require\s*\(?\s*["']json["']/m.test(text)) {
    const last = [...code.matchAll(/^require\s[^\n]*\n/gm)].at(-1);
    const head = /^(?:[ \t]*\r?\n)*/.exec(code)?.[0].length ?? 0;
    const at = last ? last.index + last[0].length : head;
    const q = quoteOf(spot);
    once.push({ start: at, end: at, text: `require ${q}json${q}${lineEndOf(text)}${last ? '' : lineEndOf(text)}` });
  }
  return { change: { start, end, text: `JSON.parse(${read(spot)})` }, once };
}

function loading(place: Place, envFile: string): Loading {
  const { facts, text, file } = place;
  const gems = manifestText(facts, /^(?:Gemfile|[\w.-]+\.gemspec)$/);
  const rails = /gem\s+["'](?:dotenv-rails|dotenv)["']/.test(gems) && /gem\s+["']rails["']/.test(gems);
  const loaded =
    isLoadedAround(facts) || rails || /["']dotenv\/(?:load|autoload)["']|\bDotenv\.(?:load|overload)\b/.test(text);
  const commands = shellCommands(envFile, rails ? 'bin/rails server' : `ruby ${inPackage(place)}`);
  if (loaded || !/["']dotenv["']/.test(gems)) {
    return { loaded, commands };
  }
  const at = /^\uFEFF?(?:#[^\n]*\n)*(?:[ \t]*\r?\n)*/.exec(text)?.[0].length ?? 0;
  const changes = [{ start: at, end: at, text: `require "dotenv/load"${lineEndOf(text)}` }];
  return { loaded, commands, added: say('with {0}', 'dotenv'), changes: [{ file, purpose: 'loader', changes }] };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Ruby',
  place,
  result,
  proof,
});

export const ruby = codeIdiom({
  id: 'ruby',
  files: /\.(?:rb|rake|ru|gemspec)$|(?:^|\/)(?:Gemfile|Rakefile|Fastfile|Podfile)$/,
  languageIds: ['ruby'],
  lexicon,
  fallbacks: [
    { before: /ENV\.fetch\(\s*["'](\w+)["']\s*,\s*$/, after: /\s*\)/y, text: (_, spot) => read(spot) },
    { before: /ENV\.fetch\(\s*["'](\w+)["']\s*\)\s*\{\s*$/, after: /\s*\}/y, text: (_, spot) => read(spot) },
    { before: /ENV\[\s*["'](\w+)["']\s*\]\s*(?:\|\||\bor\b)\s*$/, after: /(?=[^.])/y, text: (_, spot) => read(spot) },
  ],
  whole: (spot) => ({ change: { start: spot.start, end: spot.end, text: read(spot) } }),
  part,
  array,
  loading,
  rows: [
    row('constant', "KEY = ENV.fetch('X').freeze", 'run'),
    row('member of a hash', 'apiKey: ENV.fetch("X"),', 'run'),
    row('default of a parameter', 'def run(key = ENV.fetch("X"))', 'run'),
    row('part of a URL', '"https://…/v3/#{ENV.fetch("X")}"', 'run'),
    row('part of a single-quoted string', '"Bearer #{ENV.fetch(\'X\')}"', 'run'),
    row('here-document', '#{ENV.fetch("X")}', 'run'),
    row('list of numbers', 'JSON.parse(ENV.fetch("X"))', 'run'),
    row('PEM block', 'ENV.fetch("X").gsub(\'\\n\', "\\n")', 'run'),
    row('literal fallback', 'ENV.fetch("X")', 'run'),
    row('literal fallback after ||', 'ENV.fetch("X")', 'run'),
    row('quoted here-document', 'write its word without quotes', 'refused'),
    row('comment', 'delete it, and rotate the key', 'refused'),
  ],
});
