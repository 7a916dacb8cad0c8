import * as vscode from 'vscode';
import type { Finding } from '../scan/finding';
import type { FindingArguments } from './fix-targets';
import type { OpenDocuments, ScannedDocument } from './open-documents';

/** The finding that a command names, in the text that it was made for; undefined when the person was told that the text has changed. */
export async function findingNamed(
  named: FindingArguments,
  documents: OpenDocuments,
): Promise<
  { readonly document: vscode.TextDocument; readonly finding: Finding; readonly scanned: ScannedDocument } | undefined
> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(named.uri, true));
  const scanned = await documents.of(document);
  const finding = scanned?.findings.find((f) => f.start === named.start);
  if (!scanned || !finding || document.version !== named.version) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The text has changed meanwhile. Choose the action again.'),
    );
    return undefined;
  }
  return { document, finding, scanned };
}
