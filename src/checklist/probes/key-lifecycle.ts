import { earlyDate, historyProblem } from '../../policy/key-history';
import type { KeyState } from '../../policy/policy';
import { say } from '../../words/say';
import { daysBetween } from '../days';
import { headingSlugs } from '../headings';
import { type InventoryKey, inventoryOf } from '../inventory';
import { placesOf } from '../key-references';
import { type Observation, seen } from '../observation';
import type { ProjectTexts } from '../project-texts';

const REVOKE_WITHIN = 60;
const UNUSED_AFTER = 90;

/** What is wrong with the revocation procedures that active keys link. */
export function revocationProcedures(project: ProjectTexts): Observation[] {
  const probe = 'revocationProcedureLinked';
  const inventory = inventoryOf(project);
  const target = project.policy.policy?.incident?.revokeWithinMinutes ?? REVOKE_WITHIN;
  return inventory.active.flatMap((k) => {
    const { id, revocation } = k.record;
    if (!revocation) {
      return [inventory.at(k, probe, 'fail', say('{0} links no revocation procedure', id))];
    }
    const missing = missingProcedure(project, revocation.procedure);
    if (missing) {
      return [inventory.at(k, probe, 'fail', `${id}: ${missing}`)];
    }
    const { withinMinutes } = revocation;
    return withinMinutes === undefined
      ? [inventory.at(k, probe, 'warn', say('{0} has no revocation.withinMinutes', id))]
      : withinMinutes > target
        ? [
            inventory.at(
              k,
              probe,
              'warn',
              say('{0} is revoked within {1} minutes, the target is {2}', id, withinMinutes, target),
            ),
          ]
        : [];
  });
}

function missingProcedure(project: ProjectTexts, procedure: string): string | undefined {
  if (procedure.startsWith('https://')) {
    return undefined;
  }
  const [path = '', anchor] = procedure.split('#');
  if (!project.entries.some((e) => e.path === path)) {
    return say('{0} does not exist', path);
  }
  const text = project.text(path)?.text;
  return anchor && !headingSlugs(text ?? '').has(anchor.toLowerCase())
    ? say('{0} has no section #{1}', path, anchor)
    : undefined;
}

const DEAD = new Set<KeyState>(['suspended', 'deactivated', 'compromised', 'destroyed']);

/** Keys that are out of use and still referenced, compromised ones that nobody revoked, active ones that nobody uses. */
export function unrevokedKeys(project: ProjectTexts): Observation[] {
  const inventory = inventoryOf(project);
  const unusedAfter = project.policy.policy?.rotation?.unusedAfterDays ?? UNUSED_AFTER;
  return inventory.keys.flatMap((k) => {
    const { id, status, revokedAt, lastUsedAt } = k.record;
    const out = DEAD.has(status) ? referencesOf(project, k, inventory.active) : [];
    if (status === 'compromised' && revokedAt === undefined) {
      out.push(inventory.at(k, 'compromisedNotRevoked', 'fail', say('{0} is compromised and has no revokedAt', id)));
    }
    if (status === 'active' && lastUsedAt && daysBetween(lastUsedAt, project.asOf) > unusedAfter) {
      out.push(inventory.at(k, 'unusedKey', 'warn', say('{0} was last used on {1}', id, lastUsedAt)));
    }
    return out;
  });
}

/** Places that still name a dead key. A name that an active key of the same environment took over is none. */
function referencesOf(project: ProjectTexts, key: InventoryKey, active: readonly InventoryKey[]): Observation[] {
  const { id, status, environment, references = [], storage } = key.record;
  const heirs = active.filter((a) => a.record.environment === environment);
  const inherited = new Set(
    heirs.flatMap((a) => [...(a.record.references ?? []).map((r) => r.name), a.record.storage.ref ?? '']),
  );
  const names = [...references.map((r) => r.name), ...(storage.ref ? [storage.ref] : [])];
  return names
    .filter((name) => !inherited.has(name))
    .flatMap((name) => placesOf(project, name))
    .map(({ file, offset }) => ({
      ...seen(file, offset, 'deadKeyReferenced', status === 'suspended' ? ('warn' as const) : ('fail' as const)),
      key: id,
      detail: say('{0} is {1} and still referenced in {2}', id, status, file.path),
    }));
}

/** Histories that are missing, or that tell of what is not permitted. */
export function stateHistories(project: ProjectTexts): Observation[] {
  const inventory = inventoryOf(project);
  const owners = new Set((project.policy.policy?.owners ?? []).map((o) => o.id));
  return inventory.keys.flatMap((k) => {
    const wrong = historyProblem(k.record, owners) ?? datesProblem(k);
    if (wrong) {
      return [inventory.at(k, 'historyLegal', 'fail', `${k.record.id}: ${wrong}`)];
    }
    return k.record.history?.length
      ? []
      : [inventory.at(k, 'historyLegal', 'warn', say('{0} has no history', k.record.id))];
  });
}

/** Dates that can't follow each other. */
function datesProblem({ record }: InventoryKey): string | undefined {
  const early = earlyDate(record);
  return early && say('{0} {1} lies before createdAt {2}', early, record[early], record.createdAt);
}
