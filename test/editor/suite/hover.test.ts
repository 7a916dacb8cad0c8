import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { alnum } from '../../scan/specimens';
import { emptyWorkspace, open, squigglesOf, until, write } from '../workspace';

async function hoverAt(uri: vscode.Uri, at: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
  return hovers.flatMap((h) => h.contents.map((c) => (typeof c === 'string' ? c : c.value))).join('\n');
}

describe('the hover', () => {
  beforeEach(emptyWorkspace);

  it('says what the key can do, how sure that is and what to do, and never the value', async () => {
    const [key, secret] = [alnum(64), alnum(64)];
    write({ 'bot.ts': `new ccxt.binance({ apiKey: '${key}', secret: '${secret}' });\n`, 'package.json': '{}' });
    const { document } = await open('bot.ts');
    const [, found] = await squigglesOf(document.uri, 2);
    const text = await until('the hover', async () => {
      const said = await hoverAt(document.uri, (found as vscode.Diagnostic).range.start);
      return said.includes('Binance') && said;
    });
    assert.match(text, /Binance API secret/);
    assert.match(text, /Critical: Its holder can move funds\./);
    assert.match(text, /its other half stands beside it/);
    assert.match(text, /BINANCE\S*API\S*SECRET in \S*env/);
    assert.ok(!text.includes(secret) && !text.includes(key));
  });

  it('names a published test key and raises no alarm', async () => {
    write({
      'a.js':
        "const account = privateKeyToAccount('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80');\n",
    });
    const { document } = await open('a.js');
    const text = await until('the hover', async () => {
      const said = await hoverAt(document.uri, new vscode.Position(0, 50));
      return said.includes('test key') && said;
    });
    assert.match(text, /published test key, worthless/);
    assert.equal(vscode.languages.getDiagnostics(document.uri).filter((d) => d.source === 'keyward').length, 0);
  });
});
