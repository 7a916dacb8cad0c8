import * as vscode from 'vscode';
import type { EngineLoader } from './engine-loader';
import type { FindingArguments } from './fix-targets';
import type { FolderContexts } from './folder-contexts';
import type { OpenDocuments } from './open-documents';

/** Asks for a reason and writes what ignores one finding: a comment, or an entry of the ignore file where comments are not possible. */
export async function ignoreFinding(
  named: FindingArguments,
  documents: OpenDocuments,
  contexts: FolderContexts,
  loader: EngineLoader,
): Promise<void> {
  const engine = await loader.load();
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(named.uri, true));
  const scanned = await documents.of(document);
  const finding = scanned?.findings.find((f) => f.start === named.start);
  if (!finding || document.version !== named.version) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The text has changed meanwhile. Choose the action again.'),
    );
    return;
  }
  const reason =
    named.reason ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t('Ignore {0}', finding.ruleId),
      prompt: vscode.l10n.t('Why is it no secret? Others will read the reason. Add until=YYYY-MM-DD to let it end.'),
      validateInput: (text) => (text.trim().length < 3 ? vscode.l10n.t('Write a reason.') : undefined),
    }));
  if (reason === undefined || document.version !== named.version) {
    return;
  }
  const path = contexts.pathOf(document.uri);
  const change = engine.ignoreComment(
    path,
    document.languageId,
    document.getText(),
    finding.start,
    finding.ruleId,
    reason,
  );
  const edit = new vscode.WorkspaceEdit();
  if (!engine.isRefusal(change)) {
    edit.insert(document.uri, document.positionAt(change.start), change.text);
    await vscode.workspace.applyEdit(edit);
    return;
  }
  const folder = scanned?.context.folder;
  if (!folder) {
    void vscode.window.showWarningMessage(`${change.refused} ${change.wayOut}`);
    return;
  }
  // JSON and the like: the ignore stands in a file of its own.
  const until = /\buntil=(\d{4}-\d{2}-\d{2})\b/.exec(reason)?.[1];
  const entry = {
    rule: finding.ruleId,
    file: path,
    ...(finding.fingerprint ? { fingerprint: finding.fingerprint } : {}),
    reason: reason.replace(/\s*\buntil=\S+/, '').trim(),
    ...(until ? { until } : {}),
  };
  const uri = vscode.Uri.joinPath(folder.uri, engine.ignoreFilePath);
  const before = await vscode.workspace.openTextDocument(uri).then(
    (list) => list,
    () => undefined,
  );
  const text = engine.withEntry(before?.getText(), entry);
  if (before) {
    edit.replace(uri, new vscode.Range(0, 0, before.lineCount, 0), text);
  } else {
    edit.createFile(uri, { contents: new TextEncoder().encode(text) });
  }
  await vscode.workspace.applyEdit(edit);
  const list = await vscode.workspace.openTextDocument(uri);
  if (await list.save()) {
    void vscode.window.setStatusBarMessage(
      `$(key) ${vscode.l10n.t('Ignored, with its reason, in {0}.', engine.ignoreFilePath)}`,
      10_000,
    );
  }
}
