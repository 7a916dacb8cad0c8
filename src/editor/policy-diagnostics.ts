import * as vscode from 'vscode';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';
import type { Log } from './log';

const NAMES = /(?:^|\/)(?:keyward\.policy\.jsonc?|\.keyward\/(?:policy\.jsonc?|ignore\.jsonc))$/;
const AFTER = 150;

/** Whether a text is a policy file, or the ignore file beside it. */
export function isPolicy(uri: vscode.Uri): boolean {
  return NAMES.test(uri.path);
}

/** Problems of open policy files, in the words of a person, as they are typed. */
export class PolicyDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('keyward-policy');
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #disposables: vscode.Disposable[] = [this.#collection];

  constructor(
    readonly engine: EngineLoader,
    readonly contexts: FolderContexts,
    readonly log: Log,
  ) {
    this.#disposables.push(
      vscode.workspace.onDidOpenTextDocument((d) => this.#later(d, 0)),
      vscode.workspace.onDidChangeTextDocument((e) => this.#later(e.document, AFTER)),
      vscode.workspace.onDidCloseTextDocument((d) => {
        this.#stop(d.uri);
        this.#collection.delete(d.uri);
      }),
    );
    for (const document of vscode.workspace.textDocuments) {
      this.#later(document, 0);
    }
  }

  #stop(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  #later(document: vscode.TextDocument, milliseconds: number): void {
    if (!isPolicy(document.uri)) {
      return;
    }
    this.#stop(document.uri);
    const timer = setTimeout(() => {
      this.#timers.delete(document.uri.toString());
      this.#check(document).catch((error) => this.log.error('A policy could not be checked', error));
    }, milliseconds);
    this.#timers.set(document.uri.toString(), timer);
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const engine = await this.engine.load();
    const text = document.getText();
    const path = this.contexts.pathOf(document.uri);
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const problems = path.endsWith('ignore.jsonc')
      ? engine.readIgnoreFile(text, path).problems
      : folder
        ? (await engine.loadPolicy(await this.contexts.files(folder), { path, text })).problems
        : engine.checkPolicyText(path, text).problems;
    if (document.isClosed || document.getText() !== text) {
      return;
    }
    this.#collection.set(
      document.uri,
      problems
        .filter((p) => p.file === path)
        .map((p) => {
          const range = new vscode.Range(
            document.positionAt(p.start),
            document.positionAt(Math.max(p.end, p.start + 1)),
          );
          const level = p.fatal ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
          const diagnostic = new vscode.Diagnostic(range, p.message, level);
          diagnostic.source = 'keyward';
          diagnostic.code = p.code;
          return diagnostic;
        }),
    );
  }

  dispose(): void {
    for (const timer of this.#timers.values()) {
      clearTimeout(timer);
    }
    this.#timers.clear();
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}
