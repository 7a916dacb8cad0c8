import type { Finding } from '../../scan/finding';
import { lineStart } from '../../scan/literal';

/** One `key = value` line of a properties, INI or rc file. */
export interface PropertyLine {
  readonly key: string;
  readonly start: number;
  /** After the line end. */
  readonly end: number;
  /** The value is all that stands behind the sign, quotes aside. */
  readonly whole: boolean;
}

/** Reads the line on which a value stands; undefined in a comment or where there is no sign before it. */
export function propertyLine(text: string, finding: Pick<Finding, 'start' | 'end'>): PropertyLine | undefined {
  const start = lineStart(text, finding.start, finding.start - 4000);
  const left = text.slice(start, finding.start);
  if (/^\s*[#;!]/.test(left)) {
    return undefined;
  }
  const m = /^\s*(?:export\s+)?([^\s=:][^=:]*?|\/\/[^\s=]+)\s*[=:]\s*(.*)$/.exec(left);
  if (!m) {
    return undefined;
  }
  const eol = text.indexOf('\n', finding.end);
  const end = eol < 0 ? text.length : eol + 1;
  const rest = text.slice(finding.end, end).trim();
  return { key: m[1] as string, start, end, whole: /^["']?$/.test(m[2] as string) && /^["']?$/.test(rest) };
}
