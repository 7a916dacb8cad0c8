/** Words that, last in a name, say that its value is no secret, whatever its shape: digests, places, public halves. */
const DENIED = new Set(
  (
    'hash hashes txhash tx txid txn transaction block root merkle salt topic topics slot selector signature sig sigs ' +
    'commit checksum integrity digest sha md keccak blake ripemd address addr contract bytecode ' +
    'abi calldata nonce etag revision rev oid cid guid uuid fingerprint thumbprint codehash initcode domain separator ' +
    'typehash role pubkey publickey public verification commitment nullifier leaf proof blockhash stateroot logs bloom ' +
    'cursor placeholder example sample dummy mint symbol decimals uri filename path version algorithm factory router ' +
    'pool vault spender deployer zip gz tgz xz bz exe msi dmg deb rpm apk jar whl css map wasm png svg html'
  ).split(' '),
);

/** Words that make a key of what follows them no credential: `idempotencyKey`, `cacheKey`, `siteKey`. */
const OTHER_KEYS = new Set(
  (
    'public pub publishable verification verify verifying idempotency idempotent cache primary foreign partition sort ' +
    'map query index lookup translation locale message dedup deduplication routing react site ' +
    'column group cursor page websocket listen link'
  ).split(' '),
);

/** The same for tokens: places in a list, marks in a text, and the tokens of a chain (`pageToken`, `WETH_TOKEN`). */
const OTHER_TOKENS = new Set(
  (
    'page next previous prev continuation continue resume start end starting ending pagination after before csrf xsrf ' +
    'cancel cancellation sync lp quote base pool reward rewards native erc nft input output from to in ' +
    'out sell buy collateral underlying wrapped gas fee governance stable staking deposit borrow debt ' +
    'usdc usdt dai weth link eth matic design injection marker syntax special pad bos eos unk mask loading spl ' +
    'destination source src dest'
  ).split(' '),
);

/** Words before `id` that make the id the public half of a credential: `projectId`, `clientId`, `accessKeyId`. */
const CREDENTIAL_IDS = new Set('project client app application api key access accesskey apikey'.split(' '));

const AFFIRMED = new Set(['secret', 'private', 'passphrase', 'password', 'mnemonic']);

/** True for the words of a name of an id that says nothing about a credential: `orderId`, `asset_id`, `uuid`. */
function isOtherId(words: readonly string[]): boolean {
  return (
    (words.at(-1) === 'id' || words.at(-1) === 'ids') && words.length > 1 && !CREDENTIAL_IDS.has(words.at(-2) as string)
  );
}

/** True when the words of a name deny that its value is a secret (`txHash`, `blockRoot`, `publicKey`, `orderId`). */
export function isDenied(all: readonly string[]): boolean {
  const words = all.filter((w) => !/^\d+$/.test(w));
  if (isOtherId(words)) {
    return true;
  }
  const last = words.slice(-3);
  // "private key hash" is a hash; "hash secret" is a secret: the last telling word wins.
  for (let i = last.length - 1; i >= 0; i--) {
    const word = last[i] as string;
    const before = last[i - 1];
    if (DENIED.has(word)) {
      return true;
    }
    if (AFFIRMED.has(word)) {
      return false;
    }
    if (word === 'key' || word === 'keys') {
      return before !== undefined && OTHER_KEYS.has(before);
    }
    if (word === 'token' || word === 'tokens') {
      return before !== undefined && OTHER_TOKENS.has(before);
    }
  }
  return false;
}
