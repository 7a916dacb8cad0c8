const WHOLE = /^-----BEGIN ([^-]{3,120})-----([\s\S]*?)-----END ([^-]{3,120})-----$/;
/** Line ends as they are escaped in strings, once and more often, and in XML. */
const LINE_END = /\\{1,4}r\\{1,4}n|\\{1,4}[rn]|&#(?:10|13|x[aAdD]);|\r?\n/;
/** From one piece of a literal to the next: `" + "`, `', '`, adjacent strings. */
const SEAM = /\\?["'`]\s{0,40}(?:[+.&,]\s{0,40})?\\?["'`]/g;
/** Indentation, comment marks and quotes before a line. A slash or a plus sign that a blank or a quote follows is a mark, else
 * base64. */
const BEFORE = /^(?:[\s"'`,.#*>|;\\-]|[+/]+(?=[\s"'`]))*/;
const AFTER = /["'`,;\\\s]*(?:["'`]\s*[+.&])?["'`,;\\\s]*$/;
const HEADER = /^[A-Za-z-]+: .*$/;
const BASE64 = /^[A-Za-z0-9+/=]+$/;
const MARKS = /^[\s"'`+,.#*/>|;\\-]*$/;

/** Canonical PEM: real line ends, no quotes, commas, plus signs or comment marks of the text around. */
export function canonicalPem(raw: string): string | undefined {
  const m = WHOLE.exec(raw);
  if (!m?.[1] || m[2] === undefined) {
    return undefined;
  }
  // Line ends first: what joins two pieces may stand between them.
  const lines = m[2].split(LINE_END).join('\n').replace(SEAM, '\n').split('\n');
  // What stands before the closing mark on its line.
  if (MARKS.test(lines.at(-1) ?? '')) {
    lines.pop();
  }
  const kept = lines.flatMap((line) => {
    const clean = line.replace(BEFORE, '').replace(AFTER, '');
    return HEADER.test(clean) ? [clean] : clean.split(/[\s\\]+/).filter((part) => BASE64.test(part));
  });
  return `-----BEGIN ${m[1]}-----\n${kept.join('\n')}\n-----END ${m[3]}-----`;
}
