import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeAfter, codeBefore, compound, joined, openings, type Spot, usesOf } from '../code-place';
import { lineEndOf } from '../env-file';
import type { FixRow, Loading, Moved, Place, Rewrite } from '../idiom';
import { codeOnly, doubleQuoted, type Lexicon, lex } from '../lexicon';
import { inPackage, isLoadedAround, manifestText, shellCommands } from '../loading-commands';
import type { Refusal, TextChange } from '../plan';
import { fromKeychain, readsKeychain } from './go-keychain';

const lexicon: Lexicon = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: [doubleQuoted, { open: /`/y, close: () => '`', escape: '', lines: true }],
  opaque: /'(?:\\[^\n]{1,9}?|[^'\\\n])'/y,
};

/** The package's own helper for a required variable, where this file declares one; else `os.Getenv`. */
function lookup(spot: Spot): { expression: string; packages: string[] } {
  const { code, variable, pem, keychain } = spot;
  if (keychain !== undefined) {
    return { expression: fromKeychain(spot), packages: [] };
  }
  const helper = /\bfunc\s+(\w*[eE]nv\w*)\(\s*\w+\s+string\s*\)\s*string\s*\{/.exec(code)?.[1];
  const read = helper ? `${helper}("${variable}")` : `os.Getenv("${variable}")`;
  const packages = helper ? [] : ['os'];
  return pem
    ? { expression: `strings.ReplaceAll(${read}, \`\\n\`, "\\n")`, packages: [...packages, 'strings'] }
    : { expression: read, packages };
}

/** Imports of packages of the standard library that the file lacks: in its first block, sorted in, or on lines of their own. */
function imports({ text, code }: Spot, packages: readonly string[]): TextChange[] {
  const eol = lineEndOf(text);
  const known = [...code.matchAll(/^import[ \t]*\([^)]*\)|^import[ \t][^\n]*/gm)]
    .map((m) => text.slice(m.index, m.index + m[0].length))
    .join('\n');
  // At one place, what is inserted later stands first.
  const missing = packages
    .filter((p) => !new RegExp(`^(?:import)?[ \\t]*"${p}"`, 'm').test(known))
    .sort()
    .reverse();
  return missing.flatMap((name): TextChange[] => {
    const block = /^import[ \t]*\([ \t]*\r?\n/m.exec(code);
    if (block) {
      const from = block.index + block[0].length;
      const lines = text.slice(from, code.indexOf(')', from)).split('\n');
      const standard = /^[ \t]*"[^".]+"/;
      let at = from;
      let place = from;
      let seen = false;
      for (const line of lines) {
        if (standard.test(line) && (!seen || (line.trim().slice(1) < name && place === at))) {
          seen = true;
          place = line.trim().slice(1) < name ? at + line.length + 1 : place;
        }
        at += line.length + 1;
      }
      return [{ start: place, end: place, text: `\t"${name}"${eol}${seen || lines.length < 2 ? '' : eol}` }];
    }
    const singles = [...text.matchAll(/^import[ \t]+(?:[\w.]+[ \t]+)?"[^"\n]+"[^\n]*\n/gm)];
    const last = singles.at(-1);
    if (last) {
      const at = last.index + last[0].length;
      return [{ start: at, end: at, text: `import "${name}"${eol}` }];
    }
    const clause = /^package[ \t]+\w+[^\n]*(?:\n|$)/m.exec(code);
    const at = clause ? clause.index + clause[0].length : 0;
    return [{ start: at, end: at, text: `${eol}import "${name}"${eol}` }];
  });
}

const CONSTANT_USED = (name: string): Refusal => ({
  refused: say('{0} is a constant that other constants are made of.', name),
  wayOut: say('Make them variables (var) first, then move {0}.', name),
});

interface Declared {
  /** The value with its new literal, or all that takes its place. */
  readonly rewrite: (expression: string) => Rewrite | Refusal;
}

/** Names of other constants' declarations that mention a name. */
function constantsOf({ code }: Spot, name: string): boolean {
  const declarations = code.matchAll(/^[ \t]*const\b[ \t]*(?:\(([^)]*)\)|([^\n]*))/gm);
  const uses = new RegExp(`=[^\\n]*\\b${name}\\b`);
  return [...declarations].some((d) => (d[1] ?? d[2] ?? '').split('\n').some((line) => uses.test(line)));
}

