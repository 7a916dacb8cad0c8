import * as vscode from 'vscode';
import type { FindingArguments } from './code-actions';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';
import type { OpenDocuments } from './open-documents';

/** Asks for a reason and writes the comment that ignores one finding. */
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
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Ignore {0}', finding.ruleId),
    prompt: vscode.l10n.t('Why is it no secret? The reason stands in the comment. Add until=YYYY-MM-DD to let it end.'),
    validateInput: (text) => (text.trim().length < 3 ? vscode.l10n.t('Write a reason.') : undefined),
  });
  if (reason === undefined || document.version !== named.version) {
    return;
  }
  const change = engine.ignoreComment(
    contexts.pathOf(document.uri),
    document.languageId,
    document.getText(),
    finding.start,
    finding.ruleId,
    reason,
  );
  if (engine.isRefusal(change)) {
    void vscode.window.showWarningMessage(`${change.refused} ${change.wayOut}`);
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(change.start), change.text);
  await vscode.workspace.applyEdit(edit);
}
