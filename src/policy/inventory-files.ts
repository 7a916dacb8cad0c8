import type { Node } from 'jsonc-parser';
import type { ProjectFiles } from '../project/files';
import { decodeText } from '../project/text-encoding';
import { say } from '../words/say';
import { readJsonc } from './jsonc';
import type { KeyRecord, Policy } from './policy';
import { type PolicyProblem, problemAt } from './problem';

/** What checks an array of key records as if it stood in the policy itself. */
type RecordCheck = (file: string, text: string, records: readonly unknown[], root: Node) => readonly PolicyProblem[];

/**
 * Reads the files of `inventory.files`: each an array of key records. Their records are held to the same schema as those of
 * the policy, and an id may be used only once over all of them.
 */
export async function withInventoryFiles(
  files: ProjectFiles,
  policy: Policy,
  where: (message: string) => PolicyProblem,
  check: RecordCheck,
): Promise<{ readonly policy: Policy; readonly problems: readonly PolicyProblem[] }> {
  const names = policy.inventory?.files ?? [];
  const problems: PolicyProblem[] = [];
  const keys: KeyRecord[] = [...(policy.inventory?.keys ?? [])];
  for (const name of names) {
    const bytes = await files.read(name);
    const text = bytes && decodeText(bytes)?.text;
    if (text === undefined) {
      problems.push(where(say('inventory.files: {0} was not found.', name)));
      continue;
    }
    const { root, value, parsed, problems: mistakes } = readJsonc(name, text);
    if (root?.type !== 'array' || !parsed) {
      const none = problemAt(
        name,
        text,
        { offset: 0, length: 1 },
        'KWP-001',
        say('An inventory file is an array of key records.'),
      );
      problems.push(...(mistakes.length ? mistakes : [none]));
      continue;
    }
    const records = value as readonly KeyRecord[];
    problems.push(...mistakes);
    problems.push(...check(name, text, records, root));
    records.forEach((record, i) => {
      if (keys.some((k) => k.id === record?.id)) {
        const at = root.children?.[i] ?? root;
        problems.push(
          problemAt(name, text, { offset: at.offset, length: 1 }, 'KWP-203', say('{0} is used twice.', record.id)),
        );
      }
      keys.push(record);
    });
  }
  return names.length === 0
    ? { policy, problems }
    : { policy: { ...policy, inventory: { ...policy.inventory, keys } }, problems };
}

/** A tree in which the records stand where a policy has them, so that problems find their places. */
export function asInventory(root: Node): Node {
  const property = (name: string, value: Node): Node => {
    const key: Node = { type: 'string', offset: value.offset, length: 0, value: name };
    const node: Node = { type: 'property', offset: value.offset, length: value.length, children: [key, value] };
    return { type: 'object', offset: value.offset, length: value.length, children: [node] };
  };
  return property('inventory', property('keys', root));
}
