import { lineStart } from '../../scan/literal';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { exported } from './interpolated-yaml';

/** Terraform and OpenTofu: a sensitive variable that `TF_VAR_name` sets. Source: developer.hashicorp.com, "Input variables". */
const FILES = /\.(?:tf|tofu)$/;

const named = (variable: string) => variable.replace(/^TF_VAR_/, '').toLowerCase();

/** The `variable "name"` block whose default the value is. */
function ownVariable({ text, finding }: Place): string | undefined {
  const line = text.slice(lineStart(text, finding.start, finding.start - 2000), finding.start);
  if (!/^\s*default\s*=\s*"$/.test(line)) {
    return undefined;
  }
  const before = text.slice(0, finding.start);
  const block = /\bvariable\s+"([\w-]+)"\s*\{[^{}]*$/.exec(before);
  return block?.[1];
}

function rewrite(place: Place, variable: string): Rewrite | Refusal {
  const { text, finding } = place;
  const { start, end } = finding;
  const from = lineStart(text, start, start - 4000);
  const left = text.slice(from, start);
  if (/^\s*(?:#|\/\/)/.test(left) || text.lastIndexOf('/*', start) > text.lastIndexOf('*/', start)) {
    return { refused: 'The value stands in a comment.', wayOut: 'Delete the comment, and rotate the key.' };
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (ownVariable(place) !== undefined) {
    const close = text.indexOf('\n', end);
    const open = text.lastIndexOf('{', start);
    const body = text.slice(open, text.indexOf('}', end));
    const indent = /^\s*/.exec(left)?.[0] ?? '  ';
    return {
      change: {
        start: from,
        end: close < 0 ? text.length : close + 1,
        text: /\bsensitive\s*=/.test(body) ? '' : `${indent}sensitive = true${eol}`,
      },
    };
  }
  if (/<<[-~]?\w+\s*$/m.test(text.slice(Math.max(0, start - 4000), start)) && !/"/.test(left)) {
    return { change: { start, end, text: `\${var.${named(variable)}}` }, once: declaration(text, variable, eol) };
  }
  if (!/"(?:[^"\\]|\\.)*$/.test(left)) {
    return { refused: 'The value does not stand in a string here.', wayOut: 'Put it into a string, or remove it.' };
  }
  const whole = text[start - 1] === '"' && text[end] === '"';
  return {
    change: whole
      ? { start: start - 1, end: end + 1, text: `var.${named(variable)}` }
      : { start, end, text: `\${var.${named(variable)}}` },
    once: declaration(text, variable, eol),
  };
}

/** The declaration that a file lacks for a variable. */
function declaration(text: string, variable: string, eol: string): Rewrite['once'] {
  if (new RegExp(`\\bvariable\\s+"${named(variable)}"`).test(text)) {
    return [];
  }
  const lead = text.endsWith('\n') ? eol : eol + eol;
  const block = [`variable "${named(variable)}" {`, '  type      = string', '  sensitive = true', '}', ''].join(eol);
  return [{ start: text.length, end: text.length, text: lead + block }];
}

export const terraform: Idiom = {
  id: 'terraform',
  applies: (file, languageId) => FILES.test(file) || languageId === 'terraform',
  variable: (place) => {
    const own = ownVariable(place);
    return own && `TF_VAR_${own}`;
  },
  suggestion: ({ finding }) => `TF_VAR_${finding.variable.toLowerCase()}`,
  rewrite,
  loading: (_place, envFile) => ({ loaded: false, commands: exported(envFile, 'terraform plan') }),
  reader: 'shell',
};
