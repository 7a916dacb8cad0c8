import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { DocumentScanner } from '../../src/scan/document-scanner';
import { scanText } from '../../src/scan/scan';
import { alnum, base64, hex, uuid } from './specimens';

const PIECES: readonly (() => string)[] = [
  () => `const exchange = new ccxt.binance({ apiKey: '${alnum(64)}', secret: '${alnum(64)}' });\n`,
  () => `KRAKEN_API_SECRET=${base64(64)}\n`,
  () => `key = os.getenv("CMC_API_KEY", "${uuid()}")\n`,
  () => `const txHash = "0x${hex(64)}";\n`,
  () => `// keyward-ignore: a made-up value until=2030-01-01\n`,
  () => `binance_secret: "${alnum(64)}"\n`,
  () => `import { Spot } from '@binance/connector';\n`,
  () => 'function price(symbol) { return fetch(url + symbol); }\n',
  () => '\n',
  () => '"',
  () => '}',
  () => 'x',
  () => `fetch("https://mainnet.infura.io/v3/${hex(32)}");\n`,
  () =>
    `{\n  "exchange": {\n    "name": "kraken",\n    "key": "${base64(42)}",\n    "secret": "${base64(64)}"\n  }\n}\n`,
];

const filler = 'let total = 0;\nfor (const row of rows) {\n  total += row.amount * row.price;\n}\n';

describe('a document being edited', () => {
  it('has the findings of a full scan after any edits', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(
        fc.array(fc.nat(PIECES.length + 5), { minLength: 0, maxLength: 30 }),
        fc.array(
          fc.record({
            at: fc.double({ min: 0, max: 1, noNaN: true }),
            cut: fc.nat(900),
            piece: fc.nat(PIECES.length + 3),
          }),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        (start, edits) => {
          const make = (n: number) => PIECES[n]?.() ?? filler.repeat(n % 5 ? 4 : 90);
          let text = start.map(make).join('');
          const options = { fileName: 'bot.ts', today: '2026-11-24' };
          const scanner = new DocumentScanner(text, options);
          for (const e of edits) {
            const from = Math.floor(e.at * text.length);
            const to = Math.min(text.length, from + (e.cut % 3 === 0 ? e.cut : 0));
            const piece = e.piece < PIECES.length ? make(e.piece) : '';
            scanner.update([{ start: from, end: to, text: piece }]);
            text = text.slice(0, from) + piece + text.slice(to);
            assert.equal(scanner.text, text);
            assert.deepEqual(scanner.result(), scanText(text, options));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has them on one line that is as long as the text, too', () => {
    const values = [
      () => `binance_api_key:"${alnum(64)}",`,
      () => `kraken_secret:"${base64(64)}",`,
      () => 'x="kraken"+y,',
      () => '/* keyward-ignore: made up */',
      () => `f("${hex(64)}"),`,
    ];
    // The directive covers the whole line.
    const options = { fileName: 'a.min.js', showIgnored: true };
    let text = '';
    for (let i = 0; i < 60; i++) {
      text += `${'a=b(c,"d");'.repeat(i * 7)}${values[i % values.length]?.()}`;
    }
    const scanner = new DocumentScanner(text, options);
    assert.ok(scanner.result().findings.length > 0);
    for (let i = 0; i < 40; i++) {
      const at = (i * 7919) % text.length;
      const piece = i % 3 === 0 ? (values[i % values.length]?.() ?? '') : '"';
      scanner.update([{ start: at, end: at + (i % 4), text: piece }]);
      text = text.slice(0, at) + piece + text.slice(at + (i % 4));
      assert.deepEqual(scanner.result(), scanText(text, options));
    }
  });

  it('gives the same when it was scanned in slices', () => {
    const text = PIECES.map((p) => p()).join(filler.repeat(20));
    const options = { fileName: 'bot.ts' };
    const scanner = new DocumentScanner(text, options, true);
    assert.equal(scanner.result().findings.length, 0);
    while (!scanner.advance(700)) {
      // the editor gives the typing path its turn here
    }
    assert.deepEqual(scanner.result(), scanText(text, options));
  });
});
