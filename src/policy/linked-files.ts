import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { ProjectFiles } from '../project/files';
import { say } from '../words/say';
import type { Policy } from './policy';
import { type PolicyProblem, problemAt } from './problem';

type Path = readonly (string | number)[];

/** Files that a policy names, each with its place: runbooks, playbooks, configurations, procedures, evidence. */
function linked(policy: Policy): readonly (readonly [Path, string])[] {
  const out: (readonly [Path, string | undefined])[] = [
    [['rotation', 'onDemand', 'runbook'], policy.rotation?.onDemand?.runbook],
    [['incident', 'playbook'], policy.incident?.playbook],
    ...(policy.monitoring?.config ?? []).map((path, i) => [['monitoring', 'config', i], path] as const),
    ...(policy.inventory?.keys ?? []).flatMap((key, i) => [
      [['inventory', 'keys', i, 'rotation', 'automation'], key.rotation?.automation] as const,
      [['inventory', 'keys', i, 'revocation', 'procedure'], key.revocation?.procedure] as const,
    ]),
    ...(policy.attestations ?? []).flatMap((a, i) =>
      (a.evidence ?? []).map((e, j) => [['attestations', i, 'evidence', j, 'path'], e.path] as const),
    ),
  ];
  return out.filter((x): x is readonly [Path, string] => typeof x[1] === 'string' && !x[1].startsWith('https://'));
}

/** Says which files of a policy's own text do not exist. The checks that need them fail; the policy stays valid. */
export async function linkedFileProblems(
  files: ProjectFiles,
  policy: Policy,
  root: Node,
  text: string,
  file: string,
): Promise<PolicyProblem[]> {
  const problems: PolicyProblem[] = [];
  for (const [path, target] of linked(policy)) {
    const node = findNodeAtLocation(root, [...path]);
    const name = target.split('#')[0] as string;
    if (node && (await files.read(name)) === undefined) {
      problems.push(problemAt(file, text, node, 'KWP-206', say('{0} does not exist in this project.', name), false));
    }
  }
  return problems;
}
