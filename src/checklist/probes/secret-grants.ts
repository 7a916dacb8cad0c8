import { manifests } from '../formats/kubernetes';
import { pipelines } from '../formats/pipelines';
import { documentOf } from '../formats/read';
import { terraformBlocks } from '../formats/terraform';
import { at, entriesOf, itemsOf, scalarsIn, type Tree, textOf, textsOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { iamStatements } from './iam-statements';

/** What grants access to secrets: everything at once fails, more than named secrets warns, named secrets are the aim. */
export interface SecretGrants {
  readonly observations: readonly Observation[];
  /** Whether there is any role or policy file at all. */
  readonly any: boolean;
  /** Whether a grant that names its secrets is seen. */
  readonly scoped: boolean;
}

const WIDE = 'wildcardSecretGrant';
const SCOPED = 'scopedSecretGrantSeen';

/** Grants of Kubernetes, of clouds, of Vault and of CI environments. */
export function secretGrants(project: ProjectTexts): SecretGrants {
  const roles = kubernetesRoles(project);
  const clouds = [...awsStatements(project), ...googleRoles(project), ...azurePolicies(project)];
  const vault = vaultPolicies(project);
  const binding = [...roles, ...clouds, ...vault];
  const observations = [...binding, ...externalSecrets(project), ...environmentSecrets(project)];
  const any =
    binding.length > 0 ||
    manifests(project).some((m) => /^(?:Cluster)?Role(?:Binding)?$/.test(m.kind)) ||
    iamStatements(project).length > 0;
  return { observations, any, scoped: observations.some((o) => o.probe === SCOPED) };
}

function observed(file: ProjectText, place: number, outcome: Observation['outcome']): Observation {
  return seen(file, place, outcome === 'pass' ? SCOPED : WIDE, outcome);
}

function kubernetesRoles(project: ProjectTexts): Observation[] {
  return manifests(project)
    .filter((m) => m.kind === 'Role' || m.kind === 'ClusterRole')
    .flatMap(({ file, body }) =>
      itemsOf(at(body, 'rules')).flatMap((rule) => {
        const kinds = at(rule, 'resources');
        const groups = textsOf(at(rule, 'apiGroups'));
        const core =
          groups.length === 0 || groups.includes('*') || itemsOf(at(rule, 'apiGroups')).some((t) => textOf(t) === '');
        const resources = textsOf(kinds);
        if (!kinds || !core || !resources.some((r) => r === 'secrets' || r === '*')) {
          return [];
        }
        const named = textsOf(at(rule, 'resourceNames')).length > 0;
        const everything = resources.includes('*') || textsOf(at(rule, 'verbs')).includes('*');
        return [observed(file, kinds.at, named ? 'pass' : everything ? 'fail' : 'warn')];
      }),
    );
}

const SECRET_SERVICE = /^(?:secretsmanager|ssm|kms):/i;
const ALL_SECRETS =
  /^(?:\*|arn:aws[\w-]*:(?:secretsmanager|ssm|kms):[^:]*:[^:]*:(?:secret:\*|parameter\/?\*|key\/\*|\*))$/;

function awsStatements(project: ProjectTexts): Observation[] {
  return iamStatements(project).flatMap(({ file, at: place, actions, resources }) => {
    const concerned = actions.filter((a) => a === '*' || a === '*:*' || SECRET_SERVICE.test(a));
    if (concerned.length === 0) {
      return [];
    }
    const everySecret = resources.some((r) => ALL_SECRETS.test(r));
    const uses = concerned.some((a) => /\*$|:Get(?:Secret|Parameter)|:Decrypt|:Put|:Create|:Update|:Delete/i.test(a));
    return [observed(file, place, everySecret && uses ? 'fail' : everySecret ? 'warn' : 'pass')];
  });
}

function googleRoles(project: ProjectTexts): Observation[] {
  return terraformBlocks(project).flatMap(({ file, kind, labels: [type = ''], body }) => {
    const role = at(body, 'role');
    if (
      kind !== 'resource' ||
      !/^google_\w+_iam_(?:member|binding|policy)$/.test(type) ||
      !/^roles\/(?:secretmanager|cloudkms)\./.test(textOf(role))
    ) {
      return [];
    }
    const whole = /^google_(?:project|folder|organization)_/.test(type);
    const admin = /\.admin$/.test(textOf(role));
    return [observed(file, role?.at ?? body.at, !whole ? 'pass' : admin ? 'fail' : 'warn')];
  });
}

function azurePolicies(project: ProjectTexts): Observation[] {
  return terraformBlocks(project).flatMap(({ file, kind, labels: [type = ''], body, at: place }) => {
    if (kind !== 'resource') {
      return [];
    }
    if (type === 'azurerm_key_vault_access_policy') {
      const rights = textsOf(at(body, 'secret_permissions')).map((r) => r.toLowerCase());
      return [observed(file, place, rights.some((r) => r === 'all' || r === 'purge') ? 'fail' : 'warn')];
    }
    const role = textOf(at(body, 'role_definition_name'));
    return type === 'azurerm_role_assignment' && role.startsWith('Key Vault')
      ? [observed(file, place, role === 'Key Vault Administrator' ? 'fail' : 'pass')]
      : [];
  });
}

/** Policies of HashiCorp Vault, in files of their own or in Terraform. */
function vaultPolicies(project: ProjectTexts): Observation[] {
  const inFiles = project.texts
    .filter((f) => f.path.endsWith('.hcl') && /^\s*path\s+"/m.test(f.text))
    .flatMap((file) =>
      entriesOf(documentOf(file))
        .filter((e) => e.key === 'path')
        .map((e) => ({ file, ...e })),
    );
  return inFiles.flatMap(({ file, at: place, value }) => {
    const path = value.kind === 'map' ? (value.labels?.[0] ?? '') : '';
    const rights = textsOf(at(value, 'capabilities'));
    const everything = /^(?:\*|\+\/\*|(?:secret|kv|secrets)(?:\/data)?\/\*)$/.test(path);
    const writes = rights.some((r) => /^(?:create|update|delete|sudo|root)$/.test(r));
    const touches = /secret|kv|creds|database|transit|\*/.test(path);
    return touches ? [observed(file, place, everything && writes ? 'fail' : everything ? 'warn' : 'pass')] : [];
  });
}

/** Stores that a workload's own account opens. */
function externalSecrets(project: ProjectTexts): Observation[] {
  return manifests(project).flatMap(({ file, kind, body, at: place }) => {
    const account = kind === 'SecretStore' && accountIn(body);
    return account
      ? [seen(file, account.at, SCOPED, 'pass')]
      : kind === 'ExternalSecret'
        ? [seen(file, place, SCOPED, 'pass')]
        : [];
  });
}

function accountIn(body: Tree): Tree | undefined {
  const provider = at(body, 'spec', 'provider');
  const find = (tree: Tree | undefined): Tree | undefined =>
    entriesOf(tree)
      .map((e) => (e.key === 'serviceAccountRef' ? e.value : find(e.value)))
      .find((t) => t !== undefined);
  return find(provider);
}

/** Jobs that get secrets through a protected environment. */
function environmentSecrets(project: ProjectTexts): Observation[] {
  return pipelines(project).flatMap(({ file, system, jobs }) =>
    system === 'github'
      ? jobs
          .filter((j) => j.environmentAt !== undefined)
          .filter((j) => scalarsIn(j.body).some((t) => /\$\{\{[^}]*\bsecrets\./.test(textOf(t))))
          .map((j) => seen(file, j.environmentAt as number, SCOPED, 'pass'))
      : [],
  );
}
