import { lineStart } from '../../scan/literal';
import { say } from '../../words/say';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal, TextChange } from '../plan';
import { exported } from './interpolated-yaml';

/** Terraform and OpenTofu: a sensitive variable that `TF_VAR_name` sets. Source: developer.hashicorp.com, "Input variables". */
const FILES = /\.(?:tf|tofu)$/;

const named = (variable: string) => variable.replace(/^TF_VAR_/, '').toLowerCase();

/** The `variable "name"` block whose default the value is. */
function ownVariable({ text, finding }: Place): string | undefined {
  return /\bvariable\s+"([\w-]+)"\s*\{[^{}]*\bdefault\s*=\s*"$/.exec(text.slice(0, finding.start))?.[1];
}

function rewrite(place: Place, variable: string): Rewrite | Refusal {
  const { text, finding } = place;
  const { start, end } = finding;
  const from = lineStart(text, start, start - 4000);
  const left = text.slice(from, start);
  if (/^\s*(?:#|\/\/)/.test(left) || text.lastIndexOf('/*', start) > text.lastIndexOf('*/', start)) {
    return { refused: say('The value stands in a comment.'), wayOut: say('Delete the comment, and rotate the key.') };
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (ownVariable(place) !== undefined) {
    const line = /^\s*default\s*=\s*"$/.test(left);
    const inline = { start: from + left.lastIndexOf('default'), end: end + 1, text: 'sensitive = true' };
    return { change: line ? sensitive(text, from, end, eol) : inline };
  }
  if (/<<[-~]?\w+\s*$/m.test(text.slice(Math.max(0, start - 4000), start)) && !/"/.test(left)) {
    return { change: { start, end, text: `\${var.${named(variable)}}` }, once: declaration(text, variable, eol) };
  }
  if (!/"(?:[^"\\]|\\.)*$/.test(left)) {
    return {
      refused: say('The value does not stand in a string here.'),
      wayOut: say('Put it into a string, or remove it.'),
    };
  }
  const whole = text[start - 1] === '"' && text[end] === '"';
  return {
    change: whole
      ? { start: start - 1, end: end + 1, text: `var.${named(variable)}` }
      : { start, end, text: `\${var.${named(variable)}}` },
    once: declaration(text, variable, eol),
  };
}

const ATTRIBUTE = /^([ \t]*)(\w+)([ \t]*)=[ \t]*(\S.*)$/;

/** `default` gives way to `sensitive = true`; the attributes beside it keep the columns that `terraform fmt` wants. */
function sensitive(text: string, from: number, end: number, eol: string): TextChange {
  const lineEnd = (at: number) => {
    const next = text.indexOf('\n', at);
    return next < 0 ? text.length : next + 1;
  };
  let first = from;
  for (let at = from; at > 0 && ATTRIBUTE.test(text.slice(lineStart(text, at - 1, 0), at).trimEnd()); ) {
    at = lineStart(text, at - 1, 0);
    first = at;
  }
  let last = lineEnd(end);
  while (last < text.length && ATTRIBUTE.test(text.slice(last, lineEnd(last)).trimEnd())) {
    last = lineEnd(last);
  }
  const open = text.lastIndexOf('{', from);
  const marked = /\bsensitive\s*=/.test(text.slice(open, text.indexOf('}', end)));
  const rows = text
    .slice(first, last)
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => ATTRIBUTE.exec(line) as RegExpExecArray)
    .filter((m) => m[2] !== 'default' || !marked)
    .map((m) => (m[2] === 'default' ? [m[1], 'sensitive', 'true'] : [m[1], m[2], m[4]]) as [string, string, string]);
  const width = Math.max(0, ...rows.map((r) => r[1].length));
  return {
    start: first,
    end: last,
    text: rows.map(([indent, key, value]) => `${indent}${key.padEnd(width)} = ${value}${eol}`).join(''),
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
