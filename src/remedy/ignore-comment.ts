import { say } from '../words/say';
import type { Refusal, TextChange } from './plan';

interface Comment {
  readonly open: string;
  readonly close: string;
}

const line = (open: string): Comment => ({ open: `${open} `, close: '' });

const BY_LANGUAGE: Readonly<Record<string, Comment>> = {
  python: line('#'),
  shellscript: line('#'),
  yaml: line('#'),
  dockercompose: line('#'),
  dockerfile: line('#'),
  toml: line('#'),
  ruby: line('#'),
  perl: line('#'),
  r: line('#'),
  julia: line('#'),
  elixir: line('#'),
  powershell: line('#'),
  makefile: line('#'),
  properties: line('#'),
  dotenv: line('#'),
  ini: line(';'),
  sql: line('--'),
  lua: line('--'),
  haskell: line('--'),
  clojure: line(';;'),
  html: { open: '<!-- ', close: ' -->' },
  xml: { open: '<!-- ', close: ' -->' },
  markdown: { open: '<!-- ', close: ' -->' },
  css: { open: '/* ', close: ' */' },
  javascript: line('//'),
  javascriptreact: line('//'),
  typescript: line('//'),
  typescriptreact: line('//'),
  go: line('//'),
  rust: line('//'),
  java: line('//'),
  csharp: line('//'),
  php: line('//'),
  solidity: line('//'),
};

const BY_NAME: readonly (readonly [RegExp, Comment | undefined])[] = [
  [/\.(?:json|ipynb|csv|txt|lock)$/, undefined],
  [
    /\.(?:[cm]?[jt]sx?|go|rs|java|kt|kts|scala|swift|cs|c|cc|cpp|h|hpp|dart|php|sol|jsonc|json5|groovy|gradle)$/,
    line('//'),
  ],
  [/\.(?:py|pyw|sh|bash|zsh|fish|ya?ml|toml|rb|pl|r|jl|exs?|ps1|psm1|tf|hcl|conf|cfg|properties|mk)$/i, line('#')],
  [/(?:^|\/)(?:\.env[\w.-]*|[\w.-]+\.env|Dockerfile[\w.-]*|Makefile|\.envrc|Procfile)$/, line('#')],
  [/\.(?:ini|clj|lisp|el)$/, line(';')],
  [/\.(?:sql|lua|hs)$/, line('--')],
  [/\.(?:html?|xml|md|vue|svelte|csproj|config)$/, { open: '<!-- ', close: ' -->' }],
  [/\.(?:css|scss|less)$/, { open: '/* ', close: ' */' }],
];

/** The comment that ignores one rule on the line after it, with a reason, above the line that holds `offset`. */
export function ignoreComment(
  file: string,
  languageId: string | undefined,
  text: string,
  offset: number,
  ruleId: string,
  reason: string,
): TextChange | Refusal {
  const known = BY_NAME.find(([name]) => name.test(file));
  const comment = known ? known[1] : BY_LANGUAGE[languageId ?? ''];
  if (!comment) {
    return {
      refused: say('{0} has no comments that could hold an ignore.', file.slice(file.lastIndexOf('/') + 1)),
      wayOut: say('Add an entry to .keyward/ignore.jsonc.'),
    };
  }
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const said = reason
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('*/', '')
    .replaceAll('-->', '')
    .trim();
  return {
    start,
    end: start,
    text: `${indent}${comment.open}keyward-ignore-next-line[${ruleId}]: ${said}${comment.close}${eol}`,
  };
}
