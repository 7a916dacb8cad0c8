import { firstInventory } from './first-inventory';
import type { KeyRecord } from './key-record';
import type { Policy } from './policy';

/** What is known of a key that was found in a text. */
export interface FoundKey {
  readonly variable: string;
  /** Provider as the catalog names it. */
  readonly system: string;
  readonly file: string;
  /** HMAC of the value with the workspace's pepper, where there is one. */
  readonly fingerprint?: string;
  /** Day of the commit that brought the value, and whether a remote branch holds it. */
  readonly history?: { readonly day: string; readonly pushed: boolean };
}

/** A record with an id, an environment and an owner that a policy knows. */
export function fittedTo(policy: Policy | undefined, first: KeyRecord): KeyRecord {
  const environment =
    policy?.environments?.find((e) => e.id === first.environment || e.kind === first.environment)?.id ??
    policy?.environments?.[0]?.id ??
    first.environment;
  const owner = policy?.owners?.find((o) => o.kind === 'person')?.id ?? policy?.owners?.[0]?.id ?? first.owner;
  const taken = new Set((policy?.inventory?.keys ?? []).map((k) => k.id));
  let id = first.id;
  for (let n = 2; taken.has(id); n++) {
    id = `${first.id}-${n}`;
  }
  return { ...first, id, environment, owner };
}

/** The record of a key that was found: compromised when a remote branch holds it, since what is pushed is not secret. */
export function foundKey(policy: Policy | undefined, found: FoundKey, today: string): KeyRecord {
  const [first] = firstInventory([found.variable], today) as [KeyRecord];
  const pepperId = policy?.inventory?.keys?.find((k) => k.fingerprint)?.fingerprint?.pepperId ?? 'workspace';
  const { history, fingerprint } = found;
  return fittedTo(policy, {
    ...first,
    provider: found.system,
    purpose: `say what it is for (found in ${found.file.slice(-200)} on ${today})`,
    storage: { store: 'plaintext-file' },
    createdAt: history && history.day < today ? history.day : today,
    ...(history?.pushed ? { status: 'compromised' as const, compromisedAt: history.day } : {}),
    ...(fingerprint ? { fingerprint: { alg: 'hmac-sha256', pepperId, value: fingerprint } } : {}),
  });
}
