import { eachStretch } from './stretches';
import { CLASS, Unit } from './text-codes';

/** A run of characters that could be a generated credential. */
export interface Token {
  readonly start: number;
  readonly end: number;
}

/** Shorter values are found by their names only. */
export const SHORTEST = 15;
/** Longer runs are data, not credentials (blocks have their own search). */
const LONGEST = 4096;

/** Runs longer than this are data. */
const LONGEST_RUN = 65_536;

const PARTS: readonly (readonly [RegExp, (run: string) => boolean])[] = [
  [/[A-Za-z0-9]{15,}/g, () => true],
  [/[A-Za-z0-9_-]{15,}/g, (r) => r.includes('_') || r.includes('-')],
  [/[A-Za-z0-9+/]{13,}={0,2}/g, (r) => r.includes('+') || r.includes('/') || r.includes('=')],
  [/[A-Za-z0-9_+/-]{15,}={0,2}/g, (r) => r.includes('-') || r.includes('_')],
  [/[A-Za-z0-9_.~-]{15,}/g, (r) => r.includes('.') || r.includes('~')],
  [/[A-Za-z0-9_:-]{15,}/g, (r) => r.includes(':')],
  [/[A-Za-z0-9_+/=.-]{15,}/g, (r) => r.includes('.') && r.includes('=')],
  [/[A-Za-z0-9_:+/-]{15,}={0,2}/g, (r) => /^[a-z-]{3,20}:[A-Za-z0-9]/.test(r)],
];
const PLAIN = /^[A-Za-z0-9]+$/;

const TOKEN = CLASS.map((bits) => bits & Unit.Token);

/** Base64 with its padding needs no digit. */
function isPadded(value: string): boolean {
  return value.endsWith('=') && value.length % 4 === 0;
}

const EQUALS = 61;

/** Calls `visit` for every run of token characters that starts in `[from, to)`, is long enough and holds a digit or ends as base64. */
function eachRun(codes: Uint8Array, from: number, to: number, visit: (start: number, end: number) => void): void {
  eachStretch(codes, TOKEN, SHORTEST, from, to, (start, end) => {
    let i = start;
    while (i < end && ((CLASS[codes[i] as number] as number) & Unit.Digit) === 0) {
      i++;
    }
    if ((i < end || codes[end - 1] === EQUALS) && end - start <= LONGEST_RUN) {
      visit(start, end);
    }
  });
}

/**
 * Calls `visit` for every token that starts in `[from, to)`: maximal runs over each of the alphabets that credentials use,
 * each range once. Runs without a digit are words, not keys, unless they are padded base64. `codes` are the text's (`codesOf`).
 */
export function eachToken(
  text: string,
  codes: Uint8Array,
  from: number,
  to: number,
  visit: (token: Token, value: string) => void,
): void {
  eachRun(codes, from, to, (start, end) => {
    const run = text.slice(start, end);
    if (PLAIN.test(run)) {
      if (run.length <= LONGEST) {
        visit({ start, end }, run);
      }
      return;
    }
    const seen = new Set<number>();
    const emit = (at: number, value: string) => {
      const key = at * 70_000 + value.length;
      if (
        value.length >= SHORTEST &&
        value.length <= LONGEST &&
        !seen.has(key) &&
        (/[0-9]/.test(value) || isPadded(value))
      ) {
        seen.add(key);
        visit({ start: start + at, end: start + at + value.length }, value);
      }
    };
    for (const [alphabet, applies] of PARTS) {
      if (!applies(run)) {
        continue;
      }
      alphabet.lastIndex = 0;
      for (let p = alphabet.exec(run); p; p = alphabet.exec(run)) {
        // Sentence ends and separators do not belong to the value.
        const value = p[0].replace(/[.:~-]+$/, '');
        const lead = /^[.:~/-]+/.exec(value)?.[0].length ?? 0;
        // The hyphen of a shell's ${NAME:-value} is no part of the value.
        if (!value.startsWith('-') || run[p.index - 1] !== ':') {
          emit(p.index, value);
          if (p[0].endsWith('-')) {
            emit(p.index, p[0]);
          }
        }
        if (lead > 0) {
          emit(p.index + lead, value.slice(lead));
        }
      }
    }
  });
}
