import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeBefore, type Spot } from '../code-place';
import type { FixRow, Loading, Place } from '../idiom';
import { doubleQuoted, type Lexicon, singleQuoted } from '../lexicon';
import { inPackage, isLoadedAround, manifestText, shellCommands } from '../loading-commands';
import type { Refusal } from '../plan';

const lexicon: Lexicon = {
  line: ['#'],
  block: [],
  strings: [
    { open: /~[A-Z]"""/y, close: () => '"""', escape: '', lines: true },
    { open: /(?:~[a-z])?"""/y, close: () => '"""', escape: '\\', lines: true, hole: ['#{', '}'] },
    { open: /~[A-Z]"/y, close: () => '"', escape: '' },
    { ...doubleQuoted, hole: ['#{', '}'], lines: true },
    { ...singleQuoted, hole: ['#{', '}'], lines: true },
  ],
  opaque: /\?["'#]/y,
};

const read = ({ variable, pem }: Spot) =>
  `System.fetch_env!("${variable}")${pem ? ' |> String.replace("\\\\n", "\\n")' : ''}`;

function bar(spot: Spot): Refusal | undefined {
  const { file, variable } = spot;
  const line = /[^\n]*$/.exec(spot.code.slice(0, spot.start))?.[0] ?? '';
  if (/^\s*@(?:moduledoc|doc|typedoc|shortdoc)\b/.test(line)) {
    return { refused: say('The value stands in documentation.'), wayOut: say('Delete it, and rotate the key.') };
  }
  if (/^\s*@\w+\s/.test(line)) {
    return {
      refused: say(
        'An attribute of a module is read when the program is compiled, and its value stays in what is shipped.',
      ),
      wayOut: say('Make it a function that reads System.fetch_env!("{0}").', variable),
    };
  }
  if (/(?:^|\/)config\/(?!runtime\.exs$)\w+\.exs$/.test(file)) {
    return {
      refused: say('This configuration is read when the program is compiled.'),
      wayOut: say('Set it in config/runtime.exs, from System.fetch_env!("{0}").', variable),
    };
  }
  return /(?:^|\n)\s*def(?:p|macro)?\s[^\n]*\($/.test(codeBefore(spot)) && /^\s*[,)]/.test(spot.code.slice(spot.end))
    ? {
        refused: say('A pattern can not be an expression.'),
        wayOut: say('Compare with the value in a guard or a case.'),
      }
    : undefined;
}

function loading(place: Place, envFile: string): Loading {
  const { facts, text, file } = place;
  const loaded = isLoadedAround(facts) || /\bDotenv(?:y|Parser)?\.(?:load|source|reload)/.test(text);
  const mix = manifestText(facts, /^mix\.exs$/);
  const run =
    file.endsWith('.exs') && !/(?:^|\/)config\//.test(file)
      ? `elixir ${inPackage(place)}`
      : /phoenix/.test(mix)
        ? 'mix phx.server'
        : 'mix run --no-halt';
  return { loaded, commands: shellCommands(envFile, run) };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Elixir',
  place,
  result,
  proof,
});

export const elixir = codeIdiom({
  id: 'elixir',
  files: /\.exs?$/,
  languageIds: ['elixir'],
  lexicon,
  bar,
  fallbacks: [
    {
      before: /System\.get_env\(\s*"(\w+)"\s*,\s*$/,
      after: /\s*\)/y,
      text: ([, name]) => `System.fetch_env!("${name}")`,
    },
    {
      before: /System\.get_env\(\s*"(\w+)"\s*\)\s*\|\|\s*$/,
      after: /(?=[^.]|$)/y,
      text: ([, name]) => `System.fetch_env!("${name}")`,
    },
  ],
  whole: (spot) => {
    const { text, start, end } = spot;
    const list = text[start] === "'";
    const value = spot.pem && !/[=]$/.test(codeBefore(spot)) ? `(${read(spot)})` : read(spot);
    return { change: { start, end, text: list ? `String.to_charlist(${value})` : value } };
  },
  part: (spot, from, to) =>
    /^~[A-Z]/.test(spot.text.slice(spot.literal.start, spot.literal.open))
      ? {
          refused: say('This sigil holds no expression.'),
          wayOut: say('Write it with a small letter and use {0}.', `#{System.fetch_env!("${spot.variable}")}`),
        }
      : { change: { start: from, end: to, text: `#{System.fetch_env!("${spot.variable}")}` } },
  loading,
  rows: [
    row('variable', 'key = System.fetch_env!("X")', 'run'),
    row('member of a keyword list', 'secret: System.fetch_env!("X")', 'run'),
    row('part of a URL', '"https://…/v3/#{System.fetch_env!("X")}"', 'run'),
    row('PEM block', 'System.fetch_env!("X") |> String.replace("\\\\n", "\\n")', 'run'),
    row('literal fallback', 'System.fetch_env!("X")', 'run'),
    row('config/runtime.exs', 'System.fetch_env!("X")', 'parse'),
    row('attribute of a module', 'make it a function', 'refused'),
    row('config/prod.exs', 'set it in config/runtime.exs', 'refused'),
    row('comment', 'delete it, and rotate the key', 'refused'),
  ],
});
