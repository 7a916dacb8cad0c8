import { say } from '../../words/say';
import { type InventoryKey, inventoryOf } from '../inventory';
import type { Observation } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { productionKeys, productionSigningKeys } from './key-records';

interface StorageRules {
  readonly allowedStores?: readonly string[];
  readonly allowedReferenceSchemes?: readonly string[];
  readonly byClass?: Readonly<Record<string, readonly string[]>>;
  readonly byEnvironment?: Readonly<Record<string, readonly string[]>>;
}

/** What speaks against the store of a key: a list for its class or environment is nearer than the general one. */
function objection({ record }: InventoryKey, rules: StorageRules): string | undefined {
  const nearer = [rules.byClass?.[record.class], rules.byEnvironment?.[record.environment]].filter(
    (l) => l !== undefined,
  );
  const lists = nearer.length > 0 ? nearer : [rules.allowedStores ?? []];
  const { store, ref } = record.storage;
  if (!lists.every((l) => l.includes(store))) {
    return say('{0} lies in {1}, which is not allowed', record.id, store);
  }
  const scheme = ref?.split('://')[0];
  return scheme !== undefined && rules.allowedReferenceSchemes?.includes(scheme) === false
    ? say('{0} is referenced by {1}://, which is not allowed', record.id, scheme)
    : undefined;
}

/** Whether each active production key lies in a store that the policy allows. */
export function allowedStores(project: ProjectTexts): readonly Observation[] {
  const inventory = inventoryOf(project);
  const rules = (project.policy.policy?.storage as StorageRules | undefined) ?? {};
  return productionKeys(project).map((key) => {
    const said = objection(key, rules);
    return inventory.at(key, 'storeAllowed', said ? 'fail' : 'pass', said);
  });
}

const HARDWARE = /^(?:hsm|kms|mpc|hardware-wallet)$/;

/** What is kept by both sides can't stay inside a device: an exchange's withdrawal key is a secret for a vault. */
const SHARED = /^(?:api-key|api-key-pair|passphrase|bearer-token|oauth-client-secret)$/;

/** Where active keys that sign in production lie. An encrypted keystore is the least that may be. */
export function signingStores(project: ProjectTexts): readonly Observation[] {
  const inventory = inventoryOf(project);
  return productionSigningKeys(project)
    .filter(({ record }) => record.status === 'active' && !SHARED.test(record.kind))
    .map((key) => {
      const { store } = key.record.storage;
      const outcome = HARDWARE.test(store) ? 'pass' : store === 'encrypted-keystore' ? 'warn' : 'fail';
      return inventory.at(
        key,
        'signingStore',
        outcome,
        outcome === 'pass' ? undefined : say('{0} lies in {1}', key.record.id, store),
      );
    });
}
