import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { alnum, base64, uuid } from '../../scan/specimens';
import { emptyWorkspace, open, ruleOf, squiggles, squigglesOf, until, write } from '../workspace';

async function untitled(language: string, content = ''): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}

describe('detection as you type', () => {
  beforeEach(emptyWorkspace);

  it('puts a squiggle on exactly the characters of a key that is typed', async () => {
    const key = uuid();
    const editor = await untitled('javascript', "const coinmarketcapApiKey = '");
    const at = editor.document.positionAt(editor.document.getText().length);
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('type', { text: key.slice(0, 20) });
    await vscode.commands.executeCommand('type', { text: `${key.slice(20)}';` });
    const [found] = await squigglesOf(editor.document.uri, 1);
    assert.equal(editor.document.getText(found?.range), key);
    assert.equal(ruleOf(found as vscode.Diagnostic), 'coinmarketcap-api-key');
    assert.ok(!found?.message.includes(key));
  });

  it('takes the squiggle away when the key goes', async () => {
    const editor = await untitled('javascript', `const coinmarketcapApiKey = '${uuid()}';\n`);
    const [found] = await squigglesOf(editor.document.uri, 1);
    await editor.edit((e) => e.replace((found as vscode.Diagnostic).range, 'your-api-key'));
    await squigglesOf(editor.document.uri, 0);
  });

  it('groups the halves of a credential', async () => {
    const text = `new ccxt.kraken({ apiKey: '${alnum(56)}', secret: '${base64(64)}' });\n`;
    const editor = await untitled('javascript', text);
    const found = await squigglesOf(editor.document.uri, 2);
    assert.deepEqual(found.map(ruleOf), ['kraken-api-key', 'kraken-api-secret']);
    assert.ok(found.every((d) => d.relatedInformation?.length === 1));
  });

  it('says nothing about references, placeholders and published test keys', async () => {
    const editor = await untitled(
      'javascript',
      [
        'const a = new ccxt.binance({ apiKey: process.env.BINANCE_API_KEY, secret: "op://Trading/binance/secret" });',
        'const b = new ccxt.kraken({ apiKey: "YOUR_API_KEY", secret: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" });',
        `const anvil = privateKeyToAccount('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80');`,
        `const last = { coinmarketcapApiKey: '${uuid()}' };`,
      ].join('\n'),
    );
    const [only] = await squigglesOf(editor.document.uri, 1);
    assert.equal(only?.range.start.line, 3);
  });

  it('finds a literal fallback', async () => {
    const editor = await untitled('typescript', `export const s = process.env.BINANCE_API_SECRET ?? '${alnum(64)}';\n`);
    const [found] = await squigglesOf(editor.document.uri, 1);
    assert.match(found?.message ?? '', /fallback of BINANCE_API_SECRET/);
  });

  it('watches notebook cells', async () => {
    const data = new vscode.NotebookData([
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, `coinmarketcap_api_key = "${uuid()}"`, 'python'),
    ]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    await squigglesOf(notebook.cellAt(0).document.uri, 1);
  });

  it('follows settings at once', async () => {
    write({ 'src/keys.js': `export const coinmarketcapApiKey = '${uuid()}';\n` });
    const editor = await open('src/keys.js');
    await squigglesOf(editor.document.uri, 1);
    const settings = vscode.workspace.getConfiguration('keyward');
    try {
      await settings.update('detection.exclude', ['src/**'], vscode.ConfigurationTarget.Workspace);
      await squigglesOf(editor.document.uri, 0);
      await settings.update('detection.exclude', undefined, vscode.ConfigurationTarget.Workspace);
      await squigglesOf(editor.document.uri, 1);
      await settings.update(
        'detection.severities',
        { 'coinmarketcap-api-key': 'critical' },
        vscode.ConfigurationTarget.Workspace,
      );
      await until('an error', () => squiggles(editor.document.uri)[0]?.severity === vscode.DiagnosticSeverity.Error);
      // A value of the wrong type is told in the log and its default holds.
      await settings.update('detection.severities', 'nonsense', vscode.ConfigurationTarget.Workspace);
      await until(
        'information',
        () => squiggles(editor.document.uri)[0]?.severity === vscode.DiagnosticSeverity.Information,
      );
    } finally {
      await settings.update('detection.exclude', undefined, vscode.ConfigurationTarget.Workspace);
      await settings.update('detection.severities', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('follows the policy file at once, and tells its mistakes in words', async () => {
    write({ 'src/keys.js': `export const coinmarketcapApiKey = '${uuid()}';\n` });
    const editor = await open('src/keys.js');
    await squigglesOf(editor.document.uri, 1);
    const policy = (detection: object) =>
      JSON.stringify({
        version: 1,
        project: { name: 'x', team: 'solo' },
        environments: [{ id: 'live', kind: 'production' }],
        owners: [{ id: 'me', kind: 'person', contact: 'me@example.org' }],
        rotation: { defaultMaxAgeDays: 90 },
        storage: { allowedStores: ['os-keychain'] },
        inventory: { keys: [] },
        detection,
      });
    write({ 'keyward.policy.jsonc': policy({ exclude: ['src/**'] }) });
    await squigglesOf(editor.document.uri, 0);
    write({ 'keyward.policy.jsonc': policy({ severities: { 'coinmarketcap-api-key': 'loud' } }) });
    await squigglesOf(editor.document.uri, 1);
    const file = await open('keyward.policy.jsonc');
    // one of the policy that a test before this had may still be there for a moment
    const [problem] = await until('its mistake alone', () => {
      const found = squiggles(file.document.uri);
      return found.length === 1 && found.some((d) => /loud/.test(d.message)) && found;
    });
    assert.match(problem?.message ?? '', /loud/);
  });

  it('keeps up with a long file', async () => {
    const line = 'export const price = (symbol) => fetch(`https://api.example.test/${symbol}`);\n';
    const editor = await untitled('javascript', line.repeat(10_000));
    await editor.edit((e) => e.insert(new vscode.Position(5_000, 0), `const coinmarketcapApiKey = '${uuid()}';\n`));
    const [found] = await squigglesOf(editor.document.uri, 1);
    assert.equal(found?.range.start.line, 5_000);
  });

  it('follows line ends that change', async () => {
    const key = uuid();
    const editor = await untitled('javascript', `// one\n// two\nconst coinmarketcapApiKey = '${key}';\n`);
    await squigglesOf(editor.document.uri, 1);
    await editor.edit((e) => e.setEndOfLine(vscode.EndOfLine.CRLF));
    await editor.edit((e) => e.insert(new vscode.Position(0, 0), '\n'));
    await until('the moved squiggle', () => {
      const [found] = squiggles(editor.document.uri);
      return found !== undefined && editor.document.getText(found.range) === key;
    });
  });
});
