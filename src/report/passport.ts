import { inDays } from '../checklist/days';
import type { KeyOnDay } from '../checklist/key-calendar';
import { say } from '../words/say';

/** What the inventory says of a key, a line each: who, where, what it may, how old it is, when it must be replaced. */
export function passport({ record, age, limit, due, daysLeft, urgency }: KeyOnDay): readonly string[] {
  const permissions = record.permissions?.length ? record.permissions.join(', ') : say('not recorded');
  const when =
    due === undefined || daysLeft === undefined
      ? say('No limit is set for it.')
      : urgency === 'expired'
        ? say('Expired on {0}.', record.expiresAt)
        : daysLeft < 0
          ? say('Must have been rotated by {0}, {1} ago.', due, inDays(-daysLeft))
          : say('To be rotated by {0}, in {1}.', due, inDays(daysLeft));
  return [
    `${record.provider}, ${record.kind}, ${record.class}; ${record.purpose}.`,
    record.deputy
      ? say(
          '{0}, owner {1}, deputy {2}, permissions: {3}.',
          record.environment,
          record.owner,
          record.deputy,
          permissions,
        )
      : say('{0}, owner {1}, permissions: {2}.', record.environment, record.owner, permissions),
    record.status === 'active'
      ? `${limit === undefined ? say('{0} old.', inDays(age)) : say('{0} old of {1} at most.', inDays(age), limit)} ${when}`
      : say('Status {0}: nothing may use it.', record.status),
    say('Kept in {0}.', record.storage.store),
  ];
}
