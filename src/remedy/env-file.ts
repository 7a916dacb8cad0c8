import type { TextChange } from './plan';

/**
 * Who reads the env file; their quoting rules differ. `dotenv`: dotenv, python-dotenv, `node --env-file` and their kin;
 * `dotenv-expand`: Next.js and Vite, which fill in `$NAME` in any quotes; `compose`: the .env of docker compose; `docker`: `docker
 * run --env-file` and `kubectl --from-env-file`, which take the rest of the line as it is; `shell`: `. ./.env`; `systemd`:
 * EnvironmentFile=.
 */
export type EnvReader = 'dotenv' | 'dotenv-expand' | 'compose' | 'docker' | 'shell' | 'systemd';

/** One `NAME=value` line. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** Offsets of the whole entry, without its line end. */
  readonly start: number;
  readonly end: number;
}

const ENTRY =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"|'((?:[^']|'\\'')*)'|`([^`]*)`|([^\r\n]*))/gm;

/** Entries of an env file, as dotenv reads them. */
export function readEnvFile(text: string): EnvEntry[] {
  const entries: EnvEntry[] = [];
  for (const m of text.matchAll(ENTRY)) {
    const name = m[1] as string;
    const value =
      m[2] !== undefined
        ? m[2].replace(/\\([nrt"\\$])/g, (_, c: string) => ({ n: '\n', r: '\r', t: '\t' })[c] ?? c)
        : (m[3]?.replaceAll("'\\''", "'") ?? m[4] ?? (m[5] ?? '').replace(/\s+#.*$/, '').trim());
    entries.push({ name, value, start: m.index, end: m.index + m[0].length });
  }
  return entries;
}

/** A value as it must stand in the file for its reader to give exactly this value; undefined where it can hold no such value. */
export function quoted(value: string, reader: EnvReader): string | undefined {
  if (/^[A-Za-z0-9_./:@%+,=-]+$/.test(value)) {
    return value;
  }
  if (reader === 'docker') {
    return /[\r\n]|^\s|\s$/.test(value) ? undefined : value;
  }
  if (reader === 'shell') {
    return `'${value.replaceAll("'", "'\\''")}'`;
  }
  const has = (characters: string) => [...characters].some((c) => value.includes(c));
  if (has('\n') && reader !== 'systemd') {
    // One line with \n, which all of them turn into line ends between double quotes.
    return has('"\\$`\r') ? undefined : `"${value.replaceAll('\n', '\\n')}"`;
  }
  if (reader === 'dotenv-expand' && has('$')) {
    return has('"\\`') ? undefined : `"${value.replaceAll('$', '\\$')}"`;
  }
  // Between single quotes all is itself, but python-dotenv and systemd take some backslashes for escapes.
  if (!has("'") && !(reader === 'systemd' ? has('\\') : /\\(?:[\\']|$)/.test(value))) {
    return `'${value}'`;
  }
  return has('"\\$`\n') ? undefined : `"${value}"`;
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
