import assert from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { keyedFingerprint } from '../../../src/scan/fingerprint';
import { alnum, hex } from '../../scan/specimens';
import { krakenPolicy } from '../kraken-policy';
import { choose, emptyWorkspace, lightbulb, onDisk, open, squigglesOf, until, workspace, write } from '../workspace';

/** 1Password's tool, as far as Keyward calls it, with one field. */
const OP = `#!/bin/sh
cd "$KEYWARD_STAND_IN" || exit 9
echo "op $*" >>arguments
value() { sed -n 's/.*"value":"\\([^"]*\\)".*/\\1/p' "$1" >kept; }
case "$1 $2" in
"read "*) test -f kept && cat kept || exit 2 ;;
"item get") test -f kept && echo '{"title":"bot","category":"API_CREDENTIAL","fields":[]}' || exit 2 ;;
"item create") value "$6" ;;
"item edit") value "$7" ;;
esac
`;

/** Vault's, with a file for each key. */
const VAULT = `#!/bin/sh
cd "$KEYWARD_STAND_IN" || exit 9
echo "vault $*" >>arguments
case "$2" in
get) name=\${4#-field=}; test -f "$name" && cat "$name" || exit 2 ;;
*) eval "pair=\\\${$#}"; cat >"\${pair%=-}" ;;
esac
`;

function keyward(): Keyward {
  const extension = vscode.extensions.getExtension<Keyward>('keyward.keyward');
  assert.ok(extension);
  return extension.exports;
}

/** The settings of the folder choose a store. */
async function chosen(store: string): Promise<void> {
  write({ '.vscode/settings.json': `{ "keyward.fixes.store": "${store}" }`, 'package.json': '{ "name": "bot" }' });
  await until('the setting', async () => {
    const context = await keyward().contexts.of(vscode.Uri.file(workspace));
    return context.effective.store === store;
  });
}

const posix = process.platform === 'win32' ? describe.skip : describe;

