import { alnum } from '../scan/specimens';
import { describeCases, project } from './cases';
import { key, policyWith, signer, statement } from './policies';

const js = (code: string) => ({ 'a.js': `${code}\n` });
const py = (code: string) => ({ 'a.py': `${code}\n` });
const USED = { 'b.py': "key = os.environ['KRAKEN_API_KEY']\n" };
const NO_KEYS = project('not-applicable', 'no keys', js('run();'));
const NO_POLICY = project('needs-attestation', 'no policy', USED, { reason: 'no-policy' });
const flow = (text: string, name = 'ci') => ({ [`.github/workflows/${name}.yml`]: text });

const dev = key({
  id: 'kraken-dev',
  environment: 'dev',
  storage: { store: 'hashicorp-vault', ref: 'vault://desk/dev/kraken' },
});
const shared = alnum(40);

describeCases('KW-ACC-01', [
  project('pass', 'a key for each environment', policyWith([key(), dev]), { basis: 'declared' }),
  project('warn', 'no key for development', policyWith([key()])),
  project('pass', 'no sandbox is offered', policyWith([key({ nonProduction: 'sandbox-not-offered' })])),
  project('warn', 'one environment only', policyWith([key()], { environments: [{ id: 'prod', kind: 'production' }] })),
  project('fail', 'one secret in two records', policyWith([key(), key({ id: 'k2', environment: 'dev' })]), {
    basis: 'declared',
  }),
  project(
    'fail',
    'one value in two files',
    {
      '.env.development': `COINBASE_API_SECRET=${shared}\n`,
      '.env.production': `COINBASE_API_SECRET=${shared}\n`,
    },
    { basis: 'observed', at: '.env.development:1' },
  ),
  project('fail', 'a production reference in development', {
    '.env.development': 'KRAKEN_API_KEY=op://prod/kraken/key\n',
  }),
  project('fail', 'a production secret in an overlay for development', {
    'overlays/dev/s.yaml':
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nspec:\n  data:\n    - secretKey: KRAKEN_API_KEY\n      remoteRef: {key: prod/kraken}\n',
  }),
  project(
    'needs-attestation',
    'different values',
    {
      '.env.development': `COINBASE_API_SECRET=${alnum(40)}\n`,
      '.env.production': `COINBASE_API_SECRET=${alnum(40)}\n`,
    },
    { reason: 'no-policy' },
  ),
  NO_POLICY,
  NO_KEYS,
]);

const DEPLOY = (environment: string) =>
  flow(`on: push\njobs:\n  deploy:\n${environment}    steps:\n      - run: kubectl apply -f k8s\n`, 'deploy');
const SANDBOX = py("kraken = ccxt.kraken({'apiKey': os.environ['KRAKEN_API_KEY']})\nkraken.set_sandbox_mode(True)");

describeCases('KW-ACC-02', [
  project('pass', 'a sandbox', SANDBOX),
  project('pass', 'a sandbox that a setting switches', {
    ...js(
      "const k = new ccxt.kraken({ apiKey: process.env.KRAKEN_API_KEY });\nk.setSandboxMode(process.env.NODE_ENV !== 'production');",
    ),
  }),
  project('pass', 'a sandbox and a guard', { ...SANDBOX, ...DEPLOY('    environment: production\n') }),
  project('warn', 'a sandbox, no guard', { ...SANDBOX, ...DEPLOY('') }),
  project('warn', 'no sandbox', USED),
  project(
    'fail',
    'a live host in development',
    { ...USED, '.env.development': 'KRAKEN_URL=https://api.kraken.com\n' },
    { at: '.env.development:1' },
  ),
  project('fail', 'a live host in a test', {
    ...SANDBOX,
    'tests/test_a.py': "requests.post('https://api.kraken.com/0/private/AddOrder')\n",
  }),
  project('pass', 'a live host in a test that stubs it', {
    ...SANDBOX,
    'tests/test_a.py': "responses.add(responses.POST, 'https://api.kraken.com/0/private/AddOrder')\n",
  }),
  project('fail', 'a bot that is meant to be dry', {
    'user_data/config-dry.json': '{ "dry_run": false, "exchange": { "name": "kraken" } }',
  }),
  project('pass', 'a bot that is dry', {
    'user_data/config.json': '{ "dry_run": true, "exchange": { "name": "kraken" } }',
  }),
  project('not-applicable', 'public data of an exchange', py('ccxt.kraken().fetch_ticker("BTC/EUR")')),
  project('not-applicable', 'keys for data only', { ...policyWith([key({ class: 'market-data' })]) }),
  NO_KEYS,
]);

