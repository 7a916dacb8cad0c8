import { composeServices } from '../formats/compose';
import { dependencies } from '../formats/dependencies';
import { manifests } from '../formats/kubernetes';
import { terraformBlocks } from '../formats/terraform';
import { at, mapsIn, textOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { withoutComments } from './code';
import { namedLiterals, secretsIn } from './literals';

const PROBE = 'vaultIntegrationSeen';

const KINDS =
  /^(?:(?:Cluster)?ExternalSecret|(?:Cluster)?SecretStore|SecretProviderClass|Vault(?:Static|Dynamic|PKI)Secret|SealedSecret|OnePasswordItem|InfisicalSecret|DopplerSecret)$/;
const RESOURCES =
  /^(?:aws_secretsmanager_secret\w*|google_secret_manager_secret\w*|azurerm_key_vault_secret|vault_(?:kv|generic)_secret\w*|onepassword_item)$/;
const PACKAGES =
  /^(?:@aws-sdk\/client-(?:secrets-manager|ssm)|@google-cloud\/secret-manager|@azure\/keyvault-secrets|google-cloud-secret-manager|azure-keyvault-secrets|hvac|node-vault|vault|@infisical\/sdk|infisical(?:sdk|-python|-node)?|@dopplerhq\/\S+|onepasswordconnectsdk|onepassword-sdk|@1password\/\S+|keytar|keyring|aws-secretsmanager-caching|github\.com\/hashicorp\/vault\/api|com\.bettercloud:vault-java-driver|org\.springframework\.vault:\S+|org\.springframework\.cloud:spring-cloud-starter-vault-config|software\.amazon\.awssdk:secretsmanager|vaultrs|aws-sdk-secretsmanager)$/;
const CODE =
  /\bboto3\.(?:client|resource)\(\s*["'](?:secretsmanager|ssm)["']|\bSecretsManagerClient\b|\bGetSecretValue\b|\bSecretManagerServiceClient\b|\bsecretmanager\.NewClient\(|\bSecretClient\(|\bhvac\.Client\(|\bvault\.NewClient\(|\bkeyring\.get_password\(|\bkeytar\.getPassword\(|\bInfisicalClient\b|\bop\s+run\b|\bop\s+inject\b|\bop\s+read\b|\bop:\/\/[\w-]|\bdoppler\s+run\b|\binfisical\s+run\b|\bvault\s+(?:kv\s+get|read)\b|\bsops\s+(?:-d|--decrypt|exec-env|decrypt)\b|\bLoadCredential(?:Encrypted)?\s*=|\baws\s+(?:secretsmanager\s+get-secret-value|ssm\s+get-parameters?)\b|\bgcloud\s+secrets\s+versions\s+access\b|\baz\s+keyvault\s+secret\s+show\b|\bhashicorp\/vault-action\b|\baws-actions\/aws-secretsmanager-get-secrets\b|\bgoogle-github-actions\/get-secretmanager-secrets\b|\b1password\/load-secrets-action\b|\bdopplerhq\/|\binfisical\/secrets-action\b|\bvault:\/\/[\w-]|\b(?:aws-sm|aws-ssm|gcp-sm|azure-kv):\/\/|\{\{\s*resolve:(?:secretsmanager|ssm-secure):/i;
const ANNOTATION = /^vault\.hashicorp\.com\/agent-inject/;

/** Signs that keys are really read from a vault, a secret manager or the system's keychain. */
export function vaultIntegration(project: ProjectTexts): readonly Observation[] {
  const kinds = manifests(project)
    .filter((m) => KINDS.test(m.kind) || mapsIn(m.body).some((x) => x.entries.some((e) => ANNOTATION.test(e.key))))
    .map((m) => seen(m.file, m.at, PROBE, 'pass'));
  const resources = terraformBlocks(project)
    .filter((b) => /^(?:resource|data)$/.test(b.kind))
    .filter(({ labels: [type = ''], body, kind }) =>
      type === 'aws_ssm_parameter'
        ? kind === 'data' || textOf(at(body, 'type')) === 'SecureString'
        : RESOURCES.test(type),
    )
    .map((b) => seen(b.file, b.at, PROBE, 'pass'));
  const packages = dependencies(project)
    .filter((d) => PACKAGES.test(d.name))
    .map((d) => seen(d.file, d.at, PROBE, 'pass'));
  const files = [
    ...project.of('source', 'container', 'ci', 'iac', 'env', 'config', 'template'),
    ...project.texts.filter((f) => /\.(?:tpl|service)$|(?:^|\/)\.(?:envrc|op\.env)$/.test(f.path)),
  ];
  const code = [...new Set(files)].flatMap((file) => {
    const found = withoutComments(file).search(CODE);
    return found < 0 ? [] : [seen(file, found, PROBE, 'pass')];
  });
  const encrypted = project.texts
    .filter((f) => /(?:^|\/)\.sops\.ya?ml$/.test(f.path))
    .map((f) => seen(f, 0, PROBE, 'pass'));
  return [...kinds, ...resources, ...packages, ...code, ...encrypted];
}

/** Services that are handed an env file in which keys stand in plaintext. */
export function plaintextMounts(project: ProjectTexts): readonly Observation[] {
  return composeServices(project).flatMap(({ file, envFiles }) =>
    envFiles.flatMap(({ path, at: place }) => {
      const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
      const mounted = project.text(folder + path.replace(/^\.\//, ''));
      const holds = mounted && (secretsIn(mounted).length > 0 || namedLiterals(mounted).length > 0);
      return holds ? [seen(file, place, 'envFileMount', 'warn')] : [];
    }),
  );
}
