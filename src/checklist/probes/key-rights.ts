import { say } from '../../words/say';
import { daysAfter } from '../days';
import { type InventoryKey, inventoryOf } from '../inventory';
import type { Observation } from '../observation';
import type { ProjectTexts } from '../project-texts';

/** A permission that a key may have against the rule, for a while. */
interface PermissionException {
  readonly keyId: string;
  readonly permission: string;
  readonly expiresAt: string;
}

interface PermissionRules {
  readonly allowedByClass?: Readonly<Record<string, readonly string[]>>;
  readonly ipAllowlist?: { readonly environments?: readonly string[]; readonly classes?: readonly string[] };
  readonly exceptions?: readonly PermissionException[];
}

function rules(project: ProjectTexts): PermissionRules {
  return (project.policy.policy?.permissions as PermissionRules | undefined) ?? {};
}

/** What the keys of a class may do, unless the policy says it. */
const BY_CLASS: Readonly<Record<string, readonly string[]>> = {
  'market-data': ['read'],
  'account-read': ['read'],
  trading: ['read', 'trade'],
  withdrawal: ['read', 'withdraw'],
  custody: ['read', 'sign', 'send-transaction', 'authenticate'],
  rpc: ['read', 'send-transaction'],
  signing: ['sign'],
  'service-auth': ['authenticate'],
  webhook: ['verify'],
  encryption: [],
  infrastructure: [],
};

function exceptionFor(project: ProjectTexts, key: InventoryKey, permission: string): PermissionException | undefined {
  return (rules(project).exceptions ?? []).find(
    (e) => e.keyId === key.record.id && e.permission === permission && e.expiresAt >= project.asOf,
  );
}

/** Whether the permissions of each active key are on record, and are those of its class. */
export function recordedPermissions(project: ProjectTexts): readonly Observation[] {
  const inventory = inventoryOf(project);
  return inventory.active.map((key) => {
    const { id, class: kind, permissions } = key.record;
    const allowed = rules(project).allowedByClass?.[kind] ?? BY_CLASS[kind] ?? [];
    const beyond = (permissions ?? []).filter((p) => !allowed.includes(p) && !exceptionFor(project, key, p));
    const missing = (permissions ?? []).length === 0 && allowed.length > 0;
    const said = missing
      ? say('{0} records no permissions', id)
      : beyond.length > 0
        ? say('{0} may {1}, which its class {2} does not allow', id, beyond.join(', '), kind)
        : undefined;
    return inventory.at(key, 'permissionsWithinClass', said ? 'fail' : 'pass', said);
  });
}

const OUTWARD = /^(?:withdraw|transfer-out)$/;
const ENDS_SOON = 30;

/** Active keys that can take funds out, and whether somebody approved it. */
export function withdrawalRights(project: ProjectTexts): readonly Observation[] {
  const inventory = inventoryOf(project);
  return inventory.active.flatMap((key) =>
    (key.record.permissions ?? [])
      .filter((p) => OUTWARD.test(p))
      .map((permission) => {
        const exception = exceptionFor(project, key, permission);
        const soon = exception !== undefined && exception.expiresAt <= daysAfter(project.asOf, ENDS_SOON);
        const said = !exception
          ? say('{0} may {1} without an approved exception', key.record.id, permission)
          : soon
            ? say('the exception for {0} ends on {1}', key.record.id, exception.expiresAt)
            : undefined;
        return inventory.at(key, 'withdrawPermission', !exception ? 'fail' : soon ? 'warn' : 'pass', said);
      }),
  );
}

/** Whether a withdrawal key is in use under an approved exception. */
export function withdrawalIsApproved(project: ProjectTexts): boolean {
  return inventoryOf(project).active.some(
    (k) => k.record.class === 'withdrawal' && ['withdraw', 'transfer-out'].some((p) => exceptionFor(project, k, p)),
  );
}

/** Active keys that must be bound to addresses. */
export function boundKeys(project: ProjectTexts): readonly InventoryKey[] {
  const { policy } = project.policy;
  const { environments = ['production'], classes = ['trading', 'withdrawal', 'custody'] } =
    rules(project).ipAllowlist ?? {};
  const kinds = new Map((policy?.environments ?? []).map((e) => [e.id, e.kind]));
  return inventoryOf(project).active.filter(
    ({ record }) => environments.includes(kinds.get(record.environment) ?? '') && classes.includes(record.class),
  );
}

/** How narrow an address range is. */
function width(range: string): Observation['outcome'] {
  const [address = '', prefix] = range.split('/');
  const isSix = address.includes(':');
  const bits = prefix === undefined ? (isSix ? 128 : 32) : Number(prefix);
  const [narrow, wide] = isSix ? [56, 32] : [24, 16];
  return bits >= narrow ? 'pass' : bits >= wide ? 'warn' : 'fail';
}

/** Whether those keys work from a few addresses only. */
export function addressAllowlists(project: ProjectTexts): readonly Observation[] {
  const inventory = inventoryOf(project);
  return boundKeys(project).map((key) => {
    const { id } = key.record;
    const list = (key.record.ipAllowlist as readonly string[] | undefined) ?? [];
    const at = (outcome: Observation['outcome'], said?: string) => inventory.at(key, 'ipAllowlistSet', outcome, said);
    if (list.length === 0) {
      return key.record.ipAllowlistUnsupported === undefined
        ? at('fail', say('{0} is bound to no address', id))
        : at('warn', say("{0} can't be bound to an address; another control stands in", id));
    }
    const outcomes = list.map(width);
    const outcome = outcomes.includes('fail') ? 'fail' : outcomes.includes('warn') ? 'warn' : 'pass';
    return at(outcome, outcome === 'pass' ? undefined : say('{0} is bound to a wide range', id));
  });
}
