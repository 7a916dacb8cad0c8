import * as vscode from 'vscode';
import type { CheckResult } from '../checklist/assessment';
import type { FolderAssessment } from './checklist-view';
import { setting } from './settings';
import { TypePages } from './type-pages';

/** Probes whose findings have a squiggle of their own. */
const TOLD =
  /^(?:literalSecret|wellKnownKey|policyPresent$|secretInCompose$|secretManifestLiteral$|ciLiteralSecret$|secretInPolicy$)/;

const LEVEL = {
  fail: { critical: 0, high: 0, medium: 1, low: 2 },
  warn: { critical: 1, high: 1, medium: 2, low: 2 },
} as const;

/** Failures and warnings of the last checklist that have a place, in Problems, until the next run or until their text changes. */
export class ChecklistDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('keyward-checklist');
  readonly #disposables: vscode.Disposable[];
  #shown: readonly FolderAssessment[] = [];

  constructor() {
    this.#disposables = [
      this.#collection,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#collection.has(document.uri)) {
          this.#follow(document.uri, contentChanges);
        }
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('keyward.diagnostics.checklist')) {
          this.show(this.#shown);
        }
      }),
    ];
  }

  /** Replaces what is shown by the results of a run. */
  show(assessments: readonly FolderAssessment[]): void {
    this.#shown = assessments;
    this.#collection.clear();
    if (!setting('diagnostics.checklist')) {
      return;
    }
    const byFile = new Map<string, { uri: vscode.Uri; list: vscode.Diagnostic[] }>();
    for (const { folder, assessment } of assessments) {
      for (const result of assessment.results) {
        if ((result.status !== 'fail' && result.status !== 'warn') || result.accepted) {
          continue;
        }
        for (const evidence of result.evidence) {
          if (evidence.probe && TOLD.test(evidence.probe)) {
            continue;
          }
          const uri = vscode.Uri.joinPath(folder.uri, evidence.file);
          const entry = byFile.get(uri.toString()) ?? { uri, list: [] };
          entry.list.push(diagnosticOf(result, result.status, evidence.line, evidence.column ?? 1));
          byFile.set(uri.toString(), entry);
        }
      }
    }
    for (const { uri, list } of byFile.values()) {
      this.#collection.set(uri, list);
    }
  }

  /** Lines below an edit move with it; what stood in edited lines is no longer known. */
  #follow(uri: vscode.Uri, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    let list = [...(this.#collection.get(uri) ?? [])];
    for (const change of changes) {
      const from = change.range.start.line;
      const to = change.range.end.line;
      const shift = change.text.split('\n').length - 1 - (to - from);
      list = list
        .filter((d) => d.range.start.line < from || d.range.start.line > to)
        .map((d) => {
          if (d.range.start.line <= to || shift === 0) {
            return d;
          }
          const moved = new vscode.Diagnostic(
            new vscode.Range(d.range.start.translate(shift), d.range.end.translate(shift)),
            d.message,
            d.severity,
          );
          return Object.assign(moved, { source: d.source, code: d.code });
        });
    }
    this.#collection.set(uri, list);
  }

  dispose(): void {
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}

function diagnosticOf(
  { check, severity, message, remediation }: CheckResult,
  status: 'fail' | 'warn',
  line: number,
  column: number,
): vscode.Diagnostic {
  const start = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  const range = new vscode.Range(start, new vscode.Position(start.line, Number.MAX_SAFE_INTEGER));
  const words = remediation ? `${message} ${remediation}` : message;
  const diagnostic = new vscode.Diagnostic(range, words, LEVEL[status][severity] as vscode.DiagnosticSeverity);
  diagnostic.source = 'keyward';
  diagnostic.code = { value: check, target: TypePages.checkUri(check) };
  return diagnostic;
}
