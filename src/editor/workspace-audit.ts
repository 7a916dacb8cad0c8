import * as vscode from 'vscode';
import type { ReadProblem } from '../project/node-problems';
import type { AuditProgress } from '../report/audit-stream';
import type { FindingsReport, LocatedFinding } from '../report/located-finding';
import { ArchiveTexts } from './archive-texts';
import { ProgressTeller } from './audit-progress';
import type { EngineLoader } from './engine-loader';
import { type FileFindings, type FindingsModel, isAlarm, isSureAlarm, unsure } from './findings-model';
import { auditHere } from './folder-audit';
import type { FolderContext, FolderContexts } from './folder-contexts';
import type { Log } from './log';
import type { OpenDocuments } from './open-documents';
import type { Ports } from './ports';

/** What an audit has seen. */
export interface AuditResult extends FindingsReport {
  readonly cancelled: boolean;
}

/** Adds up what an audit of several folders has seen. */
interface Sum {
  findings: LocatedFinding[];
  readonly errors: ReadProblem[];
  /** Addresses of files in which something is to be told. */
  readonly alarmed: Map<string, vscode.Uri>;
  /** How far each folder is. */
  readonly done: AuditProgress[];
}

/** Scans every file of the workspace: what it finds is shown as it comes, with progress, until the person cancels. */
export class WorkspaceAudit {
  /** The last audit's report, for the export. */
  last: AuditResult | undefined;
  /** Texts in which the last audit found something. */
  alarmed: readonly vscode.Uri[] = [];
  #running: Promise<AuditResult | undefined> | undefined;

  constructor(
    readonly engine: EngineLoader,
    readonly contexts: FolderContexts,
    readonly documents: OpenDocuments,
    readonly model: FindingsModel,
    readonly ports: Ports,
    readonly log: Log,
    readonly version: string,
  ) {}

