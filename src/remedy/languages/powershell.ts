import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeBefore, openings, type Spot } from '../code-place';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import type { Lexicon } from '../lexicon';
import { inPackage, isLoadedAround } from '../loading-commands';
import type { Refusal } from '../plan';

const lexicon: Lexicon = {
  line: ['#'],
  block: [['<#', '#>']],
  strings: [
    { open: /@"[ \t]*\r?\n/y, close: () => '\n"@', escape: '`', lines: true, hole: ['$(', ')'] },
    { open: /@'[ \t]*\r?\n/y, close: () => "\n'@", escape: '', lines: true },
    { open: /"/y, close: () => '"', escape: '`', doubled: true, lines: true, hole: ['$(', ')'] },
    { open: /'/y, close: () => "'", escape: '', doubled: true, lines: true },
  ],
  opaque: /`[\s\S]/y,
};

function bar(spot: Spot): Refusal | undefined {
  const { code, start, variable } = spot;
  const around = openings(code, start);
  const attribute = around.findIndex((o) => o.mark === '[' && /(?:^|[\n(,{\]])$/.test(o.before));
  return attribute > 0
    ? {
        refused: say('The argument of an attribute must be a constant.'),
        wayOut: say('Read $env:{0} in the body.', variable),
      }
    : undefined;
}

function whole(spot: Spot): Rewrite {
  const { variable, code, start, end, pem } = spot;
  const own = new RegExp(`\\$env:${variable}\\s*=$`, 'i');
  if (own.test(codeBefore(spot))) {
    // Setting the variable to itself would say nothing; a script that needs it says so.
    const from = code.lastIndexOf('$', start);
    return { change: { start: from, end, text: `if (-not $env:${variable}) { throw '${variable} is not set' }` } };
  }
  const text = `$env:${variable}${pem ? `.Replace('\\n', "\`n")` : ''}`;
  return { change: { start, end, text } };
}

function part(spot: Spot, from: number, to: number): Rewrite | Refusal {
  const { text, literal, variable } = spot;
  const open = text.slice(literal.start, literal.open);
  const hole = `\${env:${variable}}`;
  if (open.startsWith("@'")) {
    return {
      refused: say('A here-string in single quotes holds no variable.'),
      wayOut: say('Write it with @" and "@ and use {0}.', `\${env:${variable}}`),
    };
  }
  if (open !== "'") {
    return { change: { start: from, end: to, text: hole } };
  }
  const body = (s: string) => s.replaceAll("''", "'").replace(/[`"$]/g, (c) => `\`${c}`);
  const made = `"${body(text.slice(literal.open, from))}${hole}${body(text.slice(to, literal.close))}"`;
  return { change: { start: spot.start, end: spot.end, text: made } };
}

function loading(place: Place, envFile: string): Loading {
  const { facts, text } = place;
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const run = inPackage(place).replaceAll('/', '\\');
  const why = `loads ${name} into the script's environment`;
  const loaded =
    isLoadedAround(facts) || /\b(?:Import-DotEnv|Set-DotEnv|Set-PsEnv)\b|Get-Content\s+\S*\.env\b/i.test(text);
  return {
    loaded,
    commands: [
      {
        line: `Get-Content ${name} | Where-Object { $_ -match '^\\w+=' } | ForEach-Object { $k, $v = $_ -split '=', 2; Set-Item "Env:$k" $v.Trim("'""") }; .\\${run}`,
        shell: 'powershell',
        why,
      },
      { line: `set -a; . ./${name}; set +a; pwsh ${inPackage(place)}`, shell: 'posix', why },
    ],
  };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'PowerShell',
  place,
  result,
  proof,
});

export const powershell = codeIdiom({
  id: 'powershell',
  files: /\.ps[dm]?1$/,
  languageIds: ['powershell'],
  lexicon,
  bar,
  fallbacks: [
    {
      before: /\$env:(\w+)\s*\?\?\s*$/,
      after: /(?=[\s\S]|$)/y,
      text: ([, name]) => `$env:${name} ?? $(throw '${name} is not set')`,
    },
  ],
  suggestion: ({ text, finding }) =>
    /\$env:([A-Z][A-Z0-9_]*)\s*=\s*["']$/i.exec(text.slice(Math.max(0, finding.start - 120), finding.start))?.[1],
  whole,
  part,
  loading,
  rows: [
    row('variable', '$key = $env:X', 'parse'),
    row('member of a hashtable', 'Secret = $env:X', 'parse'),
    row('argument', '-Token $env:X', 'parse'),
    row('default of a parameter', '[string]$Key = $env:X', 'parse'),
    row('part of a string', `"Bearer \${env:X}"`, 'parse'),
    row('part of a single-quoted string', `"https://…/v3/\${env:X}"`, 'parse'),
    row('here-string', `\${env:X}`, 'parse'),
    row('variable of the environment', "if (-not $env:X) { throw 'X is not set' }", 'parse'),
    row('PEM block', '$env:X.Replace(\'\\n\', "`n")', 'parse'),
    row('literal fallback', "$env:X ?? $(throw 'X is not set')", 'text'),
    row('single-quoted here-string', 'write it with double quotes', 'refused'),
    row('attribute', 'read $env:X in the body', 'refused'),
  ],
});
