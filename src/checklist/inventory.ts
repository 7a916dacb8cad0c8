import type { Node } from 'jsonc-parser';
import type { KeyRecord, Policy, RotationException } from '../policy/policy';
import { daysAfter, daysBetween } from './days';
import { treeOf } from './declared';
import { type Observation, seen, seenFile } from './observation';
import type { ProjectText, ProjectTexts } from './project-texts';

/** The longest time that a key may be used, and what says so. */
export interface AgeLimit {
  readonly days: number;
  /** An exception that is still live and replaces the rules. */
  readonly exception?: RotationException;
}

/** A key of the inventory, seen on one date. */
export interface InventoryKey {
  readonly record: KeyRecord;
  /** The day from which its age counts: of the last rotation, else of its making. */
  readonly since: string;
  /** Whole days since then. */
  readonly age: number;
  readonly limit?: AgeLimit;
  /** The last day within the limit. */
  readonly due?: string;
  /** Days until then; negative when it has passed. */
  readonly daysLeft?: number;
  readonly isProduction: boolean;
}

/** The keys that a valid policy and its inventory files list. */
export interface Inventory {
  readonly keys: readonly InventoryKey[];
  readonly active: readonly InventoryKey[];
  /** An observation at a key's record. */
  at(key: InventoryKey, probe: string, outcome: Observation['outcome'], detail?: string): Observation;
}

/** The smallest limit that applies to a key; an exception for the key or its class that has not ended replaces it. */
export function limitOf(record: KeyRecord, rotation: Policy['rotation'], asOf: string): AgeLimit | undefined {
  const live = (rotation?.exceptions ?? []).filter((e) => e.expiresAt >= asOf);
  const exception =
    live.find((e) => e.keyId === record.id) ?? live.find((e) => e.class !== undefined && e.class === record.class);
  if (exception) {
    return { days: exception.maxAgeDays, exception };
  }
  const limits = [
    record.rotation?.maxAgeDays,
    rotation?.byEnvironment?.[record.environment],
    rotation?.byClass?.[record.class],
    rotation?.defaultMaxAgeDays,
  ].filter((d) => d !== undefined);
  return limits.length ? { days: Math.min(...limits) } : undefined;
}

const known = new WeakMap<ProjectTexts, Inventory>();

/** The inventory of a project on its date; empty without a valid policy. */
export function inventoryOf(project: ProjectTexts): Inventory {
  const before = known.get(project);
  if (before) {
    return before;
  }
  const { policy } = project.policy;
  const production = new Set((policy?.environments ?? []).filter((e) => e.kind === 'production').map((e) => e.id));
  const keys = (policy?.inventory?.keys ?? []).map((record): InventoryKey => {
    const since = record.rotatedAt ?? record.createdAt;
    const limit = limitOf(record, policy?.rotation, project.asOf);
    const due = limit && daysAfter(since, limit.days);
    return {
      record,
      since,
      age: daysBetween(since, project.asOf),
      ...(limit && due ? { limit, due, daysLeft: daysBetween(project.asOf, due) } : {}),
      isProduction: production.has(record.environment),
    };
  });
  const places = recordPlaces(project);
  const inventory: Inventory = {
    keys,
    active: keys.filter((k) => k.record.status === 'active'),
    at(key, probe, outcome, detail) {
      const place = places.get(key.record.id);
      return {
        ...(place
          ? seen(place.file, place.offset, probe, outcome)
          : seenFile(project.policy.path ?? 'keyward.policy.jsonc', probe, outcome)),
        key: key.record.id,
        ...(detail === undefined ? {} : { detail }),
      };
    },
  };
  known.set(project, inventory);
  return inventory;
}

/** Where each record's id stands: its line names the key, so that evidence keeps its fingerprint when records move. */
function recordPlaces(project: ProjectTexts): ReadonlyMap<string, { file: ProjectText; offset: number }> {
  const places = new Map<string, { file: ProjectText; offset: number }>();
  for (const file of project.of('policy')) {
    for (const record of recordsIn(treeOf(file))) {
      const id = propertyOf(record, 'id');
      if (id && !places.has(String(id.children?.[1]?.value))) {
        places.set(String(id.children?.[1]?.value), { file, offset: id.offset });
      }
    }
  }
  return places;
}

function propertyOf(node: Node | undefined, name: string): Node | undefined {
  return node?.type === 'object' ? node.children?.find((p) => p.children?.[0]?.value === name) : undefined;
}

/** Records of a policy file, or of an inventory file, which is an array of them. */
function recordsIn(root: Node | undefined): readonly Node[] {
  const list =
    root?.type === 'array' ? root : propertyOf(propertyOf(root, 'inventory')?.children?.[1], 'keys')?.children?.[1];
  return list?.type === 'array' ? (list.children ?? []) : [];
}
