import path from 'node:path';
import { type AuditEntry, appendix, auditLogPath } from '../policy/audit-log';
import { appendLocked } from '../project/node-locked-append';

/** Puts an entry on record in a project's log. */
export function recordEntry(root: string, entry: AuditEntry): Promise<void> {
  return appendLocked(path.join(root, auditLogPath), (text) => appendix(text, entry));
}
