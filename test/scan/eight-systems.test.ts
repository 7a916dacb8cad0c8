import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { scanText } from '../../src/scan/scan';
import { alnum, base64, hex, random, uuid } from './specimens';

/** A text with marked values: `«rule|value»` stands where the scanner must find exactly the value as that rule. */
interface Case {
  readonly file: string;
  readonly text: string;
}

const mark = (rule: string, value: string) => `«${rule}|${value}»`;

const B64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';

const binanceKey = () => mark('binance-api-key', alnum(64));
const binanceSecret = () => mark('binance-api-secret', alnum(64));
const krakenKey = () => mark('kraken-api-key', random(56, B64));
const krakenSecret = () => mark('kraken-api-secret', base64(64));
const cmc = () => mark('coinmarketcap-api-key', uuid());
const cryptoCompare = () => mark('cryptocompare-api-key', hex(64));
const gecko = (plan: 'pro' | 'demo') => mark(`coingecko-${plan}-api-key`, `CG-${alnum(24)}`);
const tokenMetrics = () => mark('token-metrics-api-key', `tm-${uuid()}`);

function ecPem(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return privateKey.export({ type: 'sec1', format: 'pem' }).toString().trim();
}

function ed25519Secret(): string {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const half = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return Buffer.concat([seed, half]).toString('base64');
}

