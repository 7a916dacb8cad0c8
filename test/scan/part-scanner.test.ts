import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PartScanner, type TextPart } from '../../src/scan/part-scanner';
import { scanText } from '../../src/scan/scan';
import { alnum, base64, uuid } from './specimens';

/** Edges as long as those of the windows of a file. */
const EDGE = 80_000;

/** Parts of a text, each with its neighbours' edges around it. */
function* partsOf(text: string, cuts: readonly number[]): Generator<TextPart> {
  const bounds = [0, ...[...new Set(cuts)].sort((a, b) => a - b), text.length + 1];
  for (let i = 0; i + 1 < bounds.length; i++) {
    const [from, to] = [bounds[i] as number, bounds[i + 1] as number];
    const offset = Math.max(0, from - EDGE);
    const before = text.slice(0, offset).split(/\r\n|\r|\n/);
    yield {
      text: text.slice(offset, Math.min(text.length, to + EDGE)),
      offset,
      line: before.length - 1,
      column: (before.at(-1) as string).length,
      from: from - offset,
      to: to - offset,
    };
  }
}

function inParts(text: string, cuts: readonly number[]) {
  const scanner = new PartScanner({ fileName: 'a.js', showIgnored: true });
  for (const part of partsOf(text, cuts)) {
    scanner.add(part);
  }
  return scanner;
}

const filler = (length: number) => '// nothing is here\n'.repeat(Math.ceil(length / 19)).slice(0, length);

describe('a text scanned in parts', () => {
  it('pairs halves that stand on both sides of a cut, and names groups once', () => {
    const pair = `const exchange = {\n  apiKey: '${alnum(64)}',\n  secret: '${alnum(64)}',\n};\n`;
    const text = `const ccxt = require('ccxt'); // binance\n${filler(200_000)}binance = ${pair}${filler(200_000)}kraken = ${pair}`;
    const whole = scanText(text, { fileName: 'a.js', showIgnored: true });
    assert.ok(whole.findings.length >= 2);
    const at = text.indexOf('secret:');
    for (const cut of [at - 40, at, at + 20]) {
      assert.deepEqual(inParts(text, [cut]).result(), whole);
    }
  });

  it('carries an ignored region, and the line after a directive, over any number of cuts', () => {
    const key = () => `const o = { coinmarketcapApiKey: '${uuid()}' };\n`;
    const text = `/* secretlint-disable -- samples */\n${filler(300_000)}${key()}${filler(300_000)}/* secretlint-enable */\n${key()}// keyward-ignore-next-line: closed\n${key()}// keyward-ignore: nothing here\n`;
    const whole = scanText(text, { fileName: 'a.js', showIgnored: true });
    assert.deepEqual(
      whole.findings.map((f) => f.ignored?.reason),
      ['samples', undefined, 'closed'],
    );
    assert.equal(whole.staleIgnores.length, 1);
    const next = text.indexOf('keyward-ignore-next-line');
    for (const cuts of [[100_000, 200_000, 450_000], [next], [next + 40], [next + 1, next + 60]]) {
      assert.deepEqual(inParts(text, cuts).result(), whole);
    }
  });

  it('is judged as a whole is, wherever it is cut', () => {
    const pieces = fc.constantFrom(
      () => `const kraken = new ccxt.kraken({ apiKey: '${base64(42)}', secret: '${base64(64)}' });\n`,
      () => `BINANCE_API_SECRET=${alnum(64)}\r\n`,
      () => `coinmarketcap: ${uuid()} # gitleaks:allow\n`,
      () => '// keyward-ignore-next-line[coinmarketcap-api-key]: why until=2020-01-01\n',
      () => 'secretlint-disable\n',
      () => 'secretlint-enable\n',
      () => filler(50_000),
      () => `${'x'.repeat(100_000)}`,
      () => '\n',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { minLength: 1, maxLength: 12 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
        (made, places) => {
          const text = made.map((make) => make()).join('');
          const scanner = inParts(
            text,
            places.map((p) => Math.floor(p * text.length)).filter((p) => p > 0),
          );
          const whole = scanText(text, { fileName: 'a.js', showIgnored: true });
          assert.deepEqual(scanner.result(), whole);
          for (const f of whole.findings) {
            const lines = text.slice(0, f.start).split(/\r\n|\r|\n/);
            assert.deepEqual(scanner.placeOf(f.start), {
              line: lines.length - 1,
              character: (lines.at(-1) as string).length,
            });
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