  /** Runs an audit, or joins the one that is running. */
  run(): Promise<AuditResult | undefined> {
    this.#running ??= this.#audit().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #audit(): Promise<AuditResult | undefined> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('No folder is open. Open texts are watched as you type; open a folder to audit its files.'),
      );
      return undefined;
    }
    const result = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Keyward: auditing the workspace'),
        cancellable: true,
      },
      (progress, token) => this.#folders(folders, progress, token),
    );
    this.last = result;
    this.#summarise(result);
    return result;
  }

  #summarise(result: AuditResult): void {
    const alarms = result.findings.filter(isAlarm);
    const summary = vscode.l10n.t(
      '{0} findings in {1} of {2} files.',
      alarms.length,
      new Set(alarms.map((f) => f.file)).size,
      result.files,
    );
    const problems = result.errors.length ? ` ${vscode.l10n.t('{0} could not be read.', result.errors.length)}` : '';
    this.log.info(`Audit: ${summary}${problems} ${result.milliseconds} ms`);
    for (const e of result.errors) {
      this.log.warn(`${e.file}: ${e.message}`);
    }
    void vscode.window.setStatusBarMessage(`$(key) ${summary}${problems}`, 10_000);
  }

  async #folders(
    folders: readonly vscode.WorkspaceFolder[],
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<AuditResult> {
    const started = Date.now();
    const stop = new AbortController();
    const subscription = token.onCancellationRequested(() => stop.abort());
    const sum: Sum = { findings: [], errors: [], alarmed: new Map(), done: [] };
    const teller = new ProgressTeller(progress, 'files');
    try {
      for (const folder of folders) {
        if (!stop.signal.aborted) {
          await this.#folder(folder, folders.length > 1 ? `${folder.name}/` : '', sum, teller, stop.signal);
        }
      }
    } finally {
      subscription.dispose();
    }
    const cancelled = token.isCancellationRequested;
    if (!cancelled) {
      this.model.endAudit(new Set(sum.alarmed.keys()));
      this.alarmed = [...sum.alarmed.values()];
    }
    const total = (field: 'files' | 'bytes' | 'skipped') => sum.done.reduce((all, d) => all + d[field], 0);
    return {
      toolVersion: this.version,
      files: total('files'),
      bytes: total('bytes'),
      skipped: total('skipped'),
      startedAt: new Date(started).toISOString(),
      milliseconds: Date.now() - started,
      fails: (f) => isSureAlarm(f) && !f.local,
      findings: sum.findings,
      errors: sum.errors,
      staleIgnores: [],
      cancelled,
    };
  }

  async #folder(
    folder: vscode.WorkspaceFolder,
    prefix: string,
    sum: Sum,
    teller: ProgressTeller,
    signal: AbortSignal,
  ): Promise<void> {
    const context = await this.contexts.of(folder.uri);
    const take = (found: readonly LocatedFinding[]) => this.#take(folder, context, found, prefix, sum);
    const at = sum.done.push({ files: 0, bytes: 0, skipped: 0 }) - 1;
    const tell = (now: AuditProgress) => {
      sum.done[at] = now;
      teller.tell(now);
    };
    const problem = (p: ReadProblem) => sum.errors.push({ ...p, file: prefix + p.file });
    if (this.ports.audit && folder.uri.scheme === 'file') {
      const request = this.contexts.auditRequest('folder', context, folder);
      await this.ports.audit(
        request,
        (message) => {
          if (message.told === 'found') {
            take(message.findings);
          } else if (message.told === 'progress') {
            tell(message.progress);
          } else if (message.told === 'error') {
            problem(message);
          } else if (message.told === 'note') {
            this.log.warn(message.line);
          }
        },
        signal,
      );
    } else {
      const engine = await this.engine.load();
      await auditHere({ engine, contexts: this.contexts, context, folder, take, tell, problem, signal });
    }
    if (!signal.aborted) {
      await this.#takeOpen(folder, prefix, sum);
    }
  }

  #take(
    folder: vscode.WorkspaceFolder,
    context: FolderContext,
    found: readonly LocatedFinding[],
    prefix: string,
    sum: Sum,
  ): void {
    // Their editors tell of these as they change.
    const open = new Set(this.documents.all().map((d) => d.document.uri.toString()));
    const files = new Map<string, FileFindings & { findings: { finding: LocatedFinding; range: vscode.Range }[] }>();
    for (const finding of found) {
      const uri = ArchiveTexts.uriOf(folder.uri, finding.file);
      const key = uri.toString();
      if (finding.ignored) {
        continue;
      }
      sum.findings.push({ ...finding, file: prefix + finding.file });
      if (isAlarm(finding) && !open.has(key)) {
        const isUnsure = unsure(context.effective.minConfidence);
        const file = files.get(key) ?? { uri, local: finding.local, isUnsure, findings: [] };
        const { start, end } = finding.range;
        file.findings.push({ finding, range: new vscode.Range(start.line, start.character, end.line, end.character) });
        files.set(key, file);
        sum.alarmed.set(key, uri);
      }
    }
    this.model.addAudited([...files.values()]);
  }

  /** What open texts hold that is not saved yet counts, in place of what was found in their files. */
  async #takeOpen(folder: vscode.WorkspaceFolder, prefix: string, sum: Sum): Promise<void> {
    const engine = await this.engine.load();
    for (const open of vscode.workspace.textDocuments.filter((d) => isOf(folder, d.uri))) {
      const scanned = await this.documents.of(open);
      if (!scanned) {
        continue;
      }
      const { document, findings, local } = scanned;
      const path = prefix + this.contexts.pathOf(document.uri);
      const located = engine.locate(document.getText(), findings, path, local);
      sum.findings = [...sum.findings.filter((f) => f.file !== path), ...located];
      if (located.some(isAlarm)) {
        sum.alarmed.set(document.uri.toString(), document.uri);
      } else {
        sum.alarmed.delete(document.uri.toString());
      }
    }
  }
}

function isOf(folder: vscode.WorkspaceFolder, uri: vscode.Uri): boolean {
  return uri.scheme === folder.uri.scheme && vscode.workspace.getWorkspaceFolder(uri)?.index === folder.index;
}
