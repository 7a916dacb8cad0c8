import { type AuditRecord, parsed } from '../policy/audit-log';
import { type AuditCheck, checkAuditLog } from '../policy/audit-log-check';

/** The runs of the checklist that somebody put on record, and whether the log that says so is whole. */
export interface RunHistory {
  readonly log: AuditCheck;
  /** In the order of the log. `hash` is the entry's in its chain. */
  readonly runs: readonly (Pick<AuditRecord, 'at' | 'by' | 'hash'> & NonNullable<AuditRecord['about']>)[];
}

/** Reads the runs from the text of an audit log. */
export function runHistory(text: string): RunHistory {
  const runs = text
    .split('\n')
    .map(parsed)
    .filter((record) => record?.event === 'checklist')
    .map((record) => {
      const { at, by, about, hash } = record as AuditRecord;
      return { at, by, ...about, hash };
    });
  return { log: checkAuditLog(text), runs };
}