const CLIENT = py("kraken = ccxt.kraken({'apiKey': os.environ['KRAKEN_API_KEY']})\nkraken.fetch_ticker('BTC/EUR')");

describeCases('KW-ACC-03', [
  project('pass', 'permissions of the class', policyWith([key(), signer()]), { basis: 'declared' }),
  project('fail', 'no permissions on record', policyWith([key({ permissions: undefined })])),
  project('fail', 'a permission of another class', policyWith([key({ class: 'market-data' })])),
  project(
    'pass',
    'what the policy allows',
    policyWith([key({ class: 'market-data' })], {
      permissions: { allowedByClass: { 'market-data': ['read', 'trade'] } },
    }),
  ),
  project(
    'pass',
    'an encryption key, which has none',
    policyWith([key({ class: 'encryption', permissions: undefined })]),
  ),
  project('warn', 'a trading key for code that reads', { ...CLIENT, ...policyWith([key()]) }),
  project('pass', 'a trading key for code that trades', {
    ...py("ccxt.kraken().create_order('BTC/EUR', 'limit', 'buy', 1, 2)"),
    ...policyWith([key()]),
  }),
  project('not-applicable', 'no active key', policyWith([key({ status: 'deactivated', deactivatedAt: '2026-11-01' })])),
  NO_POLICY,
  NO_KEYS,
]);

const exception = (expiresAt: string) => ({
  permissions: {
    withdrawal: 'approved-only',
    exceptions: [
      {
        keyId: 'treasury',
        permission: 'withdraw',
        reason: 'settles trades to three addresses',
        approvedBy: 'bob',
        expiresAt,
      },
    ],
  },
});
const treasury = key({ id: 'treasury', class: 'withdrawal', permissions: ['read', 'withdraw'] });

describeCases('KW-ACC-04', [
  project('pass', 'no key can withdraw', policyWith([key()]), { basis: 'declared' }),
  project('fail', 'a key can withdraw', policyWith([treasury])),
  project('pass', 'an approved exception', policyWith([treasury], exception('2027-06-30'))),
  project('warn', 'an exception that ends soon', policyWith([treasury], exception('2026-12-10'))),
  project('fail', 'an exception that has ended', policyWith([treasury], exception('2026-11-01'))),
  project(
    'fail',
    'a call that withdraws',
    { ...js("await kraken.withdraw('BTC', 1, to);"), ...USED },
    { basis: 'observed', at: 'a.js:1' },
  ),
  project('pass', 'a call under an exception', {
    ...js("await kraken.withdraw('BTC', 1, to);"),
    ...policyWith([treasury], exception('2027-06-30')),
  }),
  project(
    'needs-attestation',
    'a contract that pays out',
    { 'V.sol': 'vault.withdraw(amount);\n', ...USED },
    { reason: 'no-policy' },
  ),
  project('not-applicable', 'no exchange', { 'a.py': "os.environ['COINGECKO_API_KEY']\n" }),
  NO_POLICY,
  NO_KEYS,
]);

describeCases('KW-ACC-05', [
  project('pass', 'one address', policyWith([key()]), { basis: 'declared' }),
  project('pass', 'a network of 256', policyWith([key({ ipAllowlist: ['203.0.113.0/24', '2001:db8::/64'] })])),
  project('warn', 'a wide network', policyWith([key({ ipAllowlist: ['203.0.0.0/16'] })])),
  project('fail', 'everybody', policyWith([key({ ipAllowlist: ['0.0.0.0/0'] })])),
  project('fail', 'no allowlist', policyWith([key({ ipAllowlist: undefined })])),
  project(
    'warn',
    'no allowlist is offered',
    policyWith([
      key({
        ipAllowlist: undefined,
        ipAllowlistUnsupported: {
          reason: 'the exchange offers none for sub-accounts',
          compensatingControl: 'low limits',
        },
      }),
    ]),
  ),
  project('not-applicable', 'development only', policyWith([dev])),
  project(
    'fail',
    'development, where the policy wants it',
    policyWith([key({ environment: 'dev', ipAllowlist: undefined })], {
      permissions: { ipAllowlist: { environments: ['development'] } },
    }),
  ),
  project('not-applicable', 'keys for data only', policyWith([key({ class: 'market-data', ipAllowlist: undefined })])),
  NO_POLICY,
  NO_KEYS,
]);

