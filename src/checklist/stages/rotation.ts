import { say } from '../../words/say';
import { daysBetween, inDays, inTime } from '../days';
import { askPolicy, declared } from '../declared';
import { unreadablePipelines } from '../formats/pipelines';
import { type InventoryKey, inventoryOf } from '../inventory';
import { hasKeys } from '../key-references';
import { count, type Draft, details, notApplicable, type Observation, seenFile, verdict } from '../observation';
import { rotationAutomation, staticCloudKeys } from '../probes/rotation-automation';
import { leftBehind, onDemandRunbook, rotationRunbooks } from '../probes/rotation-runbook';
import type { ProjectTexts } from '../project-texts';

/** Upper end of the practice, and the longest limit that is only a warning. Days. */
const USUAL = 180;
const LONGEST = 365;
const WARN_BEFORE = 14;
const LIFETIME = 365;
/** Classes whose keys may live longer: a signing address or an encryption key can't be replaced like an API key. */
const LONG_LIVED = new Set(['signing', 'encryption']);
const NO_KEYS = say('No key is referenced, found or listed.');

/** No answer without a policy, and nothing to ask without keys. */
function withoutPolicy(check: string, project: ProjectTexts, what: string): Draft | undefined {
  if (!hasKeys(project)) {
    return notApplicable(check, NO_KEYS);
  }
  return project.policy.state === 'ok' ? undefined : askPolicy(check, project, what);
}

/** The key whose limit is nearest, in words. */
function nearest(keys: readonly InventoryKey[]): string {
  const [next] = keys
    .filter((k) => k.daysLeft !== undefined)
    .sort((a, b) => (a.daysLeft as number) - (b.daysLeft as number));
  return next ? ` ${say('The next, {0}, is due on {1}.', next.record.id, next.due)}` : '';
}

function limitOutcome(key: InventoryKey): { outcome: Observation['outcome']; detail: string } {
  const { record, limit } = key;
  if (!limit) {
    return { outcome: 'fail', detail: say('{0} has no limit', record.id) };
  }
  const said = say(
    'The limit of {0} is {1}, longer than {2} without a permitted exception',
    record.id,
    inDays(limit.days),
    USUAL,
  );
  const excused = limit.exception !== undefined && LONG_LIVED.has(record.class);
  return limit.days <= USUAL || excused
    ? { outcome: 'pass', detail: said }
    : { outcome: limit.days <= LONGEST ? 'warn' : 'fail', detail: said };
}

/** Stage ROT: keys are replaced in time. */
export const rotation: readonly ((project: ProjectTexts) => Draft)[] = [
  function limitsSet(project) {
    const check = 'KW-ROT-01';
    const open = withoutPolicy(check, project, say('how old may a key become?'));
    if (open) {
      return open;
    }
    const inventory = inventoryOf(project);
    const rules = project.policy.policy?.rotation;
    const used = inventory.keys.filter((k) => /^(?:pre-activation|active|suspended)$/.test(k.record.status));
    const observations = used.map((k) => {
      const { outcome, detail } = limitOutcome(k);
      return outcome === 'fail' && !k.limit
        ? inventory.at(k, 'rotationLimitSet', outcome, detail)
        : declared(project, ['rotation'], 'rotationLimitSet', outcome, detail);
    });
    if (used.length === 0) {
      const days = rules?.defaultMaxAgeDays;
      const outcome = days === undefined || days > LONGEST ? 'fail' : days > USUAL ? 'warn' : 'pass';
      const detail =
        days === undefined
          ? say('No rotation.defaultMaxAgeDays is set')
          : say('The limit is {0}, longer than {1}', inDays(days), USUAL);
      observations.push(declared(project, ['rotation', 'defaultMaxAgeDays'], 'rotationLimitSet', outcome, detail));
    }
    const limits = used.map((k) => k.limit?.days ?? 0);
    const range =
      limits.length === 0
        ? ''
        : Math.min(...limits) === Math.max(...limits)
          ? say('{0} for {1}.', inDays(limits[0] as number), count(used.length, 'key'))
          : say('{0} to {1} for {2}.', Math.min(...limits), inDays(Math.max(...limits)), count(used.length, 'key'));
    return verdict(
      check,
      observations,
      {
        fail: details,
        warn: details,
        pass: range || say('A limit within 180 days is set.'),
      },
      'declared',
    );
  },
  function agesWithinLimits(project) {
    const check = 'KW-ROT-02';
    const open = withoutPolicy(check, project, say('when was each key made or last rotated?'));
    if (open) {
      return open;
    }
    const inventory = inventoryOf(project);
    if (inventory.active.length === 0) {
      return notApplicable(check, say('The inventory has no active key.'));
    }
    const warnBefore = project.policy.policy?.rotation?.warnBeforeDays ?? WARN_BEFORE;
    const observations = inventory.active.flatMap((k) => {
      const { daysLeft, limit, due, age, record } = k;
      if (daysLeft === undefined || !limit || daysLeft > warnBefore) {
        return [];
      }
      return daysLeft < 0
        ? [
            inventory.at(
              k,
              'keyAge',
              'fail',
              say('{0} is {1} old, the limit is {2}', record.id, inDays(age), limit.days),
            ),
          ]
        : [inventory.at(k, 'keyAge', 'warn', say('{0} is due on {1}, {2}', record.id, due, inTime(daysLeft)))];
    });
    return verdict(
      check,
      observations,
      {
        fail: details,
        warn: details,
        pass: say('No active key is older than its limit.{0}', nearest(inventory.active)),
      },
      'declared',
    );
  },
  function expirySet(project) {
    const check = 'KW-ROT-03';
    const open = withoutPolicy(check, project, say('when does each key expire?'));
    if (open) {
      return open;
    }
    const inventory = inventoryOf(project);
    if (inventory.active.length === 0) {
      return notApplicable(check, say('The inventory has no active key.'));
    }
    const rules = project.policy.policy?.rotation;
    const observations = inventory.active.flatMap((k) => {
      const { outcome, detail } = expiryOutcome(k, rules, project.asOf);
      return outcome === 'pass' ? [] : [inventory.at(k, 'keyExpiry', outcome, detail)];
    });
    const [first] = inventory.active
      .map((k) => k.record.expiresAt)
      .filter((d) => d !== undefined)
      .sort();
    return verdict(
      check,
      observations,
      {
        fail: details,
        warn: details,
        pass: first ? say('The first key expires on {0}.', first) : say('No active key needs an expiry date.'),
      },
      'declared',
    );
  },
  function automated(project) {
    return judgeAutomation(project);
  },
  function onDemand(project) {
    return judgeOnDemand(project);
  },
];

