import * as vscode from 'vscode';
import type { EngineLoader } from './engine-loader';
import type { Ports } from './ports';

/** Texts as git holds them, read-only: what is staged, and old versions. */
export class GitTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  static readonly scheme = 'keyward-git';
  readonly #registration: vscode.Disposable;

  constructor(
    readonly engine: EngineLoader,
    readonly ports: Ports,
  ) {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(GitTexts.scheme, this);
  }

  /** Address of a blob, with the path whose name the editor shows. */
  static uriOf(folder: vscode.WorkspaceFolder, oid: string, path: string, submodule = ''): vscode.Uri {
    return vscode.Uri.from({
      scheme: GitTexts.scheme,
      path: `/${path.replace(/^(?:\.\.\/)+/, '')}`,
      query: JSON.stringify({ folder: folder.uri.toString(), oid, submodule }),
    });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { folder, oid, submodule } = JSON.parse(uri.query) as { folder: string; oid: string; submodule: string };
    const known = vscode.workspace.workspaceFolders?.find((f) => f.uri.toString() === folder);
    const git =
      known && vscode.workspace.isTrusted
        ? await this.ports.gitObjects?.(vscode.Uri.joinPath(known.uri, submodule))
        : undefined;
    const engine = await this.engine.load();
    let text: string | undefined;
    if (git && /^[0-9a-f]{40,64}$/.test(oid)) {
      await git.read([oid], (_, bytes) => {
        text = engine.decodeText(bytes)?.text;
      });
    }
    return text ?? vscode.l10n.t('Git does not hold this text any more.');
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