const cases: Readonly<Record<string, () => Case>> = {
  // Token Metrics
  'Token Metrics in Python': () => ({
    file: 'tm.py',
    text: `from tmai_api import TokenMetricsClient\nclient = TokenMetricsClient(api_key="${tokenMetrics()}")\n`,
  }),
  'Token Metrics header': () => ({
    file: 'tm.ts',
    text: `fetch('https://api.tokenmetrics.com/v2/tokens', { headers: { 'x-api-key': '${tokenMetrics()}' } });\n`,
  }),
  'Token Metrics environment': () => ({ file: '.env', text: `TOKEN_METRICS_API_KEY=${tokenMetrics()}\n` }),
  // CoinMarketCap
  'CoinMarketCap header': () => ({
    file: 'p.py',
    text: `headers = {\n    "Accepts": "application/json",\n    "X-CMC_PRO_API_KEY": "${cmc()}",\n}\n`,
  }),
  'CoinMarketCap query': () => ({
    file: 'p.js',
    text: `get('https://pro-api.coinmarketcap.com/v1/key/info?CMC_PRO_API_KEY=${cmc()}');\n`,
  }),
  'CoinMarketCap in Go': () => ({
    file: 'p.go',
    text: `req, _ := http.NewRequest("GET", "https://pro-api.coinmarketcap.com/v1/x", nil)\nreq.Header.Add("X-CMC_PRO_API_KEY", "${cmc()}")\n`,
  }),
  'CoinMarketCap in curl': () => ({
    file: 'p.sh',
    text: `curl -H "X-CMC_PRO_API_KEY: ${cmc()}" -G https://pro-api.coinmarketcap.com/v1/x\n`,
  }),
  // CoinGecko
  'CoinGecko Pro header': () => ({
    file: 'g.ts',
    text: `axios.get('https://pro-api.coingecko.com/api/v3/ping', { headers: { 'x-cg-pro-api-key': '${gecko('pro')}' } });\n`,
  }),
  'CoinGecko demo query': () => ({
    file: 'g.py',
    text: `requests.get("https://api.coingecko.com/api/v3/ping?x_cg_demo_api_key=${gecko('demo')}")\n`,
  }),
  'CoinGecko demo variable': () => ({ file: '.env', text: `COINGECKO_DEMO_API_KEY=${gecko('demo')}\n` }),
  // CryptoCompare
  'CryptoCompare query': () => ({
    file: 'c.js',
    text: `fetch(\`https://min-api.cryptocompare.com/data/price?fsym=BTC&tsyms=USD&api_key=${cryptoCompare()}\`);\n`,
  }),
  'CryptoCompare header': () => ({
    file: 'c.py',
    text: `requests.get("https://min-api.cryptocompare.com/data/price", headers={"authorization": "Apikey ${cryptoCompare()}"})\n`,
  }),
  'CryptoCompare setApiKey': () => ({
    file: 'c.js',
    text: `const cc = require('cryptocompare');\ncc.setApiKey('${cryptoCompare()}');\n`,
  }),
  // CCXT
  'CCXT in JavaScript': () => ({
    file: 'b.js',
    text: `const exchange = new ccxt.binance({\n  apiKey: '${binanceKey()}',\n  secret: '${binanceSecret()}',\n  enableRateLimit: true,\n});\n`,
  }),
  'CCXT named import': () => ({
    file: 'b.ts',
    text: `import { kraken } from 'ccxt';\nconst x = new kraken({ apiKey: '${krakenKey()}', secret: '${krakenSecret()}' });\n`,
  }),
  'CCXT in Python': () => ({
    file: 'b.py',
    text: `import ccxt.async_support as ccxt\nexchange = ccxt.binance({'apiKey': '${binanceKey()}', 'secret': '${binanceSecret()}'})\n`,
  }),
  'CCXT in PHP': () => ({
    file: 'b.php',
    text: `<?php\n$exchange = new \\ccxt\\kraken([\n    'apiKey' => '${krakenKey()}',\n    'secret' => '${krakenSecret()}',\n]);\n`,
  }),
  'CCXT in C#': () => ({
    file: 'B.cs',
    text: `using ccxt;\nvar exchange = new Binance();\nexchange.apiKey = "${binanceKey()}";\nexchange.secret = "${binanceSecret()}";\n`,
  }),
  'CCXT in Go': () => ({
    file: 'b.go',
    text: `exchange := ccxt.NewBinance(map[string]interface{}{\n\t"apiKey": "${binanceKey()}",\n\t"secret": "${binanceSecret()}",\n})\n`,
  }),
  'CCXT property assignments': () => ({
    file: 'b.js',
    text: `const exchange = new ccxt.kraken();\nexchange.apiKey = '${krakenKey()}';\nexchange.secret = '${krakenSecret()}';\n`,
  }),
  'CCXT options built elsewhere': () => ({
    file: 'b.js',
    text: `const options = {\n  apiKey: '${binanceKey()}',\n  secret: '${binanceSecret()}',\n};\nconst exchange = new ccxt.binance(options);\n`,
  }),
  'CCXT options spread in Python': () => ({
    file: 'b.py',
    text: `config = {\n    'apiKey': '${krakenKey()}',\n    'secret': '${krakenSecret()}',\n}\nexchange = ccxt.kraken(config)\n`,
  }),
  'CCXT constants before the options': () => ({
    file: 'b.js',
    text: `const API_KEY = '${binanceKey()}';\nconst API_SECRET = '${binanceSecret()}';\nconst exchange = new ccxt.binance({ apiKey: API_KEY, secret: API_SECRET });\n`,
  }),
  'CCXT for an exchange that can not be told': () => ({
    file: 'b.js',
    text: `const exchange = new ccxt[name]({ apiKey: '${mark('ccxt-option-apikey', alnum(36))}', secret: '${mark('ccxt-option-secret', alnum(40))}' });\n`,
  }),
  'CCXT for USD-M futures': () => ({
    file: 'b.ts',
    text: `const ex = new ccxt.pro.binanceusdm({\n  apiKey: '${binanceKey()}',\n  secret: '${binanceSecret()}',\n});\n`,
  }),
  'CCXT class looked up by name': () => ({
    file: 'b.py',
    text: `exchange_class = getattr(ccxt, 'binance')\nexchange = exchange_class({\n    'apiKey': '${binanceKey()}',\n    'secret': '${binanceSecret()}',\n})\n`,
  }),
  'CCXT in C# with a dictionary': () => ({
    file: 'B.cs',
    text: `var exchange = new kraken(new Dictionary<string, object>() {\n    { "apiKey", "${krakenKey()}" },\n    { "secret", "${krakenSecret()}" },\n});\n`,
  }),
  'CCXT in Go by the name of the exchange': () => ({
    file: 'b.go',
    text: `ex := ccxt.CreateExchange("binance", map[string]interface{}{"apiKey": "${binanceKey()}", "secret": "${binanceSecret()}"})\n`,
  }),
  'CCXT options spread in a function': () => ({
    file: 'b.ts',
    text: `const config = { apiKey: '${binanceKey()}', secret: '${binanceSecret()}' };\nexport const make = () => new ccxt.binance({ ...config, enableRateLimit: true });\n`,
  }),
  'CCXT fallback in Python': () => ({
    file: 'b.py',
    text: `secret = os.environ.get("BINANCE_API_SECRET", "${binanceSecret()}")\n`,
  }),
  'Binance after a class': () => ({
    file: 'B.kt',
    text: `val exchange = ExchangeFactory.INSTANCE.createExchange(BinanceExchange::class.java, "${binanceKey()}", "${binanceSecret()}")\n`,
  }),
  'Kraken setters in Java': () => ({
    file: 'K.java',
    text: `ExchangeSpecification spec = new KrakenExchange().getDefaultExchangeSpecification();\nspec.setApiKey("${krakenKey()}");\nspec.setSecretKey("${krakenSecret()}");\n`,
  }),
  'Coinbase Prime positional arguments': () => ({
    file: 'p.ts',
    text: `const credentials = new CoinbasePrimeCredentials('${mark('coinbase-prime-access-key', alnum(28))}', '${mark('coinbase-prime-signing-key', base64(64))}', process.env.PASSPHRASE);\n`,
  }),
  'Binance in a freqtrade configuration': () => ({
    file: 'user_data/config.json',
    text: `{\n  "stake_currency": "USDT",\n  "exchange": {\n    "name": "binance",\n    "key": "${binanceKey()}",\n    "secret": "${binanceSecret()}",\n    "pair_whitelist": []\n  }\n}\n`,
  }),
  'Binance in a Python block': () => ({
    file: 'b.py',
    text: `if live:\n    binance_api_secret = "${binanceSecret()}"\n`,
  }),
  // Binance
  'Binance positional arguments in Python': () => ({
    file: 'b.py',
    text: `from binance.client import Client\nclient = Client("${binanceKey()}", "${binanceSecret()}")\n`,
  }),
  'Binance positional arguments in Node': () => ({
    file: 'b.js',
    text: `const { Spot } = require('@binance/connector');\nconst client = new Spot('${binanceKey()}', '${binanceSecret()}');\n`,
  }),
  'Binance in Go': () => ({
    file: 'b.go',
    text: `import "github.com/adshao/go-binance/v2"\n\nclient := binance.NewClient("${binanceKey()}", "${binanceSecret()}")\n`,
  }),
  'Binance header': () => ({
    file: 'b.http',
    text: `GET https://api.binance.com/api/v3/account\nX-MBX-APIKEY: ${binanceKey()}\n`,
  }),
  'Binance YAML': () => ({
    file: 'config.yml',
    text: `binance:\n  api_key: ${binanceKey()}\n  api_secret: ${binanceSecret()}\n`,
  }),
  'Binance environment': () => ({
    file: '.env',
    text: `BINANCE_API_KEY=${binanceKey()}\nBINANCE_API_SECRET="${binanceSecret()}"\n`,
  }),
  'Binance TOML': () => ({
    file: 'c.toml',
    text: `[exchange.binance]\napi_key = "${binanceKey()}"\nsecret = "${binanceSecret()}"\n`,
  }),
  'Binance in Rust': () => ({
    file: 'b.rs',
    text: `let market: Market = Binance::new(Some("${binanceKey()}".into()), Some("${binanceSecret()}".into()));\n`,
  }),
  'Binance in Java': () => ({
    file: 'B.java',
    text: `BinanceApiClientFactory factory = BinanceApiClientFactory.newInstance("${binanceKey()}", "${binanceSecret()}");\n`,
  }),
  // Coinbase
  'Coinbase Exchange': () => ({
    file: 'c.py',
    text: `import cbpro\nkey = "${mark('coinbase-exchange-api-key', hex(32))}"\nb64secret = "${mark('coinbase-exchange-api-secret', base64(64))}"\npassphrase = "${mark('coinbase-exchange-api-passphrase', random(11, LOWER))}"\nauth_client = cbpro.AuthenticatedClient(key, b64secret, passphrase)\n`,
  }),
  'Coinbase CDP with an EC key': () => ({
    file: 'cdp_api_key.json',
    text: `{\n  "name": "${mark('coinbase-cdp-api-key-name', `organizations/${uuid()}/apiKeys/${uuid()}`)}",\n  "privateKey": "${mark('coinbase-cdp-ecdsa-private-key', ecPem().replaceAll('\n', '\\n'))}"\n}\n`,
  }),
  'Coinbase CDP with an Ed25519 key': () => ({
    file: '.env',
    text: `CDP_API_KEY_ID=${mark('coinbase-cdp-api-key-id', uuid())}\nCDP_API_KEY_SECRET=${mark('coinbase-cdp-ed25519-secret', ed25519Secret())}\n`,
  }),
  'Coinbase legacy': () => ({
    file: '.env',
    text: `COINBASE_API_KEY=${mark('coinbase-legacy-api-key', alnum(16))}\nCOINBASE_API_SECRET=${mark('coinbase-legacy-api-secret', alnum(32))}\n`,
  }),
  'Coinbase Prime': () => ({
    file: '.env',
    text: `COINBASE_PRIME_ACCESS_KEY=${mark('coinbase-prime-access-key', alnum(28))}\nCOINBASE_PRIME_SIGNING_KEY=${mark('coinbase-prime-signing-key', base64(64))}\nCOINBASE_PRIME_PASSPHRASE=${mark('coinbase-prime-passphrase', random(12, LOWER))}\n`,
  }),
  'Kraken Futures': () => ({
    file: 'kf.py',
    text: `KRAKEN_FUTURES_API_KEY = "${mark('kraken-futures-api-key', random(56, B64))}"\nKRAKEN_FUTURES_API_SECRET = "${mark('kraken-futures-api-secret', base64(64))}"\n`,
  }),
  'Binance.US': () => ({
    file: '.env',
    text: `BINANCE_US_API_KEY=${mark('binance-us-api-key', alnum(64))}\nBINANCE_US_API_SECRET=${mark('binance-us-api-secret', alnum(64))}\n`,
  }),
  'Binance test network': () => ({
    file: '.env',
    text: `BINANCE_TESTNET_API_KEY=${mark('binance-testnet-api-key', alnum(64))}\nBINANCE_TESTNET_API_SECRET=${mark('binance-testnet-api-secret', alnum(64))}\n`,
  }),
  // Kraken
  'Kraken Spot in Python': () => ({
    file: 'k.py',
    text: `import krakenex\nk = krakenex.API(key="${krakenKey()}", secret="${krakenSecret()}")\n`,
  }),
  'Kraken positional arguments': () => ({
    file: 'k.js',
    text: `const KrakenClient = require('kraken-api');\nconst kraken = new KrakenClient('${krakenKey()}', '${krakenSecret()}');\n`,
  }),
  'Kraken key file': () => ({
    file: '.env',
    text: `KRAKEN_API_KEY=${krakenKey()}\nKRAKEN_PRIVATE_KEY=${krakenSecret()}\n`,
  }),
  'Kraken headers': () => ({
    file: 'k.sh',
    text: `curl -X POST https://api.kraken.com/0/private/Balance -H "API-Key: ${krakenKey()}"\n`,
  }),
};

for (const [why, make] of Object.entries(cases)) {
  it(`finds ${why}`, function () {
    // About one random value in 10,000 has the look of words; two in a row have not.
    this.retries(1);
    const { file, text } = make();
    const wanted: { rule: string; value: string }[] = [];
    const plain = text.replace(/«([^|]+)\|([^»]*)»/g, (_, rule: string, value: string) => {
      wanted.push({ rule, value });
      return value;
    });
    const found = scanText(plain, { fileName: file }).findings;
    const seen = found
      .filter((f) => f.state === 'secret')
      .map((f) => ({ rule: f.ruleId, value: plain.slice(f.start, f.end) }));
    const brief = (list: { rule: string; value: string }[]) => list.map((x) => `${x.rule} (${x.value.length})`);
    assert.deepEqual(brief(seen), brief(wanted));
    assert.deepEqual(
      seen.map((s) => s.value.replace(/(?:\\n)+$/, '')),
      wanted.map((w) => w.value.replace(/(?:\\n)+$/, '')),
    );
    if (wanted.length > 1) {
      assert.ok(
        found.every((f) => f.group !== undefined && f.group === found[0]?.group),
        'one group',
      );
    }
  });
}
