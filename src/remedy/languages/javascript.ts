import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeAfter, codeBefore, openings, type Spot } from '../code-place';
import type { FixRow, Rewrite } from '../idiom';
import { doubleQuoted, type Lexicon, singleQuoted } from '../lexicon';
import type { Refusal } from '../plan';
import { clientReason } from './javascript-client';
import { javascriptLoading } from './javascript-loading';
import { hardhatKeystore, isHardhat3, isHardhatVars, type Read, readOf } from './javascript-reads';

const lexicon: Lexicon = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: [doubleQuoted, singleQuoted, { open: /`/y, close: () => '`', escape: '\\', lines: true, hole: ['${', '}'] }],
  regex: true,
};

const read = (spot: Spot): Read => readOf(spot, spot.variable, spot.code);

function bar(spot: Spot): Refusal | undefined {
  const client = clientReason(spot);
  if (client) {
    return {
      refused: say('{0}, so a variable would be undefined or public there.', client),
      wayOut: say(
        'Call the provider from a server route that reads the variable, and let the browser call that route.',
      ),
    };
  }
  const before = codeBefore(spot);
  const { text } = read(spot);
  if (/\bimport$|\bfrom$|\brequire\($|\bimport\($/.test(before)) {
    return { refused: say('A module name can not be an expression.'), wayOut: say('Remove the value.') };
  }
  const [inner] = openings(spot.code, spot.start);
  if (inner?.mark === '{' && /\benum\s+\w+$/.test(inner.before)) {
    return {
      refused: say('A member of an enum must be a constant.'),
      wayOut: say('Read {0} where the member is used.', text),
    };
  }
  if (/(?:^|[;{}\n])\s*(?:export\s+)?(?:declare\s+)?type\s+\w+[^=;{}\n]*=[^=;{}\n]*$/.test(before)) {
    return {
      refused: say('A type can not be an expression.'),
      wayOut: say('Make it string, and check the value where it is used.'),
    };
  }
  return undefined;
}

/** An attribute of an element, whose value is a literal. */
function isAttribute(spot: Spot): boolean {
  const before = codeBefore(spot);
  return (
    /\.(?:[jt]sx|vue|svelte|astro)$/.test(spot.file) && /\s[\w:-]+=$/.test(before) && /<[A-Za-z][^<>]*$/.test(before)
  );
}

function placed(spot: Spot, expression: string, once: Read['once']): Rewrite {
  return {
    change: { start: spot.start, end: spot.end, text: isAttribute(spot) ? `{${expression}}` : expression },
    once,
  };
}

function whole(spot: Spot): Rewrite | Refusal {
  const { sure, once } = read(spot);
  const { code, start, end, finding, pem } = spot;
  const before = codeBefore(spot);
  const operator = /\s*(?:\?\?|\|\|)$/.exec(before);
  if (operator && finding.fallbackOf) {
    const at = before.length - operator[0].length;
    const from = start - (code.slice(Math.max(0, start - 4000), start).length - at);
    const bang = sure.endsWith('!') && !/[!)]$/.test(before.slice(0, at)) ? '!' : '';
    return { change: { start: from, end, text: bang } };
  }
  if (pem) {
    return placed(spot, `${sure}.replace(/\\\\n/g, '\\n')`, once);
  }
  const [inner] = openings(code, start);
  const key = /[{,]$/.test(before) && inner?.mark === '{' && /^:/.test(codeAfter(spot));
  const constant = /^\s*as\s+const\b/.exec(code.slice(end));
  const rewrite = placed(spot, key ? `[${sure}]` : sure, once);
  return constant ? { ...rewrite, change: { ...rewrite.change, end: end + constant[0].length } } : rewrite;
}

function part(spot: Spot, from: number, to: number): Rewrite {
  const { text: expression, once } = read(spot);
  const { text, literal, variable } = spot;
  const quote = text[literal.start] as string;
  const before = text.slice(literal.open, from);
  const after = text.slice(to, literal.close);
  if (isHardhat3(spot) && quote !== '`') {
    const call = expression.replace(/\)$/, `, ${quote}${before}{variable}${after}${quote})`);
    return placed(spot, call, once);
  }
  if (quote === '`') {
    return { change: { start: from, end: to, text: `\${${expression}}` }, once };
  }
  const body = (s: string) => s.replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll(`\\${quote}`, quote);
  return placed({ ...spot, variable }, `\`${body(before)}\${${expression}}${body(after)}\``, once);
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'JavaScript and TypeScript',
  place,
  result,
  proof,
});

export const javascript = codeIdiom({
  id: 'javascript',
  files: /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/,
  languageIds: ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'],
  lexicon,
  bar,
  fallbacks: [
    {
      // const { X = "literal" } = process.env
      before: /(?<=\{[^{}=]*(?:=[^{}=,]*,[^{}=]*)*\b)([A-Z][A-Z0-9_]*)\s*=\s*$/,
      after: /(?=[^{}]*\}\s*=\s*(?:process\.env|Bun\.env)\b)/y,
      text: ([, name]) => name as string,
    },
    {
      before: /\b([A-Z][A-Z0-9_]*)\s*:\s*z\.[\w.()]*?\.default\(\s*$/,
      after: /\s*\)/y,
      text: ([all]) => all.replace(/\.default\(\s*$/, ''),
    },
    {
      // process.env.X = "literal": set to itself, an unset variable would become the text "undefined".
      before: /(?<=(?:^|[;{}\n\uFEFF])[ \t]*)process\.env\.(\w+)\s*=\s*$/,
      after: /(?=[ \t]*(?:;|\r?\n|$))/y,
      text: ([, name], { text, start }) => {
        const quote = text[start] === '"' ? '"' : "'";
        return `if (!process.env.${name}) throw new Error(${quote}${name} is not set${quote})`;
      },
    },
  ],
  whole,
  part,
  array: (spot) => {
    const { sure, once } = read(spot);
    return { change: { start: spot.start, end: spot.end, text: `JSON.parse(${sure})` }, once };
  },
  suggestion: (place) => (isHardhatVars(place) ? `HARDHAT_VAR_${place.finding.variable}` : undefined),
  keystore: hardhatKeystore,
  loading: javascriptLoading,
  rows: [
    row('member of an object', 'secret: process.env.X,', 'run'),
    row('constant', 'const key = process.env.X!;', 'run'),
    row('constant of literal type', 'process.env.X!', 'run'),
    row('default of a parameter', 'function run(key = process.env.X)', 'run'),
    row('part of a URL', `\`https://…/v3/\${process.env.X}\``, 'run'),
    row('part of a template literal', `\`Bearer \${process.env.X}\``, 'run'),
    row('JSON text', `\`{"apiKey": "\${process.env.X}"}\``, 'run'),
    row('attribute of an element', '<Bot secret={process.env.X!} />', 'parse'),
    row('argument of a decorator', '@Credentials(process.env.X!)', 'parse'),
    row('key of an object', '[process.env.X]: 1', 'run'),
    row('list of numbers', 'JSON.parse(process.env.X)', 'run'),
    row('PEM block', "process.env.X.replace(/\\\\n/g, '\\n')", 'run'),
    row('literal fallback', 'process.env.X', 'run'),
    row('default of a destructured environment', 'const { X } = process.env', 'run'),
    row('default in a zod schema', 'X: z.string()', 'parse'),
    row('assignment to the environment', "if (!process.env.X) throw new Error('X is not set')", 'run'),
    row('own helper for required variables', "requireEnv('X')", 'run'),
    row('Deno', 'Deno.env.get("X")!', 'parse'),
    row('Bun', 'Bun.env.X', 'parse'),
    row('SvelteKit on the server', "env.X, from '$env/dynamic/private'", 'parse'),
    row('Hardhat 2 with vars', 'vars.get("X"), from HARDHAT_VAR_X', 'parse'),
    row('Hardhat 3', 'configVariable("X")', 'parse'),
    row('URL in Hardhat 3', 'configVariable("X", "https://…/v3/{variable}")', 'parse'),
    row('member of an enum', 'read process.env.X where the member is used', 'refused'),
    row('type', 'make it string', 'refused'),
    row('client code of Next.js', 'call the provider from a server route', 'refused'),
    row('comment', 'delete it, and rotate the key', 'refused'),
  ],
});
