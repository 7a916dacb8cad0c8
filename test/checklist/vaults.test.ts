import { alnum, uuid } from '../scan/specimens';
import { describeCases, project } from './cases';
import { key, policyWith, signer } from './policies';

const CODE = { 'bot.py': "import os\nkey = os.environ['KRAKEN_API_KEY']\n" };
const VAULT = { 'bot.py': "import hvac\nclient = hvac.Client()\nkey = os.environ['KRAKEN_API_KEY']\n" };

describeCases('KW-STO-04', [
  project('pass', 'an allowed store', { ...CODE, ...policyWith([key()]) }, { basis: 'declared' }),
  project('pass', 'an allowed store that code uses', { ...VAULT, ...policyWith([key()]) }, { basis: 'observed' }),
  project('fail', 'an env file as the store', policyWith([key({ storage: { store: 'env-file' } })])),
  project('fail', 'a reference of another scheme', policyWith([key({ storage: { store: 'kms', ref: 'op://a/b' } })])),
  project(
    'pass',
    'an env file in development',
    policyWith([key({ environment: 'dev', storage: { store: 'env-file' } })]),
  ),
  project('fail', 'an env file where no environment is one of production', {
    ...policyWith([key({ environment: 'dev', storage: { store: 'env-file' } })], {
      environments: [{ id: 'dev', kind: 'development' }],
    }),
  }),
  project('fail', 'a store that its class does not allow', {
    ...policyWith([signer({ storage: { store: 'hashicorp-vault' } })], {
      storage: { allowedStores: ['hashicorp-vault', 'kms'], byClass: { signing: ['kms'] } },
    }),
  }),
  project('warn', 'an allowed store, and an env file with keys in compose', {
    'compose.yaml': 'services:\n  bot:\n    image: desk/bot\n    env_file: .env\n',
    '.env': `COINMARKETCAP_API_KEY=${uuid()}\n`,
    ...policyWith([key()]),
  }),
  project('warn', 'a vault without a policy', VAULT),
  project('warn', 'an ExternalSecret without a policy', {
    ...CODE,
    'k8s/s.yaml': 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: x}\n',
  }),
  project('fail', 'exposed plaintext without a policy', { ...CODE, '.env': `COINMARKETCAP_API_KEY=${uuid()}\n` }),
  project('needs-attestation', 'nothing to see', CODE, { reason: 'no-policy' }),
  project('not-applicable', 'no keys', { 'a.js': '1;\n' }),
]);

