import * as vscode from 'vscode';
import type { ReadProblem } from '../project/node-problems';
import type { FindingsReport, LocatedFinding } from '../report/located-finding';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import { type FileFindings, type FindingsModel, isAlarm, unsure } from './findings-model';
import type { FolderContext, FolderContexts } from './folder-contexts';
import type { Log } from './log';
import type { OpenDocuments } from './open-documents';

/** Files above this are left to the command line, which reads them in parts. */
const LARGEST = 16 * 1024 * 1024;
/** Milliseconds of work before keystrokes and other extensions may run. */
const SLICE_MS = 15;

/** What an audit has seen. */
export interface AuditResult extends FindingsReport {
  readonly cancelled: boolean;
}

/** Scans every file of the workspace, with progress, until the person cancels. */
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
    const alarms = result.findings.filter(isAlarm);
    const places = new Set(alarms.map((f) => f.file)).size;
    const summary =
      alarms.length === 1
        ? vscode.l10n.t('1 finding in {0} files.', result.files)
        : vscode.l10n.t('{0} findings in {1} of {2} files.', alarms.length, places, result.files);
    const problems = result.errors.length ? ` ${vscode.l10n.t('{0} could not be read.', result.errors.length)}` : '';
    this.log.info(`Audit: ${summary}${problems} ${result.milliseconds} ms`);
    for (const e of result.errors) {
      this.log.warn(`${e.file}: ${e.message}`);
    }
    void vscode.window.setStatusBarMessage(`$(key) ${summary}${problems}`, 10_000);
    return result;
  }

  async #folders(
    folders: readonly vscode.WorkspaceFolder[],
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<AuditResult> {
    const started = Date.now();
    const engine = await this.engine.load();
    const findings: LocatedFinding[] = [];
    const errors: ReadProblem[] = [];
    const files: FileFindings[] = [];
    let count = 0;
    let bytes = 0;
    let skipped = 0;
    for (const folder of folders) {
      const context = await this.contexts.of(folder.uri);
      const project = await this.contexts.files(folder, context.effective.exclude);
      const prefix = folders.length > 1 ? `${folder.name}/` : '';
      const entries = await project.list();
      let sliceEnd = Date.now() + SLICE_MS;
      for (const [i, entry] of entries.entries()) {
        if (token.isCancellationRequested) {
          break;
        }
        if (Date.now() > sliceEnd) {
          progress.report({ message: `${prefix}${entry.path}`, increment: 0 });
          await new Promise((resolve) => setTimeout(resolve, 0));
          sliceEnd = Date.now() + SLICE_MS;
        }
        if (i % 200 === 0) {
          progress.report({ message: `${i} / ${entries.length}` });
        }
        if (entry.size > LARGEST) {
          errors.push({
            file: prefix + entry.path,
            message: vscode.l10n.t('it is larger than 16 MB; scan it with keyward scan'),
          });
          continue;
        }
        try {
          const uri = vscode.Uri.joinPath(folder.uri, entry.path);
          const text = await this.#textOf(engine, uri, () => project.read(entry.path));
          if (text === undefined) {
            skipped++;
            continue;
          }
          count++;
          bytes += entry.size;
          const located = this.#scan(engine, context, text, entry.path, entry.ignored);
          findings.push(...located.map((f) => ({ ...f, file: prefix + f.file })));
          const shown = located.filter(isAlarm);
          if (shown.length > 0) {
            files.push({
              uri,
              local: entry.ignored,
              isUnsure: unsure(context.effective.minConfidence),
              findings: shown.map((f) => ({
                finding: f,
                range: new vscode.Range(
                  f.range.start.line,
                  f.range.start.character,
                  f.range.end.line,
                  f.range.end.character,
                ),
              })),
            });
          }
        } catch (error) {
          errors.push({
            file: prefix + entry.path,
            message: error instanceof Error ? error.message : vscode.l10n.t('it could not be read'),
          });
        }
      }
    }
    const cancelled = token.isCancellationRequested;
    if (!cancelled) {
      this.model.replaceAudited(files);
      this.alarmed = files.map((f) => f.uri);
    }
    return {
      toolVersion: this.version,
      files: count,
      bytes,
      skipped,
      startedAt: new Date(started).toISOString(),
      milliseconds: Date.now() - started,
      fails: (f) => isAlarm(f) && !f.local && f.confidence !== 'possible',
      findings,
      errors,
      staleIgnores: [],
      cancelled,
    };
  }

  /** The text as the editor has it, where it is open; else the disk's. */
  async #textOf(
    engine: Engine,
    uri: vscode.Uri,
    read: () => Promise<Uint8Array | undefined>,
  ): Promise<string | undefined> {
    const open = vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString());
    if (open) {
      return open.getText();
    }
    const bytes = await read();
    return bytes ? engine.decodeText(bytes)?.text : undefined;
  }

  #scan(engine: Engine, context: FolderContext, text: string, path: string, local: boolean): LocatedFinding[] {
    const { findings } = engine.scanText(text, this.contexts.fileOptions(engine, context, path));
    return engine.locate(text, findings, path, local);
  }
}
