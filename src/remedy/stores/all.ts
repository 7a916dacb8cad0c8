import { awsSecretsManager, awsSsm } from './aws';
import { azureKeyVault } from './azure';
import { docker, kubernetes } from './clusters';
import { circleci, codespaces, github, gitlab } from './continuous-integration';
import { gcpSecretManager } from './gcp';
import { keyring } from './keyring';
import { foundryKeystore, hardhatKeystore } from './keystores';
import { onePassword } from './onepassword';
import { doppler, dotenvx, infisical, sops } from './runners';
import type { Store } from './store';
import { vault } from './vault';

/** The stores that fixes can move values to, in the order in which help lists them. The env file is `env`, and no store. */
export const stores: readonly Store[] = [
  keyring,
  onePassword,
  github,
  codespaces,
  kubernetes,
  vault,
  awsSecretsManager,
  awsSsm,
  gcpSecretManager,
  azureKeyVault,
  doppler,
  infisical,
  sops,
  dotenvx,
  gitlab,
  circleci,
  docker,
  hardhatKeystore,
  foundryKeystore,
];

/** The store of a name or an alias, in any case; `env` for the env file. */
export function storeNamed(name: string): Store | 'env' | undefined {
  const word = name.toLowerCase();
  if (word === 'env' || word === 'env-file' || word === 'dotenv') {
    return 'env';
  }
  return stores.find((s) => s.id === word || s.aliases.includes(word));
}
