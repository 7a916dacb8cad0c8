import assert from 'node:assert/strict';
import { scanText } from '../../src/scan/scan';
import { alnum } from './specimens';

/** The note of the only finding, which is ignored. */
function note(text: string) {
  const { findings, staleIgnores } = scanText(text, { fileName: 'a.ts', today: '2026-11-25', showIgnored: true });
  assert.equal(findings.length, 1);
  assert.deepEqual(staleIgnores, []);
  return findings[0]?.ignored;
}

describe('the reason of an ignored finding', () => {
  const value = alnum(64);
  const code = `const binanceApiSecret = "${value}";`;

  it('is what the comment says, however it ends', () => {
    for (const text of [
      `${code} // keyward-ignore[binance-api-secret]: a sample\n`,
      `// keyward-ignore[binance-api-secret]: a sample\n${code}\n`,
      `/* keyward-ignore[binance-api-secret]: a sample */ ${code}\n`,
      `/* secretlint-disable-line -- a sample */ ${code}\n`,
    ]) {
      assert.equal(note(text)?.reason, 'a sample', text.replace(value, '…'));
    }
  });

  it('may stand before or after the date', () => {
    for (const said of ['a sample until=2027-01-01', 'until=2027-01-01 a sample']) {
      const ignored = note(`// keyward-ignore[binance-api-secret]: ${said}\n${code}\n`);
      assert.deepEqual([ignored?.reason, ignored?.until], ['a sample', '2027-01-01']);
    }
    const ignored = note(`// keyward-ignore[binance-api-secret] until=2027-01-01: a sample\n${code}\n`);
    assert.deepEqual([ignored?.reason, ignored?.until], ['a sample', '2027-01-01']);
  });

  it('never holds the value, wherever the directive stands', () => {
    for (const text of [
      `const x = "keyward-ignore[binance-api-secret]: a sample"; ${code}\n`,
      `f("keyward-ignore: all", { binanceApiSecret: "${value}" });\n`,
      `/* keyward-ignore: all */ ${code}\n`,
    ]) {
      assert.ok(!JSON.stringify(note(text)).includes(value));
    }
  });
});
