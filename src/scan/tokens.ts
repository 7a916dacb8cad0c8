/** A run of characters that could be a generated credential. */
export interface Token {
  readonly start: number;
  readonly end: number;
}

/** Shorter values are found by their names only. */
export const SHORTEST = 15;
/** Longer runs are data, not credentials (blocks have their own search). */
const LONGEST = 4096;

const RUN = /[A-Za-z0-9_+/=~.:@-]{15,}/g;
const PARTS: readonly (readonly [RegExp, (run: string) => boolean])[] = [
  [/[A-Za-z0-9]{15,}/g, () => true],
  [/[A-Za-z0-9_-]{15,}/g, (r) => r.includes('_') || r.includes('-')],
  [/[A-Za-z0-9+/]{15,}={0,2}/g, (r) => r.includes('+') || r.includes('/') || r.includes('=')],
  [/[A-Za-z0-9_+/-]{15,}={0,2}/g, (r) => r.includes('-') || r.includes('_')],
  [/[A-Za-z0-9_.~-]{15,}/g, (r) => r.includes('.') || r.includes('~')],
  [/[A-Za-z0-9_:-]{15,}/g, (r) => r.includes(':')],
  [/[A-Za-z0-9_+/=.-]{15,}/g, (r) => r.includes('.') && r.includes('=')],
];

/**
 * Calls `visit` for every token that starts in `[from, to)`: maximal runs over each of the alphabets that credentials use,
 * each range once. Runs without a digit are words, not keys.
 */
export function eachToken(text: string, from: number, to: number, visit: (token: Token, value: string) => void): void {
  RUN.lastIndex = from;
  for (let m = RUN.exec(text); m && m.index < to; m = RUN.exec(text)) {
    const run = m[0];
    if (run.length > 65536 || !/[0-9]/.test(run)) {
      continue;
    }
    const seen = new Set<number>();
    for (const [alphabet, applies] of PARTS) {
      if (!applies(run)) {
        continue;
      }
      alphabet.lastIndex = 0;
      for (let p = alphabet.exec(run); p; p = alphabet.exec(run)) {
        // Sentence ends and separators do not belong to the value.
        const value = p[0].replace(/[.:~-]+$/, '');
        const lead = /^[.:~/-]+/.exec(value)?.[0].length ?? 0;
        emit(m.index + p.index, value);
        if (lead > 0) {
          emit(m.index + p.index + lead, value.slice(lead));
        }
      }
    }
    function emit(start: number, value: string): void {
      const key = (start - (m as RegExpExecArray).index) * 70000 + value.length;
      if (value.length >= SHORTEST && value.length <= LONGEST && !seen.has(key) && /[0-9]/.test(value)) {
        seen.add(key);
        visit({ start, end: start + value.length }, value);
      }
    }
  }
}

const ROLE_NAME =
  '[\\w.$-]{0,60}(?:pass|pwd|secret|token|key|pin|otp|2fa|twofa|login|uid|seed|phrase|mnemonic|credential|auth|account|wallet|user|id|priv)[\\w.$-]{0,40}';
const QUOTED = new RegExp(
  `(${ROLE_NAME})["'\`\\]\\\\)]{0,4}[ \\t]{0,8}(?::[ \\t]{0,2}[A-Za-z_][\\w.<>\\[\\]]{0,30}[ \\t]{0,4})?(?:=>|:=|[:=,(])[ \\t\\r\\n]{0,24}(?:[rbufRBUF@$]{1,2})?(\\\\?["'\`])`,
  'gi',
);
const BARE = new RegExp(
  `^[ \\t]*(?:export[ \\t]+|set[ \\t]+|-[ \\t]+|ENV[ \\t]+|ARG[ \\t]+)?["']?(${ROLE_NAME})["']?[ \\t]*(?:[=:]|[ \\t])[ \\t]*([^\\s"'\`#=:{\\[][^\\s#]{2,255})`,
  'gim',
);
const BARE_FILES =
  /(?:^|[/.])(?:env|ya?ml|ini|toml|properties|conf|cfg|cnf|txt|md|rc|npmrc|envrc|dockerfile|sh|bash|zsh|http|rest)(?:\.[\w-]+)*$|(?:^|\/)\.env|^$/i;

/** Calls `visit` for every value that has a telling name: quoted anywhere, bare in configuration files and scripts. */
export function eachNamed(
  text: string,
  from: number,
  to: number,
  fileName: string,
  visit: (token: Token, value: string) => void,
): void {
  QUOTED.lastIndex = from;
  for (let m = QUOTED.exec(text); m && m.index < to; m = QUOTED.exec(text)) {
    const quote = m[2] as string;
    const start = m.index + m[0].length;
    const limit = Math.min(text.length, start + 512);
    let end = start;
    while (end < limit && text[end] !== '\n' && !text.startsWith(quote, end)) {
      end += quote.length === 1 && text[end] === '\\' ? 2 : 1;
    }
    if (end < limit && text.startsWith(quote, end) && end - start >= 3) {
      visit({ start, end }, text.slice(start, end));
    }
    QUOTED.lastIndex = Math.max(m.index + 1, start - 1);
  }
  if (BARE_FILES.test(fileName)) {
    BARE.lastIndex = from;
    for (let m = BARE.exec(text); m && m.index < to; m = BARE.exec(text)) {
      const value = (m[2] as string).replace(/[,;]+$/, '');
      const start = m.index + m[0].length - (m[2] as string).length;
      visit({ start, end: start + value.length }, value);
    }
  }
}
