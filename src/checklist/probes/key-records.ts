import { say } from '../../words/say';
import { daysAfter } from '../days';
import { type InventoryKey, inventoryOf } from '../inventory';
import type { Observation } from '../observation';
import type { ProjectTexts } from '../project-texts';

/** A key that still exists. */
const exists = (k: InventoryKey) => k.record.status !== 'destroyed';

/** Keys that move funds in production. */
export function productionSigningKeys(project: ProjectTexts): readonly InventoryKey[] {
  return inventoryOf(project).keys.filter(
    (k) =>
      k.isProduction &&
      exists(k) &&
      k.record.status !== 'deactivated' &&
      /^(?:signing|withdrawal)$/.test(k.record.class),
  );
}

/** Active keys of production; every active key where no environment is one of production. */
export function productionKeys(project: ProjectTexts): readonly InventoryKey[] {
  const { active } = inventoryOf(project);
  const declared = (project.policy.policy?.environments ?? []).some((e) => e.kind === 'production');
  return declared ? active.filter((k) => k.isProduction) : active;
}

/** Whether each record says who answers for its key, what it is for, where, and how it was made. */
export function recordsComplete(project: ProjectTexts): readonly Observation[] {
  const { policy } = project.policy;
  const owners = new Map((policy?.owners ?? []).map((o) => [o.id, o]));
  const environments = new Set((policy?.environments ?? []).map((e) => e.id));
  const isActive = (id: string | undefined) => {
    const owner = id === undefined ? undefined : owners.get(id);
    return owner !== undefined && owner.status !== 'departed';
  };
  const inventory = inventoryOf(project);
  const solo = policy?.project?.team === 'solo';
  return inventory.keys.filter(exists).map((key) => {
    const { record } = key;
    const owner = owners.get(record.owner);
    const deputy = [record.deputy, owner?.deputy].find(isActive);
    const missing =
      owner === undefined
        ? say('its owner {0} is not defined', record.owner)
        : !environments.has(record.environment)
          ? say('its environment {0} is not defined', record.environment)
          : record.purpose.trim() === ''
            ? say('it has no purpose')
            : owner.status === 'departed' && deputy === undefined
              ? say('its owner {0} has left and there is no deputy', record.owner)
              : undefined;
    const thin =
      key.isProduction && deputy === undefined && !solo
        ? say('it has no deputy')
        : (record.generation as { method?: string } | undefined)?.method === undefined
          ? say('it does not say how it was made')
          : undefined;
    const said = missing ?? thin;
    const outcome = missing ? 'fail' : thin ? 'warn' : 'pass';
    return inventory.at(key, 'inventoryRecordComplete', outcome, said && `${record.id}: ${said}`);
  });
}

/** Classes of keys that are lost for good when they are lost. */
const IRREPLACEABLE = /^(?:signing|encryption)$/;
const BACKUP_TEST_DAYS = 365;

interface Recovery {
  readonly method: 'reissue' | 'backup' | 'none';
  readonly testedAt?: string;
}

/** How each active production key comes back when it is lost. */
export function recoveryPlans(project: ProjectTexts): readonly Observation[] {
  const inventory = inventoryOf(project);
  const cadence = (project.policy.policy?.availability as { backupTestEveryDays?: number } | undefined)
    ?.backupTestEveryDays;
  return productionKeys(project).map((key) => {
    const { id, class: kind } = key.record;
    const recovery = key.record.recovery as Recovery | undefined;
    const at = (outcome: Observation['outcome'], said?: string) =>
      inventory.at(key, 'recoveryPlanned', outcome, said && `${id} ${said}`);
    if (IRREPLACEABLE.test(kind) && recovery?.method !== 'backup') {
      return at('fail', say('has no backup'));
    }
    if (recovery === undefined || recovery.method === 'none') {
      return at('warn', say('has no recovery method'));
    }
    if (recovery.method === 'backup') {
      const { testedAt } = recovery;
      const due = testedAt && daysAfter(testedAt, cadence ?? BACKUP_TEST_DAYS);
      if (!due) {
        return at('warn', say('has a backup that was never tested'));
      }
      return due < project.asOf ? at('warn', say('has a backup whose test was due on {0}', due)) : at('pass');
    }
    return at('pass');
  });
}

/** Ways of handing a key over that leave copies behind. */
const NEVER = /^(?:e?-?mail|chat|slack|discord|telegram|ticket|document|wiki|sms)$/i;
const APPROVED = [
  'vault-wrapped-token',
  '1password-share',
  'bitwarden-send',
  'age-encrypted-file',
  'pgp',
  'in-person',
  'ci-secret-api',
];

interface Sharing {
  readonly maxConsumers?: number;
  readonly maxHolders?: number;
  readonly approvedChannels?: readonly string[];
}

function sharingRules(project: ProjectTexts): Sharing {
  return (project.policy.policy?.permissions as { sharing?: Sharing } | undefined)?.sharing ?? {};
}

/** Whether each active key serves one consumer, and is one secret under one record. */
export function sharedKeys(project: ProjectTexts): readonly Observation[] {
  const inventory = inventoryOf(project);
  const most = sharingRules(project).maxConsumers ?? 1;
  return inventory.active.map((key) => {
    const { id, environment, storage, fingerprint } = key.record;
    const consumers = (key.record.consumers as readonly string[] | undefined) ?? [];
    const twin = inventory.active.find(
      (k) =>
        k !== key &&
        k.record.environment === environment &&
        ((storage.ref !== undefined && k.record.storage.ref === storage.ref) ||
          (fingerprint !== undefined && k.record.fingerprint?.value === fingerprint.value)),
    );
    const at = (outcome: Observation['outcome'], said?: string) =>
      inventory.at(key, 'keyShared', outcome, said && `${id} ${said}`);
    return twin
      ? at('fail', say('is the same secret as {0}', twin.record.id))
      : consumers.length > most
        ? at('fail', `has ${consumers.length} consumers, ${most} allowed`)
        : consumers.length === 0
          ? at('warn', say('does not name its consumer'))
          : at('pass');
  });
}

/** Whether keys with more than one holder went over an approved channel. */
export function handovers(project: ProjectTexts): readonly Observation[] {
  const inventory = inventoryOf(project);
  const approved = sharingRules(project).approvedChannels ?? APPROVED;
  return inventory.active
    .filter((k) => (k.record.holders ?? []).length > 1)
    .map((key) => {
      const channel = (key.record.handover as { channel?: string } | undefined)?.channel;
      const outcome =
        channel === undefined ? 'warn' : NEVER.test(channel) || !approved.includes(channel) ? 'fail' : 'pass';
      const said =
        channel === undefined
          ? say('has more than one holder and no handover channel')
          : say('was handed over by {0}', channel);
      return inventory.at(key, 'handoverChannelApproved', outcome, `${key.record.id} ${said}`);
    });
}

/** Whether each active production key names its holders, and no more than allowed. */
export function keyHolders(project: ProjectTexts): readonly Observation[] {
  const inventory = inventoryOf(project);
  const most = sharingRules(project).maxHolders ?? 3;
  return productionKeys(project).map((key) => {
    const { id, holders = [] } = key.record;
    const outcome = holders.length > most ? 'fail' : holders.length === 0 ? 'warn' : 'pass';
    const said =
      holders.length > most
        ? say('{0} has {1} holders, {2} allowed', id, holders.length, most)
        : say('{0} names no holder', id);
    return inventory.at(key, 'holdersRecorded', outcome, outcome === 'pass' ? undefined : said);
  });
}
