import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/editor/command-ids';
import type { Keyward } from '../../../src/editor/keyward';
import { uuid } from '../../scan/specimens';
import { emptyWorkspace, squiggles, squigglesOf, write } from '../workspace';

const extension = vscode.extensions.getExtension('keyward.keyward') as vscode.Extension<Keyward>;

/** Timers that would keep something alive, as Node counts them. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

// The last suite: what it ends does not start again.
describe('the end of the extension', () => {
  it('leaves no command, squiggle, listener, watcher or timer behind', async () => {
    await emptyWorkspace();
    const keyward = await extension.activate();
    const document = await vscode.workspace.openTextDocument({
      language: 'javascript',
      content: `const coinmarketcapApiKey = '${uuid()}';\n`,
    });
    const editor = await vscode.window.showTextDocument(document);
    await squigglesOf(document.uri, 1);
    let told = 0;
    keyward.model.onDidChange(() => told++);
    keyward.contexts.onDidChange(() => told++);
    // An edit whose squiggle is still to come must not come after the end.
    await editor.edit((e) => e.insert(new vscode.Position(1, 0), `const coinmarketcapApiKey2 = '${uuid()}';\n`));
    const before = timers();
    keyward.dispose();
    assert.ok(timers() <= before, `${timers()} timers after, ${before} before`);
    assert.deepEqual(squiggles(document.uri), []);
    const left = (await vscode.commands.getCommands(true)).filter((c) =>
      (Object.values(commandIds) as string[]).includes(c),
    );
    assert.deepEqual(left, []);
    told = 0;
    await editor.edit((e) => e.insert(new vscode.Position(0, 0), '// more\n'));
    write({ 'keyward.policy.jsonc': '{}', '.gitignore': 'x\n' });
    await vscode.workspace.getConfiguration('keyward').update('enable', false, vscode.ConfigurationTarget.Workspace);
    await vscode.workspace.openTextDocument({
      language: 'javascript',
      content: `const coinmarketcapApiKey = '${uuid()}';\n`,
    });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await vscode.workspace
      .getConfiguration('keyward')
      .update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    assert.equal(told, 0);
    assert.deepEqual(squiggles(document.uri), []);
    keyward.dispose(); // a second time harms nothing
  });
});
