import assert from 'node:assert/strict';
import { encodeText, type TextKind } from '../../src/project/text-encoding';
import { type TextWindow, TextWindows } from '../../src/project/text-windows';

const LINE = 'let naïve = "⌘ 秘密 🔑";\r\n';

/** The windows of bytes that come in pieces. */
function windowsOf(bytes: Uint8Array, piece: number): { windows: TextWindow[]; isBinary: boolean } {
  const windows: TextWindow[] = [];
  const cutter = new TextWindows((window) => windows.push(window));
  for (let at = 0; at < bytes.length; at += piece) {
    cutter.push(bytes.subarray(at, at + piece));
  }
  cutter.end();
  return { windows, isBinary: cutter.isBinary };
}

describe('a text that comes in pieces', () => {
  for (const kind of ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'latin-1'] as const) {
    it(`gives every character of ${kind} text once, at its place`, () => {
      const line = kind === 'latin-1' ? 'let naïve = "über";\r\n' : LINE;
      const text = `${line.repeat(9_000_000 / encodeText(line, kind).length)}${'x'.repeat(5_000_000)}\nend`;
      let whole = '';
      for (const w of windowsOf(encodeText(text, kind), 999_983).windows) {
        assert.equal(w.offset + w.from, whole.length);
        // A line end that is cut belongs to the window that has its second half.
        const cut = text[w.offset] === '\n' && text[w.offset - 1] === '\r' ? 1 : 0;
        const lines = text.slice(0, w.offset - cut).split(/\r\n|\r|\n/);
        assert.equal(w.line, lines.length - 1);
        assert.equal(w.column, (lines.at(-1) as string).length + cut);
        whole += w.text.slice(w.from, w.to);
      }
      assert.equal(whole.length, text.length);
      assert.ok(whole === text);
    }).timeout(30_000);
  }

  it('is one window when it is short, whatever its encoding and pieces', () => {
    for (const kind of ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be'] as TextKind[]) {
      for (const piece of [1, 2, 1000]) {
        const { windows } = windowsOf(encodeText(LINE.repeat(20), kind), piece);
        assert.deepEqual(
          windows.map((w) => [w.text, w.from, w.to]),
          [[LINE.repeat(20), 0, LINE.length * 20 + 1]],
        );
      }
    }
    assert.equal(windowsOf(new Uint8Array(0), 1).windows[0]?.text, '');
  });

  it('is left alone when it is binary', () => {
    assert.deepEqual(windowsOf(new Uint8Array(5_000_000), 1 << 16), { windows: [], isBinary: true });
    assert.deepEqual(windowsOf(new Uint8Array(100), 7), { windows: [], isBinary: true });
  });
});
