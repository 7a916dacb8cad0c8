import { lineStart } from '../../scan/literal';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';

/** Compose files read `.env` beside them for `${...}`, whatever `env_file` says. */
const FILES = /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/;

function rewrite({ text, finding }: Place, variable: string): Rewrite | Refusal {
  const { start, end } = finding;
  const from = lineStart(text, start, start - 2000);
  const left = text.slice(from, start);
  if (/^\s*#/.test(left) || /\s#[^"']*$/.test(left)) {
    return {
      refused: 'The value stands in a comment, where nothing reads a variable.',
      wayOut: 'Delete the comment, and rotate the key.',
    };
  }
  const required = `\${${variable}:?${variable} is not set}`;
  const fallback = /\$\{(\w+):?-$/.exec(left);
  if (fallback?.[1] && text[end] === '}') {
    return {
      change: {
        start: start - fallback[0].length,
        end: end + 1,
        text: `\${${fallback[1]}:?${fallback[1]} is not set}`,
      },
    };
  }
  const quote = text[start - 1];
  if ((quote === '"' || quote === "'") && text[end] === quote) {
    // Compose expands inside either kind of quotes; YAML needs them, for the text holds ": ".
    return { change: { start, end, text: required } };
  }
  const listItem = /^\s*-\s+[\w.-]+=$/.test(left);
  const scalar = /^\s*(?:-\s+)?["']?[\w.-]+["']?\s*:\s+$/.test(left);
  if (scalar || listItem) {
    return {
      change: listItem
        ? {
            start:
              from +
              left.search(/\S/) +
              left.slice(left.search(/\S/)).search(/-\s+/) +
              (/-\s+/.exec(left)?.[0].length ?? 2),
            end,
            text: `"${/([\w.-]+)=$/.exec(left)?.[1]}=${required}"`,
          }
        : { start, end, text: `"${required}"` },
    };
  }
  if (/["'][^"']*$/.test(left)) {
    return { change: { start, end, text: required } };
  }
  return { change: { start, end, text: `\${${variable}}` } };
}

export const compose: Idiom = {
  id: 'docker-compose',
  applies: (file) => FILES.test(file),
  suggestion: ({ text, finding }) =>
    /^\s*(?:-\s+)?["']?([A-Z][A-Z0-9_]*)["']?(?:\s*:\s+|=)["']?$/.exec(
      text.slice(lineStart(text, finding.start, finding.start - 300), finding.start),
    )?.[1],
  rewrite,
  loading: ({ file }) => ({
    loaded: true,
    commands: [
      {
        line: `docker compose -f ${file.slice(file.lastIndexOf('/') + 1)} up`,
        shell: 'any',
        why: 'compose reads .env beside the file',
      },
    ],
  }),
  reader: 'compose',
  envFile: ({ file }) => `${file.includes('/') ? `${file.slice(0, file.lastIndexOf('/'))}/` : ''}.env`,
};
