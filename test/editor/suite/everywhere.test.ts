import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { alnum } from '../../scan/specimens';
import { emptyWorkspace, onDisk, open, squiggles, squigglesOf, until, workspace, write } from '../workspace';

const extension = vscode.extensions.getExtension('keyward.keyward') as vscode.Extension<Keyward>;
const source = () => `const binanceApiSecret = '${alnum(64)}';\n`;
const textOf = (uri: vscode.Uri) => vscode.workspace.openTextDocument(uri);

/** A scheme of which each text is the same. */
function provided(scheme: string, text: string): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => text });
}

describe('wherever a text is', () => {
  before(() => extension.activate());
  beforeEach(emptyWorkspace);

  it('looks at what is not saved, at settings, at containers’ settings, and at both sides of a diff', async () => {
    const untitled = await vscode.workspace.openTextDocument({ language: 'typescript', content: source() });
    await vscode.window.showTextDocument(untitled);
    await squigglesOf(untitled.uri, 1);
    write({
      '.vscode/settings.json': `{\n  // tools\n  "binance.apiSecret": "${alnum(64)}"\n}\n`,
      '.devcontainer/devcontainer.json': `{\n  "containerEnv": { "BINANCE_API_SECRET": "${alnum(64)}" },\n  "remoteEnv": { "OKX_API_KEY": "\${localEnv:OKX_API_KEY}" }\n}\n`,
      'before.ts': source(),
      'after.ts': source(),
    });
    for (const name of ['.vscode/settings.json', '.devcontainer/devcontainer.json']) {
      const { document } = await open(name);
      await squigglesOf(document.uri, 1);
    }
    const at = (name: string) => vscode.Uri.file(path.join(workspace, name));
    await vscode.commands.executeCommand('vscode.diff', at('before.ts'), at('after.ts'));
    await squigglesOf(at('before.ts'), 1);
    await squigglesOf(at('after.ts'), 1);
  });

  it('does not look at what nobody wrote here: git’s texts, output, search results, settings pages', async () => {
    const text = source();
    for (const scheme of ['git', 'gitfs', 'output', 'vscode-settings', 'keyward-git']) {
      const registration = scheme === 'keyward-git' || scheme === 'output' ? undefined : provided(scheme, text);
      try {
        const document = await textOf(vscode.Uri.parse(`${scheme}:/a/bot.ts`)).then(undefined, () => undefined);
        if (document) {
          assert.equal(await extension.exports.documents.of(document), undefined, scheme);
          assert.deepEqual(squiggles(document.uri), [], scheme);
        }
      } finally {
        registration?.dispose();
      }
    }
    write({ 'found.code-search': `# Query: x\n\nbot.ts:\n  1: ${text}` });
    const { document } = await open('found.code-search');
    assert.equal(await extension.exports.documents.of(document), undefined);
  });

  it('keeps line ends of Windows in all that a fix writes', async () => {
    const secret = alnum(64);
    write({
      '.gitignore': 'dist\r\n',
      '.env': 'PORT=1\r\n',
      'win.ts': `// a\r\nconst binanceApiSecret = '${secret}';\r\n`,
    });
    const { document } = await open('win.ts');
    const [found] = await squigglesOf(document.uri, 1);
    assert.equal(document.getText(found?.range), secret);
    await vscode.lm.invokeTool('keyward_fix_finding', {
      input: { file: 'win.ts', line: 2, rule: 'binance-api-secret' },
      toolInvocationToken: undefined,
    });
    await until('the file', () => onDisk('win.ts')?.includes('process.env') ?? false);
    for (const name of ['win.ts', '.env', '.gitignore']) {
      assert.doesNotMatch(onDisk(name) ?? '', /[^\r]\n/, name);
    }
  });

  it('has labels for the screen reader on every finding, and no pictures in them', async () => {
    write({ 'a.ts': source() });
    const { document } = await open('a.ts');
    await squigglesOf(document.uri, 1);
    const { view } = extension.exports;
    const roots = await view.getChildren();
    const items = await Promise.all(
      [...roots, ...(await Promise.all(roots.map((r) => view.getChildren(r)))).flat()].map((n) => view.getTreeItem(n)),
    );
    assert.ok(items.length >= 2);
    for (const item of items) {
      const label = item.accessibilityInformation?.label ?? item.resourceUri?.path ?? '';
      assert.match(label, /\w{3}/);
      assert.doesNotMatch(label, /\$\(|undefined|…$/);
    }
  });
});
