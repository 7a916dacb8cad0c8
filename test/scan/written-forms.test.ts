import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { scanText } from '../../src/scan/scan';
import { decodedValue } from '../../src/scan/value';
import { alnum } from './specimens';

const pemOf = (bits?: number) =>
  bits
    ? generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    : generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
        .privateKey.export({ format: 'pem', type: 'sec1' })
        .toString();
const quoted = (line: string) => JSON.stringify(`${line}\n`);

/** The only finding of a text, and what it reads as. */
function only(file: string, text: string): { rule: string; value: string } {
  const { findings } = scanText(text, { fileName: file });
  assert.equal(findings.length, 1, `${file}: ${findings.map((f) => f.ruleId).join()}`);
  const [finding] = findings as [(typeof findings)[0]];
  return { rule: finding.ruleId, value: decodedValue(text, finding, file) };
}

describe('a key in armour', () => {
  const forms: Readonly<Record<string, readonly [string, (lines: readonly string[]) => string]>> = {
    'joined by plus signs': ['a.js', (l) => `const key = ${l.map(quoted).join(' +\n  ')};\n`],
    'with plus signs before the pieces': ['A.java', (l) => `String key = ${l.map(quoted).join('\n  + ')};\n`],
    'as a list on one line': ['a.ts', (l) => `const key = [${l.map((x) => `'${x}'`).join(', ')}].join('\\n');\n`],
    'as a list over lines': ['a.ts', (l) => `const key = [\n${l.map((x) => `  '${x}',`).join('\n')}\n].join('\\n');\n`],
    'in adjacent strings': ['a.py', (l) => `KEY = (\n${l.map((x) => `    ${quoted(x)}`).join('\n')}\n)\n`],
    'with blanks for line ends': ['a.ts', (l) => `const key = '${l.join(' ')}';\n`],
    'in comments': ['a.ts', (l) => `${l.map((x) => `// ${x}`).join('\n')}\n`],
    'in XML': ['a.xml', (l) => `<key>${l.join('&#10;')}</key>\n`],
  };
  for (const [form, [file, make]] of Object.entries(forms)) {
    it(`is read ${form}`, () => {
      for (let n = 0; n < 40; n++) {
        const pem = pemOf();
        assert.deepEqual(only(file, make(pem.trim().split('\n'))), { rule: 'pem-private-key', value: pem });
      }
    });
  }

  it('is read from base64, however long, and a public key is none', () => {
    for (const pem of [pemOf(), pemOf().trim(), pemOf(4096)]) {
      const value = Buffer.from(pem).toString('base64');
      assert.deepEqual(only('.env', `TLS_KEY=${value}\n`), { rule: 'pem-private-key', value });
      assert.deepEqual(only('a.yaml', `data:\n  tls.key: ${value}\n`), { rule: 'pem-private-key', value });
    }
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const shown = Buffer.from(publicKey.export({ format: 'pem', type: 'spki' })).toString('base64');
    assert.deepEqual(scanText(`data:\n  tls.crt: ${shown}\n`, { fileName: 'a.yaml' }).findings, []);
  });
});

describe('a value that goes on after a backslash at the end of its line', () => {
  const forms: readonly (readonly [string, (a: string, b: string) => string])[] = [
    ['a.js', (a, b) => `const binanceSecret = "${a}\\\n${b}";\n`],
    ['a.rs', (a, b) => `let binance_secret = "${a}\\\n    ${b}";\n`],
    ['a.c', (a, b) => `#define BINANCE_SECRET "${a}\\\r\n${b}"\r\n`],
    ['a.sh', (a, b) => `export BINANCE_SECRET=${a}\\\n${b}\n`],
    ['Dockerfile', (a, b) => `ENV BINANCE_SECRET=${a}\\\n${b}\n`],
    ['a.properties', (a, b) => `binance.secret=${a}\\\n    ${b}\n`],
    ['a.yaml', (a, b) => `binance_secret: "${a}\\\n  ${b}"\n`],
    ['a.toml', (a, b) => `binance_secret = """${a}\\\n  ${b}"""\n`],
  ];
  for (const [file, make] of forms) {
    it(`is read as one: ${file}`, () => {
      const value = alnum(64);
      const text = make(value.slice(0, 30), value.slice(30));
      assert.deepEqual(only(file, text), { rule: 'binance-api-secret', value });
    });
  }
});
