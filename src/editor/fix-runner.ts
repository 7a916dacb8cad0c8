import * as vscode from 'vscode';
import { changesLeft, type FileChange, type Plan } from '../remedy/plan';
import type { Held } from '../remedy/store-destination';
import type { Finding } from '../scan/finding';
import { offerAgentIgnores } from './agent-ignore-offer';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import { isAlarm } from './findings-model';
import { tellFix } from './fix-notice';
import { planFor } from './fix-request';
import { type FixArguments, findingsOf, type StoreArguments } from './fix-targets';
import { destinationsOf, type FixWriter, sourcesOf, textEdit } from './fix-writer';
import type { FolderContexts } from './folder-contexts';
import type { Log } from './log';
import { offerClearedOutputs } from './notebook-outputs';
import type { Notices } from './notices';
import type { OpenDocuments, ScannedDocument } from './open-documents';
import { isSameStoring, type StoreKeeper } from './store-keeper';

/**
 * Applies fixes. The destination reaches the disk first, then the ignore rules and the template; the source changes last, as one
 * edit that one undo takes back. If anything fails, what comes after it is not done, and the person is told.
 */
export class FixRunner {
  constructor(
    readonly documents: OpenDocuments,
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly writer: FixWriter,
    readonly log: Log,
    readonly notices: Notices,
    readonly keeper: StoreKeeper,
  ) {}

