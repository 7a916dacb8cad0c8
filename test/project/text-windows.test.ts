import assert from 'node:assert/strict';
import { encodeText, type TextKind } from '../../src/project/text-encoding';
import { textWindows } from '../../src/project/text-windows';

const LINE = 'let naïve = "⌘ 秘密 🔑";\r\n';

/** The windows of a text, read as a file of this encoding is. */
function read(text: string, kind: TextKind) {
  const bytes = encodeText(text, kind);
  return [...(textWindows(bytes.length, (at, length) => bytes.slice(at, at + length)) ?? [])];
}

describe('a file read in windows', () => {
  for (const kind of ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'latin-1'] as const) {
    it(`gives every character of ${kind} text once, at its place`, () => {
      const line = kind === 'latin-1' ? 'let naïve = "über";\r\n' : LINE;
      const text = `${line.repeat(9_000_000 / encodeText(line, kind).length)}${'x'.repeat(5_000_000)}\nend`;
      let whole = '';
      for (const w of read(text, kind)) {
        assert.equal(w.offset + w.from, whole.length);
        const before = text.slice(0, w.offset);
        const lines = before.split(/\r\n|\r|\n/);
        assert.equal(w.line, lines.length - 1);
        assert.equal(w.column, lines.at(-1)?.length);
        whole += w.text.slice(w.from, w.to);
      }
      assert.equal(whole.length, text.length);
      assert.ok(whole === text);
    }).timeout(30_000);
  }

  it('is left alone when it is binary', () => {
    const bytes = new Uint8Array(5_000_000);
    assert.equal(
      textWindows(bytes.length, (at, length) => bytes.slice(at, at + length)),
      undefined,
    );
  });
});
