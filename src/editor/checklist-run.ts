import * as vscode from 'vscode';
import type { ChecklistDiagnostics } from './checklist-diagnostics';
import type { ChecklistView, FolderAssessment } from './checklist-view';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';
import type { Log } from './log';
import type { RunMemory } from './run-memory';

/** How long a run works before it lets the editor breathe, in milliseconds. */
const SPELL_MS = 25;

const NO_POLICY = { state: 'no-policy', problems: [], extendsPaths: [] } as const;

/** Runs the lifecycle checklist over the workspace's folders, shows the result and remembers it. */
export class ChecklistRun implements vscode.Disposable {
  /** The last results, for reports and their export. */
  last: readonly FolderAssessment[] = [];
  #running: Promise<readonly FolderAssessment[]> | undefined;
  #cancel: vscode.CancellationTokenSource | undefined;
  readonly #progress = new vscode.EventEmitter<string | undefined>();
  readonly #ran = new vscode.EventEmitter<readonly FolderAssessment[]>();
  /** How far a run is, in words; undefined when it has ended. */
  readonly onProgress = this.#progress.event;
  readonly onDidRun = this.#ran.event;

  constructor(
    readonly engine: EngineLoader,
    readonly contexts: FolderContexts,
    readonly view: ChecklistView,
    readonly diagnostics: ChecklistDiagnostics,
    readonly log: Log,
    readonly version: string,
    readonly memory: RunMemory,
  ) {}

  /** Runs it, or joins the run that is under way. A run that is cancelled leaves the last results as they were. */
  run(): Promise<readonly FolderAssessment[]> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      this.#cancel?.dispose();
      this.#cancel = undefined;
      this.#progress.fire(undefined);
    });
    return this.#running;
  }

  /** Stops the run that is under way. */
  cancel(): void {
    this.#cancel?.cancel();
  }

  /** The last results: of this window, else those that were remembered of the one before. */
  async remembered(): Promise<readonly FolderAssessment[]> {
    if (this.last.length > 0) {
      return this.last;
    }
    const kept = await this.memory.read();
    const today = kept.size > 0 ? (await this.engine.load()).checklistSha256() : '';
    return (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => {
      const run = kept.get(folder.uri.toString());
      return run?.assessment.tool.checklistSha256 === today ? [{ folder, ...run }] : [];
    });
  }

  async #run(): Promise<readonly FolderAssessment[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('No folder is open. Open the folder of a project to run its checklist.'),
      );
      return [];
    }
    this.#cancel = new vscode.CancellationTokenSource();
    const { token } = this.#cancel;
    this.#progress.fire(vscode.l10n.t('Loading'));
    const engine = await this.engine.load();
    const kept = await this.memory.read();
    try {
      this.last = await vscode.window.withProgress(
        { location: { viewId: 'keyward.checklist' }, title: vscode.l10n.t('Keyward: lifecycle checklist') },
        async () => {
          const all: FolderAssessment[] = [];
          for (const folder of folders) {
            const assessment = await this.#judge(engine, folder, token);
            const before = kept.get(folder.uri.toString());
            const changes =
              before && engine.changesSince(engine.runRecord(before.assessment), engine.runRecord(assessment));
            all.push({ folder, assessment, ...(changes ? { changes } : {}) });
          }
          return all;
        },
      );
    } catch (error) {
      if (error instanceof vscode.CancellationError) {
        return this.last;
      }
      throw error;
    }
    this.view.show(engine, this.last);
    this.diagnostics.show(this.last);
    this.#ran.fire(this.last);
    this.#tell();
    await this.memory.write(this.last.map(({ folder, ...run }) => [folder.uri.toString(), run]));
    return this.last;
  }

  async #judge(engine: Engine, folder: vscode.WorkspaceFolder, token: vscode.CancellationToken) {
    const files = await this.contexts.files(folder);
    const { pepper } = await this.contexts.of(folder.uri);
    let rested = Date.now();
    return engine.runChecklist({
      files,
      // A stranger's policy could declare all to be well: it waits until the folder is trusted.
      policy: vscode.workspace.isTrusted ? await engine.loadPolicy(files) : NO_POLICY,
      asOf: new Date().toISOString().slice(0, 10),
      trigger: 'command',
      toolVersion: this.version,
      ...(pepper ? { pepper } : {}),
      pause: async (what, done, of) => {
        if (Date.now() - rested > SPELL_MS) {
          this.#progress.fire(
            what === 'files'
              ? vscode.l10n.t('{0}: file {1} of {2}', folder.name, done + 1, of)
              : vscode.l10n.t('{0}: check {1} of {2}', folder.name, done + 1, of),
          );
          await new Promise((resolve) => setTimeout(resolve, 0));
          rested = Date.now();
        }
        if (token.isCancellationRequested) {
          throw new vscode.CancellationError();
        }
      },
    });
  }

  #tell(): void {
    for (const { folder, assessment } of this.last) {
      const { counts, overall } = assessment.summary;
      this.log.info(`Checklist of ${folder.name}: ${JSON.stringify(counts)}, grade ${overall.grade ?? 'none'}`);
    }
    const invalid = this.last.filter((a) => a.assessment.subject.policy.state === 'policy-invalid');
    if (invalid.length > 0) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'The policy of {0} has errors, so the checks that need it could not be decided.',
          invalid.map((a) => a.folder.name).join(', '),
        ),
      );
    }
  }

  /** Opens a piece of evidence at its line. */
  static async open(
    folder: string,
    file: string,
    line: number,
    column: number,
    viewColumn?: vscode.ViewColumn,
  ): Promise<void> {
    const uri = vscode.Uri.joinPath(vscode.Uri.parse(folder, true), file);
    const at = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
    try {
      await vscode.window.showTextDocument(uri, {
        selection: new vscode.Range(at, at),
        ...(viewColumn === undefined ? {} : { viewColumn }),
      });
    } catch {
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} does not exist (yet).', file));
    }
  }

  dispose(): void {
    this.cancel();
    this.#progress.dispose();
    this.#ran.dispose();
  }
}
