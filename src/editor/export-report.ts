import * as vscode from 'vscode';

/** One way to write a report. */
export interface ReportFormat {
  readonly label: string;
  readonly extension: string;
  readonly write: () => string;
}

/** Asks for a format and a place, writes the report there, and opens it. */
export async function exportReport(name: string, formats: readonly ReportFormat[]): Promise<vscode.Uri | undefined> {
  const format = await vscode.window.showQuickPick(
    formats.map((f) => ({ label: f.label, description: `.${f.extension}`, format: f })),
    { title: vscode.l10n.t('Export as'), placeHolder: vscode.l10n.t('Reports never hold a value') },
  );
  if (!format) {
    return undefined;
  }
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${name}.${format.format.extension}`;
  const target = await vscode.window.showSaveDialog({
    ...(root ? { defaultUri: vscode.Uri.joinPath(root, file) } : {}),
    filters: { [format.label]: [format.format.extension] },
  });
  if (!target) {
    return undefined;
  }
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(format.format.write()));
  await vscode.window.showTextDocument(target, { preview: true });
  return target;
}
