import * as vscode from 'vscode';
import type { ChecklistDiagnostics } from './checklist-diagnostics';
import type { ChecklistView, FolderAssessment } from './checklist-view';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';
import type { Log } from './log';

/** Runs the lifecycle checklist over the workspace's folders and shows the result. */
export class ChecklistRun {
  /** The last results, for the export. */
  last: readonly FolderAssessment[] = [];
  #running: Promise<readonly FolderAssessment[]> | undefined;

  constructor(
    readonly engine: EngineLoader,
    readonly contexts: FolderContexts,
    readonly view: ChecklistView,
    readonly diagnostics: ChecklistDiagnostics,
    readonly log: Log,
    readonly version: string,
  ) {}

  /** Runs it, or joins the run that is under way. */
  run(): Promise<readonly FolderAssessment[]> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<readonly FolderAssessment[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('No folder is open. Open the folder of a project to run its checklist.'),
      );
      return [];
    }
    const engine = await this.engine.load();
    const assessments = await vscode.window.withProgress(
      { location: { viewId: 'keyward.checklist' }, title: vscode.l10n.t('Keyward: lifecycle checklist') },
      async () => {
        const all: FolderAssessment[] = [];
        for (const folder of folders) {
          const files = await this.contexts.files(folder);
          const policy = await engine.loadPolicy(files);
          const assessment = await engine.runChecklist({
            files,
            policy,
            asOf: new Date().toISOString().slice(0, 10),
            trigger: 'command',
            toolVersion: this.version,
          });
          all.push({ folder, assessment });
        }
        return all;
      },
    );
    this.last = assessments;
    this.view.show(engine, assessments);
    this.diagnostics.show(assessments);
    await this.view.reveal();
    for (const { folder, assessment } of assessments) {
      const { counts, overall } = assessment.summary;
      this.log.info(`Checklist of ${folder.name}: ${JSON.stringify(counts)}, grade ${overall.grade ?? 'none'}`);
      if (assessment.subject.policy.state === 'policy-invalid') {
        void vscode.window.showWarningMessage(
          vscode.l10n.t('The policy of {0} has errors, so the checks that need it could not be decided.', folder.name),
        );
      }
    }
    return assessments;
  }

  /** Opens a piece of evidence at its line. */
  static async open(folder: string, file: string, line: number, column: number): Promise<void> {
    const uri = vscode.Uri.joinPath(vscode.Uri.parse(folder, true), file);
    const at = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
    try {
      await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
    } catch {
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} does not exist (yet).', file));
    }
  }
}
