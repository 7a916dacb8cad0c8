import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { isSecretName, readsSecret } from '../secret-names';
import { languageOf, withoutComments } from './code';

/** Calls that write to a log, a terminal, an error message or a telemetry service; the match ends at the parenthesis. */
const CALL =
  /\b(?:console|logger|logging|log|LOG|_logger|_log|winston|pino|slog|Log|Logger|tracing|sugar|structlog)\s*\.\s*(?:log|info|warn|warning|error|debug|trace|fatal|verbose|silly|exception|critical|Print\w*|Fatal\w*|Panic\w*|Info\w*|Debug\w*|Warn\w*|Error\w*|Log\w*|[dewiv])\s*\(|\bprint(?:ln|f)?\s*\(|\bfmt\s*\.\s*(?:F?[Pp]rint\w*|Errorf)\s*\(|\berrors\s*\.\s*New\s*\(|\bSentry\s*\.\s*\w+\s*\(|\bSystem\s*\.\s*(?:out|err)\s*\.\s*print\w*\s*\(|\bConsole\s*\.\s*Write\w*\s*\(|\b(?:println|eprintln|eprint|dbg|panic|info|warn|error|debug|trace|bail|anyhow)!\s*\(|\b(?:var_dump|print_r|error_log|NSLog)\s*\(|\bnew\s+\w*Error\s*\(|\braise\s+\w+\s*\(|\b(?:datadog|newrelic|rollbar|bugsnag|posthog|mixpanel|analytics)\s*\.\s*\w+\s*\(/g;
/** Longest argument list that is read. */
const LONGEST = 2000;
/** A call that leaves nothing of the value. */
const MASKED_BY =
  /(?:mask|redact|hide|obfuscat|fingerprint|hash|sha\d*|digest|len|length|typeof|boolean|bool|isset|empty|defined|hmac|is_some|is_none)\w*\s*\(?\s*$/i;
const ASKED = /(?:!|\bnot\s+|\btypeof\s+)$/;
const MASKING =
  /^(?:\s*(?:\?\.|\.)\s*(?:slice|substr|substring|length|len|size|startsWith|endsWith|trim\(\)\.length|hash|is_some|is_none|is_empty|isEmpty|nil\?|chars\(\)\.take)\b|\s*\[\s*-?\d*\s*:|\s*\[\s*\d*\.\.|\s*(?:===?|!==?|<|>)|\s+is\s+(?:not\s+)?None|\s*\?(?![.?]))/;
/** A conversion and format at the end of what an f-string interpolates. */
const FORMAT = /(?:![rsa])?(?::[^[\]:()]*)?$/;
/** What follows the name of a member or of a keyword argument: the value comes after it. */
const LABEL = /^\s*(?::(?!:)|=(?!=|>))/;
const WHOLE_ENVIRONMENT =
  /\bprocess\s*\.\s*env\b(?!\s*[.[?])|\bos\s*\.\s*environ\b(?!\s*(?:\.\s*get|\[))|\bos\.Environ\s*\(\s*\)|\bSystem\.getenv\s*\(\s*\)|\bENV\.(?:to_h|inspect)\b/;

/** Places where a secret-named value, or the whole environment, is passed to a log. */
export function loggedSecrets(project: ProjectTexts): Observation[] {
  const files = project.texts.filter((f) => f.class === 'source' || f.path.endsWith('.ipynb'));
  return files.flatMap((file) => (languageOf(file.path) === 'shell' ? shellEchoes(file) : loggingCalls(file)));
}

function loggingCalls(file: ProjectText): Observation[] {
  const text = withoutComments(file);
  const out: Observation[] = [];
  const lines = new Set<number>();
  for (const m of text.matchAll(CALL)) {
    const args = argumentsAt(text, m.index + m[0].length);
    const code = valuesIn(args, file);
    if (namesSecret(code) || WHOLE_ENVIRONMENT.test(code)) {
      const o = seen(file, m.index, 'secretLogged', 'fail');
      if (!lines.has(o.line)) {
        lines.add(o.line);
        out.push(o);
      }
    }
  }
  return out;
}

/** The text between a call's parentheses. */
function argumentsAt(text: string, start: number): string {
  let depth = 1;
  let quote = '';
  for (let i = start; i < text.length && i < start + LONGEST; i++) {
    const c = text[i] as string;
    if (quote) {
      if (c === '\\') {
        i++;
      } else if (c === quote || (c === '\n' && quote !== '`')) {
        quote = '';
      }
    } else if (c === '"' || c === "'" || c === '`') {
      quote = c;
    } else if (c === '(') {
      depth++;
    } else if (c === ')' && --depth === 0) {
      return text.slice(start, i);
    }
  }
  return '';
}

/** An argument list without its words: strings give only what is interpolated into them, or read from the environment. */
function valuesIn(args: string, file: ProjectText): string {
  const python = /\.(?:pyw?|ipynb)$/.test(file.path);
  const named = args.replace(
    /(?:environ\s*(?:\.\s*get\s*\(|\[)|getenv\s*\(|env\s*\[|ENV\s*\[|env::var\s*\()\s*\\?["'](\w+)\\?["']\s*[)\]]?/g,
    ' $1 ',
  );
  return named.replace(
    /([fF]?[rR]?[fF]?)("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`)/g,
    (_whole, prefix: string, quoted: string) => {
      const inner = quoted.slice(1, -1);
      const holes = quoted.startsWith('`')
        ? /\$\{([^{}]*)\}/g
        : python
          ? /f/i.test(prefix)
            ? /\{([^{}]*)\}/g
            : undefined
          : /\.(?:rs)$/.test(file.path)
            ? /\{([A-Za-z_]\w*)(?::[^{}]*)?\}/g
            : /\.rb$/.test(file.path)
              ? /#\{([^{}]*)\}/g
              : /\.(?:kts?|php|swift|scala|groovy|cs)$/.test(file.path)
                ? /(?:\$\{?|\\\(|\{\$?)([A-Za-z_][\w.]*)/g
                : undefined;
      const found = holes ? [...inner.matchAll(holes)].map((m) => (m[1] ?? '').replace(FORMAT, '')) : [];
      return ` "" ${found.map((f) => `(${f})`).join(' ')} `;
    },
  );
}

/** Whether an expression hands on the value of a secret-named identifier. */
function namesSecret(code: string): boolean {
  for (const m of code.matchAll(/[A-Za-z_$][\w$]*(?:\s*(?:\?\.|\.|->|::)\s*[A-Za-z_$][\w$]*)*/g)) {
    const path = m[0];
    const parts = path.split(/\s*(?:\?\.|\.|->|::)\s*/);
    const tail = code.slice(m.index + path.length, m.index + path.length + 40);
    const head = code.slice(Math.max(0, m.index - 40), m.index);
    if (LABEL.test(tail) || MASKED_BY.test(head) || ASKED.test(head) || MASKING.test(tail)) {
      continue;
    }
    const isCall = /^\s*\(/.test(tail);
    const last = parts.at(-1) as string;
    // `apiKey.slice(…)`, `key.length`: the member decides; what it is taken from was masked by it
    if (
      isCall
        ? readsSecret(last)
        : isSecretName(last) || (/^(?:phrase|value)$/.test(last) && isSecretName(parts.at(-2) ?? ''))
    ) {
      return true;
    }
    if (
      isCall &&
      /^(?:toString|trim|expose_secret|to_string|toUpperCase|String|join|decode|encode)$/.test(last) &&
      isSecretName(parts.at(-2) ?? '')
    ) {
      return true;
    }
  }
  return false;
}

/** `echo $SECRET` to the terminal; into a pipe or a file it is no log. */
function shellEchoes(file: ProjectText): Observation[] {
  const text = withoutComments(file);
  const out: Observation[] = [];
  for (const m of text.matchAll(/[^\n]+/g)) {
    const line = m[0];
    const echo = /(?:^|[;&|(]|\b(?:then|do|else))\s*(echo|printf|logger|Write-(?:Host|Output))\s+(.*)$/.exec(line);
    const said = echo?.[2]?.split(/(?:&&|;)/)[0] ?? '';
    const kept = /\|(?!\|)|(?<![0-9&])>(?!&)/.test(said.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""'));
    const names = [...said.replace(/'[^']*'/g, "''").matchAll(/\$\{?(?:env:)?([A-Za-z_]\w*)(?!\w)([:%#]?)/g)];
    const isLogged = echo && !kept && names.some((n) => isSecretName(n[1] as string) && n[2] === '');
    const environment = /(?:^|[;&|]\s*)\s*(?:env|printenv|export -p)\s*(?:$|[;&]|\|\s*(?:sort|less|cat|tee)\b)/.test(
      line,
    );
    if (isLogged || environment) {
      out.push(seen(file, m.index, 'secretLogged', 'fail'));
    }
  }
  return out;
}

const VERBOSE: readonly (readonly [RegExp, (file: ProjectText) => boolean])[] = [
  [/\bverbose["']?\s*[:=]\s*(?:true|True)\b/, (f) => /\bccxt\b/.test(f.text)],
  [/"log_responses"\s*:\s*true\b/, () => true],
  [/\bdebuglevel\s*=\s*[1-9]/, () => true],
  [
    /getLogger\(\s*["'](?:requests|urllib3|http\.client|httpx|httpcore)[\w.]*["']\s*\)\s*\.\s*setLevel\(\s*logging\.DEBUG/,
    () => true,
  ],
  [/\bNODE_DEBUG["']?\s*[:=]\s*["']?[\w,]*\bhttps?\b/, () => true],
  [
    /interceptors\s*\.\s*(?:request|response)\s*\.\s*use\s*\([\s\S]{0,300}?(?:console|log(?:ger)?)\s*\.\s*\w+\s*\([^)]{0,120}(?:headers|config)\b/,
    () => true,
  ],
  [/^\s*set\s+-[a-wyzA-Z]*x[a-z]*\b|^#!\S*sh\s+-\w*x/m, (f) => languageOf(f.path) === 'shell' && readsSecrets(f)],
];

function readsSecrets(file: ProjectText): boolean {
  return [...file.text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].some((m) => isSecretName(m[1] as string));
}

/** Clients and scripts that are set to log requests or commands, headers and values included. */
export function verboseClients(project: ProjectTexts): Observation[] {
  return project.of('source', 'config', 'env').flatMap((file) => {
    const text = withoutComments(file);
    return VERBOSE.flatMap(([rule, applies]) => {
      const at = rule.exec(/^\^#!/.test(rule.source) ? file.text : text);
      return at && applies(file)
        ? [seen(file, at.index + (at[0].length - at[0].trimStart().length), 'verboseClient', 'warn')]
        : [];
    });
  });
}
