import { credentialTypes } from '../catalog/all';
import type { Category, CredentialType } from '../catalog/credential-type';
import type { KeyRecord } from './key-record';

/** Classes of risk by what a provider does. */
const CLASSES: Readonly<Partial<Record<Category, string>>> = {
  exchange: 'trading',
  'market-data': 'market-data',
  rpc: 'rpc',
  explorer: 'market-data',
  'wallet-key': 'signing',
  custody: 'custody',
  'signing-service': 'signing',
  payments: 'service-auth',
  'defi-tooling': 'service-auth',
  'messaging-for-bots': 'service-auth',
};
const AWAY = /(?:^|_)(?:DEV|DEVELOPMENT|TEST|TESTING|TESTNET|SANDBOX|STAGING|PAPER|DEMO|GOERLI|SEPOLIA)(?:_|$)/;
const SIGNER = /DEPLOYER|RELAYER|OPERATOR|SIGNER|WALLET|PRIVATE_?KEY|MNEMONIC|SEED/;

/** What several names of one key share: `KRAKEN_API_KEY` and `KRAKEN_API_SECRET` are `KRAKEN`. */
function stem(name: string): string {
  return (
    name
      .replace(/^(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC)_/, '')
      .replace(
        /_?(?:API_?KEY_?(?:ID|SECRET)?|API_?SECRET|SECRET_?KEY|ACCESS_?KEY|API_?TOKEN|AUTH_?TOKEN|PRIVATE_?KEY|API_?PASSPHRASE|PASSPHRASE|PASSWORD|SEED_?PHRASE|MNEMONIC|SECRET|TOKEN|KEY|API)(?=_|$)/g,
        '',
      )
      .replace(/^_+|_+$/g, '') || name
  );
}

function typeOf(name: string): CredentialType | undefined {
  const flat = name.toLowerCase().replaceAll('_', '');
  return (
    credentialTypes.find((t) => t.names.includes(flat)) ??
    credentialTypes.find((t) => t.words.some((w) => w.length > 3 && flat.startsWith(w)))
  );
}

function kindOf(names: readonly string[]): string {
  const all = names.join(' ');
  return /MNEMONIC|SEED/.test(all)
    ? 'mnemonic'
    : /PRIVATE_?KEY/.test(all)
      ? 'private-key'
      : names.length > 1
        ? 'api-key-pair'
        : /TOKEN/.test(all)
          ? 'bearer-token'
          : 'api-key';
}

/**
 * Records for the keys that a project reads, one for the names of each key. What nobody but a person knows is filled in as it
 * must be to be valid: the owner `me`, the day of the file, an env file as the store.
 */
export function firstInventory(names: readonly string[], today: string): readonly KeyRecord[] {
  const groups = new Map<string, string[]>();
  for (const name of [...new Set(names)].sort()) {
    groups.set(stem(name), [...(groups.get(stem(name)) ?? []), name]);
  }
  return [...groups].map(([shared, own]): KeyRecord => {
    const type = own.map(typeOf).find((t) => t !== undefined);
    const isSigner = own.some((n) => SIGNER.test(n));
    const word = shared.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return {
      id: word.length > 1 ? word.slice(0, 80) : `key-${word}`,
      provider: type?.system ?? word.split('-')[0]?.padEnd(2, '-') ?? 'other',
      kind: kindOf(own),
      class: isSigner ? 'signing' : ((type && CLASSES[type.category]) ?? 'service-auth'),
      environment: own.some((n) => AWAY.test(n)) ? 'development' : 'production',
      owner: 'me',
      purpose: 'say what it is for',
      status: 'active',
      createdAt: today,
      references: own.map((name) => ({ name })),
      storage: { store: 'env-file' },
    };
  });
}
