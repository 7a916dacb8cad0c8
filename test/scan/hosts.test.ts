import assert from 'node:assert/strict';
import { credentialTypes } from '../../src/catalog/all';
import type { CredentialType } from '../../src/catalog/credential-type';
import { scanText } from '../../src/scan/scan';
import { dice, generatedValue, pick } from './generated-value';

/** How programs send a key to a host: nothing but the host tells the provider. */
const requests: Readonly<Record<string, readonly [string, (host: string, value: string) => string]>> = {
  'URL parameter': ['a.ts', (h, v) => `await fetch("https://${h}/v1/data?limit=5&apikey=${v}");\n`],
  'URL parameter of a template': [
    'a.ts',
    (h, v) => `await fetch(\`https://${h}/v1/\${symbol}?api_key=${v}&limit=\${n}\`);\n`,
  ],
  'parameter object': [
    'a.py',
    (h, v) => `requests.get("https://${h}/v1", params={"symbol": "BTC", "api_key": "${v}"})\n`,
  ],
  'header object': ['a.ts', (h, v) => `await fetch("https://${h}/v1", { headers: { "X-API-Key": "${v}" } });\n`],
  'bearer header': ['a.js', (h, v) => `fetch("https://${h}/v1", { headers: { Authorization: "Bearer ${v}" } });\n`],
  'header of a Go request': [
    'a.go',
    (h, v) =>
      `req, _ := http.NewRequest("GET", "https://${h}/v1", nil)\nreq.Header.Set("Authorization", "Bearer ${v}")\n`,
  ],
  'header of a Java request': [
    'A.java',
    (h, v) => `HttpRequest.newBuilder()\n  .uri(URI.create("https://${h}/v1"))\n  .header("X-API-Key", "${v}")\n`,
  ],
  'headers of a session': [
    'a.py',
    (h, v) => `BASE = "https://${h}"\ns = requests.Session()\ns.headers.update({"X-API-Key": "${v}"})\n`,
  ],
  curl: ['a.sh', (h, v) => `curl -s -H "X-API-Key: ${v}" https://${h}/v1\n`],
  'curl over lines': ['a.sh', (h, v) => `curl "https://${h}/v1" \\\n  -H 'Authorization: Bearer ${v}'\n`],
  'HTTP file': ['a.http', (h, v) => `GET https://${h}/v1 HTTP/1.1\nAccept: */*\nAuthorization: Bearer ${v}\n`],
  'options of a client': ['a.ts', (h, v) => `new RestClient({ baseURL: "https://${h}/v1", apiKey: "${v}" });\n`],
  'settings object': ['a.ts', (h, v) => `export const api = {\n  baseUrl: "https://${h}",\n  apiKey: "${v}",\n};\n`],
  'YAML block': ['a.yaml', (h, v) => `prices:\n  url: https://${h}/v1\n  api_key: ${v}\n  interval: 30\n`],
  'TOML table': ['a.toml', (h, v) => `[prices]\nurl = "https://${h}/v1"\napi_key = "${v}"\n`],
  JSON: ['a.json', (h, v) => `{\n  "prices": {\n    "url": "https://${h}/v1",\n    "apiKey": "${v}"\n  }\n}\n`],
  'env file': ['.env', (h, v) => `PRICES_URL=https://${h}/v1\nAPI_KEY=${v}\nLOG_LEVEL=info\n`],
};

const hostOf = (type: CredentialType) => type.hosts[0]?.replace(/^\./, 'api.') ?? '';
const roll = dice(Number(process.env.KEYWARD_TEST_SEED ?? 1));

/** Keys and tokens that a header and a URL can carry as they are. */
const keys = credentialTypes.filter(
  (t) => (t.part === 'key' || t.part === 'token') && /key$|token$/.test(t.id) && hostOf(t) !== '',
);

describe("a key with a general name beside its provider's host", () => {
  it('is found, whatever its shape', () => {
    const missed: string[] = [];
    let tried = 0;
    for (const type of keys) {
      for (let n = 0; n < 4; n++) {
        const [kind, [file, write]] = pick(Object.entries(requests), roll);
        const value = generatedValue(type, roll);
        if (value === undefined || /[^\w.~-]/.test(value)) {
          continue;
        }
        tried++;
        const text = write(hostOf(type), value);
        const at = text.indexOf(value);
        if (!scanText(text, { fileName: file }).findings.some((f) => f.start === at && f.end === at + value.length)) {
          missed.push(`${type.id} in ${kind}`);
        }
      }
    }
    assert.ok(tried > 800, String(tried));
    assert.deepEqual(missed, []);
  });

  it("is the key of the nearest host's provider", () => {
    const short = () => generatedValue(keys.find((t) => t.id === 'bitso-api-key') as CredentialType, roll) ?? '';
    const [bitso, other] = [short(), short()];
    const text = `BITS_URL=https://api.bitso.com\nAPI_KEY=${bitso}\n\nOTHER_URL=https://api.other.io\nAPI_KEY_2=${other}\n`;
    assert.deepEqual(
      scanText(text, { fileName: '.env' }).findings.map((f) => [f.ruleId, text.slice(f.start, f.end)]),
      [['bitso-api-key', bitso]],
    );
  });

  it('is none when it is a variable, a word or a stand-in', () => {
    const values = (
      '$KEY ${KEY} {key} {{api_key}} <your-api-key> YOUR_API_KEY your_api_key_here xxxxxxxxxxxxxxxx test1234 changeme %s ' +
      '%API_KEY% process.env.KEY abcdef123456 my-secret-key-1 usd-coin BTC-USDT-240628 btcusdt demo undefined apiKey ' +
      'options.apiKey sample_api_key_123 REPLACE_ME insert-key-here DEMO_KEY SandboxKey2024 api_key_v2 secret123 ' +
      '2024-01-01 20240101T000000Z application/json no-cache'
    ).split(' ');
    const hosts = [...new Set(keys.map(hostOf))];
    for (const [kind, [file, write]] of Object.entries(requests)) {
      for (const value of values) {
        const host = pick(hosts, roll);
        const told = scanText(write(host, value), { fileName: file }).findings.filter((f) => f.state === 'secret');
        assert.deepEqual(
          told.map((f) => f.ruleId),
          [],
          `${value} in ${kind} beside ${host}`,
        );
      }
    }
  });

  it('is none when words in a URL name a page', () => {
    const text = "const page = { docsUrl: 'https://docs.ccxt.com/#/README?id=api-keys-setup', name: 'ccxt' };\n";
    assert.deepEqual(scanText(text, { fileName: 'pages.ts' }).findings, []);
  });
});