posix('a value whose home is a store', () => {
  let tools: string;
  const before = process.env.PATH;
  const kept = (name = 'kept') => {
    const file = path.join(tools, name);
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').replace(/\n$/, '') : undefined;
  };
  const said = () => fs.readFileSync(path.join(tools, 'arguments'), 'utf8');

  beforeEach(async () => {
    await emptyWorkspace();
    tools = fs.mkdtempSync(path.join(tmpdir(), 'keyward-stand-in-'));
    process.env.KEYWARD_STAND_IN = tools;
    process.env.PATH = `${tools}${path.delimiter}${before}`;
    fs.writeFileSync(path.join(tools, 'op'), OP, { mode: 0o755 });
    fs.writeFileSync(path.join(tools, 'vault'), VAULT, { mode: 0o755 });
  });

  afterEach(() => {
    process.env.PATH = before;
    delete process.env.KEYWARD_STAND_IN;
    fs.rmSync(tools, { recursive: true, force: true });
  });

  it('is generated into 1Password, and the env file holds the reference', async () => {
    await chosen('1password');
    const named = { name: 'HOOK_SECRET', format: 'hex' };
    assert.equal(await vscode.commands.executeCommand('keyward.generateSecret', named), true);
    const value = kept() ?? '';
    assert.match(value, /^[0-9a-f]{64}$/);
    assert.equal(onDisk('.env'), 'HOOK_SECRET=op://Private/bot/HOOK_SECRET\n');
    assert.ok(!said().includes(value));
  });

  it('is asked for once when a clone lacks it, and goes to Vault', async () => {
    await chosen('vault');
    const value = alnum(40);
    write({ '.env.example': 'KRAKEN_API_KEY=\n' });
    let asked = '';
    keyward().keyLife.ask = async (_title, prompt) => {
      asked = prompt;
      return value;
    };
    assert.deepEqual(await vscode.commands.executeCommand('keyward.fillMissing'), ['KRAKEN_API_KEY']);
    assert.match(asked, /HashiCorp Vault/);
    assert.equal(kept('KRAKEN_API_KEY'), value);
    assert.equal(onDisk('.env'), undefined);
    assert.ok(!said().includes(value));
    assert.deepEqual(await vscode.commands.executeCommand('keyward.fillMissing'), []);
  });

  it('is not asked for when the store has it: only its reference is written', async () => {
    await chosen('1password');
    fs.writeFileSync(path.join(tools, 'kept'), alnum(40));
    write({ '.env.example': 'KRAKEN_API_KEY=\n' });
    keyward().keyLife.ask = async () => assert.fail('nothing is to be asked');
    assert.deepEqual(await vscode.commands.executeCommand('keyward.fillMissing'), ['KRAKEN_API_KEY']);
    assert.equal(onDisk('.env'), 'KRAKEN_API_KEY=op://Private/bot/KRAKEN_API_KEY\n');
  });

  it('is pasted as a reference: neither the document nor the env file ever holds it', async () => {
    await chosen('1password');
    await vscode.workspace.getConfiguration('keyward').update('paste', 'reference', vscode.ConfigurationTarget.Global);
    try {
      write({ 'pasted.js': 'const binanceApiSecret = "";\n' });
      const editor = await open('pasted.js');
      const at = new vscode.Position(0, 26);
      editor.selection = new vscode.Selection(at, at);
      const value = alnum(64);
      const data = new vscode.DataTransfer();
      data.set('text/plain', new vscode.DataTransferItem(value));
      const { pasteGuard } = keyward();
      const token = new vscode.CancellationTokenSource().token;
      const [offered] =
        (await pasteGuard.provideDocumentPasteEdits(
          editor.document,
          [editor.selection],
          data,
          { only: undefined, triggerKind: vscode.DocumentPasteTriggerKind.Automatic },
          token,
        )) ?? [];
      assert.equal(offered?.title, 'Paste as reference to BINANCE_API_SECRET in 1Password');
      assert.equal(kept(), undefined, 'nothing is stored before the paste is chosen');
      const edit = await pasteGuard.resolveDocumentPasteEdit(offered as vscode.DocumentPasteEdit);
      await vscode.workspace.applyEdit(edit.additionalEdit as vscode.WorkspaceEdit);
      assert.equal(editor.document.getText(), 'const binanceApiSecret = process.env.BINANCE_API_SECRET;\n');
      assert.equal(kept(), value);
      assert.equal(onDisk('.env'), 'BINANCE_API_SECRET=op://Private/bot/BINANCE_API_SECRET\n');
      assert.ok(!said().includes(value));
    } finally {
      await vscode.workspace.getConfiguration('keyward').update('paste', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('reaches a program whose script starts under the tool, as the lightbulb offers it', async () => {
    await chosen('1password');
    write({ 'package.json': '{ "name": "bot", "scripts": { "dev": "node wrapped.js" } }' });
    write({ 'wrapped.js': `const binanceApiSecret = '${alnum(64)}';\n` });
    const { document } = await open('wrapped.js');
    const [found] = await squigglesOf(document.uri, 1);
    const title = await choose(document.uri, (found as vscode.Diagnostic).range, /with op run in package\.json$/);
    assert.equal(title, 'Move to 1Password as BINANCE_API_SECRET, with op run in package.json');
    assert.match(onDisk('package.json') ?? '', /"dev": "op run --env-file=\.env -- node wrapped\.js"/);
    assert.match(document.getText(), /process\.env\.BINANCE_API_SECRET/);
  });

  it('gets the next name where the store has another value under its own', async () => {
    await chosen('vault');
    const [old, value, other] = [alnum(64), alnum(64), alnum(64)];
    fs.writeFileSync(path.join(tools, 'BINANCE_API_SECRET'), old);
    write({ 'beside.js': `const binanceApiSecret = '${value}';\n` });
    const { document } = await open('beside.js');
    const [found] = await squigglesOf(document.uri, 1);
    await choose(document.uri, (found as vscode.Diagnostic).range, /^Move to HashiCorp Vault as BINANCE_API_SECRET$/);
    await until('the source', () => document.getText().includes('process.env.BINANCE_API_SECRET_2'));
    assert.deepEqual([kept('BINANCE_API_SECRET'), kept('BINANCE_API_SECRET_2')], [old, value]);
    await document.save();

    write({
      'again.js': `const binanceApiSecret = '${value}';\n`,
      'third.js': `const binanceApiSecret = '${other}';\n`,
    });
    const { moveAll } = keyward();
    const { pick, apply } = moveAll;
    try {
      moveAll.pick = async (items) => items.filter((i) => /\/(?:again|third)\.js$/.test(i.uri.path));
      moveAll.apply = async (edit) => {
        const ticked = new vscode.WorkspaceEdit();
        for (const [uri, edits] of edit.entries()) {
          ticked.set(uri, edits);
        }
        return vscode.workspace.applyEdit(ticked);
      };
      assert.deepEqual(await moveAll.run(), { values: 2, files: 2, refused: [] });
    } finally {
      Object.assign(moveAll, { pick, apply });
    }
    const now = async (name: string) => (await open(name)).document.getText();
    assert.match(await now('again.js'), /process\.env\.BINANCE_API_SECRET_2\b/);
    assert.match(await now('third.js'), /process\.env\.BINANCE_API_SECRET_3\b/);
    assert.deepEqual([kept('BINANCE_API_SECRET_3'), kept('BINANCE_API_SECRET_4')], [other, undefined]);
    await vscode.workspace.saveAll();
  });

  it('is the store that the project uses already, when nobody has chosen one', async () => {
    write({
      'used.js': `const binanceApiSecret = '${alnum(64)}';\n`,
      'package.json': '{ "name": "bot" }',
      '.env': 'KRAKEN_API_SECRET=op://Private/bot/KRAKEN_API_SECRET\n',
    });
    const { document } = await open('used.js');
    const [found] = await squigglesOf(document.uri, 1);
    const [first, second] = await until('actions', async () => {
      const actions = await lightbulb(document.uri, (found as vscode.Diagnostic).range);
      return actions.length > 2 && actions;
    });
    assert.equal(first?.title, 'Move to 1Password as BINANCE_API_SECRET');
    assert.equal(first?.isPreferred, true);
    assert.match(second?.title ?? '', /in \.env/);
  });

  it('is the encrypted keystore of Hardhat 3 for a wallet key of its configuration', async () => {
    write({
      'hardhat.config.ts': `export default { networks: { sepolia: { accounts: ['0x${hex(64)}'] } } };\n`,
      'package.json':
        '{ "name": "bot", "devDependencies": { "hardhat": "^3.0.0", "@nomicfoundation/hardhat-keystore": "^3.0.0" } }',
      '.env': '',
    });
    const { document } = await open('hardhat.config.ts');
    const [found] = await squigglesOf(document.uri, 1);
    const actions = await until('actions', async () => {
      const now = await lightbulb(document.uri, (found as vscode.Diagnostic).range);
      return now.length > 2 && now;
    });
    assert.deepEqual(
      actions.slice(0, 2).map((a) => [a.title.replace(/ \(.*$/, ''), a.isPreferred ?? false]),
      [
        ['Move to Hardhat keystore as PRIVATE_KEY', true],
        ['Move to environment variable PRIVATE_KEY in .env', false],
      ],
    );
  });

  it('is rotated where it is: the reference stays, the inventory has the day and the new fingerprint', async () => {
    const [old, next] = [alnum(56), alnum(56)];
    const pepper = alnum(32);
    const print = (value: string) => keyedFingerprint({ system: 'kraken' }, value, pepper);
    const env = 'KRAKEN_API_SECRET=op://Trading/kraken/secret\n';
    fs.writeFileSync(path.join(tools, 'kept'), old);
    write({
      'keyward.policy.jsonc': krakenPolicy('1password', print(old)),
      '.keyward/pepper': pepper,
      '.env': env,
      '.gitignore': '.env\n.keyward/pepper\n',
      'notes.txt': `old: ${old}\n`,
      'rotate.js': 'const s = process.env.KRAKEN_API_SECRET;\n',
    });
    const editor = await open('rotate.js');
    editor.selection = new vscode.Selection(0, 26, 0, 26);
    keyward().keyLife.ask = async (_title, prompt) => (prompt.includes('1Password') ? next : undefined);
    const left = await until('the inventory', async () => {
      const context = await keyward().contexts.of(editor.document.uri);
      return context.policy?.policy && context.pepper
        ? vscode.commands.executeCommand<string[]>('keyward.rotateKey')
        : undefined;
    });
    assert.deepEqual(left, ['notes.txt']);
    assert.equal(kept(), next);
    assert.equal(onDisk('.env'), env);
    const listed = onDisk('keyward.policy.jsonc') ?? '';
    assert.match(listed, new RegExp(`"rotatedAt": "${new Date().toISOString().slice(0, 10)}"`));
    assert.ok(listed.includes(print(next)) && !listed.includes(print(old)));
    assert.ok(![old, next].some((v) => said().includes(v)));
  });
});
