import assert from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { alnum } from '../../scan/specimens';
import { krakenPolicy } from '../kraken-policy';
import { emptyWorkspace, lightbulb, onDisk, open, squigglesOf, until, write } from '../workspace';

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
  return until(`an action ${title}`, async () =>
    (await lightbulb(document.uri, (first as vscode.Diagnostic).range)).find((a) => title.test(a.title)),
  );
}

/** One text edit of a WorkspaceEdit, with what VS Code's preview gets to know of it. */
interface Entry {
  readonly uri: vscode.Uri;
  readonly edit: vscode.TextEdit;
  readonly metadata?: vscode.WorkspaceEditEntryMetadata;
}

/** Closes messages until a command ends. */
async function dismissed<T>(running: Thenable<T>): Promise<T> {
  let ended = false;
  const result = Promise.resolve(running).finally(() => {
    ended = true;
  });
  while (!ended) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await vscode.commands.executeCommand('notifications.clearAll');
  }
  return result;
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
    assert.equal(await dismissed(running), false);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), source);
    assert.equal(onDisk('.env'), undefined);
  });

  it('changes nothing when the tool is not installed and the person does not store the value', async () => {
    const source = `const binanceApiSecret = "${alnum(64)}";\n`;
    write({ 'missing.ts': source });
    const action = await actionOf('missing.ts', /^Move to a secret store…$/);
    const [named] = action.command?.arguments ?? [];
    const running = vscode.commands.executeCommand('keyward.moveToStore', { ...named, store: 'doppler' });
    assert.equal(await dismissed(running), false);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), source);
    assert.equal(onDisk('.env'), undefined);
  });

  it('lets a tool encrypt the env file, and takes the plain value back when it fails', async () => {
    const value = alnum(64);
    write({ 'encrypted.ts': `const binanceApiSecret = "${value}";\n`, '.env': 'A=1\n' });
    const action = await actionOf('encrypted.ts', /^Move to a secret store…$/);
    const [named] = action.command?.arguments ?? [];
    const tool = path.join(tools, 'dotenvx');
    fs.writeFileSync(tool, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    const running = vscode.commands.executeCommand('keyward.moveToStore', { ...named, store: 'dotenvx' });
    assert.equal(await dismissed(running), false);
    assert.equal(onDisk('.env'), 'A=1\n');
    const encrypt = `grep '^BINANCE' .env | sed 's/^[^=]*=//' >"$KEYWARD_STAND_IN/kept"
grep -v '^BINANCE' .env >"$KEYWARD_STAND_IN/env"
echo 'BINANCE_API_SECRET=encrypted:x' >>"$KEYWARD_STAND_IN/env"
cat "$KEYWARD_STAND_IN/env" >.env`;
    const script = `#!/bin/sh\ncase "$1" in\nget) cat "$KEYWARD_STAND_IN/kept" ;;\n*) ${encrypt} ;;\nesac\n`;
    fs.writeFileSync(tool, script, { mode: 0o755 });
    assert.equal(await vscode.commands.executeCommand('keyward.moveToStore', { ...named, store: 'dotenvx' }), true);
    assert.equal(onDisk('.env'), 'A=1\nBINANCE_API_SECRET=encrypted:x\n');
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /process\.env\.BINANCE_API_SECRET/);
  });

  it('offers the store that the settings choose first', async () => {
    write({
      '.vscode/settings.json': '{ "keyward.fixes.store": "vault" }',
      'chosen.ts': `const binanceApiSecret = "${alnum(64)}";\n`,
    });
    await until('the setting', () => vscode.workspace.getConfiguration('keyward').get('fixes.store') === 'vault');
    const action = await actionOf('chosen.ts', /HashiCorp Vault/);
    assert.equal(action.isPreferred, true);
    const [named] = action.command?.arguments ?? [];
    const uri = vscode.Uri.parse(named.uri, true);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(0, 30),
    );
    const text = hovers.flatMap((h) => h.contents.map((c) => (typeof c === 'string' ? c : c.value))).join('\n');
    assert.match(text.replaceAll('\\', ''), /1\. \[Move to HashiCorp Vault as BINANCE_API_SECRET\]/);
  });
});

