const REACH = 120;
const BASE64_TAIL = /[A-Za-z0-9+/]+$/;
const BASE64_HEAD = /^[A-Za-z0-9+/]+/;
/** A wrapped blob: 40 characters of base64 or more before or after a line end, written or escaped. */
const WRAPPED_BEFORE = /([A-Za-z0-9+/=]{40})(?:(?:\\r)?\\n?|\r?\n[ \t]*)$/;
const WRAPPED_AFTER = /^(?:(?:\\r)?\\n|\r?\n[ \t]*)([A-Za-z0-9+/]{40})/;

const isAlnum = (c: string | undefined) => c !== undefined && /[A-Za-z0-9]/.test(c);

/** A run that lower case, upper case and digits make up together: base64, not a path. */
function isDense(run: string): boolean {
  return run.length >= 16 && /[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run);
}

/** Whether a line end, written or escaped, may stand before `at`, blanks apart. */
function beginsLine(text: string, at: number): boolean {
  let i = at - 1;
  while (i >= 0 && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) {
    i--;
  }
  const c = text[i];
  return c === '\n' || c === '\\' || (c === 'n' && text[i - 1] === '\\');
}

/**
 * True when the token at `[start, end)` is a piece of something longer that only happens to have its length: a segment of
 * a JWT, a part of base64 between two slashes, a line of a wrapped blob, the digest after `sha512-`. Shapes that say little
 * by themselves are not looked for in there.
 */
export function isFragment(text: string, start: number, end: number): boolean {
  const before = text[start - 1];
  const after = text[end];
  if (after === '(' || after === '[' || after === '=') {
    return true; // a name that is called, indexed or assigned, or base64 without its end
  }
  if (before === '\\' && /[nrt]/.test(text[start] ?? '')) {
    return true; // `\n` and the line after it
  }
  if (before !== undefined && '.~_-'.includes(before) && isAlnum(text[start - 2])) {
    return true;
  }
  if (after !== undefined && '.~_-'.includes(after) && isAlnum(text[end + 1])) {
    return true;
  }
  if (before === '/' || before === '+') {
    const left = BASE64_TAIL.exec(text.slice(Math.max(0, start - REACH), start))?.[0] ?? '';
    if (!left.startsWith('/') && isDense(left)) {
      return true;
    }
  }
  if (after === '/' || after === '+') {
    const right = BASE64_HEAD.exec(text.slice(end, end + REACH))?.[0] ?? '';
    if (isDense(right)) {
      return true;
    }
  }
  const neighbour =
    (beginsLine(text, start) ? WRAPPED_BEFORE.exec(text.slice(Math.max(0, start - 64), start)) : null) ??
    WRAPPED_AFTER.exec(text.slice(end, end + 64));
  // Lists of hex keys, one a line, are no blob.
  return neighbour !== null && /[g-z+]/i.test(neighbour[1] as string);
}
