import { pipelines } from '../formats/pipelines';
import { at, itemsOf, textOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { withoutComments } from './code';
import { codeOwners, ownersOf } from './code-owners';

const PROBE = 'secondPersonSeen';
const PRODUCTION = /^(?:prod|production|live|main-?net)/i;
/** Owners of contracts that are more than one key. */
const CONTRACT =
  /\bTimelockController\b|\bOwnable2Step(?:Upgradeable)?\b|\b(?:Gnosis)?Safe(?:Proxy|L2)?\b(?=[^\n]*(?:owner|transferOwnership|address))|transferOwnership\(\s*\w*(?:[Ss]afe|[Mm]ultisig|MULTISIG|SAFE|[Tt]imelock)|\bmulti-?sig\w*\s*[:=]/;

/** Controls before critical operations that files show: protected environments, manual jobs, owners, multisigs. */
export function secondPerson(project: ProjectTexts): readonly Observation[] {
  const jobs = pipelines(project).flatMap(({ file, system, jobs: list }) =>
    list
      .filter((job) => {
        if (system === 'github' || system === 'azure') {
          return job.environment !== undefined;
        }
        const manual =
          textOf(at(job.body, 'when')) === 'manual' ||
          itemsOf(at(job.body, 'rules')).some((r) => textOf(at(r, 'when')) === 'manual');
        return system === 'gitlab' && manual && PRODUCTION.test(job.environment ?? '');
      })
      .map((job) => seen(file, job.environmentAt ?? job.at, PROBE, 'pass')),
  );
  return [...jobs, ...owned(project), ...contracts(project)];
}

/** CODEOWNERS for the policy or for infrastructure. */
function owned(project: ProjectTexts): Observation[] {
  const owners = codeOwners(project);
  const concerned = [
    project.policy.path ?? 'keyward.policy.jsonc',
    ...project.of('iac', 'k8s', 'ci').map((f) => f.path),
  ];
  return owners && concerned.some((path) => ownersOf(owners, path).length > 0) ? [seen(owners, 0, PROBE, 'pass')] : [];
}

function contracts(project: ProjectTexts): Observation[] {
  return project
    .of('source')
    .filter((f) => /\.(?:sol|vy)$|(?:^|\/)(?:deploy|scripts?|ignition|migrations)\//.test(f.path))
    .flatMap((file) => {
      const found = withoutComments(file).search(CONTRACT);
      return found < 0 ? [] : [seen(file, found, PROBE, 'pass')];
    });
}
