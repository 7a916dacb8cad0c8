import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256, sha3_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** Texts whose Keccak-256 stands in contracts and their tools: roles, events, type hashes, slots, call-back names. */
const HASHED = [
  ...(
    'MINTER BURNER PAUSER UPGRADER ADMIN OPERATOR GOVERNOR GOVERNANCE TIMELOCK_ADMIN PROPOSER EXECUTOR CANCELLER SNAPSHOT ' +
    'MANAGER KEEPER GUARDIAN RELAYER ORACLE PREDICATE DEPOSITOR WITHDRAWER TRANSFER WHITELIST BLACKLISTER VALIDATOR ISSUER ' +
    'OWNER URI_SETTER METADATA REWARDER DISTRIBUTOR LIQUIDATOR STRATEGIST TREASURY CONTROLLER'
  )
    .split(' ')
    .map((role) => `${role}_ROLE`),
  'Transfer(address,address,uint256)',
  'Approval(address,address,uint256)',
  'ApprovalForAll(address,address,bool)',
  'TransferSingle(address,address,address,uint256,uint256)',
  'TransferBatch(address,address,address,uint256[],uint256[])',
  'OwnershipTransferred(address,address)',
  'Initialized(uint8)',
  'Initialized(uint64)',
  'Upgraded(address)',
  'AdminChanged(address,address)',
  'BeaconUpgraded(address)',
  'RoleGranted(bytes32,address,address)',
  'RoleRevoked(bytes32,address,address)',
  'RoleAdminChanged(bytes32,bytes32,bytes32)',
  'Paused(address)',
  'Unpaused(address)',
  'Deposit(address,uint256)',
  'Withdrawal(address,uint256)',
  'Deposit(address,address,uint256,uint256)',
  'Withdraw(address,address,address,uint256,uint256)',
  'Sync(uint112,uint112)',
  'Swap(address,uint256,uint256,uint256,uint256,address)',
  'Swap(address,address,int256,int256,uint160,uint128,int24)',
  'Mint(address,uint256,uint256)',
  'Burn(address,uint256,uint256,address)',
  'PairCreated(address,address,address,uint256)',
  'PoolCreated(address,address,uint24,int24,address)',
  'UserOperationEvent(bytes32,address,address,uint256,bool,uint256,uint256)',
  'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)',
  'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)',
  'EIP712Domain(string name,uint256 chainId,address verifyingContract)',
  'EIP712Domain(uint256 chainId,address verifyingContract)',
  'Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)',
  'Permit(address holder,address spender,uint256 nonce,uint256 expiry,bool allowed)',
  'Delegation(address delegatee,uint256 nonce,uint256 expiry)',
  'Ballot(uint256 proposalId,uint8 support)',
  'SafeTx(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,uint256 baseGas,uint256 gasPrice,address gasToken,address refundReceiver,uint256 nonce)',
  'SafeMessage(bytes message)',
  'ERC3156FlashBorrower.onFlashLoan',
  'ERC777Token',
  'ERC777TokensSender',
  'ERC777TokensRecipient',
  'ERC1820_ACCEPT_MAGIC',
  'PROXIABLE',
  'org.zeppelinos.proxy.implementation',
  'org.zeppelinos.proxy.admin',
  'diamond.standard.diamond.storage',
  'fallback_manager.handler.address',
  'guard_manager.guard.address',
  'foundry default caller',
] as const;

/** EIP-1967: the hash less one. */
const SLOTS = ['implementation', 'admin', 'beacon', 'rollback'].map((n) => `eip1967.proxy.${n}`);

/** ERC-7201 name spaces of OpenZeppelin's upgradeable contracts. */
const SPACES =
  'AccessControl AccessControlEnumerable EIP712 ERC20 ERC20Capped ERC20Permit ERC20Votes ERC721 ERC721Enumerable ERC721URIStorage ERC1155 ERC4626 Governor Initializable Nonces Ownable Ownable2Step Pausable ReentrancyGuard TimelockController UUPSUpgradeable Votes'.split(
    ' ',
  );

/** Numbers that are not computed here: other curves, empty tries, genesis blocks. */
const NUMBERS = [
  // secp256k1: n/2, beta and lambda of the endomorphism; Ed25519: d, the square root of -1; Curve25519's prime
  '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0',
  '7ae96a2b657c07106e64479eac3434e99cf0497512f58995c1396c28719501ee',
  '5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72',
  '52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3',
  '2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0',
  '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed',
  // BN254: r, p; BLS12-381: r; Pasta: p, q; STARK: p, n
  '30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001',
  '30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47',
  '73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001',
  '40000000000000000000000000000000224698fc094cf91b992d30ed00000001',
  '40000000000000000000000000000000224698fc0994a8dd8c46eb2100000001',
  '0800000000000011000000000000000000000000000000000000000000000001',
  '0800000000000010ffffffffffffffffb781126dcae7b2321e66a241adc64d2f',
  // Ethereum's empty trie and empty list of uncles; the name hash of .eth
  '56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
  '1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347',
  '93cdeb708b7545dc668eb9280176169d1c33cfd8ed6f04690a0bcc88a93fc4ae',
  // genesis: Bitcoin (and its only transaction), Bitcoin testnet, Litecoin, Ethereum, Polkadot, Kusama, Solana is base58
  '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
  '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b',
  '000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943',
  '12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2',
  'd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3',
  '91b171bb158e2d3848fa23a9f1c25182fb8e20313b2c1eb49219da7a70ce90c3',
  'b0a8d493285c2df73290dfb7e61f870f17b41801197a149ca93654499ea3dafe',
];

let constants: ReadonlySet<string> | undefined;

function word(n: bigint): string {
  return n.toString(16).padStart(64, '0');
}

function all(): ReadonlySet<string> {
  if (!constants) {
    const keccak = (text: string) => bytesToHex(keccak_256(utf8ToBytes(text)));
    const less = (hex: string) => word(BigInt(`0x${hex}`) - 1n);
    const empty = new Uint8Array();
    constants = new Set([
      ...NUMBERS,
      ...[secp256k1, p256, ed25519].flatMap((c) => {
        const { p, n, Gx, Gy } = c.Point.CURVE();
        return [p, n, Gx, Gy].map(word);
      }),
      ...['a', 'b'].map((k) => word((p256.Point.CURVE() as unknown as Record<string, bigint>)[k] as bigint)),
      ...[sha256(empty), keccak_256(empty), sha3_256(empty), blake2b(empty, { dkLen: 32 }), sha256(sha256(empty))].map(
        bytesToHex,
      ),
      ...HASHED.map(keccak),
      ...SLOTS.flatMap((s) => [keccak(s), less(keccak(s))]),
      ...SPACES.map((s) => {
        const inner = hexToBytes(less(keccak(`openzeppelin.storage.${s}`)));
        return `${bytesToHex(keccak_256(inner)).slice(0, 62)}00`;
      }),
    ]);
  }
  return constants;
}

/** Small numbers are keys that everyone knows, not constants: see `testKeyName`. */
const SMALL = /^0{56}[0-9a-f]{8}$/;

/**
 * Published constants of curves and protocols, and numbers too regular to be a key: zero, all ones, round and short
 * numbers padded to a word.
 */
export function isProtocolConstant(value: string): boolean {
  const hex = value.replace(/^0x/, '').toLowerCase();
  if (SMALL.test(hex) && !/^0+$/.test(hex)) {
    return false;
  }
  return /^0{24}|^f{24}|0{24}$|f{24}$|^0*$/.test(hex) || (hex.length >= 60 && all().has(hex.padStart(64, '0')));
}
