import * as vscode from 'vscode';
import type { Notices } from './notices';

/** Says when an output of a cell's notebook repeats a value that has left the cell, and offers to clear the outputs. */
export async function offerClearedOutputs(
  cell: vscode.TextDocument,
  values: readonly string[],
  notices: Notices,
): Promise<void> {
  const notebook =
    cell.uri.scheme === 'vscode-notebook-cell'
      ? vscode.workspace.notebookDocuments.find((n) => n.uri.path === cell.uri.path)
      : undefined;
  const decoder = new TextDecoder();
  const repeats = notebook?.getCells().some(({ outputs }) =>
    outputs.some(({ items }) =>
      items.some(({ data }) => {
        const text = decoder.decode(data);
        return values.some((v) => text.includes(v));
      }),
    ),
  );
  if (!notebook || !repeats) {
    return;
  }
  const clear = vscode.l10n.t('Clear All Outputs');
  const choice = await notices.show('outputs', vscode.l10n.t('An output of this notebook repeats the value.'), clear);
  if (choice === clear) {
    await vscode.commands.executeCommand('notebook.clearAllCellsOutputs', notebook.uri);
  }
}
