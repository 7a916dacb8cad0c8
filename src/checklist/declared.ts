import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { say } from '../words/say';
import { type Draft, type Observation, seen, seenFile } from './observation';
import type { ProjectText, ProjectTexts } from './project-texts';

type Path = readonly (string | number)[];

const trees = new WeakMap<ProjectText, Node | undefined>();

/** The tree of a policy or inventory file; undefined when it holds no JSON. Read once. */
export function treeOf(file: ProjectText): Node | undefined {
  if (!trees.has(file)) {
    trees.set(file, parseTree(file.text, [], { allowTrailingComma: true }));
  }
  return trees.get(file);
}

/** The policy file as a text of the project; undefined where there is none, or where it lies outside what was listed. */
export function policyText(project: ProjectTexts): ProjectText | undefined {
  return project.policy.path === undefined ? undefined : project.text(project.policy.path);
}

/**
 * An observation at what a policy says. `path` is followed as far as the file itself goes: a value may come from a file that
 * it extends, or be missing, and then its section, or the head of the file, is the place to look at.
 */
export function declared(
  project: ProjectTexts,
  path: Path,
  probe: string,
  outcome: Observation['outcome'],
  detail?: string,
): Observation {
  const file = policyText(project);
  const root = file && treeOf(file);
  const more = detail === undefined ? {} : { detail };
  for (let n = path.length; file && root && n > 0; n--) {
    const node = findNodeAtLocation(root, [...path.slice(0, n)]);
    if (node) {
      const property = node.parent?.type === 'property' ? node.parent : node;
      return { ...seen(file, property.offset, probe, outcome), ...more };
    }
  }
  return { ...seenFile(project.policy.path ?? 'keyward.policy.jsonc', probe, outcome), ...more };
}

/** The question that a check puts where there is no policy that could answer it. */
export function askPolicy(check: string, project: ProjectTexts, what: string): Draft {
  const { state } = project.policy;
  return {
    check,
    status: 'needs-attestation',
    reason: state === 'policy-invalid' ? 'policy-invalid' : 'no-policy',
    message:
      state === 'policy-invalid'
        ? say('The policy has errors, so nothing in it is used: {0}', what)
        : say('There is no policy file that says it: {0}', what),
    observations: [],
  };
}
