import * as vscode from 'vscode';
import { commandIds } from './command-ids';
import type { FindingsModel } from './findings-model';
import type { FolderContexts } from './folder-contexts';

/** The line about this text in the language status of the status bar. */
export class Status implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem('keyward.status', { scheme: '*' });
  readonly #disposables: vscode.Disposable[] = [this.#item];
  #latest = 0;

  constructor(
    readonly model: FindingsModel,
    readonly contexts: FolderContexts,
  ) {
    this.#item.name = 'Keyward';
    this.#disposables.push(
      vscode.window.onDidChangeActiveTextEditor(() => void this.#refresh()),
      model.onDidChange(() => void this.#refresh()),
      contexts.onDidChange(() => void this.#refresh()),
    );
    void this.#refresh();
  }

  async #refresh(): Promise<void> {
    const turn = ++this.#latest;
    const uri = vscode.window.activeTextEditor?.document.uri;
    if (!uri) {
      return;
    }
    const context = await this.contexts.of(uri).catch(() => undefined);
    if (turn !== this.#latest) {
      return;
    }
    const count = this.model.of(uri)?.findings.length ?? 0;
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
    this.#item.detail = '';
    if (context && !context.effective.enabled) {
      this.#item.text = vscode.l10n.t('Detection is off (keyward.enable)');
    } else if (context?.policy?.state === 'policy-invalid') {
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
