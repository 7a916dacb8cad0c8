import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { alnum, uuid } from '../../scan/specimens';
import { choose, emptyWorkspace, lightbulb, onDisk, open, squiggles, squigglesOf, until, write } from '../workspace';

const keyward = () => vscode.extensions.getExtension<Keyward>('keyward.keyward')?.exports as Keyward;
const set = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('keyward').update(name, value, vscode.ConfigurationTarget.Global);

describe('manners', () => {
  beforeEach(emptyWorkspace);

  it('offers one preferred action, a short menu, and nothing away from a finding', async () => {
    write({ 'manners-a.js': `const a = 1;\nconst coinmarketcapApiKey = '${uuid()}';\n` });
    const editor = await open('manners-a.js');
    const [found] = await squigglesOf(editor.document.uri, 1);
    const actions = await until('the menu', async () => {
      const list = await lightbulb(editor.document.uri, (found as vscode.Diagnostic).range);
      return list.length > 1 && list;
    });
    assert.equal(actions.filter((a) => a.isPreferred).length, 1);
    assert.ok(actions.length <= 8, actions.map((a) => a.title).join('\n'));
    assert.deepEqual(await lightbulb(editor.document.uri, new vscode.Range(0, 0, 0, 3)), []);
  });

  it('gives the kinds that are asked for, and edits that VS Code can preview', async () => {
    const [a, b] = [uuid(), alnum(64)];
    write({ 'kinds.js': `const coinmarketcapApiKey = '${a}';\nconst binanceApiSecret = '${b}';\n` });
    const { document } = await open('kinds.js');
    const [found] = await squigglesOf(document.uri, 2);
    const { range } = found as vscode.Diagnostic;
    const of = (kind: string, resolved?: number) =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
        kind,
        resolved,
      );
    const placeholder = 'Replace by the placeholder YOUR_COINMARKETCAP_API_KEY';
    const quick = await of('quickfix');
    assert.ok(quick.some((x) => x.title.startsWith('Move to environment variable')));
    assert.ok(quick.every((x) => x.kind?.value === 'quickfix' && x.edit === undefined));
    for (const kind of ['refactor', 'refactor.rewrite']) {
      assert.deepEqual(
        (await of(kind)).map((x) => x.title).filter((t) => t.startsWith('Replace by the placeholder')),
        [placeholder],
      );
    }
    for (const kind of ['refactor.extract', 'source.organizeImports', 'notebook']) {
      assert.ok(!(await of(kind)).some((x) => x.title.includes('COINMARKETCAP')), kind);
    }

    const test = (await of('quickfix', 20)).find((x) => x.title === 'Mark as test key');
    assert.equal(test?.command, undefined);
    const [[uri, edits] = []] = test?.edit?.entries() ?? [];
    assert.equal(uri?.toString(), document.uri.toString());
    assert.deepEqual(
      edits?.map((e) => e.newText),
      ['// keyward-ignore-next-line[coinmarketcap-api-key]: test key\n'],
    );
    const replace = (await of('refactor', 20)).find((x) => x.title === placeholder);
    assert.ok(replace?.edit && (await vscode.workspace.applyEdit(replace.edit)));
    assert.equal(document.lineAt(0).text, "const coinmarketcapApiKey = 'YOUR_COINMARKETCAP_API_KEY';");
  });

  it('shows on its own only what concerns the value under the cursor', async () => {
    const values = [uuid(), uuid()];
    write({ 'unasked.js': values.map((v) => `const coinmarketcapApiKey = '${v}';\n`).join('') });
    const { document } = await open('unasked.js');
    await squigglesOf(document.uri, 2);
    const selection = new vscode.Selection(0, 0, 1, 32);
    const titles = async (triggerKind: vscode.CodeActionTriggerKind) =>
      (
        await keyward().codeActions.provideCodeActions(
          document,
          selection,
          { triggerKind, diagnostics: squiggles(document.uri), only: undefined },
          new vscode.CancellationTokenSource().token,
        )
      ).map((x) => x.title);
    const unasked = await titles(vscode.CodeActionTriggerKind.Automatic);
    assert.equal(unasked.filter((t) => t.startsWith('Ignore this')).length, 1);
    assert.ok(unasked.some((t) => t.startsWith('Move to environment variable')));
    assert.ok(!unasked.some((t) => /^(?:Move all|Replace by)/.test(t)), unasked.join('\n'));
    const asked = await titles(vscode.CodeActionTriggerKind.Invoke);
    assert.equal(asked.filter((t) => t.startsWith('Ignore this')).length, 2);
    assert.equal(asked.filter((t) => t.startsWith('Replace by')).length, 2);
  });

  it('does nothing to a text that has changed since the menu was made', async () => {
    write({ 'stale.js': `const coinmarketcapApiKey = '${uuid()}';\n` });
    const editor = await open('stale.js');
    const { document } = editor;
    const [found] = await squigglesOf(document.uri, 1);
    const actions = await keyward().codeActions.provideCodeActions(
      document,
      (found as vscode.Diagnostic).range,
      { triggerKind: vscode.CodeActionTriggerKind.Invoke, diagnostics: [], only: vscode.CodeActionKind.Refactor },
      new vscode.CancellationTokenSource().token,
    );
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// new\n'));
    assert.equal(actions.length, 1);
    assert.equal(keyward().codeActions.resolveCodeAction(actions[0] as vscode.CodeAction).edit, undefined);
  });

  it('moves all values of a file in one step', async () => {
    const [a, b] = [uuid(), alnum(64)];
    write({ 'manners-b.js': `const coinmarketcapApiKey = '${a}';\n\n\nconst binanceApiSecret = '${b}';\n` });
    const editor = await open('manners-b.js');
    const [found] = await squigglesOf(editor.document.uri, 2);
    await choose(editor.document.uri, (found as vscode.Diagnostic).range, /^Move all 2 values/);
    await squigglesOf(editor.document.uri, 0);
    assert.match(onDisk('.env') ?? '', new RegExp(`COINMARKETCAP_API_KEY=${a}\nBINANCE_API_SECRET=${b}\n`));
  });

  it('answers source.fixAll only when the setting asks for it', async () => {
    write({ 'manners-c.js': `const coinmarketcapApiKey = '${uuid()}';\n` });
    const editor = await open('manners-c.js');
    await squigglesOf(editor.document.uri, 1);
    const all = () =>
      vscode.commands
        .executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          editor.document.uri,
          new vscode.Range(0, 0, 1, 0),
          'source.fixAll',
        )
        .then((list) => list.filter((x) => x.kind?.value === 'source.fixAll.keyward'));
    assert.deepEqual(await all(), []);
    await set('fixAllOnSave', true);
    try {
      await until('an action on save', async () => (await all()).length === 1);
    } finally {
      await set('fixAllOnSave', undefined);
    }
  });

  it('says how many findings it does not list', async () => {
    await set('diagnostics.maxPerFile', 3);
    try {
      const lines = Array.from({ length: 8 }, () => `const coinmarketcapApiKey = '${uuid()}';`).join('\n');
      write({ 'many.js': `${lines}\n` });
      const editor = await open('many.js');
      const shown = await squigglesOf(editor.document.uri, 4);
      assert.match(shown[3]?.message ?? '', /^5 more hard-coded keys in this file are not listed/);
    } finally {
      await set('diagnostics.maxPerFile', undefined);
    }
  });

  it('links a finding to a page about its type that is in the bundle, and to the same value elsewhere', async () => {
    const value = uuid();
    write({ 'manners-d.js': `const coinmarketcapApiKey = '${value}';\nconst cmcApiKey = '${value}';\n` });
    const editor = await open('manners-d.js');
    await squigglesOf(editor.document.uri, 2);
    const [first] = await until('related places', () => {
      const list = squiggles(editor.document.uri);
      return list[0]?.relatedInformation?.length ? list : undefined;
    });
    const { target } = (first as vscode.Diagnostic).code as { target: vscode.Uri };
    const page = await vscode.workspace.openTextDocument(target);
    assert.match(page.getText(), /^# CoinMarketCap: API key/);
    assert.match(first?.relatedInformation?.[0]?.message ?? '', /same value/);
  });

  it('masks values while that is on, and shows the one that is asked for', async () => {
    write({ 'manners-e.js': `const coinmarketcapApiKey = '${uuid()}';\n` });
    const editor = await open('manners-e.js');
    await squigglesOf(editor.document.uri, 1);
    const { conceal } = keyward();
    assert.equal(conceal.isOn, false);
    assert.equal(await vscode.commands.executeCommand('keyward.toggleConceal'), true);
    editor.selection = new vscode.Selection(0, 32, 0, 32);
    await vscode.commands.executeCommand('keyward.revealValue');
    assert.equal(await vscode.commands.executeCommand('keyward.toggleConceal'), false);
  });

  it('masks values in comments and in the left side of a diff, all but the one that is shown', async () => {
    const [inComment, inCode, old] = [uuid(), uuid(), uuid()];
    write({ 'masked.js': `// coinmarketcapApiKey = '${inComment}'\nconst coinmarketcapApiKey = '${inCode}';\n` });
    const provider = vscode.workspace.registerTextDocumentContentProvider('keyward-test-left', {
      provideTextDocumentContent: () => `const coinmarketcapApiKey = '${old}';\n`,
    });
    const { conceal } = keyward();
    const texts = async (document: vscode.TextDocument) =>
      (await conceal.masked(document)).map((range) => document.getText(range));
    try {
      const editor = await open('masked.js');
      const { document } = editor;
      await squigglesOf(document.uri, 2);
      assert.deepEqual(await texts(document), []);
      assert.equal(await vscode.commands.executeCommand('keyward.toggleConceal'), true);
      assert.deepEqual(await texts(document), [inComment, inCode]);
      editor.selection = new vscode.Selection(1, 32, 1, 32);
      await vscode.commands.executeCommand('keyward.revealValue');
      assert.deepEqual(await texts(document), [inComment]);
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      await until('the mask again', async () => (await texts(document)).length === 2);
      const left = vscode.Uri.parse('keyward-test-left:/masked.js');
      await vscode.commands.executeCommand('vscode.diff', left, document.uri);
      assert.deepEqual(await texts(await vscode.workspace.openTextDocument(left)), [old]);
    } finally {
      await vscode.commands.executeCommand('keyward.toggleConceal');
      provider.dispose();
    }
  });

  it('tells in the hover that a remote branch holds the value, and puts rotation first', async () => {
    const { execFileSync } = await import('node:child_process');
    const { mkdtempSync, rmSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const path = await import('node:path');
    const { workspace } = await import('../workspace');
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: workspace });
    const remote = mkdtempSync(path.join(tmpdir(), 'keyward-remote-'));
    try {
      execFileSync('git', ['init', '-q', '--bare', remote]);
      const value = uuid();
      write({ 'manners-f.js': `const coinmarketcapApiKey = '${value}';\n` });
      git('add', '-A');
      git('commit', '-qm', 'x', '--no-verify');
      git('remote', 'add', 'origin', remote);
      git('push', '-q', 'origin', 'HEAD:main');
      git('fetch', '-q', 'origin');
      const editor = await open('manners-f.js');
      const [found] = await squigglesOf(editor.document.uri, 1);
      const range = (found as vscode.Diagnostic).range;
      await until('the history in the hover', async () => {
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          editor.document.uri,
          range.start,
        );
        const text = hovers.flatMap((h) => h.contents.map((c) => (typeof c === 'string' ? c : c.value))).join('\n');
        assert.ok(!text.includes(value));
        return /Pushed: a remote branch holds it since \d{4}/.test(text.replaceAll('\\', ''));
      });
      await until('rotation first', async () =>
        (await lightbulb(editor.document.uri, range))[0]?.title.startsWith('Rotate this key'),
      );
    } finally {
      rmSync(remote, { recursive: true, force: true });
    }
  });

  it('shows one notification at a time, and no kind that is not wanted any more', async () => {
    const { Notices } = await import('../../../src/editor/notices');
    const kept = new Map<string, unknown>();
    const state = {
      keys: () => [...kept.keys()],
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    } as vscode.Memento;
    const notices = new Notices(state);
    const open: { texts: readonly string[]; close: (choice?: string) => void }[] = [];
    const window = vscode.window as { showInformationMessage: unknown };
    const before = window.showInformationMessage;
    window.showInformationMessage = (...texts: string[]) =>
      new Promise((close) => {
        open.push({ texts, close });
      });
    try {
      const first = notices.show('fix', 'one', 'Copy');
      const second = notices.show('agents', 'two');
      await until('the first', () => open.length === 1);
      assert.deepEqual(open[0]?.texts, ['one', 'Copy', "Don't Show Again"]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(open.length, 1);
      open[0]?.close('Copy');
      assert.equal(await first, 'Copy');
      await until('the second', () => open.length === 2);
      open[1]?.close("Don't Show Again");
      assert.equal(await second, undefined);
      assert.equal(await notices.show('agents', 'three'), undefined);
      assert.equal(open.length, 2);
    } finally {
      window.showInformationMessage = before;
      notices.dispose();
    }
  });

  it('says what it can do, with what the running files load', async () => {
    const text = (await vscode.workspace.openTextDocument(vscode.Uri.parse('keyward:/capabilities.md'))).getText();
    assert.match(text, /None of it can open a connection/);
    assert.doesNotMatch(text, /Changed since the build/);
    for (const file of ['extension.js', 'engine.js', 'extension.web.js', 'cli.js']) {
      assert.match(text, new RegExp(`\\| \`${file}\` \\| .* \\| \`[0-9a-f]{64}\` \\| yes \\|`), file);
    }
    assert.match(text, /`keyward\.enable` \| `true` \| default/);
    await vscode.commands.executeCommand('keyward.showCapabilities');
    await until('the page', () =>
      vscode.window.tabGroups.all.some((g) => g.tabs.some((t) => /capabilities/i.test(t.label))),
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
