import type { Entry, Tree } from './tree';

/** One entry of a properties file; the value may go on over lines that end with a backslash. */
const LINE =
  /^[ \t\f]*((?:[^\s:=\\#!]|\\[^\r\n])(?:[^\s:=\\]|\\[^\r\n])*)[ \t\f]*(?:[:=][ \t\f]*|(?=[ \t\f])|$)((?:[^\\\r\n]|\\(?:\r\n|[\s\S]))*)/gm;

/** A properties file as a map of its dotted names. Source: the documentation of java.util.Properties. */
export function readProperties(text: string): { readonly trees: readonly Tree[] } {
  const entries: Entry[] = [];
  for (const m of text.matchAll(LINE)) {
    const [whole, key = '', value = ''] = m;
    const start = m.index + whole.length - value.length;
    entries.push({
      key: unescaped(key),
      at: m.index + whole.indexOf(key),
      value: { kind: 'scalar', at: start, value: unescaped(value.trimEnd()) },
    });
  }
  return { trees: [{ kind: 'map', at: 0, entries }] };
}

const CONTROL: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f' };

function unescaped(text: string): string {
  return text.replace(/\\(?:\r?\n[ \t\f]*|u([0-9A-Fa-f]{4})|([\s\S]))/g, (_, code?: string, one?: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : one === undefined ? '' : (CONTROL[one] ?? one),
  );
}
