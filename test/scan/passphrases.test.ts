import assert from 'node:assert/strict';
import { scanText } from '../../src/scan/scan';
import { decodedValue } from '../../src/scan/value';
import { alnum, base64, hex, uuid } from './specimens';

const FILLER = 'x = 1\n'.repeat(400);

/** A text and the rules of what must be found in it, each once, in order. */
function told(file: string, text: string): string[] {
  return scanText(text, { fileName: file }).findings.map((f) => `${f.ruleId}: ${text.slice(f.start, f.end)}`);
}

describe('a passphrase beside its key and secret', () => {
  const [key, secret, pass] = [hex(24), uuid(), `Tr${alnum(6)}&3`];
  const all = [`kucoin-api-key: ${key}`, `kucoin-api-secret: ${secret}`, `kucoin-api-passphrase: ${pass}`];
  const clients: Readonly<Record<string, readonly [string, string]>> = {
    JavaScript: [
      'a.js',
      `const { KucoinClient } = require('x');\nnew KucoinClient('${key}', '${secret}', '${pass}');\n`,
    ],
    'TypeScript over lines': [
      'a.ts',
      `import { Client } from 'kucoin-api';\nnew Client(\n  "${key}",\n  "${secret}",\n  "${pass}",\n);\n`,
    ],
    Python: ['a.py', `from kucoin.client import Client\nclient = Client("${key}", "${secret}", "${pass}")\n`],
    'Python far below its import': [
      'a.py',
      `from kucoin.client import Client\n${FILLER}client = Client("${key}", "${secret}", "${pass}")\n`,
    ],
    'Python keywords': [
      'a.py',
      `from kucoin.client import Trade\nTrade(key='${key}', secret='${secret}', passphrase='${pass}', is_sandbox=False)\n`,
    ],
    Go: [
      'a.go',
      `import "github.com/Kucoin/kucoin-go-sdk"\nvar c = kucoin.NewClient("${key}", "${secret}", "${pass}")\n`,
    ],
    Java: ['A.java', `KucoinClient c = new KucoinClient("${key}", "${secret}", "${pass}");\n`],
  };
  for (const [name, [file, text]] of Object.entries(clients)) {
    it(`is found as the third argument: ${name}`, () => {
      assert.deepEqual(told(file, text), all);
    });
  }

  it('is found after a context, and before other options', () => {
    const [id, own] = [uuid(), hex(32).toUpperCase()];
    assert.deepEqual(told('a.go', `c, err := okx.NewClient(ctx, "${id}", "${own}", "${pass}", okex.NormalServer)\n`), [
      `okx-api-key: ${id}`,
      `okx-api-secret: ${own}`,
      `okx-api-passphrase: ${pass}`,
    ]);
    assert.ok(
      told('a.py', `import cbpro\ncbpro.AuthenticatedClient("${hex(32)}", "${base64(64)}", "${pass}")\n`).includes(
        `coinbase-exchange-api-passphrase: ${pass}`,
      ),
    );
  });

  it('is found after variables that hold the key and the secret', () => {
    assert.deepEqual(
      told('a.ts', `import { Client } from 'kucoin-api';\nnew Client(apiKey, apiSecret, '${pass}');\n`),
      [all[2]],
    );
  });

  it('is none where a client takes something else, or no provider gives passphrases', () => {
    const head = "import { Client } from 'kucoin-api';\n";
    for (const third of ['https://api.kucoin.com', 'futures', 'sandbox', 'en-US', 'v2.1.0', 'production']) {
      assert.deepEqual(told('a.ts', `${head}new Client(apiKey, apiSecret, '${third}');\n`), [], third);
      assert.equal(told('a.ts', `${head}new Client('${key}', '${secret}', '${third}');\n`).length, 2, third);
    }
    assert.deepEqual(told('a.ts', `${head}unlock({ passphrase: '${pass}' });\n`), []);
    assert.deepEqual(told('a.ts', `import x from 'binance';\nnew Client(apiKey, apiSecret, '${pass}');\n`), []);
  });
});

describe('a passphrase with the characters that its file escapes or keeps', () => {
  const whole = (file: string, text: string, written: string, value: string) => {
    const [finding, ...more] = scanText(text, { fileName: file }).findings;
    assert.ok(finding && more.length === 0, text.split(/[=,:]/)[0]);
    assert.equal(text.slice(finding.start, finding.end), written);
    assert.equal(decodedValue(text, finding, file), value);
  };

  it('is read as java.util.Properties reads it', () => {
    const [a, b] = [alnum(5), alnum(4)];
    whole('a.properties', `kucoin.passphrase=${a}\\=${b}\\:z\n`, `${a}\\=${b}\\:z`, `${a}=${b}:z`);
    whole('gradle.properties', `kucoinPassphrase = ${a}\\\\${b}\\#\\!\n`, `${a}\\\\${b}\\#\\!`, `${a}\\${b}#!`);
  });

  it('is read without the quotes of the language that it is written into', () => {
    const value = `p=${alnum(6)}:w9`;
    whole('build.gradle', `buildConfigField "String", "KUCOIN_PASSPHRASE", "\\"${value}\\""\n`, value, value);
    whole('build.gradle', `buildConfigField 'String', 'KUCOIN_PASSPHRASE', '"${value}"'\n`, value, value);
    whole('build.gradle.kts', `buildConfigField("String", "KUCOIN_PASSPHRASE", "\\"${value}\\"")\n`, value, value);
  });

  it('is read to its end in files of lines', () => {
    const value = `a${alnum(6)},b;c).`;
    whole('.env', `KUCOIN_PASSPHRASE=${value}\nNEXT=1\n`, value, value);
    whole('a.yaml', `kucoin:\n  passphrase: ${value}\n  next: 1\n`, value, value);
  });
});
