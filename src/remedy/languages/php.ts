import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeBefore, compound, joined, openings, type Spot } from '../code-place';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import { type Lexicon, singleQuoted } from '../lexicon';
import { inPackage, isLoadedAround, manifestText, shellCommands } from '../loading-commands';
import type { Refusal } from '../plan';

const lexicon: Lexicon = {
  line: ['//'],
  // `#[` begins an attribute.
  lineUnless: [['#', '[']],
  block: [['/*', '*/']],
  strings: [
    { open: /"/y, close: () => '"', escape: '\\', lines: true, hole: ['{$', '}'] },
    { ...singleQuoted, lines: true },
    { open: /`/y, close: () => '`', escape: '\\' },
  ],
  heredoc: /<<<[ \t]*(["']?)(\w+)\1/y,
  embedded: [/<\?(?:php\b|=)/y, /\?>/y],
};

const COMPOSER = /^composer\.json$/;

/** The lookup of this project: Laravel's `env` in its configuration, what phpdotenv fills, or the process's environment. */
function lookup(spot: Spot): { text: string; operator: '??' | '?:' | '' } {
  const { variable, facts, text, file } = spot;
  const composer = manifestText(facts, COMPOSER);
  if (/"laravel\/framework"/.test(composer) && /(?:^|\/)config\/[\w/-]+\.php$/.test(file)) {
    return { text: `env('${variable}')`, operator: '' };
  }
  const array = /\$_ENV\[/.test(text) || /"(?:vlucas\/phpdotenv|symfony\/dotenv)"/.test(composer);
  return array ? { text: `$_ENV['${variable}']`, operator: '??' } : { text: `getenv('${variable}')`, operator: '?:' };
}

function failing(spot: Spot, text: string, operator: '??' | '?:' | ''): string {
  const old = /"php"\s*:\s*"[\^~>=]*\s*[57]\./.test(manifestText(spot.facts, COMPOSER));
  if (operator === '' || old) {
    return text;
  }
  const exception = /^[ \t]*namespace[ \t]+[\w\\]+/m.test(spot.code) ? '\\RuntimeException' : 'RuntimeException';
  const name = /['"](\w+)['"]/.exec(text)?.[1] ?? spot.variable;
  return `${text} ${operator} throw new ${exception}('${name} is not set')`;
}

function read(spot: Spot): string {
  const { text, operator } = lookup(spot);
  return failing(spot, text, operator);
}

function bar(spot: Spot): Refusal | undefined {
  const { code, start, variable, facts, file } = spot;
  const before = codeBefore(spot);
  const statement = /(?:^|[;{}]|<\?php)([^;{}]*)$/.exec(before)?.[1] ?? '';
  const around = openings(code, start);
  if (around.some((o) => o.mark === '[' && /#$/.test(o.before))) {
    return {
      refused: say('The argument of an attribute must be a constant.'),
      wayOut: say('Read {0} in code.', variable),
    };
  }
  const member = around.find((o) => o.mark === '{');
  const inType =
    member !== undefined &&
    /\b(?:class|trait|interface|enum)\b[^;{}()]*$/.test(member.before) &&
    !around.some((o) => o.mark === '(');
  if (inType && /\b(?:const|public|private|protected|static|var|readonly|case)\b/.test(statement)) {
    return {
      refused: say('A constant or a default of a class can not be an expression.'),
      wayOut: say("Set it in the constructor from getenv('{0}').", variable),
    };
  }
  const [inner] = around;
  if (inner?.mark === '(' && /\b(?:function|fn)\b[^;{}()]*$/.test(inner.before) && /=$/.test(before)) {
    return {
      refused: say('The default of a parameter can not be an expression.'),
      wayOut: say("Make it null, and read getenv('{0}') in the body.", variable),
    };
  }
  if (/^\s*const\s/.test(statement)) {
    return {
      refused: say('A constant made with const can not be an expression.'),
      wayOut: say("Use define('NAME', getenv('{0}')).", variable),
    };
  }
  if (/"laravel\/framework"/.test(manifestText(facts, COMPOSER)) && /(?:^|\/)app\//.test(file)) {
    return {
      refused: say('Laravel reads no env file for code outside of config/ once its configuration is cached.'),
      wayOut: say(
        "Put 'key' => env('{0}') into config/services.php, and read config('services.….key') here.",
        variable,
      ),
    };
  }
  return undefined;
}

function whole(spot: Spot): Rewrite {
  const value = read(spot);
  const text = spot.pem ? `str_replace('\\n', "\\n", ${value})` : compound(spot, value);
  return { change: { start: spot.start, end: spot.end, text } };
}

function part(spot: Spot, from: number, to: number): Rewrite | Refusal {
  if (spot.literal.kind === 'heredoc') {
    return {
      refused: say('A here-document holds variables only.'),
      wayOut: say("Set a variable from getenv('{0}') before it, and name the variable here.", spot.variable),
    };
  }
  const value = read(spot);
  const text = joined(spot, from, to, / /.test(value) ? `(${value})` : value, '.');
  return { change: { start: spot.start, end: spot.end, text } };
}

function loading(place: Place, envFile: string): Loading {
  const { facts, text } = place;
  const composer = manifestText(facts, COMPOSER);
  const framework = /"(?:laravel\/framework|symfony\/framework-bundle|symfony\/runtime)"/.test(composer);
  const loaded =
    isLoadedAround(facts) ||
    framework ||
    /\bDotenv::create\w+\(|->(?:loadEnv|bootEnv|safeLoad)\(|new\s+\\?(?:Symfony\\\S+\\)?Dotenv\b/.test(text);
  return { loaded, commands: shellCommands(envFile, `php ${inPackage(place)}`) };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'PHP',
  place,
  result,
  proof,
});
const READ = "getenv('X') ?: throw new RuntimeException('X is not set')";

export const php = codeIdiom({
  id: 'php',
  files: /\.(?:php|phtml|inc)$/,
  languageIds: ['php'],
  lexicon,
  bar,
  fallbacks: [
    {
      before: /(getenv\(\s*["']\w+["']\s*\))\s*\?:\s*$/,
      after: /(?=[^.])/y,
      text: ([, text], spot) => failing(spot, text ?? '', '?:'),
      variable: (text) => /["'](\w+)["']/.exec(text)?.[1] ?? text,
    },
    {
      before: /(\$_(?:ENV|SERVER)\[\s*["']\w+["']\s*\])\s*\?\?\s*$/,
      after: /(?=[^.])/y,
      text: ([, text], spot) => failing(spot, text ?? '', '??'),
      variable: (text) => /["'](\w+)["']/.exec(text)?.[1] ?? text,
    },
    { before: /\benv\(\s*["'](\w+)["']\s*,\s*$/, after: /\s*\)/y, text: ([, name]) => `env('${name}')` },
  ],
  whole,
  part,
  loading,
  rows: [
    row('variable', `$key = ${READ};`, 'run'),
    row('member of an array', `'secret' => ${READ},`, 'run'),
    row('constant made with define', `define('KEY', ${READ})`, 'run'),
    row('part of a URL', `"https://…/v3/" . (${READ})`, 'run'),
    row('JSON text', `'{"apiKey": "' . (${READ}) . '"}'`, 'run'),
    row('file with a namespace', "getenv('X') ?: throw new \\RuntimeException('X is not set')", 'run'),
    row('PEM block', `str_replace('\\n', "\\n", ${READ})`, 'run'),
    row('literal fallback', READ, 'run'),
    row('phpdotenv', "$_ENV['X'] ?? throw new RuntimeException('X is not set')", 'parse'),
    row('configuration of Laravel', "env('X')", 'parse'),
    row('constant of a class', "set it in the constructor from getenv('X')", 'refused'),
    row('default of a parameter', "make it null, and read getenv('X') in the body", 'refused'),
    row('constant made with const', "use define('NAME', getenv('X'))", 'refused'),
    row('here-document', 'set a variable before it', 'refused'),
    row('text of a page', 'remove it', 'refused'),
  ],
});
