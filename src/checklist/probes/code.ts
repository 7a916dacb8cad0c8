import type { ProjectText } from '../project-texts';

/** Languages that share comments and idioms. */
export type Language =
  | 'javascript'
  | 'python'
  | 'go'
  | 'java'
  | 'php'
  | 'ruby'
  | 'c'
  | 'csharp'
  | 'rust'
  | 'swift'
  | 'solidity'
  | 'shell'
  | 'other';

const BY_EXTENSION: readonly (readonly [RegExp, Language])[] = [
  [/\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/, 'javascript'],
  [/\.(?:pyw?|ipynb)$/, 'python'],
  [/\.go$/, 'go'],
  [/\.(?:java|kts?|scala|groovy)$/, 'java'],
  [/\.php$/, 'php'],
  [/\.rb$/, 'ruby'],
  [/\.(?:cc?|cpp|cxx|h|hpp)$/, 'c'],
  [/\.cs$/, 'csharp'],
  [/\.rs$/, 'rust'],
  [/\.(?:swift|m)$/, 'swift'],
  [/\.(?:sol|vy|cairo|move)$/, 'solidity'],
  [/\.(?:sh|bash|zsh|ps1|psm1)$|(?:^|\/)(?:Makefile|justfile)$/, 'shell'],
];

/** The language of a file by its name. */
export function languageOf(path: string): Language {
  return BY_EXTENSION.find(([name]) => name.test(path))?.[1] ?? 'other';
}

const HASH = new Set<Language>(['python', 'ruby', 'shell', 'other']);
const cache = new WeakMap<ProjectText, string>();

/**
 * The text with its comments blanked, every other character where it was. Strings are respected, so that `//` in a URL
 * or `#` in a colour stays.
 */
export function withoutComments(file: ProjectText): string {
  const known = cache.get(file);
  if (known !== undefined) {
    return known;
  }
  const language = languageOf(file.path);
  const hash = HASH.has(language) && !/\.(?:jsonc?|json5|md)$/.test(file.path);
  const slashes = !HASH.has(language) || /\.(?:jsonc|json5|json)$/.test(file.path);
  const { text } = file;
  const out: string[] = [];
  let from = 0;
  const blank = (start: number, end: number) => {
    out.push(text.slice(from, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    from = end;
  };
  const token =
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''/g;
  for (const m of text.matchAll(token)) {
    const [word] = m;
    const isSlash = word.startsWith('//') || word.startsWith('/*');
    if (isSlash && slashes && text[m.index - 1] !== ':') {
      blank(m.index, m.index + word.length);
    } else if (word.startsWith('#') && (hash || (language === 'php' && !word.startsWith('#[')))) {
      if (m.index === 0 || /[\s;]/.test(text[m.index - 1] ?? '')) {
        blank(m.index, m.index + word.length);
      }
    }
  }
  out.push(text.slice(from));
  const blanked = out.join('');
  cache.set(file, blanked);
  return blanked;
}
