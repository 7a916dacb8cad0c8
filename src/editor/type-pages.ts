import * as vscode from 'vscode';
import type { EngineLoader } from './engine-loader';

/** Pages about credential types, from the bundle: they open without a network. */
export class TypePages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  static readonly scheme = 'keyward';
  readonly #registration: vscode.Disposable;

  constructor(readonly engine: EngineLoader) {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(TypePages.scheme, this);
  }

  /** Address of a type's page. */
  static uriOf(ruleId: string): vscode.Uri {
    return vscode.Uri.from({ scheme: TypePages.scheme, path: `/types/${ruleId}.md` });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const engine = await this.engine.load();
    const id = /^\/types\/([\w-]+)\.md$/.exec(uri.path)?.[1] ?? '';
    const type = engine.credentialType(id);
    return type ? engine.typePage(type) : vscode.l10n.t('There is no page for {0}: it is a rule of your policy.', id);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
