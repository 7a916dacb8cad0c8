import * as vscode from 'vscode';
import { commandIds } from './command-ids';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';
import { escaped } from './markdown';
import { isSource } from './open-documents';
import { setting } from './settings';

/** The passport of a key, from the policy's inventory, where a text refers to it. */
export class ReferenceHover implements vscode.HoverProvider, vscode.Disposable {
  readonly #registration: vscode.Disposable;

  constructor(
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
  ) {
    this.#registration = vscode.languages.registerHoverProvider({ scheme: '*' }, this);
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    if (!isSource(document) || !setting('hover.references', document)) {
      return undefined;
    }
    const engine = await this.engine.load();
    const found = engine.referenceAt(document.lineAt(position.line).text, position.character);
    if (!found) {
      return undefined;
    }
    const { folder, policy } = await this.contexts.of(document.uri);
    if (!folder || !policy || policy.state !== 'ok' || !policy.policy) {
      return undefined;
    }
    const key = engine.keyNamed(policy.policy, found.name, new Date().toISOString().slice(0, 10));
    if (!key && !engine.isKeyName(found.name, policy.policy.inventory?.scope === 'all' ? 'all' : 'crypto')) {
      return undefined;
    }
    const md = new vscode.MarkdownString();
    md.isTrusted = { enabledCommands: [commandIds.addToInventory] };
    if (key) {
      const { record } = key;
      md.appendMarkdown(`**${escaped(record.id)}** (Keyward)\n\n`);
      for (const line of engine.passport(key)) {
        md.appendMarkdown(`${escaped(line)}\n\n`);
      }
    } else {
      const args = encodeURIComponent(JSON.stringify([folder.uri.toString(), found.name]));
      md.appendMarkdown(
        `${escaped(vscode.l10n.t('{0} is not in the inventory.', found.name))} [${vscode.l10n.t('Add it')}](command:${commandIds.addToInventory}?${args})`,
      );
    }
    return new vscode.Hover(md, new vscode.Range(position.line, found.start, position.line, found.end));
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
