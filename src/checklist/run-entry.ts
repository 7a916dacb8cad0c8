import type { AuditEntry } from '../policy/audit-log';
import type { Assessment } from './assessment';

/** A run as the audit log has it; who puts it on record is added there. */
export function runEntry({ run, summary, tool }: Assessment): Omit<AuditEntry, 'by'> {
  const { counts, overall, gate } = summary;
  return {
    at: run.startedAt,
    event: 'checklist',
    about: {
      asOf: run.asOf,
      gate: gate.result,
      fail: counts.fail,
      warn: counts.warn,
      pass: counts.pass,
      ...(overall.score === null ? {} : { score: overall.score }),
      checklist: tool.checklistSha256,
    },
  };
}