const job = 'jobs:\n  a:\n    steps: [{run: make}]\n';

describeCases('KW-ACC-06', [
  project('pass', 'permissions for all jobs', flow(`on: push\npermissions: {contents: read}\n${job}`)),
  project(
    'pass',
    'permissions of each job',
    flow('on: push\njobs:\n  a:\n    permissions: {}\n    steps: [{run: make}]\n'),
  ),
  project('warn', 'no permissions', flow(`on: push\n${job}`), { at: '.github/workflows/ci.yml:1' }),
  project('fail', 'write-all', flow(`on: push\npermissions: write-all\n${job}`)),
  project(
    'fail',
    'everything in AWS',
    {
      'm.tf':
        'resource "aws_iam_role_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })\n}\n',
    },
    { at: 'm.tf:2' },
  ),
  project('warn', 'everything of a service', {
    'p.json': '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}]}',
  }),
  project('pass', 'one action', {
    'p.json': '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}',
  }),
  project('pass', 'what is denied', {
    'p.json':
      '{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"},{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}',
  }),
  project('fail', 'a serverless role', {
    'serverless.yml':
      'provider:\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: ["*"]\n          Resource: "*"\n',
  }),
  project('fail', 'the administrator of a cluster', {
    'k.yaml': 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nroleRef: {name: cluster-admin}\n',
  }),
  project('fail', 'a role for everything', {
    'k.yaml':
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nrules: [{verbs: ["*"], resources: ["*"]}]\n',
  }),
  project('warn', 'all verbs for one kind', {
    'k.yaml': 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nrules: [{verbs: ["*"], resources: ["pods"]}]\n',
  }),
  project('error', 'Terraform that does not parse', { 'm.tf': 'resource "aws_iam_policy" "p" {\n' }),
  project('not-applicable', 'nothing of the kind', js('run();')),
]);

const SERVER = (code: string) => js(`const app = express();\n${code}`);
const AUTH = "app.use(requireAuth);\napp.post('/orders', place);";

describeCases('KW-ACC-07', [
  project('pass', 'a server that asks', SERVER(AUTH)),
  project('fail', 'orders without authentication', SERVER("app.post('/orders', place);"), { at: 'a.js:2' }),
  project('pass', 'health and metrics only', SERVER("app.get('/health', ok);\napp.get('/metrics', list);")),
  project('warn', 'no authentication that is recognised', SERVER("app.get('/prices', list);")),
  project(
    'pass',
    'FastAPI with a header',
    py("app = FastAPI()\nkey = APIKeyHeader(name='X-API-Key')\n@app.post('/orders')"),
  ),
  project('warn', 'open CORS', SERVER(`app.use(cors());\n${AUTH}`)),
  project('fail', 'open CORS with credentials', SERVER(`app.use(cors({ origin: '*', credentials: true }));\n${AUTH}`)),
  project('pass', 'CORS for one site', SERVER(`app.use(cors({ origin: 'https://desk.example' }));\n${AUTH}`)),
  project(
    'fail',
    "a bot's interface for everybody",
    {
      'user_data/config.json':
        '{ "api_server": { "enabled": true, "listen_ip_address": "0.0.0.0", "listen_port": 8080 } }',
      'compose.yaml': 'services:\n  bot:\n    image: freqtradeorg/freqtrade\n    ports: ["8080:8080"]\n',
    },
    { at: 'compose.yaml:4' },
  ),
  project('pass', "a bot's interface for the machine", {
    'user_data/config.json':
      '{ "api_server": { "enabled": true, "listen_ip_address": "0.0.0.0", "listen_port": 8080 } }',
    'compose.yaml': 'services:\n  bot:\n    image: freqtradeorg/freqtrade\n    ports: ["127.0.0.1:8080:8080"]\n',
  }),
  project('fail', 'a gateway in development mode', {
    'compose.yaml':
      'services:\n  gateway:\n    image: hummingbot/gateway:latest\n    environment: [DEV=true]\n    ports: ["15888:15888"]\n',
  }),
  project('fail', 'a node for everybody', { 'package.json': '{"scripts":{"node":"hardhat node --hostname 0.0.0.0"}}' }),
  project('fail', 'geth that unlocks', { 'a.sh': 'geth --http --http.addr 0.0.0.0 --allow-insecure-unlock\n' }),
  project('warn', 'a load balancer', {
    'k.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {type: LoadBalancer}\n',
  }),
  project('warn', 'a load balancer by the values of a chart', {
    'c/Chart.yaml': 'apiVersion: v2\nname: c\n',
    'c/values.yaml': 'service:\n  type: LoadBalancer\n',
    'c/templates/s.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  type: {{ .Values.service.type }}\n',
  }),
  project('pass', 'a load balancer behind a policy', {
    'k.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {type: LoadBalancer}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\n',
  }),
  project('error', 'a compose file that does not parse', { ...SERVER(AUTH), 'compose.yaml': 'services: [\n' }),
  project('not-applicable', 'no server', js('run();')),
]);

