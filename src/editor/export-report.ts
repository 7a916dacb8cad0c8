import * as vscode from 'vscode';

/** One way to write a report. */
export interface ReportFormat {
  readonly label: string;
  readonly extension: string;
  /** Name of the file, where it is not the report's usual one. */
  readonly file?: string;
  /** Text, or the bytes of an archive. */
  readonly write: () => string | Promise<Uint8Array>;
}

/** Asks for a format and a place, writes the report there, and opens what is text. */
export async function exportReport(
  name: string,
  formats: readonly ReportFormat[],
  folder = vscode.workspace.workspaceFolders?.[0],
): Promise<vscode.Uri | undefined> {
  const choice = await vscode.window.showQuickPick(
    formats.map((format) => ({ label: format.label, description: `.${format.extension}`, format })),
    { title: vscode.l10n.t('Export as'), placeHolder: vscode.l10n.t('Reports never hold a value') },
  );
  if (!choice) {
    return undefined;
  }
  const { label, extension, file = `${name}.${extension}`, write } = choice.format;
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, file) } : {}),
    filters: { [label]: [extension.slice(extension.lastIndexOf('.') + 1)] },
  });
  if (!target) {
    return undefined;
  }
  const content = await write();
  if (typeof content === 'string') {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(content));
    await vscode.window.showTextDocument(target, { preview: true });
  } else {
    await vscode.workspace.fs.writeFile(target, content);
    const written = target.path.slice(target.path.lastIndexOf('/') + 1);
    vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('{0} is written.', written)}`, 10_000);
  }
  return target;
}
