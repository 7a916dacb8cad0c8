import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { told } from '../told';

// The first suite: the extension starts here, or has just started by itself without a text being opened.
describe('the start of the extension', () => {
  it('shows no notification, opens no editor and asks nothing', async () => {
    const notes = await told(async () => {
      await vscode.extensions.getExtension('keyward.keyward')?.activate();
      await new Promise((resolve) => setTimeout(resolve, 1500));
    });
    assert.deepEqual(notes, []);
    assert.deepEqual(
      vscode.window.tabGroups.all.flatMap((g) => g.tabs.map((t) => t.label)),
      [],
    );
  });
});
