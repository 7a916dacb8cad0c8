import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { alnum } from '../../scan/specimens';
import { emptyWorkspace, lightbulb, onDisk, open, squiggles, squigglesOf, until, write } from '../workspace';

/** Runs the action that the lightbulb offers on the first finding, with a reason. */
async function ignoreFirst(editor: vscode.TextEditor, reason: string): Promise<void> {
  const [found] = await squigglesOf(editor.document.uri, 1);
  const { range } = found as vscode.Diagnostic;
  const action = await until('the action', async () =>
    (await lightbulb(editor.document.uri, range)).find((a) => a.title.startsWith('Ignore this')),
  );
  const [named] = action.command?.arguments ?? [];
  await vscode.commands.executeCommand(action.command?.command ?? '', { ...named, reason });
}

describe('ignoring', () => {
  beforeEach(emptyWorkspace);

  it('writes a comment with the reason where the language has comments', async () => {
    write({ 'ignored.py': `if True:\n    binance_api_secret = "${alnum(64)}"\n` });
    const editor = await open('ignored.py');
    await ignoreFirst(editor, 'closed account');
    await squigglesOf(editor.document.uri, 0);
    assert.match(
      editor.document.lineAt(1).text,
      /^ {4}# keyward-ignore-next-line\[binance-api-secret\]: closed account$/,
    );
  });

  it('writes an entry to .keyward/ignore.jsonc where it has none, which counts at once', async () => {
    const value = alnum(64);
    write({ 'ignored.json': `{ "binanceApiSecret": "${value}" }\n` });
    const editor = await open('ignored.json');
    await ignoreFirst(editor, 'closed account until=2099-01-01');
    await squigglesOf(editor.document.uri, 0);
    const list = onDisk('.keyward/ignore.jsonc') ?? '';
    assert.match(list, /"rule": "binance-api-secret"/);
    assert.match(list, /"reason": "closed account"/);
    assert.match(list, /"until": "2099-01-01"/);
    assert.ok(!list.includes(value));
    write({ '.keyward/ignore.jsonc': list.replace('2099', '2019') });
    await squigglesOf(editor.document.uri, 1);
  });

  it('tells of an ignore that covers nothing', async () => {
    write({ 'ignored.js': '// keyward-ignore-next-line: nothing is here\nconst x = 1;\n' });
    const editor = await open('ignored.js');
    const [stale] = await until('a word on the ignore', () => {
      const list = squiggles(editor.document.uri);
      return list.length > 0 && list;
    });
    assert.match(stale?.message ?? '', /covers nothing/);
    assert.equal(stale?.range.start.line, 0);
  });
});
