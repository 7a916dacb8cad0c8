import * as vscode from 'vscode';

/** Milliseconds for which a value stays on the clipboard. */
const KEPT_MS = 30_000;

/** Puts a value on the clipboard, and takes it off again after 30 seconds if it is still there. */
export async function lendToClipboard(value: string): Promise<void> {
  await vscode.env.clipboard.writeText(value);
  setTimeout(async () => {
    if ((await vscode.env.clipboard.readText()) === value) {
      await vscode.env.clipboard.writeText('');
    }
  }, KEPT_MS);
}