describeCases('KW-ACC-08', [
  project(
    'pass',
    'a webhook that is verified',
    SERVER(
      "app.post('/webhook', (q, r) => {\n  const h = createHmac('sha256', s);\n  if (!timingSafeEqual(h.digest(), q.sig) || now - q.timestamp > 300) return;\n});",
    ),
  ),
  project(
    'warn',
    'a comparison in variable time',
    SERVER(
      "app.post('/webhook', (q) => { if (createHmac('sha256', s).digest('hex') === q.sig && q.timestamp) run(); });",
    ),
  ),
  project(
    'warn',
    'no check of the time',
    py("@app.post('/webhook')\ndef hook():\n    hmac.compare_digest(hmac.new(s, b, 'sha256').hexdigest(), x)"),
  ),
  project(
    'fail',
    'nothing is verified',
    py("@app.post('/tradingview/webhook')\ndef hook():\n    place(request.json)"),
    { at: 'a.py:1' },
  ),
  project(
    'pass',
    "Stripe's own check",
    SERVER("app.post('/webhook', (q) => stripe.webhooks.constructEvent(q.body, q.sig, s));"),
  ),
  project('pass', 'a check in a file beside it', {
    'src/hooks.ts':
      "import { verifyRequest } from './verify';\nrouter.post('/webhooks/exchange', (q) => verifyRequest(q));\n",
    'src/verify.ts':
      "export function verifyRequest(q) {\n  return timingSafeEqual(createHmac('sha256', s).digest(), q.sig) && q.timestamp > now - 300;\n}\n",
  }),
  project('fail', 'a route by its file', {
    'app/api/webhook/route.ts': 'export async function POST(q: Request) {\n  await place(await q.json());\n}\n',
  }),
  project('not-applicable', 'the end of a login', SERVER("app.get('/auth/callback', done);")),
  project('not-applicable', 'a hook of React', js("import { useWebhook } from './hooks';")),
  project('not-applicable', 'no server', js('run();')),
]);

const GIT = { '.gitignore': '.env\n' };

describeCases('KW-ACC-09', [
  project(
    'pass',
    'pre-commit',
    {
      ...GIT,
      '.pre-commit-config.yaml':
        'repos:\n  - repo: https://github.com/gitleaks/gitleaks\n    hooks: [{id: gitleaks}]\n',
    },
    { at: '.pre-commit-config.yaml:2' },
  ),
  project('pass', 'husky', { ...GIT, '.husky/pre-commit': 'npx keyward scan --staged\n' }),
  project('pass', 'a script that husky runs', {
    ...GIT,
    '.husky/pre-commit': 'npm run secrets\n',
    'package.json': '{"scripts":{"secrets":"secretlint ."}}',
  }),
  project('warn', 'installed only', { ...GIT, 'package.json': '{"devDependencies":{"secretlint":"9"}}' }),
  project('warn', 'configured only', { ...GIT, '.gitleaks.toml': 'title = "x"\n' }),
  project('fail', 'a hook that is commented out', {
    ...GIT,
    '.husky/pre-commit': '# gitleaks git --staged\nnpm test\n',
  }),
  project('fail', 'nothing', GIT),
  project('not-applicable', 'no repository', js('run();')),
]);

