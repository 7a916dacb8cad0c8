import fs from 'node:fs';
import path from 'node:path';
import { type AuditEvent, auditEvents, auditLogPath } from '../policy/audit-log';
import { checkAuditLog } from '../policy/audit-log-check';
import { recordEntry } from './audit-record';
import { type Io, UsageError } from './io';
import { common, deliver, oneOf, parsed } from './options';

const OPTIONS = {
  ...common,
  by: { type: 'string' },
  key: { type: 'string' },
  check: { type: 'string' },
  file: { type: 'string' },
  fingerprint: { type: 'string' },
  note: { type: 'string' },
  head: { type: 'string', multiple: true },
} as const;

/** `keyward audit-log verify|record`. */
export async function auditLogCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, OPTIONS);
  const [action, ...rest] = positionals;
  if (action === 'verify') {
    return verify(rest[0] ?? '.', values, io);
  }
  if (action === 'record') {
    const [event, folder = '.'] = rest;
    const known = auditEvents.filter((e) => e !== 'repair');
    const what = oneOf('the event', event, known, undefined as unknown as AuditEvent);
    if (!what || !values.by) {
      throw new UsageError('audit-log record needs an event and --by PERSON.');
    }
    const { key, check, file, fingerprint, note } = values;
    const about = Object.fromEntries(
      Object.entries({ key, check, file, fingerprint }).filter(([, v]) => v !== undefined),
    );
    await recordEntry(path.resolve(io.cwd, folder), {
      at: new Date().toISOString(),
      by: values.by,
      event: what,
      ...(Object.keys(about).length ? { about: about as Record<string, string> } : {}),
      ...(note ? { note } : {}),
    });
    return 0;
  }
  throw new UsageError(`audit-log needs verify or record; found "${action ?? 'nothing'}".`);
}

function verify(
  folder: string,
  values: {
    readonly format?: string;
    readonly head?: readonly string[];
    readonly quiet?: boolean;
    readonly output?: string;
  },
  io: Io,
): number {
  const format = oneOf('--format', values.format, ['text', 'json'] as const, 'text');
  const expected = (values.head ?? []).map((h) => {
    const [by, hash] = h.split('=');
    if (!by || !/^[0-9a-f]{64}$/.test(hash ?? '')) {
      throw new UsageError(`--head must be PERSON=HASH with a hash of 64 digits; found "${h}".`);
    }
    return { by, hash: hash as string };
  });
  const root = path.resolve(io.cwd, folder);
  const file = fs.statSync(root, { throwIfNoEntry: false })?.isFile() ? root : path.join(root, auditLogPath);
  if (!fs.existsSync(file)) {
    throw new UsageError(`${folder}: there is no ${auditLogPath}.`);
  }
  const check = checkAuditLog(fs.readFileSync(file, 'utf8'), expected);
  if (format === 'json') {
    deliver(
      io,
      `${JSON.stringify({ schemaVersion: 1, valid: check.problems.length === 0, ...check }, null, 2)}\n`,
      values.output,
    );
  } else if (!values.quiet || values.output) {
    const lines = check.problems.map((p) => `${auditLogPath}:${p.line}: ${p.kind}: ${p.message}`);
    const heads = check.heads.map(
      (h) => `${h.by}: ${h.seq} ${h.seq === 1 ? 'entry' : 'entries'}, the last is ${h.hash}`,
    );
    const verdict = check.problems.length
      ? `${check.problems.length} of ${check.entries} entries are not as they were written.`
      : `${check.entries} entries, none changed, dropped or reordered. A chain can't show that its end was cut off: note the last hashes elsewhere, and give them back with --head.`;
    deliver(io, `${[...lines, ...heads, verdict].join('\n')}\n`, values.output);
  }
  return check.problems.length ? 1 : 0;
}
