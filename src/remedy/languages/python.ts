import { say } from '../../words/say';
import { codeIdiom, inComment } from '../code-idiom';
import { codeAfter, codeBefore, joined, openings, type Spot } from '../code-place';
import { lineEndOf } from '../env-file';
import { importedSchema } from '../env-schema';
import type { FixRow, Rewrite } from '../idiom';
import type { Lexicon, StringForm } from '../lexicon';
import type { Refusal, TextChange } from '../plan';
import { imported } from './python-imports';
import { pythonLoading } from './python-loading';

const form = (open: RegExp, width: 1 | 3, hole: boolean): StringForm => ({
  open,
  close: (text) => text.slice(-width),
  // A backslash keeps a quote from closing in raw strings too.
  escape: '\\',
  lines: width === 3,
  ...(hole ? { hole: ['{', '}'] as const } : {}),
});

const lexicon: Lexicon = {
  line: ['#'],
  block: [],
  strings: [
    form(/(?:[fF][rR]?|[rR][fF])(?:"""|''')/y, 3, true),
    form(/[rRbBuU]{0,2}(?:"""|''')/y, 3, false),
    form(/(?:[fF][rR]?|[rR][fF])["']/y, 1, true),
    form(/[rRbBuU]{0,2}["']/y, 1, false),
  ],
};

/** The quote that this file prefers. */
function quoteOf({ text, tokens, literal }: Spot): string {
  const own = (quote: string) =>
    tokens.filter((t) => t !== literal && t.kind === 'string' && text[t.close] === quote).length;
  return own("'") > own('"') ? "'" : '"';
}

interface Read {
  readonly text: string;
  readonly once: readonly TextChange[];
}

/** The lookup that this file uses already: django-environ, decouple, `environ` of its own; else `os.environ`. All fail without a value. */
function read(spot: Spot, quote = quoteOf(spot)): Read {
  const { code, text, variable } = spot;
  const name = `${quote}${variable}${quote}`;
  if (spot.keychain !== undefined) {
    const call = `keyring.get_password(${quote}${spot.keychain}${quote}, ${name})`;
    return { text: call, once: imported(text, 'keyring') };
  }
  const declared = importedSchema(spot)?.read(variable);
  if (declared) {
    return { text: declared, once: [] };
  }
  const environ = /^\uFEFF?[ \t]*(\w+)\s*=\s*environ\.Env\(/m.exec(code)?.[1];
  if (environ) {
    return { text: `${environ}(${name})`, once: [] };
  }
  const decouple = /^\uFEFF?from[ \t]+decouple[ \t]+import\b[^\n]*\b(config)\b/m.test(code);
  if (decouple) {
    return { text: `config(${name})`, once: [] };
  }
  if (/^\uFEFF?from[ \t]+os[ \t]+import\b[^\n]*\benviron\b(?!\s+as\b)/m.test(code)) {
    return { text: `environ[${name}]`, once: [] };
  }
  return { text: `os.environ[${name}]`, once: imported(text, 'os') };
}

/** A string that stands alone is documentation. */
function isDocumentation(spot: Spot): boolean {
  const { code, start, end } = spot;
  const line = code.slice(code.lastIndexOf('\n', start - 1) + 1, start);
  const next = code.indexOf('\n', end);
  const rest = code.slice(end, next < 0 ? code.length : next);
  return (
    line.trim() === '' &&
    rest.trim() === '' &&
    openings(code, start).length === 0 &&
    !/\\\s*$/.test(code.slice(0, start))
  );
}

function bar(spot: Spot): Refusal | undefined {
  if (isDocumentation(spot)) {
    return inComment;
  }
  const line = /[^\n]*$/.exec(spot.code.slice(0, spot.start))?.[0] ?? '';
  if (/^\s*case\b/.test(line) && /^\s*(?:\||if\b|as\b|:)/.test(codeAfter(spot))) {
    return {
      refused: say('A pattern can not be an expression.'),
      wayOut: say('Compare with {0} in a guard.', read(spot).text),
    };
  }
  const [inner] = openings(spot.code, spot.start);
  return inner?.mark === '[' && /\bLiteral$/.test(inner.before)
    ? {
        refused: say('A type can not be an expression.'),
        wayOut: say('Make it str, and check the value where it is used.'),
      }
    : undefined;
}

/** A field of pydantic's settings: they read the environment themselves, in capitals, behind the prefix of their class. */
function settingsField({ text, code, start }: Pick<Spot, 'text' | 'code' | 'start'>): RegExpExecArray | undefined {
  const field = /\n([ \t]+)(\w+)([ \t]*:[ \t]*[^\n=]+?)([ \t]*=[ \t]*)(?:SecretStr\()?$/.exec(
    code.slice(Math.max(0, start - 300), start),
  );
  const type = [...code.slice(0, start).matchAll(/^class[ \t]+\w+[ \t]*\(([^)]*)\)/gm)].at(-1);
  return field && /\bBaseSettings\b/.test(type?.[1] ?? '') && text ? field : undefined;
}

function prefixOf({ text, start }: Pick<Spot, 'text' | 'start'>): string {
  const from = text.lastIndexOf('\nclass ', start);
  const next = text.indexOf('\nclass ', start);
  return /\benv_prefix\s*=\s*["'](\w*)["']/.exec(text.slice(from, next < 0 ? text.length : next))?.[1] ?? '';
}

const beside = (spot: Spot) => /["']$/.test(codeBefore(spot)) || /^[rRbBuUfF]{0,2}["']/.test(codeAfter(spot));

function whole(spot: Spot): Rewrite {
  const { code, text, start, end, literal, pem } = spot;
  const field = settingsField(spot);
  if (field && /^\)?[ \t\r]*(?:\n|$|#)/.test(code.slice(end))) {
    const from = start - ((field[4] as string).length + (/SecretStr\($/.test(field[0]) ? 'SecretStr('.length : 0));
    return { change: { start: from, end: end + (code[end] === ')' ? 1 : 0), text: '' } };
  }
  const { text: lookup, once } = read(spot);
  const bytes = /b/i.test(text.slice(literal.start, literal.open));
  const value = `${lookup}${pem ? '.replace("\\\\n", "\\n")' : ''}${bytes ? '.encode()' : ''}`;
  if (beside(spot) && !bytes) {
    // Strings side by side are one: only a string can stand among them.
    const other = quoteOf(spot) === '"' ? "'" : '"';
    return part({ ...spot, literal: { ...literal, open: start, close: end } }, start, end, other);
  }
  return { change: { start, end, text: value }, once };
}

function part(spot: Spot, from: number, to: number, alone?: string): Rewrite {
  const { text, literal, start, end } = spot;
  if (alone) {
    const outer = alone === '"' ? "'" : '"';
    const { text: inner, once } = read(spot, alone);
    return { change: { start, end, text: `f${outer}{${inner}}${outer}` }, once };
  }
  const head = text.slice(literal.start, literal.open);
  const quote = /["']+$/.exec(head)?.[0] ?? '"';
  const prefix = head.slice(0, head.length - quote.length);
  const { text: lookup, once } = read(spot, quote.startsWith('"') ? "'" : '"');
  if (/f/i.test(prefix)) {
    return { change: { start: from, end: to, text: `{${lookup}}` }, once };
  }
  if (/b/i.test(prefix) || /^(?:\.format\b|%)/.test(codeAfter(spot))) {
    const { text: plain } = read(spot);
    const sum = joined(spot, from, to, /b/i.test(prefix) ? `${plain}.encode()` : plain, '+');
    return { change: { start, end, text: /^[.%[]/.test(codeAfter(spot)) ? `(${sum})` : sum }, once };
  }
  const body = (s: string) => s.replaceAll('{', '{{').replaceAll('}', '}}');
  const made = `${/r/i.test(prefix) ? 'rf' : 'f'}${quote}${body(text.slice(literal.open, from))}{${lookup}}${body(text.slice(to, literal.close))}${quote}`;
  return { change: { start, end, text: made }, once };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Python',
  place,
  result,
  proof,
});
const once = (spot: Spot) => read(spot).once;

export const python = codeIdiom({
  id: 'python',
  files: /\.pyw?$/,
  languageIds: ['python'],
  lexicon,
  // keyring.readthedocs.io: the same entries as its command line's
  readsKeychain: ({ text, facts }) =>
    /^[ \t]*(?:import|from)[ \t]+keyring\b/m.test(text) || /^[\s"'[]*keyring\b(?![.-])/m.test(facts.pythonDependencies),
  bar,
  fallbacks: [
    {
      before:
        /(?:\bos\.getenv|\bos\.environ\.(?:get|setdefault)|\benviron\.(?:get|setdefault)|\bgetenv)\(\s*["'](\w+)["']\s*,\s*$/,
      after: /\s*,?\s*\)/y,
      text: (_, spot) => read(spot).text,
      once,
    },
    {
      before: /(?:\bos\.getenv|\bos\.environ\.get|\benviron\.get|\bgetenv)\(\s*["'](\w+)["']\s*\)\s*or\s+$/,
      after: /(?=[^.]|$)/y,
      text: (_, spot) => read(spot).text,
      once,
    },
    {
      before: /\b((?:config|env(?:\.str)?)\(\s*["']\w+["'])\s*,\s*(?:default\s*=\s*)?$/,
      after: /(?=\s*[,)])/y,
      text: ([, lookup]) => lookup as string,
      variable: (lookup) => /["'](\w+)["']/.exec(lookup)?.[1] ?? lookup,
    },
    {
      // os.environ["X"] = "literal": set to itself, it would say only that it must be there.
      before: /(?<=(?:^|[\n\uFEFF])([ \t]*))os\.environ\[\s*["'](?<name>\w+)["']\s*\]\s*=\s*$/,
      after: /(?=[ \t]*(?:\r?\n|$))/y,
      text: (m, spot) => {
        const quote = quoteOf(spot);
        const name = m.groups?.name;
        const inner = /\n(\t)/.test(spot.code) ? '\t' : '    ';
        return `if ${quote}${name}${quote} not in os.environ:${lineEndOf(spot.text)}${m[1]}${inner}raise RuntimeError(${quote}${name} is not set${quote})`;
      },
    },
  ],
  variable: (spot) => {
    const field = settingsField(spot);
    return field ? `${prefixOf(spot)}${field[2]}`.toUpperCase() : undefined;
  },
  whole,
  part,
  array: (spot) => {
    const { text, once: imports } = read(spot);
    return {
      change: { start: spot.start, end: spot.end, text: `json.loads(${text})` },
      once: [...imported(spot.text, 'json'), ...imports],
    };
  },
  loading: pythonLoading,
  rows: [
    row('argument', 'os.environ["X"]', 'run'),
    row('default of a parameter', 'def run(key=os.environ["X"]):', 'run'),
    row('quotes of the file', "os.environ['X']", 'run'),
    row('part of a URL', 'f"https://…/v3/{os.environ[\'X\']}"', 'run'),
    row('part of an f-string', 'f"{scheme} {os.environ[\'X\']}"', 'run'),
    row('text that is formatted', '("https://…/" + os.environ["X"] + "/{}").format(…)', 'run'),
    row('strings side by side', '"Bearer " f"{os.environ[\'X\']}"', 'run'),
    row('bytes', 'os.environ["X"].encode()', 'run'),
    row('part of bytes', 'b"Bearer " + os.environ["X"].encode()', 'run'),
    row('raw string of several lines', 'rf"""…{os.environ[\'X\']}…"""', 'run'),
    row('list of numbers', 'json.loads(os.environ["X"])', 'run'),
    row('PEM block', 'os.environ["X"].replace("\\\\n", "\\n")', 'run'),
    row('literal fallback', 'os.environ["X"]', 'run'),
    row('literal fallback after or', 'os.environ["X"]', 'run'),
    row('assignment to the environment', 'if "X" not in os.environ: raise RuntimeError("X is not set")', 'run'),
    row('from os import environ', 'environ["X"]', 'run'),
    row('field of pydantic-settings', 'key: str', 'parse'),
    row('django-environ', 'env("X")', 'parse'),
    row('default of django-environ', 'env("X")', 'parse'),
    row('decouple', 'config("X")', 'parse'),
    row('pattern', 'compare in a guard', 'refused'),
    row('documentation', 'delete it, and rotate the key', 'refused'),
    row('comment', 'delete it, and rotate the key', 'refused'),
  ],
});
