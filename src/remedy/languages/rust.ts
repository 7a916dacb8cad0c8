import { say } from '../../words/say';
import { codeIdiom } from '../code-idiom';
import { codeAfter, codeBefore, openings, type Spot, usesOf } from '../code-place';
import { lineEndOf } from '../env-file';
import type { FixRow, Loading, Place, Rewrite } from '../idiom';
import type { Lexicon } from '../lexicon';
import { isLoadedAround, manifestText, shellCommands } from '../loading-commands';
import type { Refusal, TextChange } from '../plan';

const lexicon: Lexicon = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: [
    { open: /[bc]?r#*"/y, close: (open) => `"${'#'.repeat(open.split('#').length - 1)}`, escape: '', lines: true },
    { open: /[bc]?"/y, close: () => '"', escape: '\\', lines: true },
  ],
  opaque: /b?'(?:\\(?:x[0-9a-fA-F]{2}|u\{[0-9a-fA-F_]{1,8}\}|[^\n])|[^'\\\n])'/y,
};

const FORMATS =
  /\b(?:format|print|println|eprint|eprintln|panic|write|writeln|format_args|bail|ensure|anyhow|trace|debug|info|warn|error|todo|unreachable|unimplemented|assert|assert_eq|assert_ne)!$/;
const COMPILE_TIME =
  /\b(?:concat|env|option_env|include_str|include_bytes|include|stringify|matches|compile_error|sqlx::query)!$/;

const owned = (variable: string) => `std::env::var("${variable}").expect("${variable} is not set")`;

/** The oldest Rust that the crate says it supports, as its minor version. */
function oldest(spot: Spot): number {
  const version = /^\s*rust-version\s*=\s*"1\.(\d+)/m.exec(manifestText(spot.facts, /^Cargo\.toml$/))?.[1];
  return version === undefined ? Number.POSITIVE_INFINITY : Number(version);
}

/** A text that lives as long as the literal did: to the end of the program. */
function lasting(spot: Spot, text: string): string {
  return oldest(spot) < 72 ? `&*Box::leak(${text}.into_boxed_str())` : `&*${text}.leak()`;
}

/** Whether the file's own types or functions hold on to borrowed texts, so that a temporary would not do. */
const borrows = ({ code }: Spot) => /&'static\s+str|\bstruct\s+\w+\s*<\s*'/.test(code);

