import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { alnum, uuid } from '../../scan/specimens';
import { emptyWorkspace, lightbulb, open, squiggles, squigglesOf, until, workspace, write } from '../workspace';

const extension = vscode.extensions.getExtension('keyward.keyward') as vscode.Extension<Keyward>;
const keyward = () => extension.exports;

const sections = extension.packageJSON.contributes.configuration as { properties: Record<string, unknown> }[];
const declared = sections.flatMap((s) => Object.keys(s.properties)).map((n) => n.replace('keyward.', ''));

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('keyward').update(name, value, vscode.ConfigurationTarget.Global);
}

/** A file with one key, its squiggle shown. */
async function withKey(text = `const coinmarketcapApiKey = '${uuid()}';\n`): Promise<vscode.Uri> {
  write({ 'settings.js': text });
  const { document } = await open('settings.js');
  await squigglesOf(document.uri, 1);
  return document.uri;
}

const titles = async (uri: vscode.Uri) =>
  (await lightbulb(uri, squiggles(uri)[0]?.range ?? new vscode.Range(0, 0, 0, 0))).map((a) => a.title).join('\n');

async function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers.flatMap((h) => h.contents.map((c) => (typeof c === 'string' ? c : c.value))).join('\n');
}

async function pasted(uri: vscode.Uri): Promise<vscode.DocumentPasteEdit | undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  const data = new vscode.DataTransfer();
  data.set('text/plain', new vscode.DataTransferItem(alnum(64)));
  const edits = await keyward().pasteGuard.provideDocumentPasteEdits(
    document,
    [new vscode.Range(0, 26, 0, 26)],
    data,
    { only: undefined, triggerKind: vscode.DocumentPasteTriggerKind.Automatic },
    new vscode.CancellationTokenSource().token,
  );
  return edits?.[0];
}

function policy(keys: readonly object[]): string {
  return JSON.stringify({
    version: 1,
    project: { name: 'x', team: 'solo' },
    environments: [{ id: 'live', kind: 'production' }],
    owners: [{ id: 'me', kind: 'person', contact: 'me@example.org' }],
    rotation: { defaultMaxAgeDays: 90 },
    storage: { allowedStores: ['os-keychain'] },
    inventory: { keys },
  });
}

const OLD_KEY = {
  id: 'binance-live',
  provider: 'binance',
  kind: 'api-key-pair',
  class: 'trading',
  purpose: 'places spot orders',
  environment: 'live',
  owner: 'me',
  storage: { store: 'os-keychain' },
  createdAt: '2020-01-01',
  status: 'active',
  references: [{ name: 'BINANCE_API_SECRET' }],
};

