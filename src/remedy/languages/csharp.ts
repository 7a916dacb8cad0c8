import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeAfter, codeBefore, compound, joined, type Opening, openings, type Spot, usesOf } from '../code-place';
import { lineEndOf } from '../env-file';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import { doubleQuoted, type Lexicon } from '../lexicon';
import { inPackage, isLoadedAround, manifestText, shellCommands } from '../loading-commands';
import type { Refusal, TextChange } from '../plan';

const lexicon: Lexicon = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: [
    { open: /\$*"{3,}/y, close: (open) => open.replaceAll('$', ''), escape: '', lines: true },
    { open: /(?:\$@|@\$)"/y, close: () => '"', escape: '', doubled: true, lines: true, hole: ['{', '}'] },
    { open: /@"/y, close: () => '"', escape: '', doubled: true, lines: true },
    { open: /\$"/y, close: () => '"', escape: '\\', hole: ['{', '}'] },
    doubleQuoted,
  ],
  opaque: /'(?:\\[^\n]{1,9}?|[^'\\\n])'/y,
};

const required = (variable: string) =>
  `Environment.GetEnvironmentVariable("${variable}") ?? throw new InvalidOperationException("${variable} is not set")`;

/** `using System;`, unless the file or its project has it. */
function usings({ text, code, facts }: Spot): TextChange[] {
  const given =
    /^[ \t]*(?:global[ \t]+)?using[ \t]+System[ \t]*;/m.test(code) ||
    /<ImplicitUsings>\s*(?:enable|true)/i.test(manifestText(facts, /\.csproj$/));
  if (given) {
    return [];
  }
  const first = /^[ \t]*using[ \t]+[\w.]+[ \t]*;/m.exec(code);
  const head = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.exec(code)?.[0].length ?? 0;
  const at = first?.index ?? head;
  const eol = lineEndOf(text);
  return [{ start: at, end: at, text: `using System;${eol}${first ? '' : eol}` }];
}

const NOT_CONSTANT = (what: string, wayOut: string): Refusal => ({
  refused: say('{0} must be a constant.', what),
  wayOut,
});

/** An attribute's bracket stands where a declaration could begin, and a name follows. */
const isAttribute = (code: string, { before, at }: Opening) =>
  /(?:^|[{};\])(,\n])$/.test(before) &&
  /^\s*(?:\w+\s*:\s*)?[A-Za-z_][\w.]*\s*[(,\]]/.test(code.slice(at + 1, at + 120));

function bar(spot: Spot): Refusal | undefined {
  const before = codeBefore(spot);
  const around = openings(spot.code, spot.start);
  const [inner] = around;
  if (around.some((o) => o.mark === '[' && isAttribute(spot.code, o))) {
    return NOT_CONSTANT('The argument of an attribute', say('Read {0} in code, and leave it out here.', spot.variable));
  }
  if (/\bcase$/.test(before) || /^=>/.test(codeAfter(spot)) || /\bis(?:\s+not)?$/.test(before)) {
    return NOT_CONSTANT('A pattern', say('Compare with the value of {0} in an if.', spot.variable));
  }
  if (inner?.mark === '(' && /[\w>\]?]\s+@?\w+\s*=$/.test(before) && !/\b(?:for|using|fixed)$/.test(inner.before)) {
    return NOT_CONSTANT('The default of a parameter', say('Make it null, and read {0} in the body.', spot.variable));
  }
  return undefined;
}

/** `const string Key = "…"` becomes `static readonly` in a type, and a plain variable in a method. */
function declaration(spot: Spot): TextChange[] | Refusal {
  const { code, start } = spot;
  const statement = /(?:^|[;{}\]])([^;{}]*)$/.exec(codeBefore(spot))?.[1] ?? '';
  if (!/\bconst\s/.test(statement)) {
    return [];
  }
  const name = /\bconst\s+string\s+(@?\w+)\s*=[^,]*$/.exec(statement)?.[1];
  if (!name) {
    return NOT_CONSTANT('Each of these names', say('Declare the one that reads {0} on its own.', spot.variable));
  }
  const uses = usesOf(spot, name).filter((at) => {
    const line = code.slice(code.lastIndexOf('\n', at) + 1, at);
    const next = code.slice(at + name.length, at + name.length + 20).trimStart();
    const own = at < start && at > start - 400 && /\bconst\s+string\s+$/.test(line);
    return (
      !own &&
      (/\bconst\b/.test(line) ||
        /\b(?:case|is|is\s+not)\s*$/.test(line) ||
        /^=>/.test(next) ||
        openings(code, at).some((o) => o.mark === '[' && isAttribute(spot.code, o)))
    );
  });
  if (uses.length > 0) {
    return {
      refused: say('{0} is used where only a constant can stand.', name),
      wayOut: say('Change these uses first.'),
    };
  }
  const at = code.lastIndexOf('const', start);
  const member = openings(code, start).find((o) => o.mark === '{');
  const inType = member && /\b(?:class|struct|record|interface)\b[^;{}]*$/.test(member.before);
  return [{ start: at, end: at + 5 + (inType ? 0 : 1), text: inType ? 'static readonly' : '' }];
}

