import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeBefore, compound, joined, type Spot } from '../code-place';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import { type Lexicon, singleQuoted } from '../lexicon';
import { inPackage, isLoadedAround, shellCommands } from '../loading-commands';
import type { Refusal } from '../plan';

const lexicon: Lexicon = {
  line: ['#'],
  block: [
    ['\n=pod', '\n=cut'],
    ['\n=head', '\n=cut'],
    ['\n=over', '\n=cut'],
  ],
  strings: [
    { open: /"/y, close: () => '"', escape: '\\', lines: true },
    { ...singleQuoted, lines: true },
    { open: /\bqq?\{/y, close: () => '}', escape: '\\', lines: true },
    { open: /\bqq?\(/y, close: () => ')', escape: '\\', lines: true },
    { open: /`/y, close: () => '`', escape: '\\' },
  ],
  opaque: /\$[#"'`]|\\["'`]|&'/y,
  heredoc: /<<~?(["']?)([A-Z_]\w*)\1/y,
  regex: true,
};

/** `die` in parentheses: without them it would take all that follows in a list. */
const read = ({ variable }: Pick<Spot, 'variable'>) => `$ENV{${variable}} // die("${variable} is not set\\n")`;

function whole(spot: Spot): Rewrite {
  const { variable, code, start, end, pem } = spot;
  if (new RegExp(`\\$ENV\\{["']?\\s*${variable}?\\s*["']?\\}\\s*=$`).test(codeBefore(spot)) && code) {
    const from = code.lastIndexOf('$', start);
    return { change: { start: from, end, text: `$ENV{${variable}} // die("${variable} is not set\\n")` } };
  }
  const text = pem ? `(${read(spot)}) =~ s/\\\\n/\\n/gr` : compound(spot, read(spot));
  return { change: { start, end, text } };
}

function part(spot: Spot, from: number, to: number): Rewrite | Refusal {
  const { literal, variable } = spot;
  if (literal.kind === 'heredoc') {
    return {
      refused: say('A here-document holds variables only.'),
      wayOut: say('Set a variable from {0} before it, and name the variable here.', `$ENV{${variable}}`),
    };
  }
  const text = joined(spot, from, to, `(${read(spot)})`, '.');
  return { change: { start: spot.start, end: spot.end, text } };
}

function loading(place: Place, envFile: string): Loading {
  const loaded = isLoadedAround(place.facts) || /\buse\s+(?:Dotenv|Env::Dot)\b|\bDotenv->load\b/.test(place.text);
  return { loaded, commands: shellCommands(envFile, `perl ${inPackage(place)}`) };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Perl',
  place,
  result,
  proof,
});
const READ = '$ENV{X} // die("X is not set\\n")';

export const perl = codeIdiom({
  id: 'perl',
  files: /\.(?:pl|pm|t|psgi)$/,
  languageIds: ['perl'],
  lexicon,
  fallbacks: [
    {
      before: /\$ENV\{\s*["']?(\w+)["']?\s*\}\s*(?:\/\/|\|\|)\s*$/,
      after: /(?=[\s\S]|$)/y,
      text: ([, name]) => read({ variable: name as string }),
    },
  ],
  whole,
  part,
  loading,
  rows: [
    row('variable', `my $key = ${READ};`, 'run'),
    row('member of a hash', `secret => ${READ},`, 'run'),
    row('constant', `use constant KEY => ${READ};`, 'run'),
    row('part of a URL', `"https://…/v3/" . (${READ})`, 'run'),
    row('JSON text', `'{"apiKey": "' . (${READ}) . '"}'`, 'run'),
    row('PEM block', `(${READ}) =~ s/\\\\n/\\n/gr`, 'run'),
    row('literal fallback', READ, 'run'),
    row('here-document', 'set a variable before it', 'refused'),
    row('comment', 'delete it, and rotate the key', 'refused'),
  ],
});
