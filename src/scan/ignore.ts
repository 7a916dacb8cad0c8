import type { IgnoreEntry, IgnoreNote, StaleIgnore } from './finding';

/** One ignore directive in a text. */
export interface Directive {
  readonly directive: string;
  /** Offsets of the directive's line. */
  readonly lineStart: number;
  readonly lineEnd: number;
  /** Where its reason may begin, from the line's start; a reason without a comment's end goes on to the line's. */
  readonly column: number;
  readonly isClosed: boolean;
  /** Rule ids, with `*` as a wildcard; empty for all. */
  readonly rules: readonly string[];
  readonly reason?: string;
  readonly until?: string;
  /** `line`: its own line, or the next one when it stands alone; `next`: the next line; `from`/`to`: a region. */
  readonly scope: 'line' | 'next' | 'from' | 'to';
}

const DIRECTIVE =
  /keyward-ignore(?:-next-line)?(?:\[([^\]\n]{1,200})\])?|gitleaks:allow|betterleaks:allow|trufflehog:ignore|kingfisher:ignore|secretlint-disable(?:-next-line|-line)?|secretlint-enable|pragma: ?(?:allowlist|whitelist) (?:nextline )?secret/g;

/** Ends of comments that other code may follow. */
const COMMENT_END = /\*\/|-->|--%>|#\}|\*\)/;

/** Reads the ignore directives of a text, or of `[from, to)` of it. `NOSONAR` is none: it says nothing about secrets. */
export function readDirectives(text: string, from = 0, to = text.length): Directive[] {
  const found: Directive[] = [];
  DIRECTIVE.lastIndex = from;
  for (let m = DIRECTIVE.exec(text); m && m.index < to; m = DIRECTIVE.exec(text)) {
    const word = m[0];
    const lineStart = text.lastIndexOf('\n', m.index - 1) + 1;
    const newline = text.indexOf('\n', m.index);
    const lineEnd = newline < 0 ? text.length : newline;
    const rest = text.slice(m.index + word.length, Math.min(lineEnd, m.index + word.length + 400));
    const tail = rest.split(COMMENT_END)[0] as string;
    const own = word.startsWith('keyward');
    const until = own ? /\buntil=(\d{4}-\d{2}-\d{2})\b/.exec(tail)?.[1] : undefined;
    const said = own
      ? /^\s*(?:until=[\d-]{10}\s*)?:\s*(.*)$/.exec(tail)?.[1]
      : word.startsWith('secretlint')
        ? /--\s*(.*)$/.exec(tail)?.[1]
        : undefined;
    const reason = said
      ?.replace(/\buntil=\d{4}-\d{2}-\d{2}\b/, '')
      .replace(/\\n|["',]+\s*$/g, '')
      .trim();
    const rules = (m[1] ?? '')
      .split(',')
      .map((r) => r.trim())
      .filter(Boolean);
    const scope = /next-?line/.test(word)
      ? 'next'
      : word === 'secretlint-disable'
        ? 'from'
        : word === 'secretlint-enable'
          ? 'to'
          : 'line';
    found.push({
      directive: word,
      lineStart,
      lineEnd,
      column: m.index + word.length - lineStart,
      isClosed: tail.length < rest.length,
      rules,
      scope,
      ...(reason ? { reason } : {}),
      ...(until ? { until } : {}),
    });
  }
  return found;
}

function names(rule: string, ruleId: string): boolean {
  return rule === ruleId || (rule.endsWith('*') && ruleId.startsWith(rule.slice(0, -1)));
}

function covers(directive: Directive, ruleId: string): boolean {
  return directive.rules.length === 0 || directive.rules.some((r) => names(r, ruleId));
}

/** The entry of an ignore file that silences a finding, if one does. One that has expired does not. */
export function noteOfEntry(
  entries: readonly IgnoreEntry[],
  finding: { readonly ruleId: string; readonly fingerprint?: string },
  today?: string,
): IgnoreNote | undefined {
  const entry = entries.find(
    (e) =>
      names(e.rule, finding.ruleId) &&
      (e.fingerprint === undefined || e.fingerprint === finding.fingerprint) &&
      (e.until === undefined || today === undefined || e.until >= today),
  );
  return (
    entry && {
      directive: entry.source,
      line: entry.line,
      reason: entry.reason,
      ...(entry.until ? { until: entry.until } : {}),
    }
  );
}

/** What ignores did to a list of ranges. */
export interface Ignoring {
  /** For each range, the directive that covers it. */
  readonly notes: readonly (IgnoreNote | undefined)[];
  readonly stale: readonly StaleIgnore[];
}

/** What directives must know of the lines of their text. */
export interface TextLines {
  /** UTF-16 units. */
  readonly length: number;
  /** Offset of the line feed at or after an offset; the text's length where there is none. */
  lineEnd(offset: number): number;
  /** Zero-based line of an offset. */
  lineAt(offset: number): number;
}

/** Applies directives to findings. */
export function applyDirectives(
  lines: TextLines,
  directives: readonly Directive[],
  ranges: readonly { readonly start: number; readonly end: number; readonly ruleId: string }[],
  { today, requireReason }: { readonly today?: string | undefined; readonly requireReason?: boolean | undefined } = {},
): Ignoring {
  const notes: (IgnoreNote | undefined)[] = ranges.map(() => undefined);
  const stale: StaleIgnore[] = [];
  for (const d of directives) {
    if (d.scope === 'to') {
      continue;
    }
    let from = d.lineStart;
    let to = d.lineEnd + 1;
    if (d.scope === 'from') {
      from = d.lineStart;
      to = directives.find((x) => x.scope === 'to' && x.lineStart > d.lineStart)?.lineStart ?? lines.length + 1;
    } else {
      const ownLine = ranges.some((r) => r.start < to && r.end >= from);
      if (d.scope === 'next' || !ownLine) {
        const next = lines.lineEnd(to);
        from = d.scope === 'next' ? to : from;
        to = next + 1;
      }
    }
    const expired = d.until !== undefined && today !== undefined && d.until < today;
    // A value on the rest of the line is no part of a reason.
    const isCode = !d.isClosed && ranges.some((r) => r.end > d.lineStart + d.column && r.start < d.lineEnd);
    const reason = isCode ? undefined : d.reason;
    const unexplained = requireReason === true && reason === undefined;
    let used = false;
    ranges.forEach((r, i) => {
      if (r.start < to && r.end >= from && covers(d, r.ruleId)) {
        used = true;
        if (!expired && !unexplained && !notes[i]) {
          notes[i] = {
            directive: d.directive,
            line: lines.lineAt(d.lineStart),
            ...(reason ? { reason } : {}),
            ...(d.until ? { until: d.until } : {}),
          };
        }
      }
    });
    const why = used
      ? expired
        ? 'expired'
        : unexplained
          ? 'no-reason'
          : undefined
      : d.directive.startsWith('keyward')
        ? 'unused'
        : undefined;
    if (why) {
      stale.push({ line: lines.lineAt(d.lineStart), directive: d.directive, why });
    }
  }
  return { notes, stale };
}
