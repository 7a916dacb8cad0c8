import * as vscode from 'vscode';
import type { Refusal } from '../remedy/plan';
import type { Finding } from '../scan/finding';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import type { FindingArguments } from './fix-targets';
import type { FolderContexts } from './folder-contexts';
import { findingNamed } from './named-finding';
import type { OpenDocuments } from './open-documents';

/** The comment that ignores a finding, as an edit, or why there can be none. */
export function ignoreEdit(
  engine: Engine,
  document: vscode.TextDocument,
  path: string,
  finding: Finding,
  reason: string,
): vscode.WorkspaceEdit | Refusal {
  const { languageId } = document;
  const change = engine.ignoreComment(path, languageId, document.getText(), finding.start, finding.ruleId, reason);
  if (engine.isRefusal(change)) {
    return change;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(change.start), change.text);
  return edit;
}

/** Asks for a reason and writes what ignores one finding: a comment, or an entry of the ignore file where comments are not possible. */
export async function ignoreFinding(
  named: FindingArguments,
  documents: OpenDocuments,
  contexts: FolderContexts,
  loader: EngineLoader,
): Promise<void> {
  const engine = await loader.load();
  const found = await findingNamed(named, documents);
  if (!found) {
    return;
  }
  const { document, finding, scanned } = found;
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
  const comment = ignoreEdit(engine, document, path, finding, reason);
  if (!('refused' in comment)) {
    await vscode.workspace.applyEdit(comment);
    return;
  }
  const folder = scanned.context.folder;
  if (!folder) {
    void vscode.window.showWarningMessage(`${comment.refused} ${comment.wayOut}`);
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
  const edit = new vscode.WorkspaceEdit();
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
