import { codeIdiom } from '../code-idiom';
import { codeBefore, compound, joined, type Spot } from '../code-place';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import { doubleQuoted, type Lexicon, singleQuoted } from '../lexicon';
import { inPackage, isLoadedAround, shellCommands } from '../loading-commands';

const lexicon: Lexicon = {
  line: ['--'],
  block: [
    ['--[[', ']]'],
    ['--[=[', ']=]'],
  ],
  strings: [
    doubleQuoted,
    singleQuoted,
    { open: /\[=*\[/y, close: (open) => open.replaceAll('[', ']'), escape: '', lines: true },
  ],
};

const read = ({ variable }: Pick<Spot, 'variable'>) => `os.getenv("${variable}") or error("${variable} is not set")`;

/** `print "text"` calls without parentheses, which only a text allows. */
const isBareCall = (spot: Spot) =>
  /[\w\])]$/.test(codeBefore(spot)) && !/\b(?:return|and|or|not|then|do|else|in)$/.test(codeBefore(spot));

function placed(spot: Spot, expression: string): Rewrite {
  const { code, start, end } = spot;
  if (isBareCall(spot)) {
    const from = code.slice(0, start).trimEnd().length;
    return { change: { start: from, end, text: `(${expression})` } };
  }
  return { change: { start, end, text: compound(spot, expression) } };
}

function loading(place: Place, envFile: string): Loading {
  const loaded = isLoadedAround(place.facts) || /\brequire\s*\(?\s*["'](?:lua-)?dotenv/.test(place.text);
  return { loaded, commands: shellCommands(envFile, `lua ${inPackage(place)}`) };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Lua',
  place,
  result,
  proof,
});
const READ = 'os.getenv("X") or error("X is not set")';

export const lua = codeIdiom({
  id: 'lua',
  files: /\.lua$/,
  languageIds: ['lua'],
  lexicon,
  fallbacks: [
    {
      before: /\bos\.getenv\(?\s*["'](\w+)["']\s*\)?\s*or\s+$/,
      after: /(?=[^.:]|$)/y,
      text: ([, name]) => read({ variable: name as string }),
    },
  ],
  whole: (spot) => placed(spot, spot.pem ? `((${read(spot)}):gsub("\\\\n", "\\n"))` : read(spot)),
  part: (spot, from, to) => {
    const sum = joined(spot, from, to, `(${read(spot)})`, '..');
    return placed(spot, isBareCall(spot) ? sum : compound(spot, sum).replace(/^\(\((.*)\)\)$/s, '($1)'));
  },
  loading,
  rows: [
    row('variable', `local key = ${READ}`, 'run'),
    row('field of a table', `secret = ${READ},`, 'run'),
    row('call without parentheses', `print(${READ})`, 'run'),
    row('part of a URL', `"https://…/v3/" .. (${READ})`, 'run'),
    row('long string', `[[{"apiKey": "]] .. (${READ}) .. [["}]]`, 'run'),
    row('PEM block', `((${READ}):gsub("\\\\n", "\\n"))`, 'run'),
    row('literal fallback', READ, 'run'),
    row('comment', 'delete it, and rotate the key', 'refused'),
  ],
});
