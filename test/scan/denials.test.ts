import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { base58 } from '@scure/base';
import { scanText } from '../../src/scan/scan';
import { alnum, base64, hex, random, uuid } from './specimens';

/** What a rule keeps quiet, and a credential beside it that the rule must not hide. `«…»` marks the credential. */
interface Rule {
  readonly file: string;
  readonly quiet: () => string;
  readonly found: () => string;
}

const mark = (value: string) => `«${value}»`;
const B64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
const token32 = () => `${alnum(16)}-${random(14, B64URL)}7`;
const part = (value: Buffer | object) =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url');
const jwt = () => `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: uuid() })}.${part(randomBytes(32))}`;

const rules: Readonly<Record<string, Rule>> = {
  'ids of records, but not of credentials': {
    file: 'orders.ts',
    quiet: () => `// coinbase\nconst order = { order_id: '${uuid()}', "id": "${uuid()}", accountId: '${uuid()}' };\n`,
    found: () => `// coinbase\nconst cdpApiKeyId = '${mark(uuid())}';\n`,
  },
  'tokens of a chain and of a list, but not of a service': {
    file: 'swap.ts',
    quiet: () =>
      `// alchemy\nswap({ fromToken: '0x${hex(40)}', pageToken: '${token32()}', lpToken: '${alnum(32)}' });\n`,
    found: () => `const ALCHEMY_NOTIFY_TOKEN = '${mark(token32())}';\n`,
  },
  'keys of caches and requests, but not of services': {
    file: 'prices.ts',
    quiet: () =>
      `// coinmarketcap\nget({ idempotencyKey: '${uuid()}', cacheKey: '${uuid()}', siteKey: '${uuid()}' });\n`,
    found: () => `get({ headers: { 'X-CMC_PRO_API_KEY': '${mark(uuid())}' } });\n`,
  },
  'names made of words, but not random characters': {
    file: 'coinbase.d.ts',
    quiet: () =>
      '// coinbase\nexport type X = { authorization: X402BatchSettlementDepositPayloadDepositAuthorization;\n' +
      ' secret: OAuth2AuthenticationClientSecretValue2; apiKey: "invalid_settlement_evm_erc3009_wrong_spender" };\n',
    found: () => `// coinbase exchange\nconst coinbaseExchangeSecret = '${mark(base64(64))}';\n`,
  },
  'a name that is called or indexed': {
    file: 'clock.c',
    quiet: () =>
      'static void __alchemy_clk_fgv2_en(struct alchemy_fgcs_clk *c);\nalchemy = au1xxx_eth0_resources1[ctype];\n',
    found: () => `alchemy("https://eth-mainnet.g.alchemy.com/v2/${mark(token32())}");\n`,
  },
  'lists of ids and of keys of caches': {
    file: 'cache.ts',
    quiet: () =>
      `// alchemy, coinbase\nconst cacheKeys = ['${hex(32)}', '${hex(32)}'];\nconst orderIds = ['${uuid()}'];\n`,
    found: () => `// alchemy\nconst alchemyNotifyTokens = ['${mark(token32())}'];\n`,
  },
  'the import before an import': {
    file: 'auth.go',
    quiet: () => 'import (\n\t"k8s.io/apiserver/pkg/authorization/authorizer"\n\t"k8s.io/klog/v2"\n)\n',
    found: () => `setenv("BINANCE_API_SECRET", "${mark(alnum(64))}")\n`,
  },
  'what a class of public things is made of': {
    file: 'markets.ts',
    quiet: () =>
      `const m = { market: new PublicKey('${base58.encode(randomBytes(32))}'), pythFeedId: '0x${hex(64)}' };\n`,
    found: () => `const lazerToken = '${mark(alnum(40))}'; // pyth\n`,
  },
  'segments of longer values, but not whole ones': {
    file: 'session.ts',
    quiet: () => `// coinbase\nconst clientSecret = '${alnum(32)}.${alnum(40)}.${alnum(43)}';\n`,
    found: () => `const COINBASE_CLIENT_SECRET = '${mark(alnum(64))}';\n`,
  },
  'lines of a wrapped blob, but not lists of keys': {
    file: 'key.ts',
    quiet: () => `// binance api secret\n${base64(48)}\n${base64(48)}\n${alnum(64)}\n${base64(48)}\n`,
    found: () => `accounts: [\n  '0x${hex(64)}',\n  '${mark(`0x${hex(64)}`)}',\n]\n`,
  },
  'headers of many services, but not beside their own': {
    file: 'provider.ts',
    quiet: () => `const options = { token: '${jwt()}', 'access-token': '${alnum(40)}' };\n`,
    found: () => `fetch('https://pro-api.solscan.io/v2.0/x', { headers: { token: '${mark(jwt())}' } });\n`,
  },
  'users and passwords of documentation, but not generated ones': {
    file: 'rpc.ts',
    quiet: () =>
      ['user:pass@host', 'user:password@proxy.corp:3128', 'foo:bar@node.org', 'alice:alice@node.org', 'u:%3a%41@x.org']
        .map((at) => `connect('http://${at}/');\n`)
        .join(''),
    found: () => `connect('${mark(`http://alice:${alnum(18)}@10.1.2.3`)}:8332/');\n`,
  },
  'arguments of questions, but not of clients': {
    file: 'storage.ts',
    quiet: () => `import ccxt from 'ccxt';\nawait provider.getStorageAt('0x${hex(40)}', '0x${hex(64)}');\n`,
    found: () => `import { Wallet } from 'ethers';\nconst wallet = new Wallet('${mark(`0x${hex(64)}`)}', provider);\n`,
  },
  'a value that repeats its name': {
    file: 'config.go',
    quiet: () => 'var cfg = Config{APIServerKey: "APIServerKey", ExchangeSecret: "exchange-secret"}\n',
    found: () => `var cfg = Binance{BinanceAPISecret: "${mark(alnum(64))}"}\n`,
  },
  'names of algorithms with a prefix of keys': {
    file: 'certs.go',
    quiet: () =>
      'const a = "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com"\nconst b = "sk-ssh-ed25519-cert-v01@openssh.com"\n',
    found: () => `const OPENAI_API_KEY = "${mark(`sk-proj-${alnum(40)}`)}"\n`,
  },
  'tables of ids in calls, but not setters': {
    file: 'tokens.js',
    quiet: () => `// jupiter\n${'x'.repeat(3)}.solToken('${uuid()}', 'sol:abc', 'Token of Jupiter', 9, 'ABC');\n`,
    found: () => `const b = new Binance.Builder();\nb.setBinanceApiSecret('${mark(alnum(64))}');\n`,
  },
  'bare names in code, but not bare values in comments': {
    file: 'device.c',
    quiet: () =>
      '/* coinbase intx */ int(*coinbase_intx_api_key)(const Fts5ExtensionApi*, Fts5Context2Api*);\n' +
      '.coinbase_api_key = x2apic_apic_id_validity,\n#define COINBASE_API_KEY CALL(0x00014F0000000808ull)\n',
    found: () => `// BINANCE_API_KEY: ${mark(alnum(64))}, as of today\n`,
  },
  'words that only stand side by side, but not names written apart': {
    file: 'main.c',
    quiet: () => `int (*x)(char *key); const char *apiKey = "${alnum(16)}";\n`,
    found: () => `// Coin Market Cap\nconst api_key = '${mark(uuid())}';\n`,
  },
  'Solana addresses and signatures, but not key pairs': {
    file: 'sol.ts',
    quiet: () =>
      `const secretTx = '${base58.encode(randomBytes(64))}';\nconst mint = '${base58.encode(randomBytes(32))}';\n`,
    found: () => `const PRIVATE_KEY = '${mark(`0x${hex(64)}`)}';\n`,
  },
};

/** Text without the marks, and the marked ranges. */
function unmarked(text: string): { text: string; marks: string[] } {
  return { text: text.replace(/[«»]/g, ''), marks: [...text.matchAll(/«([^»]*)»/g)].map((m) => m[1] as string) };
}

describe('rules that keep quiet', () => {
  for (const [what, rule] of Object.entries(rules)) {
    it(what, () => {
      const quiet = rule.quiet();
      const alarms = scanText(quiet, { fileName: rule.file }).findings.filter((f) => f.state === 'secret');
      assert.deepEqual(
        alarms.map((f) => `${f.ruleId} (${f.why}) after "${quiet.slice(Math.max(0, f.start - 24), f.start)}"`),
        [],
      );
      const { text, marks } = unmarked(rule.found());
      const found = scanText(text, { fileName: rule.file }).findings.filter((f) => f.state === 'secret');
      for (const value of marks) {
        const start = text.indexOf(value);
        assert.ok(
          found.some((f) => f.start === start && f.end === start + value.length),
          `a credential is missed after "${text.slice(Math.max(0, start - 24), start)}"`,
        );
      }
    });
  }
});
