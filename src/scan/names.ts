import type { Part } from '../catalog/credential-type';

/** Lower case, letters and digits only: `BINANCE_API-Secret` and `binanceApiSecret` are both `binanceapisecret`. */
export function squash(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;

/** The words of an identifier or a phrase, lower case: `apiKeyV2` is api, key, v, 2. */
export function wordsOf(name: string): string[] {
  return (name.match(WORD) ?? []).map((w) => w.toLowerCase());
}

/** What a name says its value is. `public`: the public half or an address, `denied`: a hash or another non-secret. */
export type Role = Part | 'public' | 'denied';

const ROLE_RULES: readonly (readonly [RegExp, Role])[] = [
  [/passphrase|passwd|password|pwd$|(^|[a-z])pass$|^pin$/, 'passphrase'],
  [/mnemonic|seedphrase|recoveryphrase|secretphrase|backupphrase|seedwords|walletwords|phrase$|^words$/, 'phrase'],
  [/publickey|pubkey|publicaddress|walletaddress|^address$|addr$|address$/, 'public'],
  [/privatekey|privkey|private$|prvkey|signingkey|spendkey|spendingkey|masterkey$|xprv|^wif$|nsec/, 'private-key'],
  [/secret|apisign$|hmackey|^sk$|seed$/, 'secret'],
  [/token|jwt|bearer|^auth$|authorization|macaroon|rune$/, 'token'],
  [/rpcurl|rpc$|endpoint|nodeurl|providerurl|url$|uri$|webhook/, 'url'],
  [/apikey|accesskey|appkey|keyid|apiid|^key$|key$|keys$|^ak$|apiusername|^api$|xapi|pk$|priv$/, 'key'],
  [/(project|client|app|user|account)?id$|^uid$|^login$|username$|^user$/, 'id'],
];

/** Most names say nothing: one expression tells. */
const ANY_ROLE = new RegExp(ROLE_RULES.map(([rule]) => rule.source).join('|'));

/** The role that a name gives its value, from its last words; undefined when it says nothing. */
export function roleOf(name: string): Role | undefined {
  const flat = squash(name);
  if (!ANY_ROLE.test(flat)) {
    return undefined;
  }
  for (const [rule, role] of ROLE_RULES) {
    if (rule.test(flat)) {
      return role;
    }
  }
  return undefined;
}

/** Prefixes whose variables bundlers write into what browsers and apps download. */
const SHIPPED = [
  'NEXT_PUBLIC_',
  'VITE_',
  'REACT_APP_',
  'EXPO_PUBLIC_',
  'NUXT_PUBLIC_',
  'GATSBY_',
  'VUE_APP_',
  'NG_APP_',
  'PLASMO_PUBLIC_',
  'REDWOOD_ENV_',
  'BUN_PUBLIC_',
  'PUBLIC_',
];

/** The bundler prefix that ships a variable of this name to browsers, if it has one. */
export function shippedPrefix(name: string): string | undefined {
  return SHIPPED.find((p) => name.startsWith(p));
}
