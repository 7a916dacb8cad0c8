import { isEnvFile } from '../../project/env-files';
import { readEnvFile } from '../env-file';
import type { ProjectFacts } from '../project-facts';
import { stores } from './all';
import type { Store } from './store';

/** What shows that a project keeps values in a store already: a file that its tool makes, or a call in a script. */
const MARKS: Readonly<Record<string, { readonly file?: RegExp; readonly script?: RegExp; readonly entry?: RegExp }>> = {
  '1password': { file: /(?:^|\/)\.op\/plugins\.sh$/, script: /\bop (?:run|read|inject)\b/, entry: /^op:\/\// },
  doppler: { file: /(?:^|\/)\.?doppler\.ya?ml$/, script: /\bdoppler run\b/ },
  infisical: { file: /(?:^|\/)\.infisical\.json$/, script: /\binfisical run\b/ },
  sops: { file: /(?:^|\/)\.sops\.ya?ml$/, script: /\bsops exec-env\b/ },
  dotenvx: { file: /(?:^|\/)\.env\.keys$/, script: /\bdotenvx\b/, entry: /^encrypted:/ },
  vault: { file: /(?:^|\/)vault-agent[\w.-]*\.hcl$/, script: /\bvault kv get\b/ },
  'aws-secrets-manager': { script: /\baws secretsmanager get-secret-value\b/ },
  'aws-ssm': { script: /\baws ssm get-parameters?\b/ },
  'gcp-secret-manager': { script: /\bgcloud secrets versions access\b/ },
  'azure-key-vault': { script: /\baz keyvault secret show\b/ },
  keyring: { script: /\b(?:keyring get|secret-tool lookup|security find-generic-password)\b/ },
};

/** The stores that the project around a file uses already, in the order of the list of stores. */
export function storesInUse(facts: ProjectFacts): Store[] {
  const { packageRoot, manifest } = facts;
  const inRoot = (name: string) => (packageRoot ? `${packageRoot}/${name}` : name);
  const texts = [
    ...Object.values(manifest?.scripts ?? {}),
    facts.text(inRoot('Makefile')) ?? '',
    facts.text(inRoot('.envrc')) ?? '',
  ];
  const entries = [...facts.paths]
    .filter((p) => isEnvFile(p) && p.startsWith(packageRoot))
    .flatMap((p) => readEnvFile(facts.text(p) ?? '').map((e) => e.value));
  return stores.filter(({ id }) => {
    const { file, script, entry } = MARKS[id] ?? {};
    return (
      (file && [...facts.paths].some((p) => file.test(p))) ||
      (script && texts.some((t) => script.test(t))) ||
      (entry && entries.some((v) => entry.test(v)))
    );
  });
}
