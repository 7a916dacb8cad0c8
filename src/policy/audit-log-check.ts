import { type AuditHead, type AuditRecord, chainStart, hashOf, parsed, tornHash } from './audit-log';

/** One thing wrong with a log. */
export interface AuditProblem {
  /** One-based line of the log. */
  readonly line: number;
  readonly kind: 'changed' | 'dropped' | 'reordered' | 'doubled' | 'unreadable' | 'torn';
  readonly message: string;
}

/** What a log says of itself. */
export interface AuditCheck {
  readonly entries: number;
  /** The last entry of each person, to be noted elsewhere: a chain can't show that its end was cut off. */
  readonly heads: readonly AuditHead[];
  readonly problems: readonly AuditProblem[];
}

interface Placed {
  readonly record: AuditRecord;
  readonly line: number;
}

/**
 * Finds every line that was changed, dropped or reordered. A chain without a key shows accidents and partial changes, not a
 * rewrite of the whole by its owner. `expected` are heads that were noted before: entries after them may have been added,
 * none may be gone.
 */
export function checkAuditLog(text: string, expected: readonly Omit<AuditHead, 'seq'>[] = []): AuditCheck {
  const lines = text.split('\n');
  const isClosed = lines.at(-1) === '';
  const body = isClosed ? lines.slice(0, -1) : lines;
  const problems: AuditProblem[] = [];
  const people = new Map<string, Placed[]>();
  const repaired = new Set<string>();
  const broken: { line: number; text: string }[] = [];
  body.forEach((line, i) => {
    const record = parsed(line);
    if (!record) {
      broken.push({ line: i + 1, text: line });
      return;
    }
    if (record.event === 'repair' && typeof record.about?.torn === 'string') {
      repaired.add(record.about.torn);
    }
    people.set(record.by, [...(people.get(record.by) ?? []), { record, line: i + 1 }]);
  });
  for (const { line, text: fragment } of broken) {
    if (line === body.length && !isClosed) {
      problems.push({
        line,
        kind: 'torn',
        message: 'the last line was written only in part; the next entry repairs it',
      });
    } else if (!repaired.has(tornHash(fragment))) {
      problems.push({
        line,
        kind: 'unreadable',
        message: 'this line is no entry: it was changed or written only in part',
      });
    }
  }
  const heads = [...people].map(([by, placed]) => {
    problems.push(...chainProblems(by, placed));
    const last = placed.reduce((a, b) => (b.record.seq > a.record.seq ? b : a)).record;
    return { by, seq: last.seq, hash: last.hash };
  });
  for (const head of expected) {
    if (!(people.get(head.by) ?? []).some((p) => p.record.hash === head.hash)) {
      const message = `the entry of ${head.by} that was noted as the last is gone`;
      problems.push({ line: Math.max(1, body.length), kind: 'dropped', message });
    }
  }
  return {
    entries: [...people.values()].reduce((n, p) => n + p.length, 0),
    heads,
    problems: problems.sort((a, b) => a.line - b.line),
  };
}

function chainProblems(by: string, placed: readonly Placed[]): AuditProblem[] {
  const problems: AuditProblem[] = [];
  const changed = new Set<number>();
  const change = (line: number, message: string) => {
    if (!changed.has(line)) {
      changed.add(line);
      problems.push({ line, kind: 'changed', message });
    }
  };
  for (const { record, line } of placed) {
    if (hashOf(record) !== record.hash) {
      change(line, `entry ${record.seq} of ${by} was changed`);
    }
  }
  let highest = 0;
  for (const { record, line } of placed) {
    if (record.seq < highest) {
      problems.push({ line, kind: 'reordered', message: `entry ${record.seq} of ${by} stands after entry ${highest}` });
    }
    highest = Math.max(highest, record.seq);
  }
  const inOrder = [...placed].sort((a, b) => a.record.seq - b.record.seq || a.line - b.line);
  let before: Placed | undefined;
  for (const next of inOrder) {
    const { record, line } = next;
    const expected = (before?.record.seq ?? 0) + 1;
    if (before && record.seq === before.record.seq) {
      problems.push({ line, kind: 'doubled', message: `entry ${record.seq} of ${by} stands twice` });
      continue;
    }
    if (record.seq > expected) {
      const gap = record.seq - 1 === expected ? `entry ${expected}` : `entries ${expected} to ${record.seq - 1}`;
      problems.push({
        line,
        kind: 'dropped',
        message: `${gap} of ${by} before this line ${gap.startsWith('entries') ? 'are' : 'is'} gone`,
      });
    } else if (record.prev !== (before?.record.hash ?? chainStart(by))) {
      if (before && !changed.has(line)) {
        change(
          before.line,
          `entry ${before.record.seq} of ${by} is not the one that entry ${record.seq} was written after`,
        );
      } else {
        change(line, `entry ${record.seq} of ${by} was changed`);
      }
    }
    before = next;
  }
  return problems;
}
