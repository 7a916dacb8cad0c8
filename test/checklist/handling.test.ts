import { alnum, hex } from '../scan/specimens';
import { describeCases, project } from './cases';
import { key, policyWith } from './policies';

const js = (code: string) => ({ 'a.js': `${code}\n` });
const py = (code: string) => ({ 'a.py': `${code}\n` });
const sh = (code: string) => ({ 'a.sh': `${code}\n` });

describeCases('KW-DIS-03', [
  project('fail', 'a key in a query', js('fetch(`https://api.example.dev/v1/price?api_key=${key}`);'), {
    at: 'a.js:1',
  }),
  project(
    'fail',
    'a key in a query of an f-string',
    py('requests.get(f"https://min-api.cryptocompare.com/data?api_key={KEY}")'),
  ),
  project(
    'fail',
    'a key put behind a query',
    js("const u = 'https://pro-api.coinmarketcap.com/v1/x?CMC_PRO_API_KEY=' + key;"),
  ),
  project('fail', 'a key in a query in Go', { 'a.go': 'u := fmt.Sprintf("https://api.acme.dev/p?apikey=%s", key)\n' }),
  project('fail', 'a literal in a query', js(`get('https://api.acme.dev/p?apikey=${alnum(32)}');`)),
  project('fail', 'a key among parameters', py('requests.get("https://api.acme.dev/p", params={"api_key": KEY})')),
  project(
    'warn',
    'Etherscan, which takes it no other way',
    js('fetch(`https://api.etherscan.io/api?module=account&apikey=${KEY}`);'),
  ),
  project(
    'warn',
    'Etherscan by a base address',
    js("const BASE = 'https://api.bscscan.com/api';\nfetch(`${BASE}?module=account&apikey=${KEY}`);"),
  ),
  project(
    'warn',
    'Alchemy, which has it in the path',
    js('connect(`wss://eth-mainnet.g.alchemy.com/v2/${process.env.ALCHEMY_KEY}`);'),
  ),
  project('fail', 'a password in front of a host', js('fetch(`https://user:${PASSWORD}@node.acme.dev`);')),
  project('pass', 'the address of a database', js('connect(`postgres://app:${PASSWORD}@db/app`);')),
  project(
    'pass',
    'a signature of a signed request',
    js('get(`https://api.binance.com/api/v3/order?timestamp=${t}&signature=${s}`);'),
  ),
  project('pass', 'a key in a header', js("fetch(u, { headers: { 'x-cg-pro-api-key': key } });")),
  project('pass', 'a link of the own site', js('redirect(`/reset?token=${token}`);')),
  project(
    'pass',
    'an address of a documentation',
    py('"""GET https://www.example.com/path?access_token=abcdefghijkl"""'),
  ),
  project('pass', 'a stand-in', js("get('https://api.acme.dev/p?apikey=YOUR_API_KEY');")),
  project('pass', 'a comment', js('// https://api.acme.dev/p?apikey=${key}\nrun();')),
  project('warn', 'a variable on a command line', sh('forge create C --rpc-url $RPC --private-key $PRIVATE_KEY')),
  project('fail', 'a literal on a command line', sh(`cast send --private-key 0x${hex(64)} $TO`), { at: 'a.sh:1' }),
  project(
    'warn',
    'a header of curl',
    sh('curl -s -H "X-API-Key: $CMC_API_KEY" https://pro-api.coinmarketcap.com/v1/x'),
  ),
  project('warn', 'a package script', { 'package.json': '{"scripts":{"deploy":"tool --api-secret $API_SECRET"}}' }),
  project('warn', 'docker run -e', sh('docker run -e API_SECRET=$API_SECRET desk/bot')),
  project('pass', 'docker run -e without a value', sh('docker run -e API_SECRET desk/bot')),
  project('warn', 'a container that is started with a key', {
    Dockerfile: 'FROM x\nCMD ["bot", "--api-key", "$API_KEY"]\n',
  }),
  project('warn', 'a pod that is started with a key', {
    'k.yaml':
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      args: ["--api-key", "$(API_KEY)"]\n',
  }),
  project('pass', 'a password from standard input', sh('echo "$T" | docker login --password-stdin')),
  project('pass', 'a file of keys', sh('tool --private-key ./key.json --token-file /run/t')),
  project('not-applicable', 'nothing to look at', { 'README.md': 'x\n' }),
]);

