/** A table that says of each code whether it belongs to a set: the characters given, and with `wide` all beyond ASCII. */
export function codeSet(characters: string, wide = false): Uint8Array {
  const set = new Uint8Array(256);
  for (const c of characters) {
    set[c.charCodeAt(0)] = 1;
  }
  set[255] = wide ? 1 : 0;
  return set;
}

/**
 * Calls `visit` for every stretch of at least `least` characters of a set that starts in `[from, to)`, as far as it goes. It
 * looks at every `least`-th character first, and at more only where that one may stand in such a stretch: most of a text is
 * never looked at. A stretch that begins before `from` is one from there.
 */
export function eachStretch(
  codes: Uint8Array,
  set: Uint8Array,
  least: number,
  from: number,
  to: number,
  visit: (start: number, end: number) => void,
): void {
  const { length } = codes;
  let start = from;
  // All of [start, known) belong to the set.
  let known = from;
  while (start < to) {
    const last = start + least - 1;
    if (last >= length) {
      return;
    }
    let i = last;
    while (i >= known && set[codes[i] as number] === 1) {
      i--;
    }
    if (i >= known) {
      start = i + 1;
      known = last + 1;
      continue;
    }
    let end = last + 1;
    while (end < length && set[codes[end] as number] === 1) {
      end++;
    }
    visit(start, end);
    start = end + 1;
    known = start;
  }
}