async function keyward(): Promise<Keyward> {
  const extension = vscode.extensions.getExtension<Keyward>('keyward.keyward');
  assert.ok(extension);
  return extension.activate();
}

/** Answers masked inputs, each by its title. */
async function answering(values: Readonly<Record<string, string>>): Promise<void> {
  const { keyLife } = await keyward();
  keyLife.ask = async (title) => Object.entries(values).find(([name]) => title.includes(name))?.[1] ?? '';
}

describe("the key's life", () => {
  beforeEach(emptyWorkspace);

  it('generates a secret into the env file, once', async () => {
    const named = { name: 'HOOK_SECRET', format: 'hex' };
    assert.equal(await vscode.commands.executeCommand('keyward.generateSecret', named), true);
    assert.match(onDisk('.env') ?? '', /^HOOK_SECRET=[0-9a-f]{64}\n$/);
    assert.equal(onDisk('.gitignore'), '.env\n');
    const before = onDisk('.env');
    assert.equal(await vscode.commands.executeCommand('keyward.generateSecret', named), false);
    assert.equal(onDisk('.env'), before);
  });

  it('fills what a template and the code name and no env file sets', async () => {
    const value = alnum(40);
    write({
      'fill.ts': 'export const k = process.env.KRAKEN_API_KEY;\n',
      '.env.example': 'INFURA_API_KEY=\nALREADY=\n',
      '.env': 'ALREADY=1\n',
    });
    await answering({ KRAKEN_API_KEY: value });
    assert.deepEqual(await vscode.commands.executeCommand('keyward.fillMissing'), ['KRAKEN_API_KEY']);
    assert.equal(onDisk('.env'), `ALREADY=1\nKRAKEN_API_KEY=${value}\n`);
  });

  it('rotates the key behind a reference, on record, and says where the old value still stands', async () => {
    const old = alnum(56);
    const next = alnum(56);
    write({
      'keyward.policy.jsonc': krakenPolicy('env-file'),
      '.env': `KRAKEN_API_SECRET=${old}\n`,
      '.gitignore': '.env\n',
      'notes.txt': `old: ${old}\n`,
      'rotate.ts': 'const s = process.env.KRAKEN_API_SECRET;\n',
    });
    const editor = await open('rotate.ts');
    editor.selection = new vscode.Selection(0, 26, 0, 26);
    await answering({ KRAKEN_API_SECRET: next });
    const left = await until('the inventory', async () => {
      const context = await (await keyward()).contexts.of(editor.document.uri);
      return context.policy?.policy ? vscode.commands.executeCommand<string[]>('keyward.rotateKey') : undefined;
    });
    assert.deepEqual(left, ['notes.txt']);
    assert.equal(onDisk('.env'), `KRAKEN_API_SECRET=${next}\n`);
    const today = new Date().toISOString().slice(0, 10);
    assert.match(onDisk('keyward.policy.jsonc') ?? '', new RegExp(`"rotatedAt": "${today}"`));
    assert.match(onDisk('.keyward/audit.jsonl') ?? '', /"event":"rotate"/);
  });

  it('rotates a key that stands in the source: out of it first, then its new value', async () => {
    const next = alnum(64);
    write({ 'hard.ts': `const binanceApiSecret = "${alnum(64)}";\n` });
    const { document } = await open('hard.ts');
    const [found] = await squigglesOf(document.uri, 1);
    const start = document.offsetAt((found as vscode.Diagnostic).range.start);
    await answering({ BINANCE_API_SECRET: next });
    const named = { uri: document.uri.toString(), version: document.version, start };
    assert.deepEqual(await vscode.commands.executeCommand('keyward.rotateKey', named), []);
    assert.equal(onDisk('.env'), `BINANCE_API_SECRET=${next}\n`);
    assert.match(document.getText(), /process\.env\.BINANCE_API_SECRET/);
  });

  it('moves the keys of several files, each value first, in one edit of the sources that is grouped by credential', async () => {
    const [one, two, key] = [alnum(64), alnum(64), alnum(64)];
    write({
      'all-a.ts': `const binanceApiSecret = "${one}";\n`,
      'all-b.ts': `const binanceApiSecret = "${two}";\nconst again = { binanceApiSecret: "${one}" };\n`,
      'all-c.py': `import ccxt\nx = ccxt.binance({\n    "apiKey": "${key}",\n    "secret": "${one}",\n})\n`,
    });
    const { moveAll } = await keyward();
    // texts of the tests before may still be open
    moveAll.pick = async (items) => items.filter((i) => i.description?.startsWith('all-'));
    const shown: { file: string; label?: string; asks: boolean; text: string }[] = [];
    const { apply } = moveAll;
    // What VS Code's preview gets, and then all of it ticked.
    moveAll.apply = async (edit) => {
      assert.ok(onDisk('.env')?.includes(one) && onDisk('.env')?.includes(two), 'values first');
      const ticked = new vscode.WorkspaceEdit();
      const entries = (edit as unknown as { _allEntries(): Entry[] })._allEntries();
      for (const { uri, edit: change, metadata } of entries) {
        const file = uri.path.slice(uri.path.lastIndexOf('/') + 1);
        const { label, needsConfirmation: asks = false } = metadata ?? {};
        shown.push({ file, asks, text: change.newText, ...(label === undefined ? {} : { label }) });
      }
      for (const [uri, edits] of edit.entries()) {
        ticked.set(uri, edits);
      }
      return vscode.workspace.applyEdit(ticked);
    };
    try {
      const moved = await vscode.commands.executeCommand<{ values: number; files: number }>('keyward.moveAll');
      assert.deepEqual(moved, { values: 5, files: 3, refused: [] });
    } finally {
      moveAll.apply = apply;
    }
    const pair = 'Binance: BINANCE_API_KEY, BINANCE_API_SECRET';
    assert.deepEqual(
      shown.map((s) => [s.file, s.label, s.asks]).sort((a, b) => String(a).localeCompare(String(b))),
      [
        ['all-a.ts', pair, true],
        ['all-b.ts', 'Binance: BINANCE_API_SECRET_2', true],
        ['all-b.ts', pair, true],
        ['all-c.py', undefined, false],
        ['all-c.py', pair, true],
        ['all-c.py', pair, true],
      ].sort((a, b) => String(a).localeCompare(String(b))),
    );
    assert.match(shown.find((s) => !s.asks)?.text ?? '', /^import os/);
    for (const name of ['all-a.ts', 'all-b.ts', 'all-c.py']) {
      const { document } = await open(name);
      assert.ok(![one, two, key].some((v) => document.getText().includes(v)));
      assert.ok(document.isDirty);
    }
  });

  it('changes no source when its preview is discarded, and says that the values are in their places', async () => {
    const value = alnum(64);
    write({ 'all-d.ts': `const binanceApiSecret = "${value}";\n` });
    const { moveAll } = await keyward();
    // texts of the tests before may still be open
    moveAll.pick = async (items) => items.filter((i) => i.description?.startsWith('all-'));
    const running = vscode.commands.executeCommand<{ values: number; refused: string[] }>('keyward.moveAll');
    let ended = false;
    void Promise.resolve(running).then(() => {
      ended = true;
    });
    await until('the preview to be discarded', async () => {
      await vscode.commands.executeCommand('refactorPreview.discard');
      await new Promise((resolve) => setTimeout(resolve, 300));
      return ended;
    });
    const moved = await running;
    assert.equal(moved.values, 0);
    assert.match(moved.refused.join(' '), /sources are as they were/);
    assert.equal(onDisk('.env')?.replace(value, '<value>'), 'BINANCE_API_SECRET=<value>\n');
    const { document } = await open('all-d.ts');
    assert.ok(document.getText().includes(value) && !document.isDirty);
  });

  it('adds a found key to the inventory', async () => {
    const value = alnum(64);
    write({ '.keyward/policy.jsonc': krakenPolicy('env-file'), 'listed.ts': `const binanceApiSecret = "${value}";\n` });
    const { document } = await open('listed.ts');
    const [found] = await squigglesOf(document.uri, 1);
    const start = document.offsetAt((found as vscode.Diagnostic).range.start);
    const named = { uri: document.uri.toString(), version: document.version, start };
    assert.equal(await vscode.commands.executeCommand('keyward.addFinding', named), true);
    const text = onDisk('.keyward/policy.jsonc') ?? '';
    assert.match(text, /"provider": "binance"[\s\S]*"name": "BINANCE_API_SECRET"/);
    assert.ok(!text.includes(value));
  });
});
