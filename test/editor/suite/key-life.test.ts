import assert from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { alnum } from '../../scan/specimens';
import { emptyWorkspace, lightbulb, onDisk, open, squigglesOf, until, workspace, write } from '../workspace';

/** A stand-in of a store's tool: it keeps what it gets on standard input, and writes its arguments down. */
const STAND_IN = `#!/bin/sh
cd "$KEYWARD_STAND_IN" || exit 9
echo "$*" >>arguments
case "$2" in
get) test -f kept && cat kept || exit 2 ;;
*) cat >kept ;;
esac
`;

const posix = process.platform === 'win32' ? describe.skip : describe;

async function actionOf(name: string, title: RegExp): Promise<vscode.CodeAction> {
  const { document } = await open(name);
  const [first] = await squigglesOf(document.uri, 1);
  const actions = await lightbulb(document.uri, (first as vscode.Diagnostic).range);
  const found = actions.find((a) => title.test(a.title));
  assert.ok(found, actions.map((a) => a.title).join('\n'));
  return found;
}

posix("the key's life: stores", () => {
  let tools: string;
  const before = process.env.PATH;

  beforeEach(async () => {
    await emptyWorkspace();
    tools = fs.mkdtempSync(path.join(tmpdir(), 'keyward-stand-in-'));
    process.env.KEYWARD_STAND_IN = tools;
    process.env.PATH = `${tools}${path.delimiter}${before}`;
  });

  afterEach(() => {
    process.env.PATH = before;
    delete process.env.KEYWARD_STAND_IN;
    fs.rmSync(tools, { recursive: true, force: true });
  });

  it('stores a value by standard input, and only then changes the source', async () => {
    fs.writeFileSync(path.join(tools, 'vault'), STAND_IN, { mode: 0o755 });
    const value = alnum(64);
    write({ 'stored.ts': `const binanceApiSecret = "${value}";\n` });
    const action = await actionOf('stored.ts', /^Move to a secret store…$/);
    const [named] = action.command?.arguments ?? [];
    const moved = await vscode.commands.executeCommand('keyward.moveToStore', { ...named, store: 'vault' });
    assert.equal(moved, true);
    assert.equal(fs.readFileSync(path.join(tools, 'kept'), 'utf8'), value);
    const said = fs.readFileSync(path.join(tools, 'arguments'), 'utf8');
    assert.match(said, /kv patch .*BINANCE_API_SECRET=-/);
    assert.ok(!said.includes(value));
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /process\.env\.BINANCE_API_SECRET/);
    assert.ok(!text.includes(value));
    assert.ok(!(onDisk('.env') ?? '').includes(value));
  });

  it('leaves the source alone when the tool fails', async () => {
    fs.writeFileSync(path.join(tools, 'vault'), '#!/bin/sh\ncat >/dev/null\necho "$0: sealed" >&2\nexit 2\n', {
      mode: 0o755,
    });
    const value = alnum(64);
    const source = `const binanceApiSecret = "${value}";\n`;
    write({ 'sealed.ts': source });
    const action = await actionOf('sealed.ts', /^Move to a secret store…$/);
    const [named] = action.command?.arguments ?? [];
    const running = vscode.commands.executeCommand('keyward.moveToStore', { ...named, store: 'vault' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await vscode.commands.executeCommand('notifications.clearAll');
    assert.equal(await running, false);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), source);
    assert.equal(onDisk('.env'), undefined);
  });

  it('offers the store that the settings choose first', async () => {
    write({
      '.vscode/settings.json': '{ "keyward.fixes.store": "vault" }',
      'chosen.ts': `const binanceApiSecret = "${alnum(64)}";\n`,
    });
    await until('the setting', () => vscode.workspace.getConfiguration('keyward').get('fixes.store') === 'vault');
    const action = await actionOf('chosen.ts', /HashiCorp Vault/);
    assert.equal(action.isPreferred, true);
    assert.ok(workspace);
  });
});