/** What changes at once when a setting does. Each ends with the setting as it was. */
const EFFECTS: Readonly<Record<string, () => Promise<void>>> = {
  enable: async () => {
    const uri = await withKey();
    await set('enable', false);
    await squigglesOf(uri, 0);
    await set('enable', undefined);
    await squigglesOf(uri, 1);
  },
  'detection.minConfidence': async () => {
    const uri = await withKey(`const binanceApiSecret = '${alnum(64)}';\n`);
    const levelIs = (level: vscode.DiagnosticSeverity) =>
      until(`level ${level}`, () => squiggles(uri)[0]?.severity === level);
    await levelIs(vscode.DiagnosticSeverity.Error);
    await set('detection.minConfidence', 'certain');
    await levelIs(vscode.DiagnosticSeverity.Information);
  },
  'detection.exclude': async () => {
    const uri = await withKey();
    await set('detection.exclude', ['settings.*']);
    await squigglesOf(uri, 0);
  },
  'detection.severities': async () => {
    const uri = await withKey();
    await set('detection.severities', { 'coinmarketcap-api-key': 'off' });
    await squigglesOf(uri, 0);
  },
  'fixes.store': async () => {
    const uri = await withKey();
    await set('fixes.store', 'doppler');
    await until('the store first', async () => /^Move to Doppler/.test(await titles(uri)));
  },
  'fixes.referenceTemplate': async () => {
    write({ 'package.json': '{ "scripts": { "start": "node settings.js" } }' });
    const uri = await withKey();
    await set('fixes.store', '1password');
    await until('no store without a place', async () => !/Move to 1Password/.test(await titles(uri)));
    await set('fixes.referenceTemplate', 'op://Private/{project}/{name}');
    await until('the store', async () => /^Move to 1Password/.test(await titles(uri)));
  },
  'fixes.envFile': async () => {
    const uri = await withKey();
    await set('fixes.envFile', '.env.keys');
    await until('the env file', async () => / in \.env\.keys/.test(await titles(uri)));
  },
  'fixes.names': async () => {
    const uri = await withKey();
    await set('fixes.names', { 'coinmarketcap-api-key': 'PRICES_KEY' });
    await until('the name', async () => /variable PRICES_KEY/.test(await titles(uri)));
  },
  fixAllOnSave: async () => {
    const uri = await withKey();
    const all = async () =>
      (
        await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          uri,
          new vscode.Range(0, 0, 1, 0),
          'source.fixAll',
        )
      ).some((a) => a.kind?.value === 'source.fixAll.keyward');
    assert.equal(await all(), false);
    await set('fixAllOnSave', true);
    await until('an action on save', all);
  },
  paste: async () => {
    write({ 'settings.js': "const binanceApiSecret = '';\n" });
    const { uri } = (await open('settings.js')).document;
    await until('an offer', async () => (await pasted(uri))?.yieldTo?.length === 1);
    await set('paste', 'reference');
    assert.equal((await pasted(uri))?.yieldTo, undefined);
    await set('paste', 'off');
    assert.equal(await pasted(uri), undefined);
  },
  'diagnostics.maxPerFile': async () => {
    write({ 'settings.js': `const coinmarketcapApiKey = '${uuid()}';\n`.repeat(4) });
    const { document } = await open('settings.js');
    await squigglesOf(document.uri, 4);
    await set('diagnostics.maxPerFile', 2);
    await squigglesOf(document.uri, 3);
  },
  'diagnostics.checklist': async () => {
    write({ Dockerfile: 'FROM node:22\nENV NODE_TLS_REJECT_UNAUTHORIZED=0\nCMD ["node", "a.js"]\n' });
    await keyward().checklist.run();
    const uri = vscode.Uri.joinPath(vscode.Uri.file(workspace), 'Dockerfile');
    await until('a failed check', () => squiggles(uri).length > 0);
    await set('diagnostics.checklist', false);
    await until('none', () => squiggles(uri).length === 0);
  },
  'diagnostics.inventory': async () => {
    write({ 'keyward.policy.jsonc': policy([OLD_KEY]) });
    const uri = vscode.Uri.joinPath(vscode.Uri.file(workspace), 'keyward.policy.jsonc');
    const due = () => squiggles(uri).some((d) => String(d.code).startsWith('key-'));
    await until('a key that is due', due);
    await set('diagnostics.inventory', false);
    await until('none', () => !due());
  },
  'hover.references': async () => {
    write({ 'keyward.policy.jsonc': policy([OLD_KEY]), 'settings.js': 'f(process.env.BINANCE_API_SECRET);\n' });
    const { document } = await open('settings.js');
    const at = new vscode.Position(0, 20);
    await until('a passport', async () => /binance\\?-live/.test(await hoverAt(document.uri, at)));
    await set('hover.references', false);
    await until('none', async () => !/Keyward/.test(await hoverAt(document.uri, at)));
  },
  'git.watchStaged': async () => {
    await withKey();
    execFileSync('git', ['add', 'settings.js'], { cwd: workspace });
    await until('a staged key', () => keyward().git.staged.length === 1);
    await set('git.watchStaged', false);
    await until('none', () => keyward().git.staged.length === 0);
  },
  'history.lookUp': async () => {
    const uri = await withKey();
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: workspace });
    git('add', '-A');
    git('commit', '-qm', 'x', '--no-verify');
    const at = squiggles(uri)[0]?.range.start as vscode.Position;
    const told = async () => /Committed on/.test(await hoverAt(uri, at));
    await set('history.lookUp', false);
    assert.equal(await told(), false);
    await set('history.lookUp', undefined);
    await until('the history', told, 70_000);
  },
  'findings.groupBy': async () => {
    await withKey();
    const kinds = () =>
      keyward()
        .view.getChildren()
        .map((n) => n.kind);
    await until('files', () => kinds().includes('file'));
    await set('findings.groupBy', 'severity');
    await until('groups', () => kinds().includes('group') && !kinds().includes('file'));
  },
  statusBar: async () => {
    await withKey();
    const { statusBar } = keyward();
    await until('an item', () => statusBar.isShown);
    await set('statusBar', false);
    await until('none', () => !statusBar.isShown);
  },
  conceal: async () => {
    assert.equal(keyward().conceal.isOn, false);
    await set('conceal', true);
    await until('masks', () => keyward().conceal.isOn);
    await set('conceal', undefined);
    await until('none', () => !keyward().conceal.isOn);
  },
};

describe('each setting takes effect at once', () => {
  beforeEach(emptyWorkspace);
  afterEach(async () => {
    for (const name of declared) {
      const found = vscode.workspace.getConfiguration('keyward').inspect(name);
      if (found?.globalValue !== undefined) {
        await set(name, undefined);
      }
    }
  });

  it('and has a test that says so', () => {
    assert.deepEqual(Object.keys(EFFECTS).sort(), [...declared].sort());
  });

  for (const [name, effect] of Object.entries(EFFECTS)) {
    it(`keyward.${name}`, effect).timeout(120_000);
  }
});
