import type { TextChange } from './plan';

/** Who reads the env file: their quoting rules differ. */
export type EnvReader = 'dotenv' | 'docker' | 'shell';

/** One `NAME=value` line. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** Offsets of the whole entry, without its line end. */
  readonly start: number;
  readonly end: number;
}

const ENTRY =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|`([^`]*)`|([^\r\n]*))/gm;

/** Entries of an env file, as dotenv reads them. */
export function readEnvFile(text: string): EnvEntry[] {
  const entries: EnvEntry[] = [];
  for (const m of text.matchAll(ENTRY)) {
    const name = m[1] as string;
    const value =
      m[2] !== undefined
        ? m[2].replace(/\\([nrt"\\$])/g, (_, c: string) => ({ n: '\n', r: '\r', t: '\t' })[c] ?? c)
        : (m[3] ?? m[4] ?? (m[5] ?? '').replace(/\s+#.*$/, '').trim());
    entries.push({ name, value, start: m.index, end: m.index + m[0].length });
  }
  return entries;
}

/** A value as it must stand in the file for its reader to give exactly this value. */
export function quoted(value: string, reader: EnvReader): string {
  if (reader === 'docker') {
    // docker --env-file takes the rest of the line as it is; compose understands quotes as dotenv does.
    return /^[^\s'"#$\\][^\n]*$/.test(value) && !/\s$|\n|\s#|\$/.test(value) ? value : singly(value);
  }
  if (/^[A-Za-z0-9_./:@%+,=-]+$/.test(value)) {
    return value;
  }
  if (reader === 'shell') {
    return `'${value.replaceAll("'", "'\\''")}'`;
  }
  return singly(value);
}

function singly(value: string): string {
  if (!value.includes("'") && !value.includes('\n')) {
    return `'${value}'`;
  }
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('$', '\\$')}"`;
}

/** Line end of a text: CRLF only where it has one. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Adds lines at the end of a text, each on a line of its own. */
export function appended(text: string, lines: readonly string[]): TextChange {
  const eol = lineEndOf(text);
  const lead = text === '' || /\n$/.test(text) ? '' : eol;
  return { start: text.length, end: text.length, text: lead + lines.join(eol) + eol };
}
