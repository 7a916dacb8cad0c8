import { dependencies } from '../formats/dependencies';
import { documentOf } from '../formats/read';
import { at, textOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { languageOf, withoutComments } from './code';

/** What signs transactions, and for which networks. */
export interface Signers {
  /** Raw keys or phrases for networks of value. */
  readonly raw: readonly Observation[];
  /** The same for test networks. */
  readonly rawForTests: readonly Observation[];
  /** An HSM, a KMS, MPC or a hardware wallet. */
  readonly managed: readonly Observation[];
  /** An encrypted keystore. */
  readonly keystores: readonly Observation[];
}

const TEST_NETWORK =
  /test(?:ing|net)?|sepolia|holesky|hoodi|amoy|goerli|mumbai|fuji|chapel|devnet|kovan|rinkeby|ropsten|cardona|alfajores|chiado|sandbox|staging/i;
const LOCAL_NETWORK =
  /local(?:host|net)?|hardhat|anvil|ganache|development|\bdev\b|127\.0\.0\.1|foundry|31337|regtest|simnet/i;
const MAIN_NETWORK =
  /main-?net|\bhomestead\b|\b(?:polygon|matic|arbitrum(?:One)?|optimism|bsc|avalanche|gnosis|fantom|celo|linea|scroll|zksync)\b(?!\w*(?:sepolia|test))|chain_?id["']?\s*[:=]\s*(?:1|10|56|100|137|8453|42161|43114)\b|\b(?:eth|base|arb|opt|polygon)-mainnet\b|\blive\b|\bproduction\b/i;

const isTest = (text: string) => TEST_NETWORK.test(text) || LOCAL_NETWORK.test(text);

/** A key that comes from the environment or a settings object, by its name. */
const SECRET_NAME = String.raw`(?:\w*(?:PRIVATE_?KEY|MNEMONIC|SEED(?:_?PHRASE)?|PRIV_?KEY|SECRET_?KEY|DEPLOYER_?KEY|SIGNER_?KEY|WALLET_?KEY)\w*)`;
const ENVIRONMENT = new RegExp(
  String.raw`(?:process\.env(?:\.|\[\s*["'])${SECRET_NAME}|os\.(?:environ(?:\.get)?|getenv)[[(]\s*["']${SECRET_NAME}|os\.Getenv\(\s*"${SECRET_NAME}|env::var\(\s*"${SECRET_NAME}|System\.getenv\(\s*"${SECRET_NAME}|config\(\s*["']${SECRET_NAME}|Deno\.env\.get\(\s*["']${SECRET_NAME})`,
  'i',
);
/** Calls that make a signer of a raw key. */
const RAW_CALL =
  /\bnew\s+(?:ethers\.)?Wallet\(|\bWallet\.from(?:Mnemonic|Phrase)\(|\bHDNodeWallet\.fromPhrase\(|\b(?:privateKeyToAccount|mnemonicToAccount)\(|\b(?:Account|account)\.from_(?:key|mnemonic)\(|\baccounts\.privateKeyToAccount\(|\baccounts\.wallet\.add\(|\bKeypair(?:\.|::)from(?:SecretKey|Seed|_bytes|_base58_string|_seed)\(|\bHDWalletProvider\(|\bcrypto\.HexToECDSA\(|\bPrivateKeySigner::from|\bLocalWallet::from|\bCredentials\.create\(/g;
const FOUNDRY_CALL = /\bvm\.env(?:Uint|Bytes32|String|Or)\(\s*"([^"]*(?:KEY|MNEMONIC|SEED)[^"]*)"/g;
const COMMAND =
  /\b(?:forge\s+(?:script|create)|cast\s+send|cast\s+wallet\s+import)\b[^\n;&]*?--(?:private-key|mnemonic)\b[^\n;&]*/g;

const CONFIG = /(?:^|\/)(?:hardhat\.config|truffle-config|truffle)\.\w+$/;

const known = new WeakMap<ProjectTexts, Signers>();

/** Signers of a project. */
export function signers(project: ProjectTexts): Signers {
  let found = known.get(project);
  if (!found) {
    const raw: Observation[] = [];
    const rawForTests: Observation[] = [];
    const add = (file: ProjectText, place: number, test: boolean) =>
      test
        ? rawForTests.push(seen(file, place, 'rawSignerOnMainnet', 'pass'))
        : raw.push(seen(file, place, 'rawSignerOnMainnet', 'fail'));
    for (const file of project.of('source', 'config')) {
      if (CONFIG.test(file.path)) {
        inNetworks(file, add);
      } else if (/(?:^|\/)(?:Anchor\.toml|brownie-config\.ya?ml)$/.test(file.path)) {
        inFrameworks(file, add);
      } else if (file.class === 'source' && !DEFINES.test(file.text)) {
        inCode(file, add);
      }
    }
    inCommands(project, add);
    found = { raw, rawForTests, managed: managedSigners(project), keystores: keystores(project) };
    known.set(project, found);
  }
  return found;
}

/** A library of wallets makes them for others, and signs nothing itself. */
const DEFINES =
  /\bclass\s+(?:HD)?Wallet\b|\bfunction\s+Wallet\s*\(|\bimport\s+(?:Wallet|\{[^}]*\bWallet\b[^}]*\})\s+from\s+["']\.{1,2}\//;

type Add = (file: ProjectText, place: number, test: boolean) => void;

/** The text between a brace and its partner; `open` is the offset of the brace. */
function braced(text: string, open: number): string {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    depth += text[i] === '{' ? 1 : text[i] === '}' ? -1 : 0;
    if (depth === 0) {
      return text.slice(open, i + 1);
    }
  }
  return text.slice(open);
}

/** Networks of a Hardhat or Truffle configuration and the accounts that they name; constants are resolved one step. */
function inNetworks(file: ProjectText, add: Add): void {
  const text = withoutComments(file);
  const head = /\bnetworks\s*:\s*\{/.exec(text);
  if (!head) {
    return;
  }
  const start = head.index + head[0].length - 1;
  const block = braced(text, start);
  const entry = /(?<=[{,]\s*)(?:["']([\w-]+)["']|([A-Za-z_][\w]*))\s*:\s*\{/g;
  for (let m = entry.exec(block); m; m = entry.exec(block)) {
    const body = braced(block, m.index + m[0].length - 1);
    const name = m[1] ?? m[2] ?? '';
    entry.lastIndex = m.index + m[0].length + body.length - 1;
    if (isRaw(body, text)) {
      const place =
        start + m.index + m[0].length - 1 + Math.max(0, body.search(/accounts|HDWalletProvider|mnemonic|from/));
      add(file, place, isTest(name) || (/\burl\s*:\s*["'`]/.test(body) && isTest(body) && !MAIN_NETWORK.test(name)));
    }
  }
}

/** Whether a piece of code takes a raw key, itself or through a name that the file gives one. */
function isRaw(part: string, whole: string): boolean {
  if (/\bconfigVariable\(|\bvars\.get\(|ledgerAccounts|\bkeystore\b/i.test(part) && !ENVIRONMENT.test(part)) {
    return false;
  }
  if (ENVIRONMENT.test(part)) {
    return true;
  }
  return [...part.matchAll(/\b([A-Za-z_]\w{2,})\b/g)].some(([, name]) => isRawName(name as string, whole));
}

/** How many names a key may pass through on its way to a signer. */
const STEPS = 2;

function isRawName(name: string, whole: string, steps = STEPS): boolean {
  const given = new RegExp(
    String.raw`\b${name}\b\s*(?::\s*[\w\[\]" ]+)?(?::=|=(?![=>]))\s*([^;\n]+(?:\n[^;\n]*\][^;\n]*)?)`,
  ).exec(whole)?.[1];
  if (given === undefined || /configVariable|vars\.get/.test(given)) {
    return false;
  }
  return (
    ENVIRONMENT.test(given) ||
    (steps > 1 &&
      [...given.matchAll(/\b([A-Za-z_]\w{2,})\b/g)].some(
        ([, next]) => next !== name && isRawName(next as string, whole, steps - 1),
      ))
  );
}

/** Signers made in code. The network is what the file says; where it says nothing it may be any, so that of value counts. */
function inCode(file: ProjectText, add: Add): void {
  const text = withoutComments(file);
  const offsets: number[] = [];
  for (const m of text.matchAll(RAW_CALL)) {
    const argument = text.slice(m.index + m[0].length, m.index + m[0].length + 160).split(/\n\s*\n/)[0] as string;
    const first = argument.split(/[,;\n]/)[0] as string;
    const named = new RegExp(String.raw`^\W*(?:\w+\.)*${SECRET_NAME}\b`, 'i').test(first);
    if (ENVIRONMENT.test(first) || named || (/^\W*\w+\W*$/.test(first) && isRaw(first, text))) {
      offsets.push(m.index);
    }
  }
  offsets.push(...[...text.matchAll(FOUNDRY_CALL)].map((m) => m.index));
  const test =
    /(?:^|\/)(?:dev|local|testnet|e2e)[\w-]*\//i.test(file.path) ||
    (isTest(networkWords(text)) && !MAIN_NETWORK.test(networkWords(text)));
  for (const offset of offsets) {
    const own = text.slice(text.lastIndexOf('\n', offset) + 1, text.indexOf('\n', offset) >>> 0);
    add(
      file,
      offset,
      test || /\b\w*(?:TEST|DEV|LOCAL|SEPOLIA)\w*(?:KEY|MNEMONIC)|\b(?:KEY|MNEMONIC)\w*(?:TEST|SEPOLIA)/.test(own),
    );
  }
}

/** Words of a file that may name a network: those in strings, member accesses and constants, not whole sentences. */
function networkWords(text: string): string {
  const words = [
    ...text.matchAll(/["'`]([^"'`\n]{2,120})["'`]/g),
    ...text.matchAll(/\b(?:chain|network|chains)\w*\s*[:=.]\s*([\w.]+)/gi),
    ...text.matchAll(/\b([A-Z]+_(?:RPC|URL)\w*|(?:RPC|PROVIDER)_?\w*)\b/g),
    ...text.matchAll(/\bimport\s*\{([^}]*)\}\s*from\s*["']viem\/chains["']/g),
    ...text.matchAll(/\b(chain_?id["']?\s*[:=]\s*\d+)/gi),
  ];
  return words
    .map((m) => m[1] as string)
    .filter((w) => !/^(?:test|dev)$/.test(w))
    .join('\n');
}

function inFrameworks(file: ProjectText, add: Add): void {
  const root = documentOf(file);
  if (file.path.endsWith('.toml')) {
    const provider = at(root, 'provider');
    const cluster = textOf(at(provider, 'cluster'));
    const wallet = at(provider, 'wallet');
    if (wallet && cluster) {
      add(file, wallet.at, isTest(cluster));
    }
    return;
  }
  const key = at(root, 'wallets', 'from_key') ?? at(root, 'wallets', 'from_mnemonic');
  if (key) {
    add(file, key.at, isTest(textOf(at(root, 'networks', 'default'))));
  }
}

/** Commands of scripts, package scripts and pipelines that sign with a key on their line. */
function inCommands(project: ProjectTexts, add: Add): void {
  const files = project.texts.filter(
    (f) =>
      f.class === 'ci' ||
      /(?:^|\/)package\.json$/.test(f.path) ||
      (f.class === 'source' && languageOf(f.path) === 'shell'),
  );
  for (const file of files) {
    const text = withoutComments(file).replace(/\\\r?\n/g, (m) => ' '.repeat(m.length));
    for (const m of text.matchAll(COMMAND)) {
      add(file, m.index, isTest(m[0]) && !MAIN_NETWORK.test(m[0]));
    }
  }
}

const MANAGED =
  /\bhardhat-ledger\b|\bledgerAccounts\b|(?<![\w-])--(?:ledger|trezor|aws|gcp)\b(?=[^\n]*(?:cast|forge|--rpc-url|$))|\bethers-aws-kms-signer\b|\baws-kms-(?:ethers-)?signer\b|\bAwsKmsSigner\b|\bKmsSigner\b|\bGcpKmsSigner\b|\bAwsSigner\b|\bLedgerSigner\b|\bweb3signer\b|\bCloudHSM\b|@fireblocks\/|\bfireblocks[-_]sdk\b|\bFireblocks(?:SDK|Web3Provider|Client)\b|@turnkey\/|\bTurnkeySigner\b|@lit-protocol\/|\bpkcs11\b/i;
const KMS =
  /@aws-sdk\/client-kms|\bboto3\.client\(\s*["']kms["']|google-cloud-kms|@google-cloud\/kms|\bkmsapiv1\b|azure-keyvault-keys|@azure\/keyvault-keys/;
const SIGNS = /\bSignCommand\b|\basymmetricSign\b|\basymmetric_sign\b|\.sign\(|ECC_SECG_P256K1|\bsignDigest\b/;
const KEYSTORE =
  /\bcast\s+wallet\s+import\b|(?<![\w-])--account[= ]\w|(?<![\w-])--keystore[= ]|\bhardhat(?:-|\s+)keystore\b|\bconfigVariable\(|\bWallet\.fromEncryptedJson\b|\baccounts\.load\(|\bAccount\.decrypt\(|\bfrom_keystore\b|\bkeystore\.DecryptKey\(/;

function managedSigners(project: ProjectTexts): Observation[] {
  const installed = dependencies(project)
    .filter((d) => !d.development || /ledger/.test(d.name))
    .filter((d) => MANAGED.test(d.name))
    .map((d) => seen(d.file, d.at, 'hardwareSignerSeen', 'pass'));
  const used = project.of('source', 'config', 'ci').flatMap((file) => {
    const text = withoutComments(file);
    const found = text.search(MANAGED);
    if (found >= 0) {
      return [seen(file, found, 'hardwareSignerSeen', 'pass')];
    }
    const kms = text.search(KMS);
    return kms >= 0 && SIGNS.test(text) ? [seen(file, kms, 'hardwareSignerSeen', 'pass')] : [];
  });
  return [...installed, ...used];
}

function keystores(project: ProjectTexts): Observation[] {
  return project.of('source', 'config', 'ci').flatMap((file) => {
    const found = withoutComments(file).search(KEYSTORE);
    return found < 0 ? [] : [seen(file, found, 'hardwareSignerSeen', 'pass')];
  });
}
