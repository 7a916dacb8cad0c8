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
const NO_KEYS = 'No key is referenced, found or listed.';

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
  return next ? ` The next, ${next.record.id}, is due on ${next.due}.` : '';
}

function limitOutcome(key: InventoryKey): { outcome: Observation['outcome']; detail: string } {
  const { record, limit } = key;
  if (!limit) {
    return { outcome: 'fail', detail: `${record.id} has no limit` };
  }
  const said = `The limit of ${record.id} is ${inDays(limit.days)}, longer than ${USUAL} without a permitted exception`;
  const excused = limit.exception !== undefined && LONG_LIVED.has(record.class);
  return limit.days <= USUAL || excused
    ? { outcome: 'pass', detail: said }
    : { outcome: limit.days <= LONGEST ? 'warn' : 'fail', detail: said };
}

/** Stage ROT: keys are replaced in time. */
export const rotation: readonly ((project: ProjectTexts) => Draft)[] = [
  function limitsSet(project) {
    const check = 'KW-ROT-01';
    const open = withoutPolicy(check, project, 'how old may a key become?');
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
          ? 'No rotation.defaultMaxAgeDays is set'
          : `The limit is ${inDays(days)}, longer than ${USUAL}`;
      observations.push(declared(project, ['rotation', 'defaultMaxAgeDays'], 'rotationLimitSet', outcome, detail));
    }
    const limits = used.map((k) => k.limit?.days ?? 0);
    const range =
      limits.length === 0
        ? ''
        : Math.min(...limits) === Math.max(...limits)
          ? `${inDays(limits[0] as number)} for ${count(used.length, 'key')}.`
          : `${Math.min(...limits)} to ${inDays(Math.max(...limits))} for ${count(used.length, 'key')}.`;
    return verdict(
      check,
      observations,
      {
        fail: details,
        warn: details,
        pass: range || 'A limit within 180 days is set.',
      },
      'declared',
    );
  },
  function agesWithinLimits(project) {
    const check = 'KW-ROT-02';
    const open = withoutPolicy(check, project, 'when was each key made or last rotated?');
    if (open) {
      return open;
    }
    const inventory = inventoryOf(project);
    if (inventory.active.length === 0) {
      return notApplicable(check, 'The inventory has no active key.');
    }
    const warnBefore = project.policy.policy?.rotation?.warnBeforeDays ?? WARN_BEFORE;
    const observations = inventory.active.flatMap((k) => {
      const { daysLeft, limit, due, age, record } = k;
      if (daysLeft === undefined || !limit || daysLeft > warnBefore) {
        return [];
      }
      return daysLeft < 0
        ? [inventory.at(k, 'keyAge', 'fail', `${record.id} is ${inDays(age)} old, the limit is ${limit.days}`)]
        : [inventory.at(k, 'keyAge', 'warn', `${record.id} is due on ${due}, ${inTime(daysLeft)}`)];
    });
    return verdict(
      check,
      observations,
      { fail: details, warn: details, pass: `No active key is older than its limit.${nearest(inventory.active)}` },
      'declared',
    );
  },
  function expirySet(project) {
    const check = 'KW-ROT-03';
    const open = withoutPolicy(check, project, 'when does each key expire?');
    if (open) {
      return open;
    }
    const inventory = inventoryOf(project);
    if (inventory.active.length === 0) {
      return notApplicable(check, 'The inventory has no active key.');
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
        pass: first ? `The first key expires on ${first}.` : 'No active key needs an expiry date.',
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
    const why = record.expiryExempt ? `, and its class ${record.class} may not be exempt` : '';
    return { outcome: excused || !needed ? 'pass' : 'fail', detail: `${id} has no expiry date${why}` };
  }
  const left = daysBetween(asOf, expiresAt);
  if (left < 0) {
    return { outcome: 'fail', detail: `${id} expired on ${expiresAt} and is still active` };
  }
  if (left <= (rules?.warnBeforeDays ?? WARN_BEFORE)) {
    return { outcome: 'warn', detail: `${id} expires on ${expiresAt}, ${inTime(left)}` };
  }
  const lifetime = rules?.maxLifetimeDays ?? LIFETIME;
  return daysBetween(since, expiresAt) > lifetime
    ? { outcome: 'warn', detail: `${id} lives until ${expiresAt}, longer than ${inDays(lifetime)}` }
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
      message: `${unread.join(', ')} could not be read.`,
      observations: unread.map((path) => seenFile(path, 'rotationAutomationSeen', 'warn')),
    };
  }
  const observations: Observation[] = [...staticCloudKeys(project), ...seenAutomation];
  const valid = project.policy.state === 'ok';
  if (!valid && observations.length === 0) {
    return askPolicy(check, project, 'how are keys rotated?');
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
        ? 'Rotation is manual and nothing reminds of it'
        : `Rotation is manual, with a reminder by ${reminder}`;
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
        ? 'Rotation is automated, and CI uses no static cloud key.'
        : 'Every active production key names the automation that rotates it.',
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
          warn: () => `${book.path} describes rotation; no valid policy names the triggers.`,
          pass: '',
        })
      : askPolicy(check, project, 'what makes you rotate a key at once, and how?');
  }
  const observations = [...onDemandRunbook(project), ...leftBehind(project)];
  return verdict(
    check,
    observations,
    { fail: details, warn: details, pass: 'Triggers and runbook exist, and no key is left behind.' },
    'declared',
  );
}
