import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { say } from '../words/say';
import { earlyDate, historyProblem } from './key-history';
import type { KeyRecord, Policy } from './policy';
import { type PolicyProblem, problemAt } from './problem';

type Path = readonly (string | number)[];
type Add = (path: Path, code: string, message: string, fatal?: boolean) => void;

function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value.filter((v) => typeof v === 'object' && v !== null) : [];
}

/** What the schema can't say: ids used twice or nowhere defined, dates in impossible order, changes that are not permitted. */
export function referenceProblems(policy: Policy, root: Node, text: string, file: string): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const add: Add = (path, code, message, fatal = false) =>
    problems.push(problemAt(file, text, findNodeAtLocation(root, [...path]) ?? root, code, message, fatal));
  keyProblems(policy, add);
  approverProblems(policy, add);
  return problems;
}

function keyProblems(policy: Policy, add: Add): void {
  const keys = list(policy.inventory?.keys);
  const ids = new Set(keys.map((k) => k.id));
  const incidents = new Set(list(policy.incident?.incidents).map((i) => i.id));
  const environments = new Set(list(policy.environments).map((e) => e.id));
  const owners = new Set(list(policy.owners).map((o) => o.id));
  const known = (set: ReadonlySet<string>) => [...set].join(', ');
  const seen = new Set<string>();
  keys.forEach((key, i) => {
    const at = (name: string): Path => ['inventory', 'keys', i, name];
    const named = `inventory.keys[${i}]`;
    if (typeof key.id === 'string' && seen.has(key.id)) {
      add(at('id'), 'KWP-203', say('{0}.id: {1} is used twice.', named, key.id), true);
    }
    seen.add(key.id);
    if (typeof key.environment === 'string' && !environments.has(key.environment)) {
      const all = known(environments);
      add(
        at('environment'),
        'KWP-202',
        say('{0}.environment: {1} is not defined in environments[] ({2}).', named, key.environment, all),
      );
    }
    if (typeof key.owner === 'string' && !owners.has(key.owner)) {
      add(
        at('owner'),
        'KWP-201',
        say('{0}.owner: {1} is not defined in owners[] ({2}).', named, key.owner, known(owners)),
      );
    }
    const early = earlyDate(key);
    if (early) {
      add(
        at(early),
        'KWP-204',
        say('{0}: {1} {2} lies before createdAt {3}.', named, early, key[early], key.createdAt),
      );
    }
    const wrong = historyProblem({ ...key, history: list(key.history) }, owners);
    if (wrong) {
      add(at('history'), 'KWP-205', `${named}: ${wrong}.`);
    }
    linkProblems(key, i, ids, incidents, add);
  });
}

function linkProblems(
  key: KeyRecord,
  i: number,
  ids: ReadonlySet<string>,
  incidents: ReadonlySet<string>,
  add: Add,
): void {
  for (const name of ['replaces', 'replacedBy'] as const) {
    const target = key[name];
    if (typeof target === 'string' && !ids.has(target)) {
      add(
        ['inventory', 'keys', i, name],
        'KWP-212',
        say('inventory.keys[{0}].{1}: there is no key {2}.', i, name, target),
      );
    }
  }
  if (typeof key.incident === 'string' && !incidents.has(key.incident)) {
    const message = say('inventory.keys[{0}].incident: there is no incident {1}.', i, key.incident);
    add(['inventory', 'keys', i, 'incident'], 'KWP-212', message);
  }
}

/** Approvers and attesters must be owners who have not left. */
function approverProblems(policy: Policy, add: Add): void {
  const active = new Set(
    list(policy.owners)
      .filter((o) => o.status !== 'departed')
      .map((o) => o.id),
  );
  const exceptions = policy.permissions as { exceptions?: readonly { readonly approvedBy: string }[] } | undefined;
  const people: readonly (readonly [Path, string, string | undefined])[] = [
    ...list(policy.suppressions).map((s, i) => [['suppressions', i], 'approvedBy', s.approvedBy] as const),
    ...list(policy.rotation?.exceptions).map(
      (e, i) => [['rotation', 'exceptions', i], 'approvedBy', e.approvedBy] as const,
    ),
    ...list(exceptions?.exceptions).map(
      (e, i) => [['permissions', 'exceptions', i], 'approvedBy', e.approvedBy] as const,
    ),
    ...list(policy.attestations).map((a, i) => [['attestations', i], 'by', a.by] as const),
  ];
  for (const [path, name, person] of people) {
    if (typeof person === 'string' && !active.has(person)) {
      const where = path.map((p) => (typeof p === 'number' ? `[${p}]` : `.${p}`)).join('');
      add([...path, name], 'KWP-211', say('{0}.{1}: {2} is not an active owner.', where.slice(1), name, person));
    }
  }
}
