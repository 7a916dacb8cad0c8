import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeAfter, codeBefore, joined, openings, type Spot, usesOf } from '../code-place';
import { lineEndOf } from '../env-file';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import type { Lexicon } from '../lexicon';
import { isLoadedAround, shellCommands } from '../loading-commands';
import type { Refusal, TextChange } from '../plan';

const lexicon: Lexicon = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: [
    {
      open: /(?:u8|[uUL])?R"[^\s()\\]{0,16}\(/y,
      close: (open) => `)${open.slice(open.indexOf('"') + 1, -1)}"`,
      escape: '',
      lines: true,
    },
    { open: /(?:u8|[uUL])?"/y, close: () => '"', escape: '\\' },
  ],
  opaque: /(?:u8|[uUL])?'(?:\\[^\n]{1,9}?|[^'\\\n])'/y,
};

const isCpp = ({ file, code }: Pick<Spot, 'file' | 'code'>): boolean =>
  /\.(?:cc|cpp|cxx|c\+\+|hpp|hh|hxx|ipp|mm)$/.test(file) ||
  (/\.h$/.test(file) && /\b(?:namespace|class|template|std::)/.test(code));

/** `#include` of headers that the file lacks, after its last one. */
function includes({ text, code }: Spot, headers: readonly string[]): string[] {
  return headers
    .filter((h) => !new RegExp(`^\\uFEFF?[ \\t]*#[ \\t]*include[ \\t]*<${h}>`, 'm').test(text) || code === '')
    .map((h) => `#include <${h}>`);
}