const role = (rule: string) => ({
  'k.yaml': `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules:\n  - {apiGroups: [""], resources: ["secrets"], ${rule}}\n`,
});
const iam = (action: string, resource: string) => ({
  'm.tf': `resource "aws_iam_policy" "p" {\n  policy = jsonencode({\n    Statement = [{ Effect = "Allow", Action = "${action}", Resource = "${resource}" }]\n  })\n}\n`,
});
const USED = { 'b.py': "key = os.environ['KRAKEN_API_KEY']\n" };
const SCOPED = role('resourceNames: ["kraken"], verbs: ["get"]');

describeCases('KW-DIS-04', [
  project('pass', 'a role for one secret', SCOPED, { basis: 'observed' }),
  project('warn', 'a role for all secrets', role('verbs: ["get", "list"]'), { at: 'k.yaml:5' }),
  project('fail', 'a role for all secrets and everything', role('verbs: ["*"]')),
  project('fail', 'every secret of AWS', iam('secretsmanager:*', '*')),
  project('fail', 'every secret of AWS in a document', {
    'm.tf':
      'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["ssm:GetParameter"]\n    resources = ["*"]\n  }\n}\n',
  }),
  project(
    'pass',
    'one secret of AWS',
    iam('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:1:secret:kraken-1'),
  ),
  project('fail', 'a policy of Vault for everything', {
    'v.hcl': 'path "secret/*" {\n  capabilities = ["create", "update", "read"]\n}\n',
  }),
  project('pass', 'a policy of Vault for one path', {
    'v.hcl': 'path "secret/data/desk/kraken" {\n  capabilities = ["read"]\n}\n',
  }),
  project('fail', 'an administrator of secrets at Google', {
    'm.tf': 'resource "google_project_iam_member" "m" {\n  role = "roles/secretmanager.admin"\n}\n',
  }),
  project('pass', 'holders on record', policyWith([key()]), { basis: 'declared' }),
  project(
    'fail',
    'more holders than allowed',
    policyWith([key({ holders: ['ada', 'bob'] })], { permissions: { sharing: { maxHolders: 1 } } }),
  ),
  project('warn', 'no holders on record', policyWith([key({ holders: undefined })])),
  project('needs-attestation', 'nothing to see', USED, { reason: 'no-policy' }),
  project('not-applicable', 'one person', policyWith([key()], { project: { name: 'bot', team: 'solo' } })),
  project('not-applicable', 'no keys', js('run();')),
  project('error', 'a manifest that does not parse', { ...USED, 'k.yaml': 'apiVersion: v1\nkind: Role\nrules: [\n' }),
]);

const flow = (text: string) => ({ '.github/workflows/ci.yml': text });
const step = (run: string, env = '        env: {KEY: "${{ secrets.KRAKEN_KEY }}"}\n') =>
  flow(`on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          ${run}\n${env}`);
const SHA = hex(40);

