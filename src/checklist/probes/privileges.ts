import { manifests } from '../formats/kubernetes';
import { pipelines } from '../formats/pipelines';
import { terraformBlocks } from '../formats/terraform';
import { at, itemsOf, type Tree, textOf, textsOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { iamStatements } from './iam-statements';

/** The rights of the token that each GitHub workflow gets. */
export function workflowPermissions(project: ProjectTexts): readonly Observation[] {
  const probe = 'workflowPermissions';
  return pipelines(project)
    .filter((p) => p.system === 'github' && p.root !== undefined)
    .flatMap(({ file, root, jobs }): Observation[] => {
      const all = [root, ...jobs.map((j) => j.body)].map((t) => at(t, 'permissions'));
      const wide = all.filter((t): t is Tree => textOf(t) === 'write-all');
      if (wide.length > 0) {
        return wide.map((t) => seen(file, t.at, probe, 'fail'));
      }
      const [top, ...own] = all;
      const explicit = top !== undefined || (own.length > 0 && own.every((t) => t !== undefined));
      const place = top ?? own.find((t) => t !== undefined);
      return [seen(file, explicit && place ? place.at : (root?.at ?? 0), probe, explicit ? 'pass' : 'warn')];
    });
}

const READING =
  /^(?:Get|List|Describe|BatchGet|Head|Read|Query|Scan|Search|Lookup|View|Select|Check|Test|Simulate|Decrypt|Verify)/;

/** Cloud policies that grant everything, or everything of a service. */
export function iamWildcards(project: ProjectTexts): readonly Observation[] {
  const probe = 'iamWildcard';
  const statements = iamStatements(project).map(({ file, at: place, actions, resources }) => {
    const everywhere = resources.includes('*');
    const mutating = actions.some((a) => !READING.test(a.split(':')[1] ?? ''));
    const outcome =
      everywhere && actions.some((a) => a === '*' || a === '*:*')
        ? 'fail'
        : actions.some((a) => /^[\w-]+:\*$/.test(a) || a === '*') || (everywhere && mutating)
          ? 'warn'
          : 'pass';
    return seen(file, place, probe, outcome);
  });
  return [...statements, ...grantedRoles(project)];
}

/** Ready-made roles that hold every right, or every right but the owner's. */
const EVERYTHING = /^roles\/owner$|\/AdministratorAccess$|^Owner$/;
const NEARLY = /^roles\/editor$|\/PowerUserAccess$|\/IAMFullAccess$|^Contributor$|^User Access Administrator$/;

function grantedRoles(project: ProjectTexts): Observation[] {
  return terraformBlocks(project).flatMap(({ file, kind, labels: [type = ''], body }): Observation[] => {
    if (
      kind !== 'resource' ||
      !/^google_\w+_iam_|^aws_iam_\w+_policy_attachment$|^azurerm_role_assignment$|^aws_iam_role$/.test(type)
    ) {
      return [];
    }
    return ['role', 'policy_arn', 'role_definition_name', 'managed_policy_arns'].flatMap((key) =>
      itemsOf(at(body, key))
        .filter((t) => /^roles\/|^arn:|^[A-Z][A-Za-z ]+$/.test(textOf(t)))
        .map((t) => {
          const role = textOf(t);
          return seen(file, t.at, 'iamWildcard', EVERYTHING.test(role) ? 'fail' : NEARLY.test(role) ? 'warn' : 'pass');
        }),
    );
  });
}

/** Kubernetes roles that grant everything. */
export function clusterWildcards(project: ProjectTexts): readonly Observation[] {
  const probe = 'clusterWildcard';
  return manifests(project).flatMap(({ file, kind, body, at: place }): Observation[] => {
    if (kind === 'ClusterRoleBinding' || kind === 'RoleBinding') {
      const role = at(body, 'roleRef', 'name');
      const admin = textOf(role) === 'cluster-admin';
      const outcome = !admin ? 'pass' : kind === 'ClusterRoleBinding' ? 'fail' : 'warn';
      return [seen(file, role?.at ?? place, probe, outcome)];
    }
    if (kind !== 'Role' && kind !== 'ClusterRole') {
      return [];
    }
    const rules = itemsOf(at(body, 'rules')).map((rule) => {
      const allVerbs = textsOf(at(rule, 'verbs')).includes('*');
      const outcome = !allVerbs ? 'pass' : textsOf(at(rule, 'resources')).includes('*') ? 'fail' : 'warn';
      return seen(file, rule.at, probe, outcome);
    });
    return rules.length > 0 ? rules : [seen(file, place, probe, 'pass')];
  });
}