/** A function of this file that takes a name and gives the variable's value. */
const HELPER = /\bchar\s*\*\s*(\w*env\w*)\s*\(\s*(?:const\s+char|char\s+const)\s*\*\s*\w+\s*\)\s*\{/;

interface Read {
  readonly text: string;
  readonly once: readonly TextChange[];
}

/** The lookup, with a helper that ends the program when the variable is missing: a null pointer would fail far away. */
function read(spot: Spot): Read {
  const { code, text, variable, file } = spot;
  const known = HELPER.exec(code)?.[1];
  if (known) {
    return { text: `${known}("${variable}")`, once: [] };
  }
  const cpp = isCpp(spot);
  const eol = lineEndOf(text);
  const indent = /^\t/m.test(code) ? '\t' : (/^( {2,8})\S/m.exec(code)?.[1] ?? '    ');
  const std = cpp ? 'std::' : '';
  const lines = [
    `static ${/\.h(?:h|pp|xx)?$/.test(file) ? 'inline ' : ''}${cpp ? 'const char *' : 'char *'}required_env(const char *name) {`,
    `${indent}${cpp ? 'const char' : 'char'} *value = ${std}getenv(name);`,
    `${indent}if (value == ${cpp ? 'nullptr' : 'NULL'}) {`,
    `${indent}${indent}${std}fprintf(stderr, "%s is not set\\n", name);`,
    `${indent}${indent}${std}exit(EXIT_FAILURE);`,
    `${indent}}`,
    `${indent}return value;`,
    '}',
  ];
  const headers = includes(spot, cpp ? ['cstdio', 'cstdlib'] : ['stdio.h', 'stdlib.h']);
  const last = [...code.matchAll(/^[ \t]*#[ \t]*include\b[^\n]*(?:\n|$)/gm)].at(-1);
  const guard = /^[ \t]*#[ \t]*(?:pragma[ \t]+once[^\n]*\n|ifndef[^\n]*\n[ \t]*#[ \t]*define[^\n]*\n)/m.exec(code);
  const head = /^(?:[ \t]*\r?\n)*/.exec(code)?.[0].length ?? 0;
  const at = last ? last.index + last[0].length : guard ? guard.index + guard[0].length : head;
  const block = [...headers, '', ...lines, ...(/^\r?\n/.test(text.slice(at)) ? [] : [''])].map((l) => l + eol).join('');
  return {
    text: `required_env("${variable}")`,
    once: [{ start: at, end: at, text: last || guard ? block : block.replace(/^\s+/, '') }],
  };
}

/** Whether a place is outside of every function: C wants constants there. */
const atFileScope = (spot: Spot) =>
  !openings(spot.code, spot.start).some((o) => o.mark === '{' && /\)\s*(?:const|noexcept|override)?$/.test(o.before));

const NOT_CONSTANT = (variable: string): Refusal => ({
  refused: say('A variable outside of functions must begin with a constant in C.'),
  wayOut: say('Leave it NULL, and set it in main from getenv("{0}").', variable),
});

function bar(spot: Spot): Refusal | undefined {
  const { code, start, variable } = spot;
  const before = codeBefore(spot);
  const line = code.slice(code.lastIndexOf('\n', start - 1) + 1, start);
  if (
    /^[ \t]*#[ \t]*(?:include|if|elif|pragma|error|warning|line)\b/.test(line) ||
    /\b(?:static_assert|_Static_assert|asm|__attribute__)\s*\(+$/.test(before) ||
    /\bextern$/.test(before) ||
    /\bcase$/.test(before)
  ) {
    return {
      refused: say('Only a constant can stand here.'),
      wayOut: say('Read getenv("{0}") in a function.', variable),
    };
  }
  const define = /^[ \t]*#[ \t]*define[ \t]+(\w+)(\([^)]*\))?/.exec(line);
  if (define?.[1]) {
    const name = define[1];
    const constant = usesOf(spot, name).some((at) => {
      const left = code.slice(Math.max(0, at - 80), at).trimEnd();
      const right = code.slice(at + name.length, at + name.length + 80).trimStart();
      return (
        at > start && (/"$|\bsizeof\s*\(?$|#$/.test(left) || /^(?:u8|[uUL])?R?"/.test(right) || /\[\]\s*=$/.test(left))
      );
    });
    return constant || beside(spot)
      ? {
          refused: say('{0} is joined with other texts, or measured, when the program is compiled.', name),
          wayOut: say('Change these uses first.'),
        }
      : undefined;
  }
  if (beside(spot)) {
    return {
      refused: say('Texts that stand side by side are joined when the program is compiled.'),
      wayOut: say('Build the text at run time, with snprintf or std::string, from getenv("{0}").', variable),
    };
  }
  return undefined;
}

const beside = (spot: Spot) => /"$/.test(codeBefore(spot)) || /^(?:u8|[uUL])?R?"/.test(codeAfter(spot));

/** `char key[] = "…"`: an array can't be initialised by a call; a pointer can, where nobody asks for its size. */
function array(spot: Spot, of: Read): Rewrite | Refusal | undefined {
  const { code, start, end, variable } = spot;
  const before = codeBefore(spot);
  const m =
    /(?:^|[;{}(\n])[ \t]*((?:(?:static|const|constexpr|inline|unsigned)\s+)*char(?:\s+const)?\s+)(\w+)\s*(\[[^\]]*\])\s*=\s*\{?$/.exec(
      before,
    );
  if (!m?.[2] || !m[3]) {
    return undefined;
  }
  const name = m[2];
  if (new RegExp(`\\bsizeof\\s*\\(?\\s*${name}\\b`).test(code) || m[3] !== '[]' || before.endsWith('{')) {
    return {
      refused: say('{0} is an array of a size that is fixed when the program is compiled.', name),
      wayOut: say('Make it a pointer, and set it from getenv("{0}").', variable),
    };
  }
  const at =
    start -
    (code.slice(Math.max(0, start - 4000), start).length - (before.length - m[0].length)) +
    m[0].indexOf(m[1] as string);
  const type = (m[1] as string).replace(/\bconstexpr\s+/, 'const ');
  const constant = isCpp(spot) && !/\bconst\b/.test(type) ? `const ${type}` : type;
  return { change: { start: at, end, text: `${constant}*${name} = ${of.text}` }, once: of.once };
}

function whole(spot: Spot): Rewrite | Refusal {
  const { code, start, end, variable, text, literal } = spot;
  const cpp = isCpp(spot);
  const define = /^[ \t]*#[ \t]*define\b/.test(code.slice(code.lastIndexOf('\n', start - 1) + 1, start));
  if (spot.pem) {
    return {
      refused: say('A PEM block in a variable has its line ends as \\n, which C does not turn back.'),
      wayOut: say('Keep the key in a file, and its path in {0}.', variable),
    };
  }
  const of = read(spot);
  const pointer = array(spot, of);
  if (!cpp && !define && atFileScope(spot)) {
    return NOT_CONSTANT(variable);
  }
  if (pointer) {
    return pointer;
  }
  if (/^[uUL]/.test(text.slice(literal.start, literal.open))) {
    return {
      refused: say('A text of wide characters can not be read from a variable as it is.'),
      wayOut: say('Convert getenv("{0}") where the text is used.', variable),
    };
  }
  if (!cpp) {
    const constant =
      !define && /\bstatic\b[^;{}]*=\s*\{?[^;]*$/.test(codeBefore(spot).slice(codeBefore(spot).search(/[^;{}]*$/)));
    return constant ? NOT_CONSTANT(variable) : { change: { start, end, text: of.text }, once: of.once };
  }
  const suffix = /^s\b/.test(code.slice(end));
  const value = suffix ? `std::string(${of.text})` : of.text;
  const member = codeAfter(spot).startsWith('.') ? `std::string(${value})` : value;
  return unconstant(spot, { change: { start, end: end + (suffix ? 1 : 0), text: member }, once: of.once });
}

/** `constexpr` wants a constant: `const` takes its place, and `inline` where it stands in a class. */
function unconstant(spot: Spot, rewrite: Rewrite): Rewrite | Refusal {
  const { code, start } = spot;
  const before = codeBefore(spot);
  const statement = /[^;{}]*$/.exec(before)?.[0] ?? '';
  const keyword = /\bconst(?:expr|init|eval)\b/.exec(statement);
  if (!keyword) {
    return rewrite;
  }
  const name = /(\w+)\s*(?:=|\{|\()\s*$/.exec(before)?.[1];
  if (
    name &&
    usesOf(spot, name).some(
      (at) =>
        at > start && /\b(?:constexpr|static_assert|consteval)\b[^;]*$/.test(code.slice(Math.max(0, at - 200), at)),
    )
  ) {
    return {
      refused: say('{0} is used where only a constant can stand.', name),
      wayOut: say('Change these uses first.'),
    };
  }
  const at = code.lastIndexOf(keyword[0], start);
  const inClass = openings(code, start).some(
    (o) => o.mark === '{' && /\b(?:class|struct)\s+\w+[^;{}()]*$/.test(o.before),
  );
  // The pointer itself stays constant, as constexpr made it.
  const pointer = /\bconst\s+char\s*\*\s*(\w+)\s*=$/.exec(before);
  const star = pointer ? code.lastIndexOf('*', start) + 1 : undefined;
  const already = /\bconst\s+char/.test(statement);
  const word = `${inClass ? 'inline ' : ''}${already ? '' : 'const '}`;
  const end = at + keyword[0].length + 1;
  return {
    ...rewrite,
    once: [
      ...(rewrite.once ?? []),
      { start: at, end, text: word },
      ...(star === undefined
        ? []
        : [{ start: star, end: star, text: /\s/.test(code[star] ?? '') ? ' const' : 'const ' }]),
    ],
  };
}

function part(spot: Spot, from: number, to: number): Rewrite | Refusal {
  const { variable, start, end, code } = spot;
  const before = codeBefore(spot);
  const [inner] = openings(code, start);
  const define = /^[ \t]*#[ \t]*define\b/.test(code.slice(code.lastIndexOf('\n', start - 1) + 1, start));
  if (
    !isCpp(spot) ||
    define ||
    /\bchar\b[^;={}]*=$/.test(before) ||
    /\bchar\b[^;={}]*\{$/.test(before) ||
    /\bauto\b[^;]*=$/.test(before)
  ) {
    return {
      refused: say('Texts are joined at run time only through a buffer here.'),
      wayOut: say('Build the text with {0} from getenv("{1}").', isCpp(spot) ? 'std::string' : 'snprintf', variable),
    };
  }
  const of = read(spot);
  const { text, literal } = spot;
  const head = text.slice(literal.start, literal.open);
  const made =
    from === literal.open
      ? `std::string(${of.text}) + ${head}${text.slice(to, literal.end)}`
      : joined(spot, from, to, of.text, '+').replace(/^((?:u8)?R?"(?:[^"\\]|\\.)*")/, 'std::string($1)');
  const argument = inner?.mark === '(' && /[(,]$/.test(before) && !/\bstring$/.test(inner.before);
  const value = argument ? `(${made}).c_str()` : made;
  return unconstant(spot, { change: { start, end, text: value }, once: [...of.once, ...stringHeader(spot)] });
}

/** `#include <string>`, first of what goes behind the last include. */
function stringHeader(spot: Spot): TextChange[] {
  const missing = includes(spot, ['string']);
  const first = /^[ \t]*#[ \t]*include\b/m.exec(spot.code);
  return missing.length > 0 && first
    ? [{ start: first.index, end: first.index, text: `${missing[0]}${lineEndOf(spot.text)}` }]
    : [];
}

function loading({ facts }: Place, envFile: string): Loading {
  const run = facts.paths.has('CMakeLists.txt') ? './build/your-program' : './your-program';
  return { loaded: isLoadedAround(facts), commands: shellCommands(envFile, run) };
}

const row =
  (language: 'C' | 'C++') =>
  (place: string, result: string, proof: FixRow['proof']): FixRow => ({ language, place, result, proof });
const c = row('C');
const cpp = row('C++');

export const cFamily = codeIdiom({
  id: 'c',
  files: /\.(?:c|h|cc|cpp|cxx|c\+\+|hpp|hh|hxx|ipp|m|mm|ino)$/,
  languageIds: ['c', 'cpp', 'objective-c', 'objective-cpp'],
  lexicon,
  bar,
  whole,
  part,
  loading,
  rows: [
    c('variable of a function', 'const char *key = required_env("X");', 'run'),
    c('argument', 'required_env("X")', 'run'),
    c('macro', '#define KEY required_env("X")', 'run'),
    c('array of characters', 'const char *key = required_env("X");', 'run'),
    c('own helper for required variables', 'must_getenv("X")', 'run'),
    c('variable outside of functions', 'leave it NULL, and set it in main', 'refused'),
    c('array whose size is asked for', 'make it a pointer', 'refused'),
    c('macro among texts', 'change these uses first', 'refused'),
    c('part of a URL', 'build the text with snprintf', 'refused'),
    c('PEM block', 'keep the key in a file', 'refused'),
    cpp('std::string', 'std::string key = required_env("X");', 'run'),
    cpp('variable outside of functions', 'static const std::string key = required_env("X");', 'run'),
    cpp('constexpr', 'const char* const key = required_env("X");', 'run'),
    cpp('constexpr of a class', 'static inline const char* const key = required_env("X");', 'run'),
    cpp('part of a URL', 'std::string url = std::string("https://…/v3/") + required_env("X");', 'run'),
    cpp('part of an argument', '(std::string("Bearer ") + required_env("X")).c_str()', 'run'),
    cpp('raw string', 'required_env("X")', 'run'),
    cpp('part of a pointer', 'build the text with std::string', 'refused'),
  ],
});
