import { firstInventory } from '../policy/first-inventory';
import type { LoadedPolicy } from '../policy/load';
import type { KeyRecord } from '../policy/policy';
import type { ProjectFiles } from '../project/files';
import { keyReferences } from './key-references';
import { readProject } from './project-texts';

const NO_POLICY: LoadedPolicy = { state: 'no-policy', problems: [], extendsPaths: [] };

/** Records for a first policy: the keys that a project's files read, by name. `pause` as in `readProject`. */
export async function referencedRecords(
  files: ProjectFiles,
  today: string,
  pause?: () => Promise<void>,
): Promise<readonly KeyRecord[]> {
  const project = await readProject(files, NO_POLICY, today, pause);
  return firstInventory(
    keyReferences(project).map((r) => r.name),
    today,
  );
}
