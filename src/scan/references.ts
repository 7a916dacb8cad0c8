/**
 * Values that say where a secret is kept instead of being one: a variable, a vault path, an encrypted value. Sources: the
 * reference syntaxes of 1Password, Vault, vals, AWS, GCP, Azure, dotenvx, SOPS, Spring, Ansible and the CI systems.
 */
const REFERENCE =
  /^(?:op:\/\/|vault:[A-Za-z0-9/_-]+#|(?:secret)?ref\+[a-z0-9]+:\/\/|secretref\+|\{\{|@Microsoft\.KeyVault\(|projects\/[^/\s]+\/secrets\/|sm:\/\/|akvs?:\/\/|azure-kv:\/\/|aws-(?:sm|ssm):\/\/|gcp-sm:\/\/|keychain:\/\/|k8s-secret:\/\/|env:\/\/|github-secret:\/\/|encrypted:B|ENC\[|ENC\(|\{cipher\}|\$ANSIBLE_VAULT;|!vault|secure:|\$\{\{|\$\{[A-Za-z_][^}]*\}|\$[A-Za-z_]\w*$|\$env:|%[A-Za-z_]\w*%|\$\([A-Za-z_.]+\)|<<[^>]+>>|process\.env|import\.meta\.env|os\.(?:environ|getenv)|arn:aws[a-z-]*:(?:secretsmanager|ssm|kms):|\/run\/secrets\/|file:\/\/|ENV\[|System\.getenv|config\.|secrets\.|vars\.|env\.|settings\.)/;

/** A path to a file: segments of words, an extension. Base64 has no dot. */
const PATH = /^(?:\.{1,2}|~)?\/(?:[\w.@ -]+\/)*[\w@ -]+(?:\.[A-Za-z0-9]{2,5}){1,2}$/;

/** True when the whole text of a literal or value is a reference. */
export function isReference(value: string): boolean {
  const trimmed = value.trim();
  return REFERENCE.test(trimmed) || PATH.test(trimmed);
}
