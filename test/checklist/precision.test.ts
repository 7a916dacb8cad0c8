import { describeCases, project } from './cases';

// What other people's projects showed to be no violation, and beside it what is one.

const js = (text: string) => ({ 'a.js': `${text}\n` });

describeCases('KW-DIS-01', [
  project('pass', 'a link for people', js("const help = { link: 'http://bitpay.com' };")),
  project('pass', 'an address in a sentence', js("console.log('Read more: http://bit.ly/code-metrics');")),
  project('pass', 'the name of a format', js("feed({ xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' });")),
  project('pass', 'metadata of a package', {
    'package.json': '{ "homepage": "http://expressjs.com/", "author": { "url": "http://peterdowns.com" } }\n',
  }),
  project('pass', 'a document type', {
    'a.plist':
      '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n',
  }),
  project('pass', 'a mirror of signed packages', {
    '.github/workflows/a.yml':
      'jobs:\n  a:\n    steps:\n      - run: add-apt-repository "deb http://ports.ubuntu.com/ubuntu-ports/ jammy main"\n',
  }),
  project(
    'pass',
    'the metadata service of a cloud',
    js("const url = 'http://169.254.169.254/metadata/identity/oauth2/token';"),
  ),
  project('pass', 'a list of links in data', { 'data/articles.toml': '[[a]]\nurl = "http://ratson.name/blog/"\n' }),
  project('fail', 'a call', js("fetch('http://quotes.desk.io/last');")),
  project('fail', 'a call over two lines', js("axios.get(\n  'http://quotes.desk.io/last',\n);")),
  project('fail', 'a command', { 'a.sh': 'curl -sL http://git.io/goreleaser | bash\n' }),
  project('fail', 'a base address by its name', { 'settings.py': 'BASE_URL = "http://desk.io"\n' }),
  project('fail', 'a variable of an env file', {
    '.env': 'ORDER_SERVICE_URL=http://desk.io\n',
    '.gitignore': '.env\n',
  }),
  project('fail', 'an interface by its host', { 'config.yml': 'hosts:\n  - http://api.desk.io\n' }),
  project('fail', 'an interface by its path', js("const all = ['http://desk.io/api/v1/orders'];")),
  project('fail', 'a client in Go', { 'a.go': 'package a\n\nvar r, _ = http.Get("http://desk.io/last")\n' }),
]);

describeCases('KW-GEN-01', [
  project('not-applicable', "a generator's own seed", {
    'a.go': 'package a\n\nimport "math/rand"\n\nfunc f(seed int64) { r := rand.New(rand.NewSource(seed)); _ = r }\n',
  }),
  project('pass', 'crypto/rand beside math/rand under another name', {
    'a.go':
      'package a\n\nimport (\n\t"crypto/rand"\n\tmrand "math/rand"\n)\n\nfunc f() {\n\tapiSecret := make([]byte, 32)\n\trand.Read(apiSecret)\n\tvar _ mrand.Source\n}\n',
  }),
  project('fail', 'math/rand under another name', {
    'a.go': 'package a\n\nimport mrand "math/rand"\n\nfunc f() { apiSecret := mrand.Int63(); _ = apiSecret }\n',
  }),
  project('not-applicable', 'which server to ask', {
    'a.py': 'import random\n\npassword = input()\n\n\n\n\n\n\n\nserver = servers[random.randint(0, 3)]\n',
  }),
  project('not-applicable', 'names of a network', { 'a.py': 'import random\ndns_seed = random.choice(SEEDS)\n' }),
  project('fail', 'a wallet made from a weak seed', {
    'a.py': 'import random\nfrom mnemonic import Mnemonic\nseed = random.getrandbits(128)\n',
  }),
  project('not-applicable', 'a function of that name', { 'a.c': 'static void rand(char *password);\n' }),
  project('not-applicable', 'a minified library', {
    'a.js': `var a=1;${'function b(){return Math.random().toString(36)}var secretKey=b();'.repeat(120)}\n`,
  }),
]);

describeCases('KW-GEN-02', [
  project('pass', 'tags of generated code', {
    'a.pb.go':
      'package a\n\ntype A struct {\n\tL map[string]string `protobuf_key:"bytes,1,opt,name=key,proto3" json:"l"`\n}\n',
  }),
]);

describeCases('KW-STO-01', [
  project('pass', 'hashes of passwords', {
    'users.yml': `password: '$argon2id$v=19$m=65536,t=3,p=4$${'c2FsdHNhbHQ'}$${'aGFzaGhhc2hoYXNoMTIzNDU2'}'\n`,
  }),
]);

describeCases('KW-DIS-03', [
  project('pass', 'a switch that takes no value', {
    Dockerfile: 'FROM a\nRUN adduser --disabled-password monero && ls\n',
  }),
  project('pass', 'a message about a switch', { 'a.sh': 'log "Skipping (no --secret provided)"\n' }),
  project('pass', 'an address that shows its form', js("const help = 'https://user:pass@proxy.desk.io';")),
]);

describeCases('KW-DIS-05', [
  project('pass', 'a secret that is decoded into a file', {
    '.github/workflows/a.yml':
      'on: push\njobs:\n  a:\n    steps:\n      - env: { KEY: "${{ secrets.KEY }}" }\n        run: echo $KEY | base64 -d > $HOME/key.json\n',
  }),
  project('fail', 'a secret that is encoded to the log', {
    '.github/workflows/a.yml':
      'on: push\njobs:\n  a:\n    steps:\n      - env: { KEY: "${{ secrets.KEY }}" }\n        run: echo $KEY | base64\n',
  }),
]);

describeCases('KW-REV-06', [
  project('pass', 'whether a password is used', { 'a.py': 'logger.info(f"single: {self._use_single_password}")\n' }),
]);

describeCases('KW-ACC-08', [
  project('pass', 'a controller of its own verifies', {
    'routes.js': "app.post('/webhooks/stripe', stripeService.handle);\n",
    'WebhookController.js': 'const event = stripe.webhooks.constructEvent(body, signature, secret);\n',
  }),
  project('not-applicable', 'a route behind a sign-in', {
    'routes.js': "router.post('/notifications', mw.authAdminApi, http(api.notifications.add));\n",
  }),
]);

describeCases('KW-STO-02', [
  project(
    'warn',
    'keys that tests ship with',
    { '.gitignore': '.env\n.env.*\n*.pem\n*.key\n', 'test/certs/server.key': '-----BEGIN PRIVATE KEY-----\n' },
    { lying: { tracked: ['.gitignore', 'test/certs/server.key'] } },
  ),
]);

describeCases('KW-STO-09', [
  project('not-applicable', 'a library that makes wallets', {
    'index.ts':
      "export default class Wallet {\n  static of(privateKey: Buffer) {\n    return new Wallet(privateKey);\n  }\n}\nexport const chain = 'mainnet';\n",
  }),
  project('fail', 'a wallet of a program from a raw key', {
    'deploy.ts':
      "import { Wallet } from 'ethers';\nconst provider = new JsonRpcProvider('https://mainnet.infura.io');\nconst signer = new Wallet(process.env.DEPLOYER_PRIVATE_KEY!, provider);\n",
  }),
]);