function placed(spot: Spot, expression: string): Rewrite | Refusal {
  const changes = declaration(spot);
  return 'refused' in changes
    ? changes
    : { change: { start: spot.start, end: spot.end, text: expression }, once: [...usings(spot), ...changes] };
}

function whole(spot: Spot): Rewrite | Refusal {
  const read = required(spot.variable);
  return placed(spot, spot.pem ? `(${read}).Replace("\\\\n", "\\n")` : compound(spot, read));
}

function part(spot: Spot, from: number, to: number): Rewrite | Refusal {
  const { text, literal } = spot;
  const read = required(spot.variable);
  if (text.slice(literal.start, literal.open) === '$"') {
    const inner = `${text.slice(literal.start, from)}{${read}}${text.slice(to, literal.end)}`;
    return placed(spot, inner);
  }
  if (
    text.slice(literal.start, literal.open).includes('"""') &&
    text.slice(literal.start, literal.end).includes('\n')
  ) {
    return {
      refused: say('A raw string of several lines can not be taken apart.'),
      wayOut: say('Make it an interpolated one ($""") that reads {0}.', spot.variable),
    };
  }
  const text2 = joined(spot, from, to, `(${read})`, '+');
  return placed(spot, /^(?:\??\.|\[)/.test(codeAfter(spot)) ? `(${text2})` : text2);
}

function loading(place: Place, envFile: string): Loading {
  const { facts, text, file } = place;
  const projects = manifestText(facts, /\.csproj$/);
  const loaded =
    isLoadedAround(facts) || /\bDotNetEnv\.Env\.|\bEnv\.(?:Load|TraversePath)\(|\bDotEnv\.Load\(/.test(text);
  const folder = inPackage(place).replace(/\/?[^/]*$/, '');
  const project = [...facts.paths].find((p) => p.endsWith('.csproj') && file.startsWith(p.replace(/[^/]*$/, '')));
  const run =
    project && folder
      ? `dotnet run --project ${project.slice(facts.packageRoot ? facts.packageRoot.length + 1 : 0)}`
      : 'dotnet run';
  const commands = shellCommands(envFile, run);
  const main = /\bstatic\s+(?:async\s+)?(?:void|int|Task(?:<int>)?)\s+Main\s*\([^)]*\)\s*\{[ \t]*\r?\n([ \t]*)/.exec(
    text,
  );
  if (loaded || !/"DotNetEnv"/.test(projects) || !main) {
    return { loaded, commands };
  }
  const at = main.index + main[0].length;
  return {
    loaded,
    commands,
    added: say('with {0}', 'DotNetEnv'),
    changes: [
      {
        file,
        purpose: 'loader',
        changes: [{ start: at, end: at, text: `DotNetEnv.Env.TraversePath().Load();${lineEndOf(text)}${main[1]}` }],
      },
    ],
  };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'C#',
  place,
  result,
  proof,
});
const READ = 'Environment.GetEnvironmentVariable("X") ?? throw …';

export const csharp = codeIdiom({
  id: 'csharp',
  files: /\.(?:cs|csx)$/,
  languageIds: ['csharp'],
  lexicon,
  bar,
  fallbacks: [
    {
      before: /((?:System\.)?Environment\.GetEnvironmentVariable\(\s*"\w+"\s*\))\s*\?\?\s*$/,
      after: /(?=[^.])/y,
      text: ([, lookup]) =>
        `${lookup} ?? throw new InvalidOperationException("${/"(\w+)"/.exec(lookup ?? '')?.[1]} is not set")`,
      variable: (lookup) => /"(\w+)"/.exec(lookup)?.[1] ?? lookup,
      once: usings,
    },
    {
      // Configuration reads Section:Key from the variable Section__Key.
      before: /(\b[\w.]*[cC]onfig\w*\["[\w:]+"\])\s*\?\?\s*$/,
      after: /(?=[^.])/y,
      text: ([, lookup]) =>
        `${lookup} ?? throw new InvalidOperationException("${/"([\w:]+)"/.exec(lookup ?? '')?.[1]} is not set")`,
      variable: (lookup) => (/"([\w:]+)"/.exec(lookup)?.[1] ?? lookup).replaceAll(':', '__'),
      once: usings,
    },
  ],
  whole,
  part,
  loading,
  rows: [
    row('argument', READ, 'run'),
    row('member of an initializer', READ, 'run'),
    row('constant of a class', `static readonly string Key = ${READ}`, 'run'),
    row('constant of a method', `string key = ${READ}`, 'run'),
    row('part of a URL', '"https://…/v3/" + (Environment.GetEnvironmentVariable("X") ?? throw …)', 'run'),
    row('interpolated string', `$"Bearer {${READ}}"`, 'run'),
    row('verbatim string', '@"{""apiKey"": """ + (Environment.GetEnvironmentVariable("X") ?? throw …) + @"""}"', 'run'),
    row('value that a method is called on', `(${READ}).Trim()`, 'run'),
    row('PEM block', `(${READ}).Replace("\\\\n", "\\n")`, 'run'),
    row('literal fallback', READ, 'run'),
    row('literal fallback of a configuration', 'configuration["Section:Key"] ?? throw …', 'parse'),
    row('attribute', 'read the variable in code', 'refused'),
    row('default of a parameter', 'make it null, and read the variable in the body', 'refused'),
    row('constant in a pattern', 'change these uses first', 'refused'),
  ],
});
