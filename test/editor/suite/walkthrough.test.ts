import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/editor/command-ids';
import { choose, emptyWorkspace, lightbulb, squigglesOf, until, workspace } from '../workspace';

const extension = vscode.extensions.getExtension('keyward.keyward') as vscode.Extension<unknown>;
const { contributes } = extension.packageJSON;

/** A text of the manifest, as VS Code keeps it. */
function shown(text: string | { readonly value: string }): string {
  return typeof text === 'string' ? text : text.value;
}

describe('the walkthrough', () => {
  const [walkthrough, ...others] = contributes.walkthroughs;

  it('has four steps, each with a picture that takes the colours of the theme and an end that a command brings', () => {
    assert.deepEqual(others, []);
    assert.equal(walkthrough.steps.length, 4);
    const commands = new Set<string>(Object.values(commandIds));
    for (const step of walkthrough.steps) {
      const picture = fs.readFileSync(path.join(extension.extensionPath, step.media.svg), 'utf8');
      assert.match(picture, /var\(--vscode-editor-background/);
      assert.ok(shown(step.media.altText).length > 20);
      for (const event of step.completionEvents) {
        assert.ok(commands.has(event.replace('onCommand:', '')), event);
      }
      const links = [...shown(step.description).matchAll(/\(command:([\w.]+)\)/g)].map((m) => m[1] as string);
      assert.ok(links.length > 0 && links.every((l) => commands.has(l)), links.join());
    }
  });

  it('does not open by itself', () => {
    // VS Code opens a walkthrough at installation when its condition holds then; this one's holds when the extension runs.
    assert.equal(walkthrough.when, 'keyward.ready');
    const tabs = vscode.window.tabGroups.all.flatMap((g) => g.tabs.map((t) => t.label));
    assert.deepEqual(
      tabs.filter((t) => /walkthrough|get started|welcome/i.test(t)),
      [],
    );
  });

  it('opens a sample outside of the project, with values that are made up each time, in which fixes work', async () => {
    await emptyWorkspace();
    const before = fs.readdirSync(workspace);
    const values: string[] = [];
    for (let round = 0; round < 2; round++) {
      const uri = await vscode.commands.executeCommand<vscode.Uri>('keyward.openSample');
      assert.equal(vscode.workspace.getWorkspaceFolder(uri), undefined);
      const document = await vscode.workspace.openTextDocument(uri);
      const found = await squigglesOf(uri, 2);
      values.push(...found.map((d) => document.getText(d.range)));
    }
    assert.equal(new Set(values).size, 4);
    const [uri] = vscode.window.visibleTextEditors.map((e) => e.document.uri).filter((u) => u.path.endsWith('/bot.js'));
    assert.ok(uri);
    const [first] = await squigglesOf(uri, 2);
    const range = (first as vscode.Diagnostic).range;
    await until('actions', async () => (await lightbulb(uri, range)).length > 0);
    assert.match(await choose(uri, range, /^Move Binance key and secret to \.env$/), /\.env$/);
    await squigglesOf(uri, 0);
    const env = vscode.Uri.joinPath(uri, '../.env');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(env));
    assert.equal(text, `BINANCE_API_KEY=${values[2]}\nBINANCE_API_SECRET=${values[3]}\n`);
    assert.deepEqual(fs.readdirSync(workspace), before);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

describe('the commands', () => {
  const commands = contributes.commands as { command: string; title: string; category: string; icon: string }[];
  const menus = contributes.menus as Record<string, { command: string; when: string }[]>;
  const hidden = new Set(menus.commandPalette?.filter((e) => e.when === 'false').map((e) => e.command));

  it('of the palette are 12 to 18', () => {
    const palette = commands.filter((c) => !hidden.has(c.command)).map((c) => c.command);
    assert.ok(palette.length >= 12 && palette.length <= 18, palette.join('\n'));
  });

  it('all have category and icon, and no keys', () => {
    for (const { command, category, icon } of commands) {
      assert.equal(category, 'Keyward', command);
      assert.match(icon, /^\$\([\w-]+\)$/, command);
    }
    assert.equal(contributes.keybindings, undefined);
  });

  it('that the palette hides have a place of their own: a menu, an action, a hover, a welcome or the walkthrough', () => {
    const inMenus = new Set(
      Object.entries(menus)
        .filter(([menu]) => menu !== 'commandPalette')
        .flatMap(([, entries]) => entries.map((e) => e.command)),
    );
    const inWords = JSON.stringify([contributes.viewsWelcome, contributes.walkthroughs]);
    // commands of code actions, tree rows and hovers
    const byCode = ['applyFix', 'moveToStore', 'openEvidence', 'addToInventory'].map((c) => `keyward.${c}`);
    for (const command of hidden) {
      assert.ok(inMenus.has(command) || inWords.includes(command) || byCode.includes(command), command);
    }
  });

  it('that can not work are not offered: those about a project ask for a folder', () => {
    const enabled = new Map(commands.map((c) => [c.command, (c as { enablement?: string }).enablement ?? '']));
    for (const name of ['auditWorkspace', 'runChecklist', 'openPolicy', 'moveAll', 'exportFindings']) {
      assert.match(enabled.get(`keyward.${name}`) ?? '', /workspaceFolderCount > 0/, name);
    }
    for (const name of ['auditStaged', 'auditHistory']) {
      assert.match(enabled.get(`keyward.${name}`) ?? '', /keyward\.hasGit && isWorkspaceTrusted/, name);
    }
  });
});
