import type { LoadedPolicy } from '../policy/load';
import type { KeyRecord, Policy } from '../policy/policy';
import { daysAfter, daysBetween } from './days';
import { limitOf } from './inventory';

/** What a date means for a key: nothing, soon to be replaced, past its limit, past its end, or out of use. */
export type KeyUrgency = 'fine' | 'soon' | 'overdue' | 'expired' | 'retired';

/** A key of the inventory on one day. */
export interface KeyOnDay {
  readonly record: KeyRecord;
  /** Whole days since it was made or last rotated. */
  readonly age: number;
  /** Most days that it may be used, where a rule says so. */
  readonly limit?: number;
  /** The day on which it must have been replaced: its limit or its expiry, whichever comes first. */
  readonly due?: string;
  readonly daysLeft?: number;
  readonly urgency: KeyUrgency;
}

/** Days before the due day on which a reminder begins, where the policy does not say. */
const WARN_DAYS = 14;

/** The keys of a policy on a day, the most urgent first. */
export function keysOnDay(policy: Policy | undefined, today: string): readonly KeyOnDay[] {
  const warn = policy?.rotation?.warnBeforeDays ?? WARN_DAYS;
  return (policy?.inventory?.keys ?? [])
    .map((record): KeyOnDay => {
      const since = record.rotatedAt ?? record.createdAt;
      const limit = limitOf(record, policy?.rotation, today)?.days;
      const limitDay = limit === undefined ? undefined : daysAfter(since, limit);
      const days = [limitDay, record.expiresAt].filter((d) => d !== undefined).sort();
      const due = days[0];
      const daysLeft = due === undefined ? undefined : daysBetween(today, due);
      const urgency: KeyUrgency =
        record.status !== 'active'
          ? 'retired'
          : record.expiresAt !== undefined && record.expiresAt < today
            ? 'expired'
            : daysLeft === undefined
              ? 'fine'
              : daysLeft < 0
                ? 'overdue'
                : daysLeft <= warn
                  ? 'soon'
                  : 'fine';
      return {
        record,
        age: daysBetween(since, today),
        ...(limit === undefined ? {} : { limit }),
        ...(due === undefined || daysLeft === undefined ? {} : { due, daysLeft }),
        urgency,
      };
    })
    .sort((a, b) => ((a.due ?? '9999') < (b.due ?? '9999') ? -1 : (a.due ?? '9999') > (b.due ?? '9999') ? 1 : 0));
}

/** The key whose references name a variable or a reference, if the inventory has it. */
export function keyNamed(policy: Policy | undefined, name: string, today: string): KeyOnDay | undefined {
  return keysOnDay(policy, today).find(
    (k) => k.record.references?.some((r) => r.name === name) || k.record.storage.ref === name,
  );
}

/** Where a policy's text names each of its keys: offsets of the value of `id`, quotes included. */
export function keyPlaces({ text = '' }: Pick<LoadedPolicy, 'text'>): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const m of text.matchAll(/"id"\s{0,8}:\s{0,8}("(?:[^"\\]|\\.){1,120}")/g)) {
    const id = JSON.parse(m[1] as string) as string;
    if (!places.has(id)) {
      places.set(id, m.index + m[0].length - (m[1] as string).length);
    }
  }
  return places;
}
