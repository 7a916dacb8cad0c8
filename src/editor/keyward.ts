import * as vscode from 'vscode';
import { AgentFix } from './agent-fix';
import { AgentTools } from './agent-tools';
import { ArchiveTexts } from './archive-texts';
import { Capabilities } from './capabilities';
import { CheckFixes, type CheckFixRequest } from './check-fixes';

import { ChecklistDiagnostics } from './checklist-diagnostics';
import { exportChecklist } from './checklist-export';
import { ChecklistRun } from './checklist-run';

import { type ChecklistNode, ChecklistView, checkAt } from './checklist-view';

import { CodeActions } from './code-actions';
import { registerCommands } from './commands';
import { Conceal } from './conceal';
import { EngineLoader } from './engine-loader';
import { EnvValues } from './env-values';
import { exportReport } from './export-report';
import { FindingDiagnostics } from './finding-diagnostics';
import { FindingsModel } from './findings-model';
import { type FindingsNode, FindingsView } from './findings-view';
import { FixRunner } from './fix-runner';
import type { FindingArguments, FixArguments, StoreArguments } from './fix-targets';
import { FixWriter } from './fix-writer';
import { FolderContexts } from './folder-contexts';
import { GitAudit } from './git-audit';
import { GitTexts } from './git-texts';
import { FindingHover } from './hover';
import { IgnoreDiagnostics } from './ignore-diagnostics';
import { ignoreFinding } from './ignore-runner';
import { InventoryCommands } from './inventory-commands';
import { KeyDiagnostics } from './key-diagnostics';
import { type Generating, KeyLife } from './key-life';
import { type KeyArguments, type KeysNode, KeysView, keyAt } from './keys-view';
import { Log } from './log';
import { MoreActions } from './more-actions';
import { MoveAll } from './move-all';
import { Notices } from './notices';
import { OpenDocuments } from './open-documents';
import { PasteGuard } from './paste-guard';
import { createPolicy, openPolicy } from './policy-commands';
import { PolicyDiagnostics } from './policy-diagnostics';
import type { Ports } from './ports';
import { ReferenceActions } from './reference-actions';
import { ReferenceHover } from './reference-hover';

import { ReportPanel } from './report-panel';
import { RunMemory } from './run-memory';

import { SampleProject } from './sample-project';

import { Status } from './status';
import { StatusBar } from './status-bar';
import { StoreKeeper } from './store-keeper';
import { TypePages } from './type-pages';
import { ValueHistories } from './value-history';
import { WorkspaceAudit } from './workspace-audit';

/** The extension: owns every part, hands each what it needs, and ends them all. */
export class Keyward implements vscode.Disposable {
  readonly #owned: vscode.Disposable[] = [];
  readonly engine = new EngineLoader();
  readonly log: Log;
  readonly contexts: FolderContexts;
  readonly documents: OpenDocuments;
  readonly model: FindingsModel;
  readonly audit: WorkspaceAudit;
  readonly checklist: ChecklistRun;
  readonly report: ReportPanel;
  readonly checkFixes: CheckFixes;
  readonly fixes: FixRunner;
  readonly codeActions: CodeActions;
  readonly pasteGuard: PasteGuard;
  readonly conceal: Conceal;
  readonly more: MoreActions;
  readonly view: FindingsView;
  readonly git: GitAudit;
  readonly inventory: InventoryCommands;
  readonly keyLife: KeyLife;
  readonly moveAll: MoveAll;
  readonly status: Status;
  readonly statusBar: StatusBar;
  readonly sample: SampleProject;
  readonly capabilities: Capabilities;
  readonly agents: AgentTools;

