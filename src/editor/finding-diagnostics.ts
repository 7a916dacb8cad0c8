import * as vscode from 'vscode';
import type { Finding } from '../scan/finding';
import { credentialName, meaning } from '../scan/wording';
import type { EngineLoader } from './engine-loader';
import type { FileFindings, FindingsModel, PlacedFinding } from './findings-model';
import { setting } from './settings';
import { TypePages } from './type-pages';

const LEVEL = {
  critical: vscode.DiagnosticSeverity.Error,
  high: vscode.DiagnosticSeverity.Error,
  medium: vscode.DiagnosticSeverity.Warning,
  low: vscode.DiagnosticSeverity.Information,
} as const;

/** Squiggles and Problems: exactly what the model knows. */
export class FindingDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('keyward');
  readonly #subscription: vscode.Disposable;

  constructor(
    readonly model: FindingsModel,
    readonly engine: EngineLoader,
  ) {
    this.#subscription = model.onDidChange((uris) => {
      for (const uri of uris) {
        const file = model.of(uri);
        this.#collection.set(uri, file && this.#diagnostics(file));
      }
    });
  }

  /** At most as many as the setting says; the last tells how many more there are. */
  #diagnostics(file: FileFindings): vscode.Diagnostic[] {
    const most = setting('diagnostics.maxPerFile', file.uri);
    const shown = file.findings.slice(0, most).map((f) => this.#diagnostic(f, file));
    const more = file.findings.length - shown.length;
    const next = file.findings[most];
    if (next) {
      const last = new vscode.Diagnostic(
        next.range,
        more === 1
          ? vscode.l10n.t('1 more hard-coded key in this file is not listed (keyward.diagnostics.maxPerFile).')
          : vscode.l10n.t(
              '{0} more hard-coded keys in this file are not listed (keyward.diagnostics.maxPerFile).',
              more,
            ),
        vscode.DiagnosticSeverity.Information,
      );
      last.source = 'keyward';
      shown.push(last);
    }
    return shown;
  }

  #diagnostic(placed: PlacedFinding, { uri, findings, local, ignoredBy, isUnsure }: FileFindings): vscode.Diagnostic {
    const { finding, range } = placed;
    const text = local ? this.#kept(finding) : finding.message;
    const level = local || isUnsure(finding) ? vscode.DiagnosticSeverity.Information : LEVEL[finding.severity];
    const diagnostic = new vscode.Diagnostic(range, text, level);
    diagnostic.source = 'keyward';
    diagnostic.code = { value: finding.ruleId, target: TypePages.uriOf(finding.ruleId) };
    const at = (range: vscode.Range, words: string) =>
      new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, range), words);
    diagnostic.relatedInformation = [
      ...findings
        .filter((o) => finding.group !== undefined && o.finding.group === finding.group && o !== placed)
        .map((o) => at(o.range, vscode.l10n.t('{0}: a part of the same credential.', credentialName(o.finding)))),
      ...this.model.sameValue(finding, uri, range),
      ...(finding.address
        ? [at(range, vscode.l10n.t('This is the key of {0} ({1}).', finding.address.value, finding.address.chain))]
        : []),
      ...(ignoredBy
        ? [new vscode.DiagnosticRelatedInformation(ignoredBy, vscode.l10n.t('This rule keeps the file out of git.'))]
        : []),
    ];
    return diagnostic;
  }

  /** A value in a file that git ignores is not hard-coded; what its holder can do is the same. */
  #kept(finding: Finding): string {
    const type = this.engine.loaded?.credentialType(finding.ruleId);
    return finding.shipped || finding.testKeyName
      ? vscode.l10n.t('{0} It is kept out of git.', finding.message)
      : vscode.l10n.t(
          '{0}. {1} Plaintext, kept out of git.',
          credentialName(finding),
          meaning({ part: finding.part, pairedWith: type?.pairedWith ?? [] }, type?.severity ?? finding.severity),
        );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#collection.dispose();
  }
}
