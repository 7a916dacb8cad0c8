import { firstInventory } from '../policy/first-inventory';
import { fittedTo } from '../policy/found-key';
import type { LoadedPolicy } from '../policy/load';
import type { KeyRecord, Policy } from '../policy/policy';
import type { PolicyChoices } from '../policy/policy-choices';
import type { ProjectFiles } from '../project/files';
import { keyReferences } from './key-references';
import { type Pause, readProject } from './project-texts';

const NO_POLICY: LoadedPolicy = { state: 'no-policy', problems: [], extendsPaths: [] };

/** Records for a first policy: the keys that a project's files read, by name, with its owner and environments. `pause` as in `readProject`. */
export async function referencedRecords(
  files: ProjectFiles,
  today: string,
  choices: PolicyChoices,
  pause?: Pause,
): Promise<readonly KeyRecord[]> {
  const project = await readProject(files, NO_POLICY, today, pause);
  const { owner, environments } = choices;
  const chosen: Policy = {
    version: 1,
    environments: environments.map((id) => ({ id, kind: id })),
    owners: [{ id: owner, kind: 'person' }],
  };
  return firstInventory(
    keyReferences(project).map((r) => r.name),
    today,
  ).map((record) => fittedTo(chosen, record));
}
