import * as vscode from 'vscode';
import { commandIds } from './command-ids';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';
import type { Log } from './log';
import { isSource } from './open-documents';
import { setting } from './settings';

const LATER_MS = 300;
const MOST_LINES = 20_000;

/**
 * References in open texts against the inventory: a key that is retired and still referenced is an error at its place, and a key
 * that the inventory lacks can be added from there.
 */
export class ReferenceActions implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('keyward-references');
  readonly #disposables: vscode.Disposable[];
  readonly #due = new Set<vscode.TextDocument>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly log: Log,
  ) {
    this.#disposables = [
      this.#collection,
      contexts.onDidChange(() => this.#later(vscode.workspace.textDocuments)),
      vscode.workspace.onDidOpenTextDocument((document) => this.#later([document])),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#later([document])),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#due.delete(document);
        this.#collection.delete(document.uri);
      }),
      vscode.languages.registerCodeActionsProvider({ scheme: '*' }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    ];
    this.#later(vscode.workspace.textDocuments);
  }

  #later(documents: readonly vscode.TextDocument[]): void {
    for (const document of documents) {
      this.#due.add(document);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#refresh().catch((error) => this.log.error('References to keys could not be checked', error));
    }, LATER_MS);
  }

  async #refresh(): Promise<void> {
    const due = [...this.#due];
    this.#due.clear();
    for (const document of due) {
      const retired = await this.#retired(document);
      if (!document.isClosed) {
        this.#collection.set(document.uri, retired);
      }
    }
  }

  async #retired(document: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
    if (!isSource(document) || document.lineCount > MOST_LINES || !setting('diagnostics.checklist', document)) {
      return [];
    }
    const { folder, policy } = await this.contexts.of(document.uri);
    const keys = policy?.policy?.inventory?.keys ?? [];
    if (!folder || policy?.state !== 'ok' || keys.every((k) => !isOut(k.status))) {
      return [];
    }
    const engine = await this.engine.load();
    const today = new Date().toISOString().slice(0, 10);
    const list: vscode.Diagnostic[] = [];
    for (const { name, start, end } of engine.references(document.getText())) {
      const key = engine.keyNamed(policy.policy, name, today);
      // a name that an active key took over is that key's
      if (!key || !isOut(key.record.status) || keys.some((k) => k.status === 'active' && refers(k, name))) {
        continue;
      }
      const { id, status, deactivatedAt, compromisedAt, destroyedAt } = key.record;
      const day = compromisedAt ?? destroyedAt ?? deactivatedAt;
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const said = day
        ? vscode.l10n.t('{0} is {1} since {2} and still referenced here.', id, status, day)
        : vscode.l10n.t('{0} is {1} and still referenced here.', id, status);
      const diagnostic = new vscode.Diagnostic(range, said, vscode.DiagnosticSeverity.Error);
      diagnostic.source = 'keyward';
      diagnostic.code = 'key-retired';
      list.push(diagnostic);
    }
    return list;
  }

  async provideCodeActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    if (!isSource(document)) {
      return [];
    }
    const engine = await this.engine.load();
    const line = document.lineAt(range.start.line).text;
    const found = engine.referenceAt(line, range.start.character);
    const { folder, policy } = await this.contexts.of(document.uri);
    if (!found || !folder || policy?.state !== 'ok' || !policy.policy) {
      return [];
    }
    const key = engine.keyNamed(policy.policy, found.name, new Date().toISOString().slice(0, 10));
    const diagnostics = (this.#collection.get(document.uri) ?? []).filter((d) => d.range.intersection(range));
    const action = (title: string, command: string, argument: string) => {
      const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      made.command = { command, title, arguments: [folder.uri.toString(), argument] };
      made.diagnostics = [...diagnostics];
      return made;
    };
    if (key) {
      return diagnostics.length > 0
        ? [action(vscode.l10n.t('Show {0} in the inventory', key.record.id), commandIds.openKey, key.record.id)]
        : [];
    }
    const { scope, ignoreNames = [] } = policy.policy.inventory ?? {};
    return engine.isKeyName(found.name, scope === 'all' ? 'all' : 'crypto') && !ignoreNames.includes(found.name)
      ? [action(vscode.l10n.t('Add {0} to the inventory', found.name), commandIds.addToInventory, found.name)]
      : [];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}

const isOut = (status: string) => /^(?:deactivated|compromised|destroyed)$/.test(status);

function refers(
  key: { readonly references?: readonly { readonly name: string }[]; readonly storage: { readonly ref?: string } },
  name: string,
): boolean {
  return key.storage.ref === name || (key.references ?? []).some((r) => r.name === name);
}