  /** Asks for a store, those whose tool is installed first, and moves the values to it. */
  async runToStore(named: StoreArguments): Promise<boolean> {
    const engine = await this.engine.load();
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(named.uri, true));
    const scanned = await this.documents.of(document);
    const findings = scanned && findingsOf(named.targets, scanned.findings.filter(isAlarm));
    if (!scanned || !findings) {
      void vscode.window.showInformationMessage(vscode.l10n.t('This key is no longer in the text.'));
      return false;
    }
    const store =
      named.store ??
      (await this.keeper.pick(engine, scanned.context.folder, (id) =>
        planFor(engine, this.contexts, scanned, findings, { store: id }),
      ));
    return store ? this.run({ ...named, store, addLoader: false, preview: false }) : false;
  }

  /** Runs the fix that a code action names. True when the value has moved. */
  async run(named: FixArguments): Promise<boolean> {
    const engine = await this.engine.load();
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(named.uri, true));
    const scanned = await this.documents.of(document);
    const findings = scanned && findingsOf(named.targets, scanned.findings.filter(isAlarm));
    if (!scanned || !findings) {
      void vscode.window.showInformationMessage(vscode.l10n.t('This key is no longer in the text.'));
      return false;
    }
    const wishes = { addLoader: named.addLoader, ...(named.store ? { store: named.store } : {}) };
    const { version } = document;
    const path = this.contexts.pathOf(document.uri);
    const { folder } = scanned.context;
    const planned = (held?: Held) =>
      planFor(engine, this.contexts, scanned, findings, { ...wishes, ...(held ? { held } : {}) });
    const settled = folder
      ? await this.keeper.settle(engine, folder, planned, document.getText(), path)
      : await planned();
    if ('refused' in settled) {
      void vscode.window.showWarningMessage(`${settled.refused} ${settled.wayOut}`);
      return false;
    }
    if (!('plan' in settled) || !settled.kept) {
      return false;
    }
    const { kept, held } = settled;
    let { plan } = settled;
    if (plan.storing) {
      // The tool may have waited for a person: what the plan was made from may have changed meanwhile.
      const now = await this.documents.of(document);
      const still = now && findingsOf(named.targets, now.findings.filter(isAlarm));
      const again = now && still && (await planFor(engine, this.contexts, now, still, { ...wishes, held }));
      const encrypted = { ...plan, changes: changesLeft(plan.changes, true) };
      const next = kept !== 'written' ? again : document.version === version ? encrypted : undefined;
      if (!next || engine.isRefusal(next) || !isSameStoring(plan, next)) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('The text has changed meanwhile; the value is in the store. Choose the fix again.'),
        );
        return false;
      }
      plan = next;
    }
    const values = findings.map((f) => engine.decodedValue(document.getText(), f, path));
    const moved = named.preview
      ? await this.#previewed(engine, scanned, plan, values)
      : await this.#applied(engine, scanned, plan, values);
    if (moved) {
      const made = plan.changes.find((c) => c.purpose === 'destination' && c.create)?.file;
      if (made && scanned.context.folder) {
        void offerAgentIgnores(engine, scanned.context.folder, made, this.writer, this.notices);
      }
      void offerClearedOutputs(document, values, this.notices);
      void tellFix(engine, plan, scanned, this.writer, this.contexts, this.notices);
    }
    return moved;
  }

  async #applied(engine: Engine, scanned: ScannedDocument, plan: Plan, values: readonly string[]): Promise<boolean> {
    const folder = scanned.context.folder as vscode.WorkspaceFolder;
    const { version } = scanned.document;
    const file = plan.destinations[0]?.file ?? '';
    try {
      await this.writer.deliver(engine, folder, plan, values);
    } catch (error) {
      this.log.error('A fix could not write its destination', error);
      const why = error instanceof Error ? error.message : vscode.l10n.t('The value could not be written.');
      void vscode.window.showErrorMessage(vscode.l10n.t('{0} The source is unchanged.', why));
      return false;
    }
    if (scanned.document.version !== version) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The text has changed meanwhile; the value is in {0}. Choose the fix again.', file),
      );
      return false;
    }
    const edit = new vscode.WorkspaceEdit();
    for (const change of sourcesOf(plan)) {
      const target = await this.#targetOf(scanned, folder, change);
      edit.set(
        target.uri,
        change.changes.map((c) => textEdit(target, c)),
      );
    }
    if (!(await vscode.workspace.applyEdit(edit))) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t('The value is in {0}, but the source could not be changed.', file),
      );
      return false;
    }
    // Loaders in other files (package.json) are saved; the source is left to the person, who may undo first.
    for (const change of plan.changes) {
      if (change.purpose === 'loader' || change.purpose === 'manifest') {
        const uri = vscode.Uri.joinPath(folder.uri, change.file);
        const target = vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString());
        await target?.save();
      }
    }
    return true;
  }

  /** The document of a change: the text that was fixed, which may be a cell of the file, or another file. */
  async #targetOf(
    { document }: ScannedDocument,
    folder: vscode.WorkspaceFolder,
    { file }: FileChange,
  ): Promise<vscode.TextDocument> {
    return file === this.contexts.pathOf(document.uri)
      ? document
      : vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, file));
  }

  /** Everything as one edit, each part of which the person ticks in VS Code's preview. */
  async #previewed(engine: Engine, scanned: ScannedDocument, plan: Plan, values: readonly string[]): Promise<boolean> {
    const folder = scanned.context.folder as vscode.WorkspaceFolder;
    const edit = new vscode.WorkspaceEdit();
    for (const change of plan.changes) {
      const uri = vscode.Uri.joinPath(folder.uri, change.file);
      const metadata: vscode.WorkspaceEditEntryMetadata = {
        needsConfirmation: true,
        label: PURPOSE[change.purpose] ?? change.purpose,
        description: change.file,
      };
      if (change.create) {
        edit.createFile(uri, { ignoreIfExists: true }, metadata);
        edit.insert(uri, new vscode.Position(0, 0), change.changes.map((c) => c.text).join(''), metadata);
      } else {
        const target = await this.#targetOf(scanned, folder, change);
        for (const c of change.changes) {
          edit.replace(target.uri, textEdit(target, c).range, c.text, metadata);
        }
      }
    }
    if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
      return false;
    }
    // Never lost: whatever was ticked, a value that has left the source must be in the destination.
    const now = scanned.document.getText();
    const gone = values.some((v) => !now.includes(v));
    for (const change of destinationsOf(plan)) {
      const uri = vscode.Uri.joinPath(folder.uri, change.file);
      const target = vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString());
      if (target?.isDirty) {
        await target.save();
      }
    }
    if (gone) {
      try {
        await this.writer.demandArrived(engine, folder, plan, values);
      } catch {
        for (const change of plan.changes.filter((c) => c.purpose === 'destination' || c.purpose === 'ignore')) {
          await this.writer.write(engine, folder, { ...change, create: false });
        }
        void vscode.window.showWarningMessage(
          vscode.l10n.t(
            'The value had left the source only; it has been written to {0} too.',
            plan.destinations[0]?.file ?? '',
          ),
        );
      }
    }
    return gone;
  }

  /** Finds what stands at the cursor and offers its fixes, for the palette. */
  async runAtCursor(editor: vscode.TextEditor): Promise<void> {
    const scanned = await this.documents.of(editor.document);
    const at = editor.document.offsetAt(editor.selection.active);
    const alarms = scanned?.findings.filter(isAlarm) ?? [];
    const nearest = alarms.toSorted((a, b) => distance(a, at) - distance(b, at))[0];
    if (!nearest) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no hard-coded key in this text.'));
      return;
    }
    const start = editor.document.positionAt(nearest.start);
    const end = editor.document.positionAt(nearest.end);
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(new vscode.Range(start, end), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    await vscode.commands.executeCommand('editor.action.quickFix');
  }
}

const PURPOSE: Partial<Record<FileChange['purpose'], string>> = {
  destination: vscode.l10n.t('Write the value'),
  ignore: vscode.l10n.t('Keep the value out of git'),
  example: vscode.l10n.t('Name the variable for others'),
  loader: vscode.l10n.t('Load the env file'),
  source: vscode.l10n.t('Read the variable'),
};

function distance(finding: Finding, at: number): number {
  return finding.start <= at && at <= finding.end
    ? 0
    : Math.min(Math.abs(finding.start - at), Math.abs(finding.end - at));
}
