import { say } from '../words/say';
import type { KeyRecord, KeyState } from './key-record';

/** What may follow a state: NIST SP 800-57 Part 1 Rev. 5, chapter 7. */
export const transitions: Readonly<Record<KeyState, readonly KeyState[]>> = {
  'pre-activation': ['active', 'compromised', 'destroyed'],
  active: ['suspended', 'deactivated', 'compromised', 'destroyed'],
  suspended: ['active', 'deactivated', 'compromised', 'destroyed'],
  deactivated: ['compromised', 'destroyed'],
  compromised: ['destroyed'],
  destroyed: [],
};

/** What a record's history tells that is not permitted, as a clause; undefined when all is well. */
export function historyProblem(record: KeyRecord, owners: ReadonlySet<string>): string | undefined {
  const history = record.history ?? [];
  let state: KeyState = history[0]?.from ?? 'pre-activation';
  let date = '';
  for (const [i, change] of history.entries()) {
    if (change.from !== undefined && change.from !== state) {
      return say('the change of {0} begins in {1}, the one before ends in {2}', change.at, change.from, state);
    }
    const isFirst = i === 0 && change.from === undefined;
    if (!transitions[state]?.includes(change.to) && !(isFirst && change.to === 'pre-activation')) {
      return say('{0} to {1} on {2} is not permitted', state, change.to, change.at);
    }
    if (change.at < date) {
      return say('the change of {0} stands after that of {1}', change.at, date);
    }
    if (!owners.has(change.by)) {
      return say('{0}, who made the change of {1}, is not in owners', change.by, change.at);
    }
    state = change.to;
    date = change.at;
  }
  return history.length > 0 && state !== record.status
    ? say('the history ends in {0}, the status is {1}', state, record.status)
    : undefined;
}

const LATER = ['rotatedAt', 'activatedAt', 'expiresAt', 'deactivatedAt', 'revokedAt', 'destroyedAt'] as const;

/** The first date of a record that lies before it was made. */
export function earlyDate(record: KeyRecord): (typeof LATER)[number] | undefined {
  return LATER.find((name) => record[name] !== undefined && (record[name] as string) < record.createdAt);
}
