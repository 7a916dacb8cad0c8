import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import type { MovedAll } from '../../../src/editor/move-all';
import { alnum } from '../../scan/specimens';
import { emptyWorkspace, lightbulb, onDisk, open, squigglesOf, until, write } from '../workspace';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs a command, ticks the first groups of the preview that it opens, and applies that. */
async function ticking<T>(groups: number, command: string, ...args: readonly unknown[]): Promise<T> {
  let ended = false;
  const running = Promise.resolve(vscode.commands.executeCommand<T>(command, ...args)).finally(() => {
    ended = true;
  });
  await pause(2000);
  await vscode.commands.executeCommand('refactorPreview.groupByType');
  await pause(500);
  await vscode.commands.executeCommand('refactorPreview.focus');
  await pause(300);
  await vscode.commands.executeCommand('list.collapseAll');
  await vscode.commands.executeCommand('list.focusFirst');
  for (let n = 0; n < groups; n++) {
    await vscode.commands.executeCommand('refactorPreview.toggleCheckedState');
    await vscode.commands.executeCommand('list.focusDown');
  }
  await until('the preview to be applied', async () => {
    await vscode.commands.executeCommand('refactorPreview.apply');
    await pause(300);
    return ended;
  });
  return running;
}

describe("VS Code's preview", () => {
  beforeEach(emptyWorkspace);

  it('of one fix writes what is ticked, and the value is never lost', async () => {
    const value = alnum(64);
    write({ 'preview-a.js': `const binanceApiSecret = '${value}';\n` });
    const { document } = await open('preview-a.js');
    const [found] = await squigglesOf(document.uri, 1);
    const action = await until('the action', async () =>
      (await lightbulb(document.uri, (found as vscode.Diagnostic).range)).find((a) => /with preview$/.test(a.title)),
    );
    assert.equal(await ticking(4, 'keyward.applyFix', ...(action.command?.arguments ?? [])), true);
    assert.equal(document.getText(), 'const binanceApiSecret = process.env.BINANCE_API_SECRET;\n');
    assert.equal(onDisk('.env'), `BINANCE_API_SECRET=${value}\n`);
  });

  it('of all fixes moves the credential that is ticked, and leaves the other', async () => {
    const [one, two] = [alnum(64), alnum(64)];
    write({
      'preview-b.js': `const binanceApiSecret = '${one}';\n`,
      'preview-c.js': `const binanceApiSecret = '${one}';\nconst x = { bybitApiSecret: '${two}' };\n`,
    });
    const keyward = vscode.extensions.getExtension<Keyward>('keyward.keyward')?.exports as Keyward;
    keyward.moveAll.pick = async (items) => items.filter((i) => i.description?.startsWith('preview-'));
    const moved = await ticking<MovedAll>(1, 'keyward.moveAll');
    assert.deepEqual([moved.values, moved.files], [2, 2]);
    const { document: b } = await open('preview-b.js');
    const { document: c } = await open('preview-c.js');
    assert.equal(b.getText(), 'const binanceApiSecret = process.env.BINANCE_API_SECRET;\n');
    assert.equal(
      c.getText(),
      `const binanceApiSecret = process.env.BINANCE_API_SECRET;\nconst x = { bybitApiSecret: '${two}' };\n`,
    );
    assert.ok(onDisk('.env')?.includes(two), 'values that stay in their source are in their place too');
  });
});
