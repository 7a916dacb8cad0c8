import * as vscode from 'vscode';
import type { Finding } from '../scan/finding';
import type { LeftDocument, OpenDocuments, ScannedDocument } from './open-documents';

/** A finding with its place in a text. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly range: vscode.Range;
}

/** One text and what is in it. */
export interface FileFindings {
  readonly uri: vscode.Uri;
  readonly findings: readonly PlacedFinding[];
  /** Git ignores the file. */
  readonly local: boolean;
  /** Where that is written. */
  readonly ignoredBy?: vscode.Location;
  /** Findings less sure than the person wants to be alarmed by. */
  readonly isUnsure: (finding: Finding) => boolean;
}

const SURE = { possible: 1, likely: 2, certain: 3 } as const;

/** A test for findings that are less sure than `least`. */
export function unsure(least: Finding['confidence']): (finding: Finding) => boolean {
  return (finding) => SURE[finding.confidence] < SURE[least];
}

/** Whether a finding is something to tell about. */
export function isAlarm(finding: Finding): boolean {
  return !finding.ignored && finding.state === 'secret';
}

/** An alarm that is more than possible: what is done without a second look is done to these. */
export function isSureAlarm(finding: Finding): boolean {
  return isAlarm(finding) && finding.confidence !== 'possible';
}

/** What is known to stand where: live for open texts, from the last audit for the others. */
export class FindingsModel implements vscode.Disposable {
  readonly #files = new Map<string, FileFindings>();
  readonly #changed = new vscode.EventEmitter<readonly vscode.Uri[]>();
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  readonly #open: OpenDocuments;
  /** When the workspace was audited last; undefined when only open texts are known. */
  auditedAt: Date | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(documents: OpenDocuments) {
    this.#open = documents;
    this.#disposables.push(
      documents.onDidChange((scanned) => this.#set(placed(scanned))),
      documents.onDidClose((left) => this.#close(left)),
    );
  }

  /** Files with something to tell, in the order of their paths. */
  files(): FileFindings[] {
    return [...this.#files.values()]
      .filter((f) => f.findings.length > 0)
      .sort((a, b) => (a.uri.path < b.uri.path ? -1 : a.uri.path > b.uri.path ? 1 : 0));
  }

  of(uri: vscode.Uri): FileFindings | undefined {
    return this.#files.get(uri.toString());
  }

  /** Other places of the same value, as far as they are known. */
  sameValue(finding: Finding, uri: vscode.Uri, range: vscode.Range): vscode.DiagnosticRelatedInformation[] {
    const { fingerprint } = finding;
    if (!fingerprint) {
      return [];
    }
    const places: vscode.DiagnosticRelatedInformation[] = [];
    for (const file of this.#files.values()) {
      for (const other of file.findings) {
        const here = file.uri.toString() === uri.toString() && other.range.isEqual(range);
        if (other.finding.fingerprint === fingerprint && !here && places.length < 20) {
          places.push(
            new vscode.DiagnosticRelatedInformation(
              new vscode.Location(file.uri, other.range),
              vscode.l10n.t('The same value stands here.'),
            ),
          );
        }
      }
    }
    return places;
  }

  /** Takes over what an audit finds in files that are not open, as it comes. */
  addAudited(files: readonly FileFindings[]): void {
    for (const f of files) {
      this.#files.set(f.uri.toString(), f);
    }
    if (files.length > 0) {
      this.#changed.fire(files.map((f) => f.uri));
    }
  }

  /** An audit is complete: of files that are not open, nothing stands but what it has found (`alarmed`, by address). */
  endAudit(alarmed: ReadonlySet<string>): void {
    const open = new Set(this.#open.all().map((s) => s.document.uri.toString()));
    const gone = [...this.#files].filter(([key]) => !alarmed.has(key) && !open.has(key));
    for (const [key] of gone) {
      this.#files.delete(key);
    }
    this.auditedAt = new Date();
    this.#changed.fire(gone.map(([, f]) => f.uri));
  }

  #set(file: FileFindings): void {
    this.#files.set(file.uri.toString(), file);
    this.#changed.fire([file.uri]);
  }

  #close({ uri, excluded }: LeftDocument): void {
    const isFile = uri.scheme !== 'untitled' && uri.scheme !== 'vscode-notebook-cell';
    const stays = this.auditedAt !== undefined && isFile && !excluded;
    if (!stays && this.#files.delete(uri.toString())) {
      this.#changed.fire([uri]);
    }
  }

  dispose(): void {
    this.#files.clear();
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}

function placed({ document, findings, context, local, ignoredBy }: ScannedDocument): FileFindings {
  return {
    uri: document.uri,
    local,
    ...(ignoredBy ? { ignoredBy } : {}),
    isUnsure: unsure(context.effective.minConfidence),
    findings: findings.filter(isAlarm).map((finding) => ({
      finding,
      range: new vscode.Range(document.positionAt(finding.start), document.positionAt(finding.end)),
    })),
  };
}
