import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { scanText } from '../scan/scan';
import { say } from '../words/say';

/** Where the log lies in a project. One line an entry; `merge=union` in `.gitattributes` lets git join two people's lines. */
export const auditLogPath = '.keyward/audit.jsonl';

/** What is put on record. `repair` is written by the log itself. */
export const auditEvents = [
  'issue',
  'rotate',
  'suspend',
  'resume',
  'deactivate',
  'compromise',
  'revoke',
  'destroy',
  'suppress',
  'attest',
  'fix',
  'checklist',
  'policy-change',
  'repair',
] as const;
export type AuditEvent = (typeof auditEvents)[number];

/** One thing that somebody did. Names and fingerprints only, never a value. */
export interface AuditEntry {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Who did it: an id of the policy's owners. Each person's entries are a chain of their own. */
  readonly by: string;
  readonly event: AuditEvent;
  /** Id of a key, a check, a file, a fingerprint or a result, by name. */
  readonly about?: Readonly<Record<string, string | number>>;
  readonly note?: string;
}

/** An entry in its chain. */
export interface AuditRecord extends AuditEntry {
  readonly v: 1;
  /** Counts the person's entries, from 1. */
  readonly seq: number;
  /** Hash of the person's entry before; of their name for the first. */
  readonly prev: string;
  /** SHA-256 over everything else. */
  readonly hash: string;
}

/** The last entry of a person. */
export interface AuditHead {
  readonly by: string;
  readonly seq: number;
  readonly hash: string;
}

const LABEL = 'keyward-audit-log-v1';

function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${LABEL}\0${text}`)));
}

/** JSON with names in order, so that a line's hash does not hang on who wrote it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}

/** The hash that the first entry of a person is chained to. */
export function chainStart(by: string): string {
  return digest(`start\0${by}`);
}

/** The hash of a record, over all but itself. */
export function hashOf({ hash: _hash, ...rest }: AuditRecord): string {
  return digest(canonical(rest));
}

/** SHA-256 of a line that was written only in part; what repairs it names it by this. */
export function tornHash(line: string): string {
  return digest(`torn\0${line}`);
}

function lineOf(entry: AuditEntry, head: AuditHead | undefined): { line: string; head: AuditHead } {
  const { at, by, event, about, note } = entry;
  const body = {
    v: 1 as const,
    seq: (head?.seq ?? 0) + 1,
    at,
    by,
    event,
    ...(about ? { about } : {}),
    ...(note ? { note } : {}),
    prev: head?.hash ?? chainStart(by),
  };
  const hash = hashOf({ ...body, hash: '' });
  return { line: `${JSON.stringify({ ...body, hash })}\n`, head: { by, seq: body.seq, hash } };
}

/**
 * What to write after the log's text so that an entry is in it. A last line that was torn (a crash, a full disk) stays where
 * it is, closed by a line break, and an entry `repair` names it by its hash: nothing is lost. Throws for an entry that
 * holds what looks like a secret.
 */
export function appendix(text: string, entry: AuditEntry): string {
  const said = Object.entries({ ...entry.about, note: entry.note ?? '' }).map(([name, text]) => `${name} = "${text}"`);
  if (scanText([...said, entry.note].join('\n')).findings.some((f) => f.state === 'secret')) {
    throw new Error(say('The audit log takes names and fingerprints only; this entry holds what looks like a secret.'));
  }
  const head = headOf(text, entry.by);
  const last = text.slice(text.lastIndexOf('\n') + 1);
  if (last === '') {
    return lineOf(entry, head).line;
  }
  if (parsed(last)) {
    return `\n${lineOf(entry, headOf(`${text}\n`, entry.by)).line}`;
  }
  const repair = lineOf({ at: entry.at, by: entry.by, event: 'repair', about: { torn: tornHash(last) } }, head);
  return `\n${repair.line}${lineOf(entry, repair.head).line}`;
}

/** The last entry of a person whose line is whole. */
function headOf(text: string, by: string): AuditHead | undefined {
  const lines = text.split('\n').slice(0, -1);
  for (let i = lines.length - 1; i >= 0; i--) {
    const record = parsed(lines[i] as string);
    if (record?.by === by) {
      return { by, seq: record.seq, hash: record.hash };
    }
  }
  return undefined;
}

/** A line as a record; undefined when it is none. */
export function parsed(line: string): AuditRecord | undefined {
  try {
    const value = JSON.parse(line) as Partial<AuditRecord> | null;
    return typeof value?.by === 'string' &&
      Number.isInteger(value.seq) &&
      typeof value.hash === 'string' &&
      typeof value.prev === 'string'
      ? (value as AuditRecord)
      : undefined;
  } catch {
    return undefined;
  }
}
