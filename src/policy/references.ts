import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { Policy } from './policy';
import { type PolicyProblem, problemAt } from './problem';

/** What the schema can't say: ids used twice, owners and environments that don't exist, dates in impossible order. */
export function referenceProblems(policy: Policy, root: Node, text: string, file: string): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const at = (...path: (string | number)[]) => findNodeAtLocation(root, path) ?? root;
  const keys = Array.isArray(policy.inventory?.keys) ? policy.inventory.keys : [];
  const environments = new Set((policy.environments ?? []).map?.((e) => e.id) ?? []);
  const owners = new Set((policy.owners ?? []).map?.((o) => o.id) ?? []);
  const seen = new Set<string>();
  keys.forEach((key, i) => {
    if (typeof key !== 'object' || key === null) {
      return;
    }
    if (typeof key.id === 'string') {
      if (seen.has(key.id)) {
        problems.push(
          problemAt(
            file,
            text,
            at('inventory', 'keys', i, 'id'),
            'KWP-203',
            `inventory.keys[${i}].id: ${key.id} is used twice.`,
          ),
        );
      }
      seen.add(key.id);
    }
    if (typeof key.environment === 'string' && !environments.has(key.environment)) {
      const known = [...environments].join(', ');
      problems.push(
        problemAt(
          file,
          text,
          at('inventory', 'keys', i, 'environment'),
          'KWP-202',
          `inventory.keys[${i}].environment: ${key.environment} is not defined in environments[] (${known}).`,
          false,
        ),
      );
    }
    if (typeof key.owner === 'string' && !owners.has(key.owner)) {
      const known = [...owners].join(', ');
      problems.push(
        problemAt(
          file,
          text,
          at('inventory', 'keys', i, 'owner'),
          'KWP-201',
          `inventory.keys[${i}].owner: ${key.owner} is not defined in owners[] (${known}).`,
          false,
        ),
      );
    }
    if (key.createdAt && key.rotatedAt && key.rotatedAt < key.createdAt) {
      problems.push(
        problemAt(
          file,
          text,
          at('inventory', 'keys', i, 'rotatedAt'),
          'KWP-204',
          `inventory.keys[${i}]: rotatedAt ${key.rotatedAt} lies before createdAt ${key.createdAt}.`,
          false,
        ),
      );
    }
  });
  return problems;
}