  constructor(context: vscode.ExtensionContext, ports: Ports) {
    const version = String(context.extension.packageJSON.version);
    this.log = this.#own(new Log(vscode.window.createOutputChannel('Keyward', { log: true })));
    const writer = new FixWriter(ports);
    const keeper = new StoreKeeper(ports, writer);
    this.contexts = this.#own(new FolderContexts(this.engine, ports, this.log));
    this.documents = this.#own(new OpenDocuments(this.engine, this.contexts, this.log));
    this.model = this.#own(new FindingsModel(this.documents));
    this.#own(new FindingDiagnostics(this.model, this.engine));
    this.capabilities = new Capabilities(context.extension, this.engine, ports);
    this.#own(new TypePages(this.engine, { [Capabilities.uri.path]: () => this.capabilities.text() }));
    this.#own(new IgnoreDiagnostics(this.documents));
    this.#own(new PolicyDiagnostics(this.engine, this.contexts, this.log));
    const histories = this.#own(new ValueHistories(this.contexts, ports, this.log));
    this.#own(new FindingHover(this.documents, this.contexts, this.engine, histories));
    this.codeActions = this.#own(new CodeActions(this.documents, this.contexts, this.engine, histories));
    this.pasteGuard = this.#own(new PasteGuard(this.contexts, this.engine, writer, keeper, this.log));
    this.git = this.#own(new GitAudit(this.engine, this.contexts, ports, this.log));
    this.#own(new GitTexts(this.engine, ports));
    this.#own(new ArchiveTexts(this.engine, ports));
    this.view = this.#own(new FindingsView(this.model, this.git));
    this.statusBar = this.#own(new StatusBar(this.model, this.git));
    this.status = this.#own(new Status(this.model, this.contexts, this.documents));
    this.#own(new ReferenceHover(this.contexts, this.engine));
    this.#own(new ReferenceActions(this.contexts, this.engine, this.log));
    this.#own(new KeysView(this.contexts, this.engine));
    this.#own(new KeyDiagnostics(this.contexts, this.engine, this.log));
    this.inventory = new InventoryCommands(this.contexts, this.engine, ports, context.workspaceState);
    this.conceal = this.#own(new Conceal(this.documents, this.contexts, this.engine));
    this.more = new MoreActions(this.documents, this.contexts, this.engine, histories, this.inventory);
    const checklistView = this.#own(new ChecklistView());
    const checklistDiagnostics = this.#own(new ChecklistDiagnostics());
    this.audit = new WorkspaceAudit(this.engine, this.contexts, this.documents, this.model, ports, this.log, version);
    this.checklist = this.#own(
      new ChecklistRun(
        this.engine,
        this.contexts,
        checklistView,
        checklistDiagnostics,
        this.log,
        version,
        new RunMemory(context.storageUri),
      ),
    );
    this.report = this.#own(
      new ReportPanel(context.extensionUri, this.checklist, {
        export: (of) => exportChecklist(this.checklist, of),
        ...(ports.appendLocked ? { record: (of) => this.inventory.recordRun(of) } : {}),
        openPolicy: (folder) => openPolicy(this.engine, this.contexts, folder),
        fixes: (of, most) => this.checkFixes.offers(of, most),
      }),
    );
    this.checkFixes = this.#own(new CheckFixes(this.engine, this.contexts, this.checklist, checklistDiagnostics));
    const notices = this.#own(new Notices(context.globalState));
    this.fixes = new FixRunner(this.documents, this.contexts, this.engine, writer, this.log, notices, keeper);
    const values = new EnvValues(this.contexts, this.engine, writer, keeper, notices);
    this.keyLife = new KeyLife(this.documents, this.contexts, this.engine, values, this.fixes, this.inventory);
    this.moveAll = new MoveAll(this.documents, this.contexts, this.engine, writer, keeper, this.audit);
    this.agents = this.#own(
      new AgentTools(
        this.engine,
        this.contexts,
        this.documents,
        this.audit,
        this.checklist,
        new AgentFix(this.engine, this.contexts, this.documents, this.fixes),
        this.keyLife,
        values,
        this.log,
      ),
    );
    this.sample = new SampleProject(this.contexts, this.engine, context.globalStorageUri);
    this.#own(this.#commands());
    this.documents.start();
    void vscode.commands.executeCommand('setContext', 'keyward.hasGit', ports.gitObjects !== undefined);
    // The walkthrough is for those who look for it: VS Code would open one that is there at once by itself.
    void vscode.commands.executeCommand('setContext', 'keyward.ready', true);
  }

  #own<T extends vscode.Disposable>(part: T): T {
    this.#owned.push(part);
    return part;
  }

  #commands(): vscode.Disposable {
    return registerCommands(
      {
        'keyward.auditFile': () => this.#auditFile(),
        'keyward.auditWorkspace': async () => {
          await vscode.commands.executeCommand(`${FindingsView.id}.focus`);
          return (await this.audit.run())?.findings.length;
        },
        'keyward.auditStaged': () => this.git.auditStaged(),
        'keyward.auditHistory': () => this.git.auditHistory(),
        'keyward.markRotated': (...at: KeyArguments) => this.inventory.markRotated(...keyAt(at)),
        'keyward.retireKey': (...at: KeyArguments) => this.inventory.retire(...keyAt(at)),
        'keyward.assignOwner': (...at: KeyArguments) => this.inventory.assignOwner(...keyAt(at)),
        'keyward.addToInventory': (folder: string, name: string) => this.inventory.add(folder, name),
        'keyward.openKey': (...at: KeyArguments) => this.inventory.openKey(...keyAt(at)),
        'keyward.attest': (at?: string | ChecklistNode, folder?: string) => this.inventory.attest(checkAt(at), folder),
        'keyward.verifyAuditLog': () => this.inventory.verifyAuditLog(),
        'keyward.createPolicy': (folder?: string, answers?: Readonly<Record<string, string>>) =>
          createPolicy(this.engine, this.contexts, folder, answers),
        'keyward.openPolicy': () => openPolicy(this.engine, this.contexts),
        'keyward.moveSecret': () => this.#atCursor(),
        'keyward.fixCheck': (at: CheckFixRequest | ChecklistNode) => this.#fixCheck(at),
        'keyward.runChecklist': async () => {
          await this.report.open();
          return (await this.checklist.run()).map((a) => a.assessment);
        },
        'keyward.openReport': () => this.report.open(),
        'keyward.exportFindings': () => this.#exportFindings(),
        'keyward.exportChecklist': () => exportChecklist(this.checklist),
        'keyward.showLog': () => this.log.channel.show(),
        'keyward.applyFix': (named: FixArguments) => this.fixes.run(named),
        'keyward.moveAll': () => this.moveAll.run(),
        'keyward.rotateKey': (at?: FindingArguments | FindingsNode | KeysNode) => this.#rotate(at),
        'keyward.fillMissing': () => this.keyLife.fillMissing(),
        'keyward.generateSecret': (named?: Generating) => this.keyLife.generate(named),
        'keyward.addFinding': async (at: FindingArguments | FindingsNode) => {
          const named = 'kind' in at ? await this.view.named(at) : at;
          return named && this.more.addToInventory(named);
        },
        'keyward.moveToStore': (named: StoreArguments) => this.fixes.runToStore(named),
        'keyward.ignoreFinding': async (at: FindingArguments | FindingsNode) => {
          const named = 'kind' in at ? await this.view.named(at) : at;
          return named && ignoreFinding(named, this.documents, this.contexts, this.engine);
        },
        'keyward.openSample': async () => (await this.sample.open()).document.uri,
        'keyward.showCapabilities': () => this.capabilities.show(),
        'keyward.openEvidence': ChecklistRun.open,
        'keyward.toggleConceal': () => this.conceal.toggle(),
        'keyward.revealValue': () => {
          const editor = vscode.window.activeTextEditor;
          return editor && this.conceal.reveal(editor);
        },
        'keyward.moreActions': async (at: FindingArguments | FindingsNode) => {
          const named = 'kind' in at ? await this.view.named(at) : at;
          return named && this.more.show(named);
        },
        'keyward.fixFinding': (node: FindingsNode) => this.view.fix(node),
        'keyward.filterFindings': () => this.view.filter(),
        'keyward.groupFindings': () => this.view.group(),
      },
      this.log,
    );
  }

  async #rotate(at?: FindingArguments | FindingsNode | KeysNode): Promise<readonly string[] | undefined> {
    if (at && 'kind' in at && at.kind === 'key') {
      return this.keyLife.rotateKey(at.folder, at.key.record);
    }
    const named = at && 'kind' in at ? await this.view.named(at as FindingsNode) : at;
    return named ? this.keyLife.rotateFinding(named) : this.keyLife.rotateAtCursor();
  }

  #fixCheck(at: CheckFixRequest | ChecklistNode): Promise<boolean> {
    if (!('kind' in at)) {
      return this.checkFixes.apply(at);
    }
    const folder = at.of.folder.uri.toString();
    return at.kind === 'check'
      ? this.checkFixes.apply({ folder, check: at.result.check })
      : at.kind === 'evidence'
        ? this.checkFixes.apply({ folder, check: at.result.check, evidence: at.index })
        : Promise.resolve(false);
  }

  async #atCursor(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No text is open.'));
      return;
    }
    await this.fixes.runAtCursor(editor);
  }

  async #auditFile(): Promise<number | undefined> {
    const document = vscode.window.activeTextEditor?.document;
    const scanned = document && (await this.documents.of(document));
    if (!document || !scanned) {
      void vscode.window.showInformationMessage(
        document
          ? vscode.l10n.t('This file is not scanned: it is excluded, or detection is off.')
          : vscode.l10n.t('No text is open.'),
      );
      return undefined;
    }
    const count = this.model.of(document.uri)?.findings.length ?? 0;
    if (count > 0) {
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    } else {
      void vscode.window.setStatusBarMessage(`$(key) ${vscode.l10n.t('No hard-coded keys in this file.')}`, 10_000);
    }
    return count;
  }

  async #exportFindings(): Promise<void> {
    const report = this.audit.last ?? (await this.audit.run());
    if (!report) {
      return;
    }
    const engine = await this.engine.load();
    const { sarif, json, markdown, html, junit, gitlab } = engine.findingsForms;
    await exportReport(
      'keyward-findings',
      [sarif, json, markdown, html, junit, gitlab].map((form) => ({ ...form, write: () => form.write(report) })),
    );
  }

  dispose(): void {
    for (const part of this.#owned.reverse()) {
      part.dispose();
    }
    this.#owned.length = 0;
  }
}
