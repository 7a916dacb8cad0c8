import * as vscode from 'vscode';
import type { EngineLoader } from './engine-loader';

/** Pages about credential types and checks, from the bundle: they open without a network. */
export class TypePages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  static readonly scheme = 'keyward';
  readonly #registration: vscode.Disposable;

  constructor(
    readonly engine: EngineLoader,
    /** Pages that are written when they are opened, by their path. */
    readonly others: Readonly<Record<string, () => Promise<string>>> = {},
  ) {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(TypePages.scheme, this);
  }

  /** Address of a type's page. */
  static uriOf(ruleId: string): vscode.Uri {
    return vscode.Uri.from({ scheme: TypePages.scheme, path: `/types/${ruleId}.md` });
  }

  /** Address of a check's page. */
  static checkUri(check: string): vscode.Uri {
    return vscode.Uri.from({ scheme: TypePages.scheme, path: `/checks/${check}.md` });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const other = this.others[uri.path];
    if (other) {
      return other();
    }
    const engine = await this.engine.load();
    const check = /^\/checks\/(KW-[A-Z]{3}-\d{2})\.md$/.exec(uri.path)?.[1];
    if (check) {
      return engine.checkPage(check);
    }
    const id = /^\/types\/([\w-]+)\.md$/.exec(uri.path)?.[1] ?? '';
    const type = engine.credentialType(id);
    return type ? engine.typePage(type) : vscode.l10n.t('There is no page for {0}: it is a rule of your policy.', id);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