const SCAN = (on: string, run: string) =>
  flow(
    `${on}\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: {fetch-depth: 0}\n      - ${run}\n`,
  );

describeCases('KW-ACC-10', [
  project(
    'pass',
    'on change and on schedule',
    SCAN('on:\n  push:\n  schedule: [{cron: "0 3 * * 1"}]', 'uses: gitleaks/gitleaks-action@v2'),
  ),
  project('pass', 'the whole history on change', SCAN('on: [push]', 'run: gitleaks git --redact .')),
  project('warn', 'on change only', SCAN('on: [pull_request]', 'uses: trufflesecurity/trufflehog@main')),
  project('warn', 'on schedule only', SCAN('on: {schedule: [{cron: "0 3 * * 1"}]}', 'run: keyward scan .')),
  project('warn', "GitLab's template", {
    '.gitlab-ci.yml': 'include:\n  - template: Jobs/Secret-Detection.gitlab-ci.yml\n',
  }),
  project('pass', 'two pipelines', {
    ...SCAN('on: push', 'run: npx keyward scan'),
    ...flow('on: {schedule: [{cron: "0 3 * * 1"}]}\njobs:\n  a:\n    steps: [{run: npx keyward scan}]\n', 'weekly'),
  }),
  project('fail', 'another scanner', SCAN('on: push', 'uses: github/codeql-action/analyze@v3')),
  project('fail', 'a scanner in a comment', SCAN('on: push', 'run: make # gitleaks')),
  project('error', 'a pipeline that does not parse', flow('on: [push\n')),
  project('needs-attestation', 'no pipeline', js('run();'), { reason: 'no-ci' }),
  project('pass', 'no pipeline, but a statement', policyWith([], { attestations: [statement('KW-ACC-10')] }), {
    basis: 'attested',
  }),
]);

const mfa = (more: object, attestations: readonly object[] = [statement('KW-ACC-11')]) =>
  policyWith([key()], {
    authentication: { mfa: { required: true, accounts: [{ provider: 'kraken', method: 'passkey' }], ...more } },
    attestations,
  });

describeCases('KW-ACC-11', [
  project('pass', 'required and attested', mfa({}), { basis: 'attested' }),
  project('warn', 'an account with SMS', mfa({ accounts: [{ provider: 'kraken', method: 'sms' }] })),
  project('fail', 'an account without any', mfa({ accounts: [{ provider: 'kraken', method: 'none' }] })),
  project('fail', 'not required', mfa({ required: false })),
  project('needs-attestation', 'not attested', mfa({}, []), { reason: 'no-attestation' }),
  project(
    'needs-attestation',
    'attested too long ago',
    mfa({}, [statement('KW-ACC-11', { expiresAt: '2026-11-01' })]),
    { reason: 'attestation-expired' },
  ),
  NO_POLICY,
  NO_KEYS,
]);

const operations = {
  authentication: { criticalOperations: [{ operation: 'deploy-production', control: 'protected-environment' }] },
};
const PROTECTED = flow('on: push\njobs:\n  deploy:\n    environment: production\n    steps: [{run: make}]\n');

describeCases('KW-ACC-12', [
  project('pass', 'declared and seen', { ...PROTECTED, ...policyWith([key()], operations) }, { basis: 'observed' }),
  project(
    'pass',
    'declared by one person',
    policyWith([key()], { ...operations, project: { name: 'bot', team: 'solo' } }),
    { basis: 'declared' },
  ),
  project('warn', 'declared, not seen', policyWith([key()], operations)),
  project('warn', 'seen, not declared', { ...PROTECTED, ...USED }),
  project('warn', 'a contract that a timelock owns', {
    'T.sol': 'import "x/TimelockController.sol";\n',
    ...policyWith([key()]),
  }),
  project('fail', 'neither', policyWith([key()])),
  NO_POLICY,
  NO_KEYS,
]);