function expiryOutcome(
  { record, since }: InventoryKey,
  rules: NonNullable<ProjectTexts['policy']['policy']>['rotation'],
  asOf: string,
): { outcome: Observation['outcome']; detail: string } {
  const { id, expiresAt } = record;
  if (expiresAt === undefined) {
    const excused = record.expiryExempt !== undefined && LONG_LIVED.has(record.class);
    const needed = rules?.requireExpiry ?? true;
    const detail = record.expiryExempt
      ? say('{0} has no expiry date, and its class {1} may not be exempt', id, record.class)
      : say('{0} has no expiry date', id);
    return { outcome: excused || !needed ? 'pass' : 'fail', detail };
  }
  const left = daysBetween(asOf, expiresAt);
  if (left < 0) {
    return { outcome: 'fail', detail: say('{0} expired on {1} and is still active', id, expiresAt) };
  }
  if (left <= (rules?.warnBeforeDays ?? WARN_BEFORE)) {
    return { outcome: 'warn', detail: say('{0} expires on {1}, {2}', id, expiresAt, inTime(left)) };
  }
  const lifetime = rules?.maxLifetimeDays ?? LIFETIME;
  return daysBetween(since, expiresAt) > lifetime
    ? { outcome: 'warn', detail: say('{0} lives until {1}, longer than {2}', id, expiresAt, inDays(lifetime)) }
    : { outcome: 'pass', detail: '' };
}

/** Automation that files show, or that every active production key declares; else a reminder. */
function judgeAutomation(project: ProjectTexts): Draft {
  const check = 'KW-ROT-04';
  if (!hasKeys(project)) {
    return notApplicable(check, NO_KEYS);
  }
  const seenAutomation = rotationAutomation(project);
  const unread = unreadablePipelines(project);
  if (unread.length > 0 && seenAutomation.length === 0) {
    return {
      check,
      status: 'error',
      message: say('{0} could not be read.', unread.join(', ')),
      observations: unread.map((path) => seenFile(path, 'rotationAutomationSeen', 'warn')),
    };
  }
  const observations: Observation[] = [...staticCloudKeys(project), ...seenAutomation];
  const valid = project.policy.state === 'ok';
  if (!valid && observations.length === 0) {
    return askPolicy(check, project, say('how are keys rotated?'));
  }
  const inventory = inventoryOf(project);
  const production = inventory.active.filter((k) => k.isProduction);
  const isAutomatic = ({ record: { rotation: r } }: InventoryKey) =>
    r?.method === 'automatic' &&
    r.automation !== undefined &&
    project.entries.some((e) => e.path === r.automation?.split('#')[0]);
  const declaredAutomatic = production.length > 0 && production.every(isAutomatic);
  if (valid && seenAutomation.length === 0 && !declaredAutomatic) {
    const reminder = project.policy.policy?.rotation?.reminder ?? 'none';
    const detail =
      reminder === 'none'
        ? say('Rotation is manual and nothing reminds of it')
        : say('Rotation is manual, with a reminder by {0}', reminder);
    observations.push(
      declared(
        project,
        ['rotation', 'reminder'],
        'rotationMethodDeclared',
        reminder === 'none' ? 'fail' : 'warn',
        detail,
      ),
    );
  }
  return verdict(
    check,
    observations,
    {
      fail: details,
      warn: details,
      pass: seenAutomation.length
        ? say('Rotation is automated, and CI uses no static cloud key.')
        : say('Every active production key names the automation that rotates it.'),
    },
    seenAutomation.length || observations.every((o) => o.probe === 'staticCloudKeyInCi') ? 'observed' : 'declared',
  );
}

/** Triggers, runbook, and no key left that a leaver knew or an incident named. */
function judgeOnDemand(project: ProjectTexts): Draft {
  const check = 'KW-ROT-05';
  if (!hasKeys(project)) {
    return notApplicable(check, NO_KEYS);
  }
  if (project.policy.state !== 'ok') {
    const [book] = rotationRunbooks(project);
    return book
      ? verdict(check, [{ ...seenFile(book.path, 'triggersAndRunbook', 'warn') }], {
          fail: details,
          warn: () => say('{0} describes rotation; no valid policy names the triggers.', book.path),
          pass: '',
        })
      : askPolicy(check, project, say('what makes you rotate a key at once, and how?'));
  }
  const observations = [...onDemandRunbook(project), ...leftBehind(project)];
  return verdict(
    check,
    observations,
    { fail: details, warn: details, pass: say('Triggers and runbook exist, and no key is left behind.') },
    'declared',
  );
}
