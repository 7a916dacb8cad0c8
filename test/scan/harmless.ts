import { createHash, generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { base58, base64urlnopad, bech32, bech32m, createBase58check } from '@scure/base';
import { HDKey } from '@scure/bip32';
import { alnum, base64, hex, random, uuid } from './specimens';

/** A value that is no secret though it looks like one, with the names that programs give it. */
export interface Harmless {
  readonly kind: string;
  readonly make: () => string;
  readonly names: readonly string[];
}

const base58check = createBase58check(sha256);
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';

const bech = (prefix: string, bytes: number) => () => bech32.encode(prefix, bech32.toWords(randomBytes(bytes)), 200);
const versioned =
  (bytes: number, ...version: number[]) =>
  () =>
    base58check.encode(Uint8Array.from([...version, ...randomBytes(bytes)]));
const words = (list: string) => list.split(' ');

function publicPem(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString().trim().replaceAll('\n', '\\n');
}

/** Token of a public key's holder: header and payload only are readable, and it has no signature. */
function unsignedJwt(): string {
  const part = (value: object) => base64urlnopad.encode(new TextEncoder().encode(JSON.stringify(value)));
  return `${part({ alg: 'none' })}.${part({ sub: uuid() })}.`;
}

const HASHES = words(
  'txHash tx_hash transactionHash blockHash parentHash stateRoot receiptsRoot merkleRoot root hash sha256 digest checksum ' +
    'codeHash initCodeHash typeHash domainSeparator topic topic0 topics salt slot storageSlot leaf proof commitment nullifier ' +
    'conditionId questionId poolId orderHash orderDigest requestId messageHash messageId userOpHash role MINTER_ROLE ' +
    'EIP712_DOMAIN_TYPEHASH TRANSFER_EVENT contentHash fileHash expected actual parent genesisHash r s extraData mixHash ' +
    'logsBloom integrity cacheKey etag imageDigest fingerprint thumbprint',
);

/** Digests, addresses, public keys, signatures, ids: what programs of this field are full of. */
export const harmless: readonly Harmless[] = [
  { kind: 'hash, 64 hex with 0x', make: () => `0x${hex(64)}`, names: HASHES },
  { kind: 'hash, 64 hex', make: () => hex(64), names: HASHES },
  {
    kind: 'hash, 40 hex',
    make: () => hex(40),
    names: words('commit sha gitSha revision rev oid ref treeHash GIT_COMMIT'),
  },
  { kind: 'hash, 32 hex', make: () => hex(32), names: words('md5 etag hash checksum contentMd5 revision chunkHash') },
  {
    kind: 'hash, 128 hex',
    make: () => hex(128),
    names: words('sha512 digest checksum signature sig blsPubkey aggregateSignature'),
  },
  {
    kind: 'hash, base64 of 32',
    make: () => base64(32),
    names: words('digest hash bodyHash contentSha256 blockhash publicKey pubkey appHash validatorsHash'),
  },
  {
    kind: 'hash, base64 of 64',
    make: () => base64(64),
    names: words('digest hash signature sig integrity sha512 checksum'),
  },
  { kind: 'integrity', make: () => `sha512-${base64(64)}`, names: words('integrity hash resolved checksum') },
  { kind: 'integrity, sha384', make: () => `sha384-${base64(48)}`, names: words('integrity') },
  { kind: 'image digest', make: () => `sha256:${hex(64)}`, names: words('image digest layer imageId') },
  {
    kind: 'UUID',
    make: uuid,
    names: words(
      'id uuid guid requestId orderId clientOrderId accountId userId sessionId traceId correlationId deploymentId taskId ' +
        'projectId spaceId revisionId eventId subscriptionId TENANT_ID nodeId',
    ),
  },
  {
    kind: 'EVM address',
    make: () => `0x${hex(40)}`,
    names: words(
      'address contract token pool router factory owner wallet to from WETH USDC tokenAddress deployer spender',
    ),
  },
  { kind: 'Bitcoin address', make: versioned(20, 0), names: words('address to changeAddress payTo btcAddress') },
  { kind: 'SegWit address', make: bech('bc', 20), names: words('address receiveAddress witness') },
  {
    kind: 'Solana address',
    make: () => base58.encode(randomBytes(32)),
    names: words('mint programId pubkey publicKey owner authority TOKEN_PROGRAM_ID ata account pool wallet'),
  },
  {
    kind: 'Solana signature',
    make: () => base58.encode(randomBytes(64)),
    names: words('signature sig txid tx txSignature transactionId'),
  },
  { kind: 'Tron address', make: versioned(20, 0x41), names: words('address contract owner_address') },
  { kind: 'Cosmos address', make: bech('cosmos', 20), names: words('address delegator validator from') },
  { kind: 'Cosmos validator key', make: bech('cosmosvalconspub', 32), names: words('pubkey consensusPubkey') },
  { kind: 'Tezos address', make: versioned(20, 6, 161, 159), names: words('address baker source') },
  { kind: 'Tezos public key', make: versioned(32, 13, 15, 37, 217), names: words('publicKey pk') },
  { kind: 'Nostr public key', make: bech('npub', 32), names: words('pubkey npub author') },
  {
    kind: 'NEAR public key',
    make: () => `ed25519:${base58.encode(randomBytes(32))}`,
    names: words('publicKey public_key'),
  },
  {
    kind: 'extended public key',
    make: () => HDKey.fromMasterSeed(randomBytes(32)).publicExtendedKey,
    names: words('xpub account publicKey extendedPublicKey descriptor'),
  },
  {
    kind: 'compressed public key',
    make: () => `0${randomInt(2, 4)}${hex(64)}`,
    names: words('publicKey pubkey nodeId pk compressed validatorPubkey'),
  },
  { kind: 'uncompressed public key', make: () => `04${hex(128)}`, names: words('publicKey pubkey point enode') },
  { kind: 'signature', make: () => `0x${hex(130)}`, names: words('signature sig signedMessage permit') },
  { kind: 'public key, PEM', make: publicPem, names: words('publicKey PUBLIC_KEY verificationKey jwtPublicKey') },
  { kind: 'unsigned token', make: unsignedJwt, names: words('idTokenHint state') },
  {
    kind: 'CID',
    make: () => `Qm${random(44, '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz')}`,
    names: words('cid ipfsHash image tokenURI metadata'),
  },
  {
    kind: 'CID, version 1',
    make: () => `bafybei${random(52, 'abcdefghijklmnopqrstuvwxyz234567')}`,
    names: words('cid image root'),
  },
  {
    kind: 'bytecode',
    make: () => `0x6080604052${hex(800)}`,
    names: words('bytecode deployedBytecode code data input initCode'),
  },
  { kind: 'calldata', make: () => `0xa9059cbb${hex(128)}`, names: words('data input calldata') },
  { kind: 'function selector', make: () => `0x${hex(8)}`, names: words('selector sighash') },
  { kind: 'chunk hash', make: () => `${random(8, LOWER)}.${hex(20)}.js`, names: words('file src chunk asset main') },
  {
    kind: 'analytics id',
    make: () => `G-${random(10, LOWER.toUpperCase())}`,
    names: words('measurementId gaId GA_MEASUREMENT_ID'),
  },
  { kind: 'order id', make: () => String(randomInt(1e12, 2e14)), names: words('orderId tradeId id lastUpdateId u') },
  { kind: 'client order id', make: () => `x-${alnum(20)}`, names: words('clientOrderId newClientOrderId') },
  { kind: 'cursor', make: () => base64(24), names: words('cursor nextPageToken next endCursor') },
  {
    kind: 'git object',
    make: () => createHash('sha1').update(randomBytes(8)).digest('hex'),
    names: words('object blob tree commit'),
  },
  {
    kind: 'taproot address',
    make: () => bech32m.encode('bc', [1, ...bech32m.toWords(randomBytes(32))], 200),
    names: words('address'),
  },
];
