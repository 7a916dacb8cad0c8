import type { Assessment, Basis, CheckResult, Status } from './assessment';
import { definitions } from './definitions';

/** What one run is remembered by, so that the next can say what changed. Names, states and fingerprints, never values. */
export interface RunRecord {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** The files of a clean commit; undefined where they can't be told by one. */
  readonly commit?: string;
  /** SHA-256 of the policy file. */
  readonly policy?: string;
  /** SHA-256 of the checklist's definitions. */
  readonly checklist: string;
  readonly score: number | null;
  readonly coverage: number | null;
  readonly grade?: string;
  readonly checks: Readonly<Record<string, CheckRecord>>;
}

interface CheckRecord {
  readonly status: Status;
  readonly basis?: Basis;
  readonly accepted?: true;
  /** Fingerprints of its evidence. */
  readonly evidence: readonly string[];
}

/** In the order of their weight for a reader. */
export const changeKinds = [
  'new-failure',
  'more-places',
  'unreadable',
  'warned',
  'asked',
  'accepted',
  'fixed',
  'fewer-places',
  'eased',
  'attested',
  'passed',
  'gone',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** How one check differs from the run before. */
export interface Change {
  readonly check: string;
  readonly kind: ChangeKind;
  /** Places that came or went, for `more-places` and `fewer-places`. */
  readonly places?: number;
}

/** How a run differs from the one before it. */
export interface Changes {
  readonly since: RunRecord;
  readonly list: readonly Change[];
  /** `calendar`: neither the files nor the policy changed, only the day. `checklist`: the questions are not the same. */
  readonly cause?: 'calendar' | 'checklist';
}

/** What to remember of a run. */
export function runRecord({ run, subject, tool, summary, results }: Assessment): RunRecord {
  const { commit, dirty } = subject.vcs ?? {};
  const { score, coverage, grade } = summary.overall;
  return {
    at: run.startedAt,
    asOf: run.asOf,
    ...(typeof commit === 'string' && dirty === false ? { commit } : {}),
    ...(subject.policy.sha256 ? { policy: subject.policy.sha256 } : {}),
    checklist: tool.checklistSha256,
    score,
    coverage,
    ...(grade ? { grade } : {}),
    checks: Object.fromEntries(results.map((r) => [r.check, checkRecord(r)])),
  };
}

function checkRecord({ status, basis, accepted, evidence }: CheckResult): CheckRecord {
  return {
    status,
    ...(basis ? { basis } : {}),
    ...(accepted ? { accepted: true } : {}),
    evidence: [...new Set(evidence.map((e) => e.fingerprint))],
  };
}

/** What is different in a run from the one before. */
export function changesSince(since: RunRecord, now: RunRecord): Changes {
  const list = definitions
    .map(({ id }) => changeOf(id, since.checks[id], now.checks[id]))
    .filter((change) => change !== undefined)
    .sort((a, b) => changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind));
  const sameFiles = since.commit !== undefined && since.commit === now.commit && since.policy === now.policy;
  const cause =
    since.checklist !== now.checklist ? 'checklist' : sameFiles && since.asOf !== now.asOf ? 'calendar' : undefined;
  return { since, list, ...(cause ? { cause } : {}) };
}

function isOpenFailure(record: CheckRecord | undefined): boolean {
  return record?.status === 'fail' && !record.accepted;
}

function changeOf(check: string, before: CheckRecord | undefined, after: CheckRecord | undefined): Change | undefined {
  if (!after) {
    return undefined;
  }
  if (isOpenFailure(after)) {
    return isOpenFailure(before) ? morePlaces(check, before as CheckRecord, after) : { check, kind: 'new-failure' };
  }
  if (after.basis === 'attested' && after.status === 'pass') {
    return before?.basis === 'attested' && before.status === 'pass' ? undefined : { check, kind: 'attested' };
  }
  if (!before || (before.status === after.status && before.accepted === after.accepted)) {
    return undefined;
  }
  if (after.accepted) {
    return { check, kind: 'accepted' };
  }
  const wasFailure = before.status === 'fail';
  const kinds: Readonly<Record<Exclude<Status, 'fail'>, ChangeKind>> = {
    pass: wasFailure ? 'fixed' : 'passed',
    warn: wasFailure ? 'eased' : 'warned',
    'not-applicable': wasFailure ? 'fixed' : 'gone',
    'needs-attestation': 'asked',
    error: 'unreadable',
  };
  return { check, kind: kinds[after.status as Exclude<Status, 'fail'>] };
}

function morePlaces(check: string, before: CheckRecord, after: CheckRecord): Change | undefined {
  const added = after.evidence.filter((e) => !before.evidence.includes(e)).length;
  const gone = before.evidence.filter((e) => !after.evidence.includes(e)).length;
  if (added > 0) {
    return { check, kind: 'more-places', places: added };
  }
  return gone > 0 ? { check, kind: 'fewer-places', places: gone } : undefined;
}
