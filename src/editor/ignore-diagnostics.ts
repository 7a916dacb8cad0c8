import * as vscode from 'vscode';
import type { StaleIgnore } from '../scan/finding';
import type { OpenDocuments, ScannedDocument } from './open-documents';

/** Tells, at its line, of an ignore comment that ignores nothing. */
export class IgnoreDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('keyward-ignores');
  readonly #disposables: vscode.Disposable[] = [this.#collection];

  constructor(documents: OpenDocuments) {
    this.#disposables.push(
      documents.onDidChange((scanned) => this.#show(scanned)),
      documents.onDidClose(({ uri }) => this.#collection.delete(uri)),
    );
  }

  #show({ document, staleIgnores }: ScannedDocument): void {
    this.#collection.set(
      document.uri,
      staleIgnores
        .filter((s) => s.line < document.lineCount)
        .map((stale) => {
          const { text } = document.lineAt(stale.line);
          const at = Math.max(0, text.indexOf(stale.directive));
          const range = new vscode.Range(stale.line, at, stale.line, at + stale.directive.length);
          const level =
            stale.why === 'unused' ? vscode.DiagnosticSeverity.Information : vscode.DiagnosticSeverity.Warning;
          const diagnostic = new vscode.Diagnostic(range, words(stale), level);
          diagnostic.source = 'keyward';
          diagnostic.code = 'stale-ignore';
          if (stale.why === 'unused') {
            diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
          }
          return diagnostic;
        }),
    );
  }

  dispose(): void {
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}

function words({ why }: StaleIgnore): string {
  switch (why) {
    case 'expired':
      return vscode.l10n.t('This ignore has expired.');
    case 'unused':
      return vscode.l10n.t('This ignore covers nothing. Remove it.');
    case 'no-reason':
      return vscode.l10n.t('This ignore gives no reason, which the policy asks for, so it ignores nothing.');
  }
}
