import * as vscode from 'vscode';
import type { EngineLoader } from './engine-loader';
import type { Ports } from './ports';

/** Members of archives, read-only: `dist/a.zip!src/bot.ts`. */
export class ArchiveTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  static readonly scheme = 'keyward-archive';
  readonly #registration: vscode.Disposable;

  constructor(
    readonly engine: EngineLoader,
    readonly ports: Ports,
  ) {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(ArchiveTexts.scheme, this);
  }

  /** Address of a file of a folder, or of a member when it stands in an archive. */
  static uriOf(folder: vscode.Uri, file: string): vscode.Uri {
    const uri = vscode.Uri.joinPath(folder, file);
    return file.includes('!')
      ? uri.with({ scheme: ArchiveTexts.scheme, query: JSON.stringify([uri.scheme, uri.authority]) })
      : uri;
  }

  /** The address that a path is shown by: a member's as if it stood on the disk. */
  static shown(uri: vscode.Uri): vscode.Uri {
    if (uri.scheme !== ArchiveTexts.scheme) {
      return uri;
    }
    const [scheme, authority] = JSON.parse(uri.query) as [string, string];
    return uri.with({ scheme, authority, query: '' });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const file = ArchiveTexts.shown(uri);
    const at = file.path.indexOf('!');
    const archive = file.with({ path: file.path.slice(0, at) });
    const inside = vscode.workspace.getWorkspaceFolder(archive) !== undefined;
    const bytes = inside ? await this.ports.archiveMember?.(archive, file.path.slice(at + 1)) : undefined;
    const engine = await this.engine.load();
    const text = bytes && engine.decodeText(bytes)?.text;
    return text ?? vscode.l10n.t('The archive does not hold this text any more.');
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
