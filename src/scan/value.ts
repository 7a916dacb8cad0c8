import { canonicalPem } from './canonical-pem';
import type { Finding } from './finding';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\n': '',
};

/** Joins the pieces of one literal that was written as several: `"a" + "b"`, `"a" .. "b"`, adjacent strings, `\` at line end. */
const SEAM =
  /(?:\\?["'`])\s*(?:\+|\.\.|\.|&|,|\\)?\s*(?:\r?\n\s*)?(?:\+|\.\.|\.|&)?\s*(?:[rbufRBUF]{1,2})?(?:\\?["'`])/g;

/** A value of a `.properties` file: java.util.Properties drops the backslash before what it does not know. */
function propertyValue(raw: string): string {
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code, c: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : 'tnrf'.includes(c) ? (ESCAPES[c] as string) : c,
  );
}

/**
 * The value itself, as the program would read it: escapes resolved, pieces joined, PEM in canonical form. For the fix and
 * the fingerprint only; never put it where it could be shown.
 */
export function decodedValue(text: string, finding: Pick<Finding, 'start' | 'end'>, fileName = ''): string {
  const raw = text.slice(finding.start, finding.end);
  if (raw.startsWith('-----BEGIN')) {
    const pem = canonicalPem(raw);
    return pem ? `${pem}\n` : raw;
  }
  const joined = (/["'`]/.test(raw) && !/^[[{]/.test(raw) ? raw.replace(SEAM, '') : raw).replace(/\\\r?\n[ \t]*/g, '');
  if (!joined.includes('\\')) {
    return joined;
  }
  if (/\.properties$/i.test(fileName)) {
    return propertyValue(joined);
  }
  const quote = text[finding.start - 1];
  const isRaw = quote === "'" && /\.(?:sh|bash|zsh|ya?ml|rb|php|ps1|env)$|(?:^|\/)\.env/.test(fileName);
  if (isRaw || (quote !== '"' && quote !== "'" && quote !== '`')) {
    return joined;
  }
  return joined.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g,
    (_, a, b, c, d: string) => {
      const code = a ?? b ?? c;
      return code ? String.fromCodePoint(Number.parseInt(code, 16)) : (ESCAPES[d] ?? d);
    },
  );
}
