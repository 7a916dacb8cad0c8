/** Words that say by themselves that a value is secret. */
const ALONE = new Set([
  'secret',
  'passphrase',
  'password',
  'passwd',
  'mnemonic',
  'credential',
  'apikey',
  'apisecret',
  'secretkey',
  'privatekey',
  'privkey',
  'accesskey',
  'accesstoken',
  'authtoken',
  'seedphrase',
]);
/** What makes a secret of a key or a token: a bare `key` is any map's, a bare `token` any coin's. */
const BEFORE =
  /^(?:api|access|secret|private|priv|signing|signer|encryption|webhook|auth|client|consumer|service|bearer|jwt|refresh|session|master|wallet|deployer|relayer|operator|bot|pro|binance|coinbase|kraken|bybit|okx|kucoin|bitget|bitfinex|bitmex|deribit|gemini|infura|alchemy|etherscan|coingecko|coinmarketcap|cryptocompare|kaiko|messari|glassnode|fireblocks|vault|stripe)$/;
const READERS = new Set(['get', 'load', 'read', 'fetch']);

/** The words of an identifier, lower case: `binanceApiKey`, `BINANCE_API_KEY` and `binance-api-key` are the same. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/**
 * Whether an identifier names a secret value (lexicon SN): its last words say so. `publicKey`, `keyId`, `tokenAddress` and
 * a bare `key` or `token` do not.
 */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name).filter((w) => !/^\d+$/.test(w));
  if (
    /^(?:is|has|use|uses|should|can|must|may|enable|enabled|require|requires|allow|allows|show|hide|need|needs|log|neutered|masked|redacted)$/.test(
      words[0] ?? '',
    ) &&
    words.length > 1
  ) {
    return false;
  }
  const last = (words.at(-1) ?? '').replace(/(?<=[^s])s$/, '');
  const before = words.at(-2) ?? '';
  if (ALONE.has(last)) {
    return !/^(?:no|has|is|missing|invalid|kubernetes|k8s)$/.test(before);
  }
  if (last === 'phrase' || last === 'seed') {
    return /^(?:seed|recovery|mnemonic|wallet|master|hd|backup)$/.test(before);
  }
  return (last === 'key' || last === 'token') && BEFORE.test(before);
}

/** Whether a call such as `getApiKey()` gives a secret. */
export function readsSecret(name: string): boolean {
  const words = wordsOf(name);
  return READERS.has(words[0] ?? '') && isSecretName(name);
}
