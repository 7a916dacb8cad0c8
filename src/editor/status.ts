import * as vscode from 'vscode';
import { commandIds } from './command-ids';
import type { FindingsModel } from './findings-model';
import type { FolderContexts } from './folder-contexts';
import type { OpenDocuments } from './open-documents';

/** The line about this text in the language status of the status bar: what was found, when it was scanned, and whether it is being scanned. */
export class Status implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem('keyward.status', { scheme: '*' });
  readonly #disposables: vscode.Disposable[] = [this.#item];
  readonly #scannedAt = new WeakMap<vscode.TextDocument, Date>();
  readonly #busy = new WeakSet<vscode.TextDocument>();
  #latest = 0;

  constructor(
    readonly model: FindingsModel,
    readonly contexts: FolderContexts,
    documents: OpenDocuments,
  ) {
    this.#item.name = 'Keyward';
    this.#disposables.push(
      vscode.window.onDidChangeActiveTextEditor(() => void this.#refresh()),
      documents.onDidStart((document) => {
        this.#busy.add(document);
        this.#showBusy();
      }),
      documents.onDidChange(({ document }) => {
        this.#busy.delete(document);
        this.#scannedAt.set(document, new Date());
        void this.#refresh();
      }),
      documents.onDidClose(() => void this.#refresh()),
      contexts.onDidChange(() => void this.#refresh()),
    );
    void this.#refresh();
  }

  /** What is shown, for tests. */
  get shown(): Readonly<Pick<vscode.LanguageStatusItem, 'text' | 'detail' | 'busy' | 'severity'>> {
    return this.#item;
  }

  #showBusy(): void {
    const document = vscode.window.activeTextEditor?.document;
    this.#item.busy = document !== undefined && this.#busy.has(document);
  }

  async #refresh(): Promise<void> {
    const turn = ++this.#latest;
    const document = vscode.window.activeTextEditor?.document;
    if (!document) {
      return;
    }
    const context = await this.contexts.of(document.uri).catch(() => undefined);
    if (turn !== this.#latest) {
      return;
    }
    this.#showBusy();
    const count = this.model.of(document.uri)?.findings.length ?? 0;
    this.#item.severity = count ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    this.#item.text =
      count === 0
        ? vscode.l10n.t('No hard-coded keys')
        : count === 1
          ? vscode.l10n.t('1 hard-coded key')
          : vscode.l10n.t('{0} hard-coded keys', count);
    this.#item.command = count
      ? { command: commandIds.moveSecret, title: vscode.l10n.t('Fix') }
      : { command: commandIds.auditWorkspace, title: vscode.l10n.t('Audit Workspace') };
    const at = this.#scannedAt.get(document);
    this.#item.detail = at ? vscode.l10n.t('scanned at {0}', at.toLocaleTimeString()) : '';
    if (context && !context.effective.enabled) {
      this.#item.text = vscode.l10n.t('Detection is off (keyward.enable)');
      this.#item.detail = '';
      this.#item.busy = false;
    } else if (!at && !this.#item.busy) {
      this.#item.text = vscode.l10n.t('Not scanned');
    }
    if (context?.policy?.state === 'policy-invalid') {
      this.#item.severity = vscode.LanguageStatusSeverity.Error;
      this.#item.detail = vscode.l10n.t('The policy has errors and is not used');
      this.#item.command = { command: commandIds.openPolicy, title: vscode.l10n.t('Open Policy') };
    }
  }

  dispose(): void {
    this.#latest++;
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}
