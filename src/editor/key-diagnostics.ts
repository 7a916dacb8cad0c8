import * as vscode from 'vscode';
import type { KeyOnDay } from '../checklist/key-calendar';
import { commandIds } from './command-ids';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';
import type { Log } from './log';
import { setting } from './settings';

const LEVEL = {
  soon: vscode.DiagnosticSeverity.Information,
  overdue: vscode.DiagnosticSeverity.Warning,
  expired: vscode.DiagnosticSeverity.Error,
} as const;

/** Keys of the inventory that are due, overdue or expired, or have no owner: told at their place in the policy, with quick fixes. */
export class KeyDiagnostics implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('keyward-keys');
  readonly #disposables: vscode.Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly log: Log,
  ) {
    this.#disposables = [
      this.#collection,
      contexts.onDidChange(() => this.#later()),
      vscode.languages.registerCodeActionsProvider(
        { scheme: '*', pattern: '**/{keyward.policy.jsonc,keyward.policy.json,policy.jsonc,policy.json}' },
        this,
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    ];
    this.#later();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#refresh().catch((error) => this.log.error('The inventory could not be checked', error));
    }, 200);
  }

  async #refresh(): Promise<void> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0 || !setting('diagnostics.inventory')) {
      this.#collection.clear();
      return;
    }
    const engine = await this.engine.load();
    const today = new Date().toISOString().slice(0, 10);
    const all: [vscode.Uri, vscode.Diagnostic[]][] = [];
    for (const folder of folders) {
      const { policy } = await this.contexts.of(folder.uri);
      if (!policy?.path || !policy.policy || !policy.text) {
        continue;
      }
      const places = engine.keyPlaces(policy);
      const owners = new Set((policy.policy.owners ?? []).map((o) => o.id));
      const list: vscode.Diagnostic[] = [];
      for (const key of engine.keysOnDay(policy.policy, today)) {
        const at = places.get(key.record.id);
        if (at === undefined) {
          continue;
        }
        const range = rangeAt(policy.text, at, key.record.id.length + 2);
        const add = (message: string, level: vscode.DiagnosticSeverity, code: string) => {
          const diagnostic = new vscode.Diagnostic(range, message, level);
          diagnostic.source = 'keyward';
          diagnostic.code = code;
          list.push(diagnostic);
        };
        if (key.urgency === 'soon' || key.urgency === 'overdue' || key.urgency === 'expired') {
          add(words(key), LEVEL[key.urgency], `key-${key.urgency}`);
        }
        if (!owners.has(key.record.owner)) {
          add(
            vscode.l10n.t('{0} has no owner of the list: "{1}" is not in owners.', key.record.id, key.record.owner),
            vscode.DiagnosticSeverity.Warning,
            'key-owner',
          );
        }
      }
      all.push([vscode.Uri.joinPath(folder.uri, policy.path), list]);
    }
    this.#collection.clear();
    for (const [uri, list] of all) {
      this.#collection.set(uri, list);
    }
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const actions: vscode.CodeAction[] = [];
    const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.toString();
    for (const diagnostic of context.diagnostics) {
      if (diagnostic.source !== 'keyward' || !String(diagnostic.code).startsWith('key-') || !folder) {
        continue;
      }
      const id = document.getText(diagnostic.range).replaceAll('"', '');
      const add = (title: string, command: string, preferred: boolean) => {
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.command = { command, title, arguments: [folder, id] };
        action.diagnostics = [diagnostic];
        action.isPreferred = preferred;
        actions.push(action);
      };
      if (diagnostic.code === 'key-owner') {
        add(vscode.l10n.t('Assign an owner to {0}…', id), commandIds.assignOwner, true);
      } else {
        add(vscode.l10n.t('Mark {0} as rotated today', id), commandIds.markRotated, true);
        add(vscode.l10n.t('Retire {0}', id), commandIds.retireKey, false);
      }
    }
    return actions;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}

function words({ record, due, daysLeft = 0, urgency }: KeyOnDay): string {
  switch (urgency) {
    case 'expired':
      return vscode.l10n.t('{0} expired on {1}.', record.id, record.expiresAt ?? '');
    case 'overdue':
      return daysLeft === -1
        ? vscode.l10n.t('{0} must have been rotated by {1}, yesterday.', record.id, due ?? '')
        : vscode.l10n.t('{0} must have been rotated by {1}, {2} days ago.', record.id, due ?? '', -daysLeft);
    default:
      return daysLeft === 0
        ? vscode.l10n.t('{0} must be rotated by {1}, today.', record.id, due ?? '')
        : daysLeft === 1
          ? vscode.l10n.t('{0} must be rotated by {1}, tomorrow.', record.id, due ?? '')
          : vscode.l10n.t('{0} must be rotated by {1}, in {2} days.', record.id, due ?? '', daysLeft);
  }
}

function rangeAt(text: string, offset: number, length: number): vscode.Range {
  const before = text.slice(0, offset);
  const line = before.split('\n').length - 1;
  const character = offset - (before.lastIndexOf('\n') + 1);
  return new vscode.Range(line, character, line, character + length);
}
