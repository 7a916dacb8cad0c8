import * as vscode from 'vscode';
import { credentialName } from '../scan/wording';
import type { EngineLoader } from './engine-loader';
import type { FileFindings, FindingsModel, PlacedFinding } from './findings-model';

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
    model: FindingsModel,
    readonly engine: EngineLoader,
  ) {
    this.#subscription = model.onDidChange((uris) => {
      for (const uri of uris) {
        const file = model.of(uri);
        this.#collection.set(
          uri,
          file?.findings.map((f) => this.#diagnostic(f, file)),
        );
      }
    });
  }

  #diagnostic(placed: PlacedFinding, { uri, findings, local, isUnsure }: FileFindings): vscode.Diagnostic {
    const { finding, range } = placed;
    const text = local
      ? vscode.l10n.t('{0} Plaintext, kept out of git.', finding.message.replace(/^Hard-coded /, ''))
      : finding.message;
    const level = local || isUnsure(finding) ? vscode.DiagnosticSeverity.Information : LEVEL[finding.severity];
    const diagnostic = new vscode.Diagnostic(range, text, level);
    diagnostic.source = 'keyward';
    const page = this.engine.loaded?.credentialType(finding.ruleId)?.facts.rotateUrl;
    diagnostic.code = page ? { value: finding.ruleId, target: vscode.Uri.parse(page) } : finding.ruleId;
    diagnostic.relatedInformation = findings
      .filter((o) => finding.group !== undefined && o.finding.group === finding.group && o !== placed)
      .map(
        (o) =>
          new vscode.DiagnosticRelatedInformation(
            new vscode.Location(uri, o.range),
            vscode.l10n.t('{0}: a part of the same credential.', credentialName(o.finding)),
          ),
      );
    return diagnostic;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#collection.dispose();
  }
}
