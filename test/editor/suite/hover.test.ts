import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
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

  it('ranks what to do, with links that run only what they name', async () => {
    const secret = alnum(64);
    write({ 'links.js': `const binanceApiSecret = '${secret}';\n`, 'package.json': '{}' });
    const { document } = await open('links.js');
    const [found] = await squigglesOf(document.uri, 1);
    const text = await until('the links', async () => {
      const said = await hoverAt(document.uri, (found as vscode.Diagnostic).range.start);
      return said.includes('command:') && said;
    });
    const commands = [...text.matchAll(/\(command:([\w.]+)\?/g)].map((m) => m[1]);
    assert.deepEqual(commands, ['keyward.applyFix', 'keyward.ignoreFinding', 'keyward.moreActions']);
    assert.match(
      text,
      /^1\. \[Move to environment variable [\s\S]*\n2\. Was it ever committed or shared\? Rotate it:/m,
    );
    const [, argument] = /\(command:keyward\.applyFix\?([^)]+)\)/.exec(text) ?? [];
    assert.ok(argument && !decodeURIComponent(argument).includes(secret));
    await vscode.commands.executeCommand('keyward.applyFix', ...JSON.parse(decodeURIComponent(argument)));
    await until('the reference', () => document.getText().includes('process.env.BINANCE_API_SECRET'));
  });

  it('says in the language status what was found and when, and in Problems which rule keeps a file out of git', async () => {
    const extension = vscode.extensions.getExtension<Keyward>('keyward.keyward') as vscode.Extension<Keyward>;
    const { status } = extension.exports;
    write({ '.gitignore': '# ours\n*.local\n', 'keys.local': `BINANCE_API_SECRET=${alnum(64)}\n` });
    const { document } = await open('keys.local');
    const [found] = await until('the rule', () => {
      const list = vscode.languages.getDiagnostics(document.uri).filter((d) => d.source === 'keyward');
      return list[0]?.relatedInformation?.some((r) => /keeps the file out of git/.test(r.message)) && list;
    });
    const rule = found?.relatedInformation?.find((r) => /keeps the file out of git/.test(r.message))?.location;
    assert.match(rule?.uri.path ?? '', /\/\.gitignore$/);
    assert.equal(rule?.range.start.line, 1);
    assert.match(
      found?.message ?? '',
      /^Binance API secret\. Its holder can move funds\. Plaintext, kept out of git\.$/,
    );
    await until('the state', () => status.shown.text === '1 hard-coded key');
    assert.match(status.shown.detail ?? '', /^scanned at \d/);
    assert.equal(status.shown.busy, false);
  });
});
