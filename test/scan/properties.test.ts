import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { DocumentScanner } from '../../src/scan/document-scanner';
import { scanText } from '../../src/scan/scan';
import { alnum, base64, hex, uuid } from './specimens';

/** Rules and values of a text, in order: what must not change when only its layout does. */
function seen(text: string, fileName: string): string[] {
  return scanText(text, { fileName }).findings.map((f) => `${f.ruleId} ${f.state} ${text.slice(f.start, f.end)}`);
}

const pem = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  .privateKey.export({ type: 'sec1', format: 'pem' })
  .toString()
  .trim();

/** Programs and configuration with credentials, lines of several kinds, made anew at each run. */
const samples: readonly { readonly file: string; readonly text: string }[] = [
  {
    file: 'bot.ts',
    text: `import ccxt from 'ccxt';\n\nconst ex = new ccxt.binance({\n  apiKey: '${alnum(64)}',\n  secret: '${alnum(64)}',\n});\n`,
  },
  {
    file: 'bot.py',
    text: `import ccxt\n\ndef make():\n    if True:\n        return ccxt.kraken({\n            "apiKey": "${alnum(56)}",\n            "secret": "${base64(64)}",\n        })\n`,
  },
  { file: '.env', text: `# keys\nCOINMARKETCAP_API_KEY=${uuid()}\nBINANCE_API_SECRET="${alnum(64)}"\n` },
  { file: 'config.yml', text: `binance:\n  live:\n    api_key: ${alnum(64)}\n    api_secret: ${alnum(64)}\n` },
  { file: 'config.json', text: `{\n  "coinmarketcap": {\n    "apiKey": "${uuid()}"\n  }\n}\n` },
  { file: 'main.go', text: `package main\n\nvar client = binance.NewClient("${alnum(64)}", "${alnum(64)}")\n` },
  { file: 'key.ts', text: `export const PRIVATE_KEY = '0x${hex(64)}';\nexport const other = 1;\n` },
  { file: 'notes.md', text: `# Deploy\n\nThe CoinMarketCap API key: \`${uuid()}\`\n\nThat is all.\n` },
  { file: 'key.py', text: `PEM = """${pem}\n"""\n` },
  {
    file: 'run.sh',
    text: `#!/bin/sh\nexport KRAKEN_API_KEY="${alnum(56)}"\nexport KRAKEN_API_SECRET="${base64(64)}"\n`,
  },
];

const harmless: Readonly<Record<string, string>> = {
  '.ts': 'const total = prices.map((p) => p.value).reduce((a, b) => a + b, 0);\n',
  '.py': 'total = sum(p.value for p in prices)\n',
  '.go': '// total of all prices\n',
  '.md': 'A line of prose about the weather.\n\n',
  '.sh': 'echo done\n',
  '.env': 'LOG_LEVEL=info\n',
  '.yml': 'log_level: info\n',
};

describe('findings', () => {
  for (const { file, text } of samples) {
    const plain = seen(text, file);

    it(`of ${file} do not change with line ends, a byte order mark, or white space at ends`, () => {
      assert.ok(plain.length > 0);
      const crlf = (list: readonly string[]) => list.map((x) => x.replaceAll('\r\n', '\n'));
      assert.deepEqual(crlf(seen(text.replaceAll('\n', '\r\n'), file)), plain);
      assert.deepEqual(seen(`\uFEFF${text}`, file), plain);
      if (!text.includes('-----BEGIN')) {
        assert.deepEqual(seen(text.replace(/\n/g, ' \t\n'), file), plain);
      }
      assert.deepEqual(seen(text.trimEnd(), file), plain);
    });

    it(`of ${file} do not change with indentation by tabs or deeper blocks`, () => {
      assert.deepEqual(
        seen(
          text.replace(/^( {2})+/gm, (s) => '\t'.repeat(s.length / 2)),
          file,
        ),
        plain,
      );
      if (!text.includes('-----BEGIN') && !/\.(?:md|env)$/.test(file)) {
        assert.deepEqual(seen(text.replace(/^(?=.)/gm, '    '), file), plain);
      }
    });

    it(`of ${file} do not change with their place in the file`, () => {
      const filler = harmless[/\.\w+$/.exec(file)?.[0] ?? ''];
      if (filler) {
        for (const times of [1, 7, 400]) {
          const lead: string =
            text.startsWith('#!') || text.startsWith('import') || text.startsWith('package')
              ? ''
              : filler.repeat(times);
          assert.deepEqual(seen(lead + text + filler.repeat(times), file), plain, `${times} lines`);
        }
      }
    });
  }

  it('come from any input without an exception, whole or edited', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '-----BEGIN EC PRIVATE KEY-----',
        '-----END EC PRIVATE KEY-----',
        '[1,2,',
        '{"kty":"EC","d":"',
        'keyward-ignore-next-line[',
        '0x',
        'apiKey: "',
        '${',
        '\\u00',
        '%2',
        '"""',
        "'''",
        '`${`',
        'abandon '.repeat(11),
        '\ud800',
        '\0',
        alnum(64),
        base64(64),
        uuid(),
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.constantFrom('a.ts', 'a.py', '.env', 'a.ipynb', 'a.yml', 'a.toml', 'a.xml', 'a', 'Dockerfile', 'a.md'),
        (pieces, file) => {
          const text = pieces.join('');
          for (const f of scanText(text, { fileName: file }).findings) {
            assert.ok(f.start >= 0 && f.start < f.end && f.end <= text.length);
          }
          const scanner = new DocumentScanner(text, { fileName: file });
          scanner.update([{ start: Math.floor(text.length / 2), end: text.length, text: pieces[0] ?? '' }]);
          scanner.result();
        },
      ),
      { numRuns: 300 },
    );
  });
});
