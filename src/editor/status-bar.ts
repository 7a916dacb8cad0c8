import * as vscode from 'vscode';
import type { FindingsModel } from './findings-model';
import type { GitAudit } from './git-audit';
import { setting } from './settings';

/** One item in the status bar while there is a hard-coded key; nothing when there is none. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('keyward.findings', vscode.StatusBarAlignment.Left, 5);
  readonly #disposables: vscode.Disposable[] = [this.#item];
  #shown = false;

  constructor(
    readonly model: FindingsModel,
    readonly git: GitAudit,
  ) {
    this.#item.name = vscode.l10n.t('Keyward: hard-coded keys');
    this.#item.command = 'keyward.findings.focus';
    this.#disposables.push(
      model.onDidChange(() => this.#refresh()),
      git.onDidChange(() => this.#refresh()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('keyward.statusBar')) {
          this.#refresh();
        }
      }),
    );
    this.#refresh();
  }

  /** Whether there is something to show. */
  get isShown(): boolean {
    return this.#shown;
  }

  #refresh(): void {
    const alarms = this.model
      .files()
      .filter((f) => !f.local)
      .flatMap((f) => f.findings.filter((p) => !f.isUnsure(p.finding)));
    const staged = this.git.staged.length;
    this.#shown = alarms.length + staged > 0 && setting('statusBar');
    if (!this.#shown) {
      this.#item.hide();
      return;
    }
    const critical = alarms.filter((a) => a.finding.severity === 'critical').length;
    const words =
      alarms.length === 1 ? vscode.l10n.t('1 hard-coded key') : vscode.l10n.t('{0} hard-coded keys', alarms.length);
    this.#item.text = staged ? `$(key) ${alarms.length} $(git-commit) ${staged}` : `$(key) ${alarms.length}`;
    this.#item.tooltip = [
      words,
      ...(critical ? [vscode.l10n.t('{0} critical', critical)] : []),
      ...(staged ? [vscode.l10n.t('{0} staged for the next commit', staged)] : []),
    ].join(', ');
    this.#item.accessibilityInformation = { label: `Keyward: ${this.#item.tooltip}` };
    this.#item.backgroundColor =
      critical || staged ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }

  dispose(): void {
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}