const IMAGE = (user: string) => ({
  Dockerfile: `FROM node:22 AS build\nRUN npm ci\nFROM node:22-slim\n${user}CMD ["node", "."]\n`,
});
const POD = (context: string, more = '      automountServiceAccountToken: false\n') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: bot}\nspec:\n  template:\n    spec:\n${more}      containers:\n        - name: bot\n          env:\n            - name: KRAKEN_API_KEY\n              valueFrom: {secretKeyRef: {name: k, key: v}}\n${context}`;
const HARDENED =
  '          securityContext: {runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true}\n';

describeCases('KW-STO-07', [
  project('pass', 'a user', IMAGE('USER node\n')),
  project('warn', 'no user', IMAGE(''), { at: 'Dockerfile:3' }),
  project('fail', 'root, with keys', { ...IMAGE('USER root\n'), ...CODE }),
  project('warn', 'root, without keys', IMAGE('USER 0:0\n')),
  project('pass', 'an image without root', { Dockerfile: 'FROM gcr.io/distroless/static:nonroot\nCOPY bot /\n' }),
  project('pass', 'the user of an earlier stage', {
    Dockerfile: 'FROM node:22 AS base\nUSER node\nFROM base\nCOPY . .\n',
  }),
  project(
    'fail',
    'the socket of Docker in a service with keys',
    {
      'compose.yaml':
        'services:\n  bot:\n    image: x\n    environment: [KRAKEN_API_SECRET]\n    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]\n',
    },
    { at: 'compose.yaml:5' },
  ),
  project('warn', 'the socket of Docker in a service without keys', {
    'compose.yaml':
      'services:\n  proxy:\n    image: traefik:3\n    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]\n',
  }),
  project('fail', 'privileged by an anchor', {
    'compose.yaml': 'x-base: &base\n  privileged: true\nservices:\n  bot:\n    <<: *base\n    env_file: .env\n',
  }),
  project('warn', 'the network of the host', {
    'compose.yaml': 'services:\n  bot:\n    image: x\n    network_mode: host\n',
  }),
  project('pass', 'an ordinary service', { 'compose.yaml': 'services:\n  bot:\n    image: x\n' }),
  project('error', 'a compose file that does not parse', { 'compose.yaml': 'services: [\n' }),
  project('pass', 'a hardened pod', { 'k8s/d.yaml': POD(HARDENED) }),
  project('warn', 'a pod with settings missing', { 'k8s/d.yaml': POD('') }),
  project('warn', 'a pod with a token it does not need', { 'k8s/d.yaml': POD(HARDENED, '') }),
  project('fail', 'a privileged pod', { 'k8s/d.yaml': POD('          securityContext: {privileged: true}\n') }),
  project('fail', 'a pod as root', { 'k8s/d.yaml': POD(HARDENED.replace('runAsNonRoot: true', 'runAsUser: 0')) }),
  project('pass', 'a pod without secrets', {
    'k8s/d.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers: [{name: x, image: y}]\n',
  }),
  project('warn', 'a service unit without a user', { 'bot.service': '[Service]\nExecStart=/opt/bot\n' }),
  project('pass', 'a service unit with a dynamic user', {
    'bot.service': '[Service]\nDynamicUser=yes\nExecStart=/opt/bot\n',
  }),
  project('not-applicable', 'nothing that runs', { 'a.js': '1;\n', '.env': 'A=1\n' }),
]);

const HARDHAT = (network: string, accounts: string) => ({
  'hardhat.config.ts': `const key = process.env.DEPLOYER_PRIVATE_KEY ?? '';\nexport default {\n  networks: {\n    ${network}: {\n      url: process.env.RPC_URL,\n      accounts: ${accounts},\n    },\n  },\n};\n`,
});

describeCases('KW-STO-09', [
  project('fail', 'a raw key for the main network', HARDHAT('mainnet', '[process.env.PRIVATE_KEY!]'), {
    at: 'hardhat.config.ts:6',
    basis: 'observed',
  }),
  project('fail', 'a raw key by a constant', HARDHAT('arbitrum', '[key]')),
  project('fail', 'a raw key by two constants', {
    'hardhat.config.ts':
      "const KEY = process.env.PRIVATE_KEY || '';\nconst accounts = KEY !== '' ? [KEY] : [];\nexport default { networks: { sepolia: { accounts }, mainnet: { url: u, accounts } } };\n",
  }),
  project('not-applicable', 'a raw key for a test network', HARDHAT('sepolia', '[key]')),
  project('not-applicable', 'a raw key for a test network of another chain', HARDHAT('baseSepolia', '[key]')),
  project('fail', 'a wallet from the environment', {
    'a.ts': 'const w = new Wallet(process.env.PRIVATE_KEY, provider);\n',
  }),
  project('not-applicable', 'a wallet for a test network', {
    'a.ts':
      "const provider = new JsonRpcProvider('https://rpc.sepolia.org');\nconst w = new Wallet(process.env.PRIVATE_KEY, provider);\n",
  }),
  project('fail', 'viem on the main network', {
    'a.ts': "import { mainnet } from 'viem/chains';\nconst a = privateKeyToAccount(process.env.PRIVATE_KEY as Hex);\n",
  }),
  project('fail', 'web3.py', { 'a.py': "acct = Account.from_key(os.environ['PRIVATE_KEY'])\n" }),
  project('fail', 'Go', { 'a.go': 'k, err := crypto.HexToECDSA(os.Getenv("SIGNER_PRIVATE_KEY"))\n' }),
  project('fail', 'a Foundry script', {
    'script/D.s.sol': 'uint256 k = vm.envUint("PRIVATE_KEY");\nvm.startBroadcast(k);\n',
  }),
  project('fail', 'forge with a key on its line', {
    'package.json':
      '{"scripts":{"deploy":"forge script D --rpc-url $MAINNET_RPC --private-key $PRIVATE_KEY --broadcast"}}',
  }),
  project('not-applicable', 'forge for a test network', {
    'package.json':
      '{"scripts":{"deploy":"forge script D --rpc-url $SEPOLIA_RPC --private-key $PRIVATE_KEY --broadcast"}}',
  }),
  project(
    'pass',
    'a Ledger',
    {
      'hardhat.config.ts':
        "import '@nomicfoundation/hardhat-ledger';\nexport default { networks: { mainnet: { url: u, ledgerAccounts: [a] } } };\n",
    },
    { basis: 'observed' },
  ),
  project('pass', 'a KMS on record', policyWith([signer()]), { basis: 'declared' }),
  project('warn', 'a keystore on record', policyWith([signer({ storage: { store: 'encrypted-keystore' } })])),
  project('fail', 'a vault on record', policyWith([signer({ storage: { store: 'hashicorp-vault' } })])),
  project('fail', 'a KMS on record, and a raw key in code', {
    ...HARDHAT('mainnet', '[key]'),
    ...policyWith([signer()]),
  }),
  project('not-applicable', 'a test that signs', {
    'test/a.test.ts': 'new Wallet(process.env.PRIVATE_KEY, provider);\n',
  }),
  project(
    'not-applicable',
    "an exchange's withdrawal key, which no device can keep",
    policyWith([key({ class: 'withdrawal' })]),
  ),
  project(
    'fail',
    'a private key that withdraws, in a vault',
    policyWith([key({ class: 'withdrawal', kind: 'private-key' })]),
  ),
  project('not-applicable', 'no signing key', policyWith([key()])),
]);

describeCases('KW-STO-10', [
  project('pass', 'all planned', policyWith([key(), signer()]), { basis: 'declared' }),
  project('warn', 'no overlap', policyWith([key()], { rotation: { defaultMaxAgeDays: 90 } })),
  project('warn', 'no recovery method', policyWith([key({ recovery: undefined })])),
  project('fail', 'a signing key without a backup', policyWith([signer({ recovery: { method: 'reissue' } })])),
  project(
    'warn',
    'a backup whose test is overdue',
    policyWith([signer({ recovery: { method: 'backup', testedAt: '2025-06-01' } })]),
  ),
  project('pass', 'no plan for development', policyWith([key({ environment: 'dev', recovery: undefined })])),
  project('needs-attestation', 'no policy', CODE, { reason: 'no-policy' }),
  project('not-applicable', 'no keys', { 'a.js': `const id = '${alnum(8)}';\n` }),
]);
