import * as vscode from 'vscode';
import {
  type FromPage,
  mostPlaces,
  type PageState,
  readFromPage,
  readPageState,
  type ToPage,
} from '../report/page/messages';
import { ChecklistRun } from './checklist-run';
import type { FolderAssessment } from './checklist-view';
import { commandIds } from './command-ids';
import { TypePages } from './type-pages';

/** What the page can ask for that other parts do. */
export interface ReportActions {
  export(of: FolderAssessment): Promise<unknown>;
  /** Puts a run on record; absent where the audit log can't be written. */
  record?(of: FolderAssessment): Promise<unknown>;
  openPolicy(folder: vscode.WorkspaceFolder): Promise<unknown>;
  /** Titles of the quick fixes at a report's places, of the first so many of each check. */
  fixes(of: FolderAssessment, most: number): Promise<ReadonlyMap<string, string>>;
}

/** The checklist's report in a tab of the editor: one, which follows each run and comes back with the window. */
export class ReportPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  static readonly viewType = 'keyward.report';
  readonly #registrations: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #state: PageState = { folder: '', profile: '' };
  /** What the page should show, and what it was last loaded with. */
  #content = '';
  #loaded = '';
  #isReady = false;
  #progress: string | undefined;
  #runs: readonly FolderAssessment[] = [];
  #turn = 0;

  constructor(
    readonly extension: vscode.Uri,
    readonly checklist: ChecklistRun,
    readonly actions: ReportActions,
  ) {
    this.#registrations = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(ReportPanel.viewType, this),
      checklist.onDidRun((runs) => void this.#show(runs)),
      checklist.onProgress((text) => {
        this.#progress = text;
        this.#post({ type: 'progress', ...(text === undefined ? {} : { text }) });
      }),
    );
  }

  /** Whether the page is in sight, and its script runs. */
  get isShown(): boolean {
    return this.#isReady;
  }

  /** Brings the report to the front; opens it with the last results where it is closed. */
  async open(): Promise<void> {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      ReportPanel.viewType,
      vscode.l10n.t('Key-Lifecycle Checklist'),
      vscode.ViewColumn.Active,
      { enableFindWidget: true },
    );
    this.#take(panel);
    await this.#show(await this.checklist.remembered());
  }

  /** The page of the window before, with the results that were remembered of it. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.#panel?.dispose();
    this.#state = readPageState(state);
    this.#take(panel);
    await this.#show(await this.checklist.remembered());
  }

  #take(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.extension, 'media/icon.png');
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(this.extension, 'dist')],
    };
    panel.webview.onDidReceiveMessage((message) => this.receive(message));
    panel.onDidChangeViewState(() => {
      this.#isReady &&= panel.visible; // a hidden page is thrown away, and loaded again when it is shown
    });
    panel.onDidDispose(() => {
      if (this.#panel === panel) {
        this.#panel = undefined;
        this.#isReady = false;
      }
    });
  }

  async #show(runs: readonly FolderAssessment[]): Promise<void> {
    this.#runs = runs;
    const turn = ++this.#turn;
    const panel = this.#panel;
    if (!panel) {
      return;
    }
    const reports = await import('../report/checklist-reports');
    const run = runs[this.#shown()];
    const fixes = run && (await this.actions.fixes(run, mostPlaces));
    if (turn !== this.#turn || panel !== this.#panel) {
      return; // a later call shows more than this one knows
    }
    this.#content =
      runs.length === 0
        ? reports.emptyContent()
        : reports.viewContent({
            folders: runs.map(({ folder, ...run }) => ({ name: folder.name, uri: folder.uri.toString(), ...run })),
            shown: this.#shown(),
            profile: this.#state.profile,
            canRecord: this.actions.record !== undefined,
            ...(fixes ? { fixes } : {}),
          });
    if (this.#isReady) {
      this.#post({ type: 'report', html: this.#content });
      return;
    }
    this.#loaded = this.#content;
    panel.webview.html = reports.reportDocument(this.#content, {
      nonce: crypto.randomUUID(),
      script: panel.webview.asWebviewUri(vscode.Uri.joinPath(this.extension, 'dist/report-view.js')).toString(),
      language: vscode.env.language,
    });
  }

  /** Place of the folder that is shown; all of them, where there are several and none was chosen. */
  #shown(): number {
    const found = this.#runs.findIndex(({ folder }) => folder.uri.toString() === this.#state.folder);
    return found < 0 && this.#runs.length === 1 ? 0 : found;
  }

  #post(message: ToPage): void {
    if (this.#isReady) {
      void this.#panel?.webview.postMessage(message);
    }
  }

  /** Does what the page asks for. */
  async receive(message: unknown): Promise<void> {
    const asked = readFromPage(message);
    const run = this.#runs[this.#shown()];
    switch (asked?.type) {
      case 'ready':
        this.#isReady = true;
        if (this.#content !== this.#loaded) {
          this.#post({ type: 'report', html: this.#content });
        }
        this.#post({ type: 'progress', ...(this.#progress === undefined ? {} : { text: this.#progress }) });
        return;
      case 'run':
        await vscode.commands.executeCommand(commandIds.runChecklist);
        return;
      case 'cancel':
        this.checklist.cancel();
        return;
      case 'folder':
        this.#state = { ...this.#state, folder: this.#runs[asked.index]?.folder.uri.toString() ?? '' };
        await this.#show(this.#runs);
        return;
      case 'profile':
        this.#state = { ...this.#state, profile: asked.id };
        await this.#show(this.#runs);
        return;
      default:
        if (asked && run) {
          await this.#act(asked, run);
        }
    }
  }

  async #act(asked: FromPage, run: FolderAssessment): Promise<void> {
    switch (asked.type) {
      case 'export':
        await this.actions.export(run);
        return;
      case 'record':
        await this.actions.record?.(run);
        return;
      case 'policy':
        await this.actions.openPolicy(run.folder);
        return;
      case 'attest':
        await vscode.commands.executeCommand(commandIds.attest, asked.check, run.folder.uri.toString());
        return;
      case 'fix': {
        const { check, place } = asked;
        const folder = run.folder.uri.toString();
        const request = {
          folder,
          check,
          viewColumn: this.#beside(),
          ...(place === undefined ? {} : { evidence: place }),
        };
        await vscode.commands.executeCommand(commandIds.fixCheck, request);
        return;
      }
      case 'explain':
        await vscode.window.showTextDocument(TypePages.checkUri(asked.check), { viewColumn: this.#beside() });
        return;
      case 'open': {
        const result = run.assessment.results.find((r) => r.check === asked.check);
        const place = result?.evidence[asked.place];
        if (place) {
          const { file, line, column = 1 } = place;
          await ChecklistRun.open(run.folder.uri.toString(), file, line, column, this.#beside());
        }
      }
    }
  }

  /** Where a text is opened so that the report stays in sight: where other texts are, else in a column beside it. */
  #beside(): vscode.ViewColumn {
    const own = this.#panel?.viewColumn;
    const other = vscode.window.visibleTextEditors.find((e) => e.viewColumn !== undefined && e.viewColumn !== own);
    return other?.viewColumn ?? vscode.ViewColumn.Beside;
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#registrations.dispose();
  }
}