describeCases('KW-DIS-05', [
  project('pass', 'a secret for one step', step('./trade')),
  project('fail', 'a literal', flow(`on: push\nenv:\n  COINBASE_API_SECRET: ${alnum(40)}\n`)),
  project('fail', 'a secret that is printed', step('echo "key: $KEY"'), { at: '.github/workflows/ci.yml:7' }),
  project('fail', 'a secret that is printed directly', step('echo ${{ secrets.KRAKEN_KEY }}', '')),
  project('fail', 'the whole environment', step('printenv')),
  project('fail', 'a trace of the shell', step('set -x; ./trade')),
  project('fail', 'all secrets at once', step("echo '${{ toJSON(secrets) }}'", '')),
  project(
    'fail',
    'a runner that tells all',
    step('./trade', '        env: {KEY: "${{ secrets.K }}", ACTIONS_STEP_DEBUG: true}\n'),
  ),
  project('fail', 'an output', step('echo "k=$KEY" >> $GITHUB_OUTPUT')),
  project('pass', 'a secret that goes into a program', step('echo "$KEY" | docker login --password-stdin')),
  project('pass', 'a secret that goes into a file', step('echo "$KEY" > key.txt')),
  project('pass', 'a trace without secrets', step('set -x; make', '')),
  project(
    'fail',
    'code of a fork',
    flow(
      'on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: {ref: "${{ github.event.pull_request.head.sha }}"}\n',
    ),
  ),
  project(
    'pass',
    'the own code for a fork',
    flow('on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n'),
  ),
  project(
    'fail',
    'words of a stranger in a script',
    flow('on: issues\njobs:\n  a:\n    steps:\n      - run: echo "${{ github.event.issue.title }}"\n'),
  ),
  project(
    'warn',
    'an action that may move',
    flow('on: push\njobs:\n  a:\n    steps:\n      - uses: acme/deploy@v1\n        with: {key: "${{ secrets.K }}"}\n'),
    { at: '.github/workflows/ci.yml:5' },
  ),
  project(
    'pass',
    'a pinned action',
    flow(
      `on: push\njobs:\n  a:\n    steps:\n      - uses: acme/deploy@${SHA}\n        with: {key: "\${{ secrets.K }}"}\n`,
    ),
  ),
  project(
    'pass',
    'an action in a job without secrets',
    flow(
      'on: push\njobs:\n  a:\n    steps:\n      - uses: acme/lint@v1\n        with: {token: "${{ secrets.GITHUB_TOKEN }}"}\n',
    ),
  ),
  project(
    'warn',
    'all secrets for a called workflow',
    flow('on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n    secrets: inherit\n'),
  ),
  project(
    'warn',
    'a secret for all jobs',
    flow('on: push\nenv:\n  K: ${{ secrets.K }}\njobs:\n  a:\n    steps: [{run: make}]\n'),
  ),
  project('warn', 'a build argument', step('docker build --build-arg T=${{ secrets.T }} .', '')),
  project('fail', 'a secret that GitLab prints', {
    '.gitlab-ci.yml': 'a:\n  script:\n    - echo $KRAKEN_API_SECRET\n',
  }),
  project('error', 'a workflow that does not parse', flow('on: [push\njobs:\n')),
  project('not-applicable', 'no pipeline', js('run();')),
]);

describeCases('KW-DIS-06', [
  project('pass', 'one consumer', policyWith([key()]), { basis: 'declared' }),
  project('fail', 'two consumers', policyWith([key({ consumers: ['desk', 'backtest'] })])),
  project(
    'pass',
    'two consumers, allowed',
    policyWith([key({ consumers: ['desk', 'backtest'] })], { permissions: { sharing: { maxConsumers: 2 } } }),
  ),
  project('warn', 'no consumer on record', policyWith([key({ consumers: undefined })])),
  project('warn', 'two holders, no channel', policyWith([key({ holders: ['ada', 'bob'] })])),
  project(
    'pass',
    'two holders, in person',
    policyWith([key({ holders: ['ada', 'bob'], handover: { channel: 'in-person' } })]),
  ),
  project(
    'fail',
    'two holders, by chat',
    policyWith([key({ holders: ['ada', 'bob'], handover: { channel: 'chat' } })]),
  ),
  project('fail', 'one secret under two records', policyWith([key(), key({ id: 'kraken-2' })])),
  project('needs-attestation', 'no policy', USED, { reason: 'no-policy' }),
  project('not-applicable', 'no keys', js('run();')),
]);
