import { say } from '../../words/say';
import { inventoryOf } from '../inventory';
import { keyReferences, placesOf } from '../key-references';
import { type Observation, seen } from '../observation';
import type { ProjectTexts } from '../project-texts';

/** Names of keys in the project that no record of the inventory claims. */
export function unregisteredReferences(project: ProjectTexts): Observation[] {
  const { policy } = project.policy;
  const registered = new Set([
    ...inventoryOf(project).keys.flatMap((k) => (k.record.references ?? []).map((r) => r.name)),
    ...(policy?.inventory?.ignoreNames ?? []),
  ]);
  return keyReferences(project)
    .filter((r) => !registered.has(r.name))
    .map(({ name, file, offset }) => ({
      ...seen(file, offset, 'unregisteredReference', 'fail'),
      detail: say('{0} has no record', name),
    }));
}

/** Active records whose names the project nowhere uses, and that are not said to be used outside it. */
export function orphanRecords(project: ProjectTexts): Observation[] {
  const inventory = inventoryOf(project);
  return inventory.active
    .filter((k) => !k.record.usedOutsideRepo)
    .filter((k) => !(k.record.references ?? []).some((r) => placesOf(project, r.name).length > 0))
    .map((k) => inventory.at(k, 'orphanRecord', 'warn', say('{0} is referenced nowhere', k.record.id)));
}
