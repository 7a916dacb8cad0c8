import * as vscode from 'vscode';
import type { RunningFile, SettingInForce } from '../report/capabilities';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import type { Ports } from './ports';
import { TypePages } from './type-pages';

/** What the build noted of each file: its SHA-256. */
type Built = Readonly<Record<string, { readonly sha256: string }>>;

/** Shows what Keyward reads, writes and runs here, and what its own files load, looked up when it is asked. */
export class Capabilities {
  static readonly uri = vscode.Uri.from({ scheme: TypePages.scheme, path: '/capabilities.md' });

  constructor(
    readonly extension: vscode.Extension<unknown>,
    readonly engine: EngineLoader,
    readonly ports: Ports,
  ) {}

  async text(): Promise<string> {
    const engine = await this.engine.load();
    return engine.capabilities({
      version: String(this.extension.packageJSON.version),
      trusted: vscode.workspace.isTrusted,
      programs: this.ports.tools !== undefined,
      folders: (vscode.workspace.workspaceFolders ?? []).map((f) => f.name),
      files: await this.#files(engine),
      settings: this.#settings(),
    });
  }

  /** Opens it as a page, or as text where there is no preview. */
  async show(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(Capabilities.uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', document.uri);
    } catch {
      await vscode.window.showTextDocument(document);
    }
  }

  async #files(engine: Engine): Promise<readonly RunningFile[] | undefined> {
    const dist = vscode.Uri.joinPath(this.extension.extensionUri, 'dist');
    const read = async (name: string) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(dist, name));
    try {
      const built = JSON.parse(new TextDecoder().decode(await read('built.json'))) as Built;
      const files: RunningFile[] = [];
      for (const name of Object.keys(built)) {
        const bytes = await read(name).then(undefined, () => undefined);
        if (!bytes) {
          // The npm package holds parts that VS Code's leaves out.
          continue;
        }
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice()));
        const hash = [...digest].map((b) => b.toString(16).padStart(2, '0')).join('');
        const asBuilt = built[name] && built[name].sha256 === hash;
        files.push({ name, hash, asBuilt, imports: engine.importsOf(new TextDecoder().decode(bytes)) });
      }
      return files.length > 0 ? files : undefined;
    } catch {
      return undefined;
    }
  }

  #settings(): SettingInForce[] {
    const sections = this.extension.packageJSON.contributes.configuration as { readonly properties: object }[];
    const configuration = vscode.workspace.getConfiguration();
    return sections
      .flatMap((s) => Object.keys(s.properties))
      .map((name) => {
        const found = configuration.inspect<unknown>(name);
        const from =
          found?.workspaceFolderValue !== undefined
            ? vscode.l10n.t('folder')
            : found?.workspaceValue !== undefined
              ? vscode.l10n.t('workspace')
              : found?.globalValue !== undefined
                ? vscode.l10n.t('you')
                : vscode.l10n.t('default');
        return { name, value: JSON.stringify(configuration.get(name)), from };
      });
  }
}
