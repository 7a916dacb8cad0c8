import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeAfter, compound, joined, openings, type Spot } from '../code-place';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import { doubleQuoted, type Lexicon } from '../lexicon';
import { inPackage, isLoadedAround, shellCommands } from '../loading-commands';
import type { Refusal } from '../plan';

const lexicon: Lexicon = {
  line: ['//'],
  block: [['(*', '*)']],
  strings: [
    { open: /\$*"""/y, close: () => '"""', escape: '', lines: true },
    { open: /(?:\$@|@\$|@)"/y, close: () => '"', escape: '', doubled: true, lines: true },
    { open: /\$"/y, close: () => '"', escape: '\\', lines: true, hole: ['{', '}'] },
    { ...doubleQuoted, lines: true },
  ],
  opaque: /'(?:\\[^\n]{1,9}?|[^'\\\n])'|\(\*\)/y,
};

const failing = (variable: string) => `Option.defaultWith (fun () -> failwith "${variable} is not set")`;
const read = ({ variable }: Spot) =>
  `System.Environment.GetEnvironmentVariable "${variable}" |> Option.ofObj |> ${failing(variable)}`;

function bar(spot: Spot): Refusal | undefined {
  const { code, start, variable } = spot;
  if (openings(code, start).some((o) => o.mark === '[' && code[o.at + 1] === '<')) {
    return {
      refused: say('The argument of an attribute must be a constant.'),
      wayOut: say('Read {0} in code.', variable),
    };
  }
  if (/\[<\s*Literal\s*>\]\s*let\s+[^\n=]*=\s*$/.test(code.slice(Math.max(0, start - 300), start))) {
    return {
      refused: say('A [<Literal>] must be a constant.'),
      wayOut: say('Remove the attribute where no pattern needs it, then move {0}.', variable),
    };
  }
  return /^->/.test(codeAfter(spot))
    ? {
        refused: say('A pattern can not be an expression.'),
        wayOut: say('Compare with the value of {0} in a guard.', variable),
      }
    : undefined;
}

function placed(spot: Spot, expression: string): Rewrite {
  return { change: { start: spot.start, end: spot.end, text: compound(spot, expression) } };
}

function loading(place: Place, envFile: string): Loading {
  const loaded = isLoadedAround(place.facts) || /\bDotNetEnv\.Env\.|\bEnv\.(?:Load|TraversePath)\(/.test(place.text);
  const run = place.file.endsWith('.fsx') ? `dotnet fsi ${inPackage(place)}` : 'dotnet run';
  return { loaded, commands: shellCommands(envFile, run) };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'F#',
  place,
  result,
  proof,
});
const READ =
  'System.Environment.GetEnvironmentVariable "X" |> Option.ofObj |> Option.defaultWith (fun () -> failwith "X is not set")';

export const fsharp = codeIdiom({
  id: 'fsharp',
  files: /\.fs[xi]?$/,
  languageIds: ['fsharp'],
  lexicon,
  bar,
  fallbacks: [
    {
      before: /(GetEnvironmentVariable\s*\(?\s*"\w+"\s*\)?\s*\|>\s*Option\.ofObj\s*\|>\s*)Option\.defaultValue\s+$/,
      after: /(?=[^.]|$)/y,
      text: ([, lookup]) => `${lookup}${failing(/"(\w+)"/.exec(lookup ?? '')?.[1] ?? '')}`,
      variable: (lookup) => /"(\w+)"/.exec(lookup)?.[1] ?? lookup,
    },
  ],
  whole: (spot) => placed(spot, spot.pem ? `(${read(spot)}).Replace("\\\\n", "\\n")` : read(spot)),
  part: (spot, from, to) => placed(spot, joined(spot, from, to, `(${read(spot)})`, '+')),
  loading,
  rows: [
    row('value', `let key = ${READ}`, 'text'),
    row('argument', `login (${READ})`, 'text'),
    row('part of a URL', `"https://…/v3/" + (${READ})`, 'text'),
    row('literal fallback', 'Option.defaultWith (fun () -> failwith "X is not set")', 'text'),
    row('value with [<Literal>]', 'remove the attribute where no pattern needs it', 'refused'),
    row('pattern', 'compare in a guard', 'refused'),
  ],
});