/** An owned text in the place of a borrowed one, by what the place does with it. */
function fitted(spot: Spot, text: string): Rewrite {
  const { code, start, end } = spot;
  const before = codeBefore(spot);
  const after = codeAfter(spot);
  const replaced = (expression: string, from = start, to = end): Rewrite => ({
    change: { start: from, end: to, text: expression },
  });
  const call = /^\.(?:to_string|to_owned)\(\)/.exec(after);
  if (call) {
    return replaced(text, start, code.indexOf(call[0], end) + call[0].length);
  }
  const from = /\bString::from\($/.exec(before);
  if (from && after.startsWith(')')) {
    return replaced(text, code.lastIndexOf(from[0], start), code.indexOf(')', end) + 1);
  }
  if (/^\.(?:into|parse|to_vec|len|is_empty|contains|starts_with)\b/.test(after)) {
    return replaced(text);
  }
  if (/[!=]=$/.test(before)) {
    return replaced(text);
  }
  const [inner] = openings(code, start);
  if (inner && (FORMATS.test(inner.before) || openings(code, start).some((o) => /\bjson!$/.test(o.before)))) {
    return replaced(text);
  }
  const binding = /\blet\s+(?:mut\s+)?\w+(\s*:\s*&(?:'_\s+)?str)?\s*=$/.exec(before);
  if (binding && after.startsWith(';') && !borrows(spot)) {
    const typed = binding[1] !== undefined;
    const at = before.lastIndexOf('=');
    const equals = start - (code.slice(Math.max(0, start - 4000), start).length - at);
    const nameEnd = code.slice(0, equals).trimEnd().length;
    return {
      ...replaced(`&${text}`),
      ...(typed ? {} : { once: [{ start: nameEnd, end: nameEnd, text: ': &str' }] }),
    };
  }
  const argument = inner?.mark === '(' && /(?:^|[^\w])(?:\w+::)*\.?[a-z_]\w*(?:::<[^>]*>)?$/.test(inner.before);
  // from_static and its like keep what they get.
  const kept = /static(?:::<[^>]*>)?$/.test(inner?.before ?? '');
  if (argument && !kept && !borrows(spot) && /[(,]$/.test(before) && /^[,)]/.test(after)) {
    return replaced(`&${text}`);
  }
  const long = lasting(spot, text);
  return replaced(/^[.?[]/.test(after) ? `(${long})` : long);
}

/** `use` of a path, after the last `use std::`, or before the first. */
function use(spot: Spot, path: string): TextChange[] {
  const { text, code } = spot;
  const name = path.slice(path.lastIndexOf(':') + 1);
  if (new RegExp(`^use\\s[^;]*\\b${name}\\b`, 'm').test(code)) {
    return [];
  }
  const uses = [...code.matchAll(/^use\s[^;]*;[^\n]*\n/gm)];
  const last = uses.findLast((m) => /^use\s+std\b/.test(m[0]));
  const head = /^\uFEFF?(?:#![^\n]*\n|[ \t]*\r?\n)*/.exec(code)?.[0].length ?? 0;
  const first = uses[0]?.index;
  const at = last ? last.index + last[0].length : (first ?? head);
  const eol = lineEndOf(text);
  return [{ start: at, end: at, text: `use ${path};${eol}${last || first !== undefined ? '' : eol}` }];
}

/** `const KEY: &str = "…"` can hold no call: it becomes a value that is made when it is first used. */
function lazy(spot: Spot, text: string): Rewrite | Refusal | undefined {
  const { code, start, end } = spot;
  const before = codeBefore(spot);
  const m = /(?:^|[;{}\n])[ \t]*((pub(?:\([^)]*\))?\s+)?(?:const|static)\s+(\w+)\s*:\s*([^=;{}]+?)\s*=)$/.exec(before);
  if (!m?.[1] || !m[3]) {
    return /\b(?:const|static)\s+\w+\s*:[^;{}]*=[^;]*$/.test(before)
      ? {
          refused: say('A constant is made of this value when the program is compiled.'),
          wayOut: say('Make it a function that reads {0}.', spot.variable),
        }
      : undefined;
  }
  const name = m[3];
  const wayOut = say('Make it a function, or a LazyLock, that reads {0}, and change its uses.', spot.variable);
  if (!/^&(?:'static\s+)?str$/.test(m[4] as string)) {
    return { refused: say('A constant is made of this value when the program is compiled.'), wayOut };
  }
  if (m[2]) {
    return { refused: say('{0} is public: other files use it as a constant.', name), wayOut };
  }
  if (openings(code, start).some((o) => /\b(?:impl|trait)\b[^;{}]*$/.test(o.before))) {
    return { refused: say('{0} belongs to a type, where only a constant can stand.', name), wayOut };
  }
  const cell = oldest(spot) >= 80 ? 'std::sync::LazyLock' : 'once_cell::sync::Lazy';
  if (cell.startsWith('once_cell') && !/\bonce_cell\b/.test(manifestText(spot.facts, /^Cargo\.toml$/))) {
    return { refused: say("{0} is a constant, and this crate's Rust has no LazyLock.", name), wayOut };
  }
  const declaration = code.lastIndexOf(m[1], start);
  const uses: TextChange[] = [];
  for (const at of usesOf(spot, name)) {
    if (at >= declaration && at < end) {
      continue;
    }
    const after = code.slice(at + name.length, at + name.length + 40).trimStart();
    const line = code.slice(code.lastIndexOf('\n', at) + 1, at);
    if (/^(?:=>|\|[^|])/.test(after) || /\b(?:const|static)\s+\w+\s*:/.test(line)) {
      return { refused: say('{0} is used where only a constant can stand.', name), wayOut };
    }
    if (!after.startsWith('.')) {
      uses.push({ start: at + name.length, end: at + name.length, text: '.as_str()' });
    }
  }
  if (
    spot.tokens.some((t) => t.kind === 'string' && new RegExp(`\\{${name}\\b`).test(spot.text.slice(t.open, t.close)))
  ) {
    return { refused: say('{0} stands inside a format text.', name), wayOut };
  }
  const short = cell.slice(cell.lastIndexOf(':') + 1);
  return {
    change: { start: declaration, end, text: `static ${name}: ${short}<String> = ${short}::new(|| ${text})` },
    once: [...use(spot, cell), ...uses],
  };
}

function bar(spot: Spot): Refusal | undefined {
  const around = openings(spot.code, spot.start);
  if (around.some((o) => o.mark === '[' && /#!?$/.test(o.before))) {
    return {
      refused: say('An attribute can not hold an expression.'),
      wayOut: say('Read {0} in code, and leave it out here.', spot.variable),
    };
  }
  if (around.some((o) => COMPILE_TIME.test(o.before))) {
    return {
      refused: say('This macro wants its text when the program is compiled.'),
      wayOut: say('Build the text with format! and read {0} there.', spot.variable),
    };
  }
  if (/^(?:=>|\|[^|])/.test(codeAfter(spot))) {
    return {
      refused: say('A pattern can not be an expression.'),
      wayOut: say('Compare with the value of {0} in a guard.', spot.variable),
    };
  }
  return /^[bc]r?#*"/.test(spot.text.slice(spot.literal.start, spot.literal.open))
    ? {
        refused: say('A literal of bytes has a type of fixed length.'),
        wayOut: say('Read {0} where the bytes are used, with .into_bytes().', spot.variable),
      }
    : undefined;
}

function whole(spot: Spot): Rewrite | Refusal {
  const text = owned(spot.variable) + (spot.pem ? '.replace("\\\\n", "\\n")' : '');
  const constant = lazy(spot, text);
  if (constant) {
    return constant;
  }
  const format = formatText(spot);
  return format ? { change: { start: spot.start, end: spot.end, text: `"{}", ${text}` } } : fitted(spot, text);
}

/** The literal is the text that a formatting macro reads its places from; offset of the bracket that closes the macro. */
function formatText(spot: Spot): number | undefined {
  const [inner] = openings(spot.code, spot.start);
  if (!inner || !FORMATS.test(inner.before)) {
    return undefined;
  }
  const index = /\b(?:write|writeln|assert|ensure)!$/.test(inner.before)
    ? 1
    : /_(?:eq|ne)!$/.test(inner.before)
      ? 2
      : 0;
  return inner.commas === index
    ? spot.code.indexOf(inner.mark === '(' ? ')' : inner.mark === '[' ? ']' : '}', spot.end)
    : undefined;
}

function part(spot: Spot, from: number, to: number): Rewrite | Refusal {
  const { text, literal, variable, code, start, end } = spot;
  const read = owned(variable);
  const head = text.slice(literal.start, literal.open);
  const tail = text.slice(literal.close, literal.end);
  const [inner] = openings(code, start);
  if (formatText(spot) !== undefined && inner) {
    const name = variable.toLowerCase();
    let depth = 0;
    let close = end;
    for (; close < code.length; close++) {
      const c = code[close] as string;
      if ('([{'.includes(c)) {
        depth++;
      } else if (')]}'.includes(c) && depth-- === 0) {
        break;
      }
    }
    const stop = code.slice(0, close).trimEnd();
    const comma = stop.endsWith(',') ? ' ' : ', ';
    return {
      change: { start: from, end: to, text: `{${name}}` },
      once: [{ start: stop.length, end: stop.length, text: `${comma}${name} = ${read}` }],
    };
  }
  const plain = (s: string) => s.replaceAll('{', '{{').replaceAll('}', '}}');
  const made = `format!(${head}${plain(text.slice(literal.open, from))}{}${plain(text.slice(to, literal.close))}${tail}, ${read})`;
  return lazy(spot, made) ?? fitted(spot, made);
}

function loading(place: Place, envFile: string): Loading {
  const { facts, text, file } = place;
  const loaded = isLoadedAround(facts) || /\bdotenv(?:y|y_macro)?::(?:dotenv|load|from_filename|from_path)/.test(text);
  const example = /(?:^|\/)(?:examples|src\/bin)\/(\w+)\.rs$/.exec(file);
  const run = example ? `cargo run ${file.includes('examples/') ? '--example' : '--bin'} ${example[1]}` : 'cargo run';
  const commands = shellCommands(envFile, run);
  const crate = /^\s*(dotenvy|dotenv)\s*=/m.exec(manifestText(facts, /^Cargo\.toml$/))?.[1];
  const main = /\bfn\s+main\s*\([^)]*\)[^{;]*\{[ \t]*\r?\n([ \t]*)/.exec(text);
  if (loaded || !crate || !main) {
    return { loaded, commands };
  }
  const at = main.index + main[0].length;
  return {
    loaded,
    commands,
    added: say('with {0}', crate),
    changes: [
      {
        file,
        purpose: 'loader',
        changes: [{ start: at, end: at, text: `${crate}::dotenv().ok();${lineEndOf(text)}${main[1]}` }],
      },
    ],
  };
}

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Rust',
  place,
  result,
  proof,
});

export const rust = codeIdiom({
  id: 'rust',
  files: /\.rs$/,
  languageIds: ['rust'],
  lexicon,
  bar,
  fallbacks: [
    {
      before:
        /(?:std::)?env::var\(\s*"(\w+)"\s*\)\s*\.(?:unwrap_or|unwrap_or_else)\(\s*(?:\|\w*\|\s*)?(?:String::from\(\s*)?$/,
      after: /\)?(?:\.(?:to_string|to_owned|into)\(\))?\s*,?\s*\)/y,
      text: (m) => `${m[0].slice(0, m[0].indexOf(')') + 1)}.expect("${m[1]} is not set")`,
    },
  ],
  whole,
  part,
  loading,
  rows: [
    row('String', 'std::env::var("X").expect("X is not set")', 'run'),
    row('String::from', 'std::env::var("X").expect("X is not set")', 'run'),
    row('let binding', 'let key: &str = &std::env::var("X").expect("X is not set");', 'run'),
    row('argument', '&std::env::var("X").expect("X is not set")', 'run'),
    row('field of a struct', '&*std::env::var("X").expect("X is not set").leak()', 'run'),
    row('argument that is kept', '&*std::env::var("X").expect("X is not set").leak()', 'run'),
    row('constant', 'static KEY: LazyLock<String> = LazyLock::new(|| …);', 'run'),
    row('part of a URL', '&format!("https://…/v3/{}", std::env::var("X").expect("X is not set"))', 'run'),
    row('part of a format text', 'println!("Bearer {x}", x = std::env::var("X").expect("X is not set"))', 'run'),
    row('raw string', 'std::env::var("X").expect("X is not set")', 'run'),
    row('PEM block', 'std::env::var("X").expect("X is not set").replace("\\\\n", "\\n")', 'run'),
    row('literal fallback', 'std::env::var("X").expect("X is not set")', 'run'),
    row('public constant', 'make it a function or a LazyLock', 'refused'),
    row('constant of a type', 'make it a function or a LazyLock', 'refused'),
    row('attribute', 'read the variable in code', 'refused'),
    row('pattern', 'compare in a guard', 'refused'),
    row('literal of bytes', 'read the variable where the bytes are used', 'refused'),
  ],
});
