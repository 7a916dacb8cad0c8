import { inDays } from '../checklist/days';
import type { KeyOnDay } from '../checklist/key-calendar';

/** What the inventory says of a key, a line each: who, where, what it may, how old it is, when it must be replaced. */
export function passport({ record, age, limit, due, daysLeft, urgency }: KeyOnDay): readonly string[] {
  const permissions = record.permissions?.length ? record.permissions.join(', ') : 'not recorded';
  const when =
    due === undefined || daysLeft === undefined
      ? 'No limit is set for it.'
      : urgency === 'expired'
        ? `Expired on ${record.expiresAt}.`
        : daysLeft < 0
          ? `Must have been rotated by ${due}, ${inDays(-daysLeft)} ago.`
          : `To be rotated by ${due}, in ${inDays(daysLeft)}.`;
  return [
    `${record.provider}, ${record.kind}, ${record.class}; ${record.purpose}.`,
    `${record.environment}, owner ${record.owner}${record.deputy ? `, deputy ${record.deputy}` : ''}, permissions: ${permissions}.`,
    record.status === 'active'
      ? `${inDays(age)} old${limit === undefined ? '' : ` of ${limit} at most`}. ${when}`
      : `Status ${record.status}: nothing may use it.`,
    `Kept in ${record.storage.store}.`,
  ];
}
