import { lineStart } from '../../scan/literal';
import type { Idiom, Loading, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';

function rewrite({ text, finding }: Place, variable: string): Rewrite | Refusal {
  const { start, end } = finding;
  const from = lineStart(text, start, start - 2000);
  const left = text.slice(from, start);
  if (/^\s*#/.test(left) && !left.startsWith('#!')) {
    return {
      refused: 'The value stands in a comment, where nothing reads a variable.',
      wayOut: 'Delete the comment, and rotate the key.',
    };
  }
  const required = `\${${variable}:?${variable} is not set}`;
  const heredoc = /<<-?\s*(['"])(\w+)\1[\s\S]*$/.exec(text.slice(Math.max(0, start - 4000), start));
  if (heredoc?.[2] && !new RegExp(`^\\s*${heredoc[2]}\\s*$`, 'm').test(heredoc[0].slice(heredoc[0].indexOf('\n')))) {
    return {
      refused: 'This here-document is quoted and expands no variable.',
      wayOut: `Write the delimiter without quotes and use $${variable}.`,
    };
  }
  const fallback = /\$\{(\w+):?[-=]$/.exec(left);
  if (fallback?.[1] && text[end] === '}') {
    const name = fallback[1];
    return { change: { start: start - fallback[0].length, end: end + 1, text: `\${${name}:?${name} is not set}` } };
  }
  // An assignment of the variable to itself would shadow what the environment gives.
  const own = new RegExp(
    `^([ \\t]*(?:export[ \\t]+|readonly[ \\t]+|declare[ \\t]+(?:-\\w+[ \\t]+)?)?)${variable}=["']?$`,
  ).exec(left);
  if (own) {
    const close = /^["']/.exec(text.slice(end)) ? 1 : 0;
    return { change: { start: from + (own[1] ?? '').length, end: end + close, text: `${variable}="${required}"` } };
  }
  let quote = '';
  for (let i = from; i < start; i++) {
    const c = text[i];
    if (c === '\\' && quote !== "'") {
      i++;
    } else if (quote) {
      quote = c === quote ? '' : quote;
    } else if (c === '"' || c === "'") {
      quote = c;
    }
  }
  if (quote === "'") {
    // Leave the single quotes for the variable: '...'"$X"'...'; a word that is only the value loses them.
    if (text[start - 1] === "'" && text[end] === "'") {
      return { change: { start: start - 1, end: end + 1, text: `"${required}"` } };
    }
    return { change: { start, end, text: `'"${required}"'` } };
  }
  return { change: { start, end, text: quote === '"' ? required : `"${required}"` } };
}

const SOURCES = /(?:^|[\s;&])(?:\.|source)\s+["']?(?:\.\/|\$\{?\w+\}?\/|"?\$\([^)]*\)"?\/)?[\w/.-]*\.env/m;

function loading({ facts, text, file }: Place, envFile: string): Loading {
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const run = file.slice(facts.packageRoot ? facts.packageRoot.length + 1 : 0);
  const loaded = SOURCES.test(text) || [...facts.paths].some((p) => p.endsWith('.envrc'));
  const commands = [
    {
      line: `set -a; . ./${name}; set +a; bash ${run}`,
      shell: 'posix' as const,
      why: `loads ${name} into the script's environment`,
    },
  ];
  if (loaded) {
    return { loaded, commands };
  }
  const at = /^#![^\n]*\n/.exec(text)?.[0].length ?? 0;
  const up = run.split('/').length - 1;
  const line = `set -a; . "$(dirname "$0")/${'../'.repeat(up)}${name}"; set +a\n`;
  return {
    loaded,
    commands,
    added: 'sourced by the script',
    changes: [{ file, purpose: 'loader', changes: [{ start: at, end: at, text: line }] }],
  };
}

export const shell: Idiom = {
  id: 'shell',
  applies: (file, languageId, text) =>
    /\.(?:sh|bash|zsh|ksh)$/.test(file) ||
    languageId === 'shellscript' ||
    (!/\.\w+$/.test(file) && /^#!.*\b(?:ba|z|k)?sh\b/.test(text)),
  suggestion: ({ text, finding }) =>
    /(?:^|[\s;])([A-Z][A-Z0-9_]*)=["']?$/.exec(
      text.slice(lineStart(text, finding.start, finding.start - 200), finding.start),
    )?.[1],
  rewrite,
  loading,
  reader: 'shell',
};
