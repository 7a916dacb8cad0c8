import * as vscode from 'vscode';
import type { CheckResult } from '../checklist/assessment';
import type { FolderAssessment } from './checklist-view';
import { setting } from './settings';
import { TypePages } from './type-pages';

/** A check of a folder's last run, and which piece of its evidence. */
export interface CheckPlace {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly check: string;
  /** Index in the result's evidence; without it the check as a whole is meant. */
  readonly evidence?: number;
}

/** Probes whose findings have a squiggle of their own. */
const TOLD =
  /^(?:literalSecret|wellKnownKey|policyPresent$|secretInCompose$|secretManifestLiteral$|ciLiteralSecret$|secretInPolicy$)/;

const LEVEL = {
  fail: { critical: 0, high: 0, medium: 1, low: 2 },
  warn: { critical: 1, high: 1, medium: 2, low: 2 },
} as const;

/** A diagnostic that knows which evidence it tells of, so that its quick fixes can be found. */
export class CheckDiagnostic extends vscode.Diagnostic {
  constructor(
    range: vscode.Range,
    message: string,
    severity: vscode.DiagnosticSeverity,
    readonly about: CheckPlace,
  ) {
    super(range, message, severity);
    this.source = 'keyward';
    this.code = { value: about.check, target: TypePages.checkUri(about.check) };
  }
}

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
    const byFile = new Map<string, { uri: vscode.Uri; list: CheckDiagnostic[] }>();
    for (const { folder, assessment } of assessments) {
      for (const result of assessment.results) {
        if ((result.status !== 'fail' && result.status !== 'warn') || result.accepted) {
          continue;
        }
        for (const [index, evidence] of result.evidence.entries()) {
          if (evidence.probe && TOLD.test(evidence.probe)) {
            continue;
          }
          const uri = vscode.Uri.joinPath(folder.uri, evidence.file);
          const entry = byFile.get(uri.toString()) ?? { uri, list: [] };
          const about = { folder: folder.uri.toString(), check: result.check, evidence: index };
          entry.list.push(diagnosticOf(result, result.status, evidence.line, evidence.column ?? 1, about));
          byFile.set(uri.toString(), entry);
        }
      }
    }
    for (const { uri, list } of byFile.values()) {
      this.#collection.set(uri, list);
    }
  }

  /** What is told of a file now. */
  at(uri: vscode.Uri): readonly CheckDiagnostic[] {
    return (this.#collection.get(uri) ?? []).filter((d) => d instanceof CheckDiagnostic);
  }

  /** Lines below an edit move with it; what stood in edited lines is no longer known. */
  #follow(uri: vscode.Uri, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    let list = this.at(uri);
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
          const range = new vscode.Range(d.range.start.translate(shift), d.range.end.translate(shift));
          return new CheckDiagnostic(range, d.message, d.severity, d.about);
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
  { severity, message, remediation }: CheckResult,
  status: 'fail' | 'warn',
  line: number,
  column: number,
  about: CheckPlace,
): CheckDiagnostic {
  const start = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  const range = new vscode.Range(start, new vscode.Position(start.line, Number.MAX_SAFE_INTEGER));
  const words = remediation ? `${message} ${remediation}` : message;
  return new CheckDiagnostic(range, words, LEVEL[status][severity] as vscode.DiagnosticSeverity, about);
}
