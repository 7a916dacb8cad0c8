import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { alnum } from '../../scan/specimens';
import { emptyWorkspace, onDisk, open, squigglesOf, until, write } from '../workspace';

/** Pastes as VS Code does: asks the provider, resolves its edit, and applies that, or the text where it yields to it. */
async function paste(editor: vscode.TextEditor, text: string): Promise<string> {
  const keyward = vscode.extensions.getExtension<Keyward>('keyward.keyward');
  assert.ok(keyward);
  const { pasteGuard } = keyward.exports;
  const data = new vscode.DataTransfer();
  data.set('text/plain', new vscode.DataTransferItem(text));
  const { document, selection } = editor;
  const token = new vscode.CancellationTokenSource().token;
  const context = { only: undefined, triggerKind: vscode.DocumentPasteTriggerKind.Automatic };
  const [offered] = (await pasteGuard.provideDocumentPasteEdits(document, [selection], data, context, token)) ?? [];
  if (!offered || offered.yieldTo?.length) {
    await editor.edit((e) => e.replace(selection, text));
    return offered?.title ?? '';
  }
  const edit = await pasteGuard.resolveDocumentPasteEdit(offered);
  assert.equal(edit.insertText, '');
  await vscode.workspace.applyEdit(edit.additionalEdit as vscode.WorkspaceEdit);
  return edit.title;
}

async function mode(value: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('keyward').update('paste', value, vscode.ConfigurationTarget.Global);
}

describe('pasting a key', () => {
  beforeEach(emptyWorkspace);
  afterEach(() => mode(undefined));

  const source = 'import ccxt\n\nexchange = ccxt.binance({\n    "secret": ""\n})\n';
  const inQuotes = new vscode.Position(3, 15);

  it('writes a reference instead, which no undo turns into the value', async () => {
    await mode('reference');
    write({ 'pasted.py': source });
    const editor = await open('pasted.py');
    editor.selection = new vscode.Selection(inQuotes, inQuotes);
    const value = alnum(64);
    let seen = false;
    const watch = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      seen ||= document === editor.document && document.getText().includes(value);
    });
    try {
      assert.equal(
        await paste(editor, value),
        'Paste as reference to BINANCE_API_SECRET in .env (add how .env is loaded)',
      );
      await until('a reference', () => editor.document.getText().includes('os.environ["BINANCE_API_SECRET"]'));
      assert.match(editor.document.getText(), /^import os\n|\nimport os\n/);
      assert.match(editor.document.getText(), /"secret": os\.environ\["BINANCE_API_SECRET"\]\n/);
      assert.equal(onDisk('.env'), `BINANCE_API_SECRET=${value}\n`);
      assert.match(onDisk('.gitignore') ?? '', /\.env/);
      await vscode.commands.executeCommand('undo');
      await until('the text as it was', () => editor.document.getText() === source);
      assert.ok(!seen, 'the document never held the value');
      assert.match(onDisk('.env') ?? '', /BINANCE_API_SECRET/);
    } finally {
      watch.dispose();
    }
  });

  it('writes references for a whole block that is pasted', async () => {
    await mode('reference');
    write({ 'pasted.ts': "import ccxt from 'ccxt';\n\n", 'package.json': '{ "dependencies": { "ccxt": "4" } }\n' });
    const editor = await open('pasted.ts');
    const end = new vscode.Position(2, 0);
    editor.selection = new vscode.Selection(end, end);
    const [key, secret] = [alnum(64), alnum(64)];
    await paste(editor, `const x = new ccxt.binance({\n  apiKey: '${key}',\n  secret: '${secret}',\n});\n`);
    await until('references', () => editor.document.getText().includes('secret: process.env.BINANCE_API_SECRET!'));
    assert.match(editor.document.getText(), /apiKey: process\.env\.BINANCE_API_KEY!/);
    assert.match(onDisk('.env') ?? '', new RegExp(`BINANCE_API_KEY=${key}\nBINANCE_API_SECRET=${secret}\n`));
  });

  it('writes a reference instead of a text that is dropped, in the way of a paste', async () => {
    await mode('reference');
    write({ 'dropped.py': source });
    const { document } = await open('dropped.py');
    const value = alnum(64);
    const data = new vscode.DataTransfer();
    data.set('text/plain', new vscode.DataTransferItem(value));
    const keyward = vscode.extensions.getExtension<Keyward>('keyward.keyward');
    const guard = keyward?.exports.pasteGuard as Keyward['pasteGuard'];
    const token = new vscode.CancellationTokenSource().token;
    const offered = await guard.provideDocumentDropEdits(document, inQuotes, data, token);
    assert.match(offered?.title ?? '', /^Paste as reference to BINANCE_API_SECRET in \.env/);
    const edit = await guard.resolveDocumentDropEdit(offered as vscode.DocumentDropEdit);
    assert.equal(edit.insertText, '');
    await vscode.workspace.applyEdit(edit.additionalEdit as vscode.WorkspaceEdit);
    assert.match(document.getText(), /"secret": os\.environ\["BINANCE_API_SECRET"\]\n/);
    assert.equal(onDisk('.env'), `BINANCE_API_SECRET=${value}\n`);
  });

  it('pastes the text where only an offer is asked for, and other texts always', async () => {
    write({ 'offer.py': source });
    const editor = await open('offer.py');
    editor.selection = new vscode.Selection(inQuotes, inQuotes);
    const value = alnum(64);
    assert.match(await paste(editor, value), /^Paste as reference/);
    await squigglesOf(editor.document.uri, 1);
    assert.ok(editor.document.getText().includes(value));
    assert.equal(onDisk('.env'), undefined);
    await mode('reference');
    const start = new vscode.Position(0, 0);
    editor.selection = new vscode.Selection(start, start);
    await paste(editor, '# a harmless comment\n');
    await until('the comment', () => editor.document.getText().startsWith('# a harmless comment\n'));
  });

  it('pastes nothing and says so when the destination can not be written', async () => {
    await mode('reference');
    write({ 'blocked.py': source, '.env/in-the-way.txt': '' });
    const editor = await open('blocked.py');
    editor.selection = new vscode.Selection(inQuotes, inQuotes);
    await paste(editor, alnum(64));
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(editor.document.getText(), source);
  });
});
