import { say } from '../words/say';
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
        message: say('the last line was written only in part; the next entry repairs it'),
      });
    } else if (!repaired.has(tornHash(fragment))) {
      problems.push({
        line,
        kind: 'unreadable',
        message: say('this line is no entry: it was changed or written only in part'),
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
      const message = say('the entry of {0} that was noted as the last is gone', head.by);
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
      change(line, say('entry {0} of {1} was changed', record.seq, by));
    }
  }
  let highest = 0;
  for (const { record, line } of placed) {
    if (record.seq < highest) {
      problems.push({
        line,
        kind: 'reordered',
        message: say('entry {0} of {1} stands after entry {2}', record.seq, by, highest),
      });
    }
    highest = Math.max(highest, record.seq);
  }
  const inOrder = [...placed].sort((a, b) => a.record.seq - b.record.seq || a.line - b.line);
  let before: Placed | undefined;
  for (const next of inOrder) {
    const { record, line } = next;
    const expected = (before?.record.seq ?? 0) + 1;
    if (before && record.seq === before.record.seq) {
      problems.push({ line, kind: 'doubled', message: say('entry {0} of {1} stands twice', record.seq, by) });
      continue;
    }
    if (record.seq > expected) {
      problems.push({
        line,
        kind: 'dropped',
        message:
          record.seq - 1 === expected
            ? say('entry {0} of {1} before this line is gone', expected, by)
            : say('entries {0} to {1} of {2} before this line are gone', expected, record.seq - 1, by),
      });
    } else if (record.prev !== (before?.record.hash ?? chainStart(by))) {
      if (before && !changed.has(line)) {
        change(
          before.line,
          say('entry {0} of {1} is not the one that entry {2} was written after', before.record.seq, by, record.seq),
        );
      } else {
        change(line, say('entry {0} of {1} was changed', record.seq, by));
      }
    }
    before = next;
  }
  return problems;
}