/** A constant can hold no call: its declaration becomes one of a variable. */
function declared(spot: Spot): Declared | Refusal | undefined {
  const { code, text, start, end } = spot;
  const lineStart = code.lastIndexOf('\n', start - 1) + 1;
  const single = /^([ \t]*)const([ \t]+(\w+))/.exec(code.slice(lineStart, start));
  if (single?.[3]) {
    const name = single[3];
    if (constantsOf(spot, name)) {
      return CONSTANT_USED(name);
    }
    if (single[1] && usesOf(spot, name).length < 2) {
      return { refused: say('{0} is used nowhere.', name), wayOut: say('Remove it.') };
    }
    const at = lineStart + (single[1] ?? '').length;
    return {
      rewrite: (expression) => ({
        change: { start, end, text: expression },
        once: [{ start: at, end: at + 5, text: 'var' }],
      }),
    };
  }
  const block = openings(code, start).find((o) => /(?:^|\n)[ \t]*const$/.test(o.before) && o.mark === '(');
  if (!block) {
    return undefined;
  }
  const close = code.indexOf(')', end);
  const members = code.slice(block.at + 1, close).split('\n');
  const names = members.flatMap((m) => /^[ \t]*(\w+)/.exec(m)?.[1] ?? []);
  const keyword = code.lastIndexOf('const', block.at);
  const texts = members.every((m) => !m.trim() || /^[ \t]*\w+(?:[ \t]+string)?[ \t]*=[ \t]*["`]/.test(m));
  const name = /(\w+)(?:[ \t]+\w+)?[ \t]*=[^\n]*$/.exec(code.slice(lineStart, start))?.[1] ?? '';
  const used = (texts ? names : [name]).find((n) => constantsOf(spot, n));
  if (used) {
    return CONSTANT_USED(used);
  }
  if (texts) {
    return {
      rewrite: (expression) => ({
        change: { start, end, text: expression },
        once: [{ start: keyword, end: keyword + 5, text: 'var' }],
      }),
    };
  }
  if (/\biota\b/.test(code.slice(block.at, close)) || !name) {
    return {
      refused: say('The constants of this block count on (iota).'),
      wayOut: say('Declare this one outside of the block.'),
    };
  }
  const next = code.indexOf('\n', end);
  const lineEnd = next < 0 ? code.length : next + 1;
  const indent = text.slice(code.lastIndexOf('\n', keyword) + 1, keyword);
  const eol = lineEndOf(text);
  return {
    rewrite: (expression) => ({
      change: { start: lineStart, end: lineEnd, text: '' },
      once: [
        {
          start: close + 1,
          end: close + 1,
          text: `${eol}${eol}${indent}var ${text
            .slice(lineStart, start)
            .trim()
            .replace(/[ \t]+=/, ' =')} ${expression}${text.slice(end, next < 0 ? code.length : next).trimEnd()}`,
        },
      ],
    }),
  };
}

/** `name Type =` with a type of its own: the text needs a conversion. */
function converted(spot: Spot, expression: string): string {
  const type = /(?:\b(?:var|const)[ \t]+|[\n(][ \t]*(?!var\b|const\b))\w+[ \t]+((?:\w+\.)?\w+)[ \t]*=$/.exec(
    codeBefore(spot),
  )?.[1];
  return type && type !== 'string' ? `${type}(${expression})` : expression;
}

function placed(spot: Spot, expression: string, packages: readonly string[]): Rewrite | Refusal {
  const declaration = declared(spot);
  if (declaration && 'refused' in declaration) {
    return declaration;
  }
  const value = converted(spot, expression);
  const rewrite = declaration?.rewrite(value) ?? { change: { start: spot.start, end: spot.end, text: value } };
  return 'refused' in rewrite ? rewrite : { ...rewrite, once: [...imports(spot, packages), ...(rewrite.once ?? [])] };
}

function bar(spot: Spot): Refusal | undefined {
  const before = codeBefore(spot);
  const [inner] = openings(spot.code, spot.start);
  if (/(?:^|\n)[ \t]*import\b[^\n"`]*$/.test(before) || (inner && /(?:^|\n)import$/.test(inner.before))) {
    return { refused: say('The path of an import can not be an expression.'), wayOut: say('Remove the value.') };
  }
  if (inner?.mark === '{' && /\bstruct$/.test(inner.before)) {
    return {
      refused: say('The tag of a field can not be an expression.'),
      wayOut: say('Read the variable where the field is set.'),
    };
  }
  return undefined;
}

function whole(spot: Spot): Rewrite | Refusal {
  const { expression, packages } = lookup(spot);
  const { text, code, start, end, finding } = spot;
  if (finding.fallbackOf) {
    // getEnv("X", "literal"), cmp.Or(os.Getenv("X"), "literal"): the call goes, its lookup stays.
    const [call] = openings(code, start);
    const callee = /[\w.]+$/.exec(call?.before ?? '');
    if (call?.commas === 1 && callee && codeAfter(spot).startsWith(')')) {
      const close = code.indexOf(')', end) + 1;
      const first = text
        .slice(call.at + 1, start)
        .replace(/,\s*$/, '')
        .trim();
      const from = call.at - callee[0].length;
      const read = /^["`]/.test(first) ? expression : first;
      return {
        change: { start: from, end: close, text: read },
        once: read === expression ? imports(spot, packages) : [],
      };
    }
  }
  return placed(spot, expression, packages);
}

function part(spot: Spot, from: number, to: number): Rewrite | Refusal {
  const { expression, packages } = lookup(spot);
  const text = joined(spot, from, to, expression, '+');
  return placed(spot, /^[[.]/.test(codeAfter(spot)) ? compound(spot, text) : text, packages);
}

function loading(place: Place, envFile: string, moved: Moved): Loading {
  const { facts, text, file, finding } = place;
  const inFunction = openings(codeOnly(moved.text, lex(moved.text, lexicon)), finding.start).some(
    (o) => o.mark === '{',
  );
  const auto = /"github\.com\/joho\/godotenv\/autoload"/.test(text);
  // Variables of the package are set before main can load anything.
  const loaded = auto || isLoadedAround(facts) || (inFunction && /\bgodotenv\.(?:Load|Overload)\(/.test(text));
  const folder = inPackage(place).replace(/\/?[^/]*$/, '');
  const run = /^package[ \t]+main\b/m.test(text) ? `go run ./${folder}`.replace(/\/$/, '') : 'go run .';
  const commands = shellCommands(envFile, run);
  if (loaded || !/github\.com\/joho\/godotenv\b/.test(manifestText(facts, /^go\.mod$/))) {
    return { loaded, commands };
  }
  const line = '_ "github.com/joho/godotenv/autoload"';
  const eol = lineEndOf(text);
  const block = /^import[ \t]*\([ \t]*\r?\n(?:[ \t]*"[^".\n]+"[^\n]*\n)*/m.exec(text);
  const clause = /^package[ \t]+\w+[^\n]*(?:\n|$)/m.exec(text);
  const at = block ? block.index + block[0].length : clause ? clause.index + clause[0].length : 0;
  const added = block ? `${eol}\t${line}${eol}` : `${eol}import ${line}${eol}`;
  return {
    loaded,
    commands,
    added: say('with {0}', 'godotenv'),
    changes: [{ file, purpose: 'loader', changes: [{ start: at, end: at, text: added }] }],
  };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Go',
  place,
  result,
  proof,
});

export const go = codeIdiom({
  id: 'go',
  files: /\.go$/,
  languageIds: ['go'],
  lexicon,
  bar,
  fallbacks: [
    {
      // key := os.Getenv("X"); if key == "" { key = "literal" }
      before: /\b(\w+)\s*:?=\s*os\.Getenv\("(?<name>\w+)"\)\s*if\s+\1\s*==\s*""\s*\{\s*\1\s*=\s*$/,
      after: /(?=\s*\})/y,
      text: (m) => `${m[0].replace(/\w+\s*=\s*$/, '')}panic("${m.groups?.name} is not set")`,
    },
  ],
  readsKeychain,
  whole,
  part,
  loading,
  rows: [
    row('argument', 'os.Getenv("X")', 'run'),
    row('constant', 'var key = os.Getenv("X")', 'run'),
    row('constant in a block of texts', 'var ( … )', 'run'),
    row('constant in a block of numbers', 'var key = os.Getenv("X") after the block', 'run'),
    row('typed constant', 'var key Secret = Secret(os.Getenv("X"))', 'run'),
    row('part of a URL', '"https://…/v3/" + os.Getenv("X")', 'run'),
    row('header', '"Bearer " + os.Getenv("X")', 'run'),
    row('JSON text in raw string', '`{"apiKey": "` + os.Getenv("X") + `"}`', 'run'),
    row('PEM block', 'strings.ReplaceAll(os.Getenv("X"), `\\n`, "\\n")', 'run'),
    row('literal fallback', 'os.Getenv("X")', 'run'),
    row('literal fallback in an if', 'panic("X is not set")', 'run'),
    row('own helper for required variables', 'mustEnv("X")', 'run'),
    row('constant of constants', 'make them variables first', 'refused'),
    row('struct tag', 'read the variable where the field is set', 'refused'),
    row('comment', 'delete it, and rotate the key', 'refused'),
  ],
});
