import * as vscode from 'vscode';
import type { KeyOnDay, KeyUrgency } from '../checklist/key-calendar';
import { commandIds } from './command-ids';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';

/** A row of the tree. */
export type KeysNode =
  | { readonly kind: 'folder'; readonly folder: vscode.WorkspaceFolder }
  | { readonly kind: 'environment'; readonly folder: vscode.WorkspaceFolder; readonly name: string }
  | { readonly kind: 'key'; readonly folder: vscode.WorkspaceFolder; readonly key: KeyOnDay };

/** Names a key: a row of the tree, or a folder and the key's id. */
export type KeyArguments = readonly [at: string | KeysNode, id?: string];

/** The folder and the id that a command is about. */
export function keyAt([at, id]: KeyArguments): [folder: string, id: string] {
  if (typeof at === 'string') {
    return [at, id ?? ''];
  }
  return [at.folder.uri.toString(), at.kind === 'key' ? at.key.record.id : ''];
}

const ICON: Readonly<Record<KeyUrgency, readonly [string, string | undefined]>> = {
  fine: ['key', undefined],
  soon: ['clock', 'list.warningForeground'],
  overdue: ['warning', 'list.warningForeground'],
  expired: ['error', 'list.errorForeground'],
  retired: ['circle-slash', undefined],
};

/** The inventory of the policy: keys by environment, the next to be rotated first. */
export class KeysView implements vscode.TreeDataProvider<KeysNode>, vscode.Disposable {
  static readonly id = 'keyward.keys';
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<KeysNode>;
  readonly #disposables: vscode.Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
  ) {
    this.#view = vscode.window.createTreeView(KeysView.id, { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [this.#changed, this.#view, contexts.onDidChange(() => this.#changed.fire(undefined))];
  }

  async #keys(engine: Engine, folder: vscode.WorkspaceFolder): Promise<readonly KeyOnDay[]> {
    const { policy } = await this.contexts.of(folder.uri);
    return engine.keysOnDay(policy?.policy, new Date().toISOString().slice(0, 10));
  }

  async getChildren(node?: KeysNode): Promise<KeysNode[]> {
    const engine = await this.engine.load();
    if (!node) {
      const folders = vscode.workspace.workspaceFolders ?? [];
      const withKeys: KeysNode[] = [];
      for (const folder of folders) {
        if ((await this.#keys(engine, folder)).length > 0) {
          withKeys.push({ kind: 'folder', folder });
        }
      }
      const [only] = withKeys;
      return folders.length === 1 && only ? this.getChildren(only) : withKeys;
    }
    switch (node.kind) {
      case 'folder': {
        const names = new Set((await this.#keys(engine, node.folder)).map((k) => k.record.environment));
        return [...names].map((name) => ({ kind: 'environment', folder: node.folder, name }));
      }
      case 'environment':
        return (await this.#keys(engine, node.folder))
          .filter((k) => k.record.environment === node.name)
          .map((key) => ({ kind: 'key', folder: node.folder, key }));
      case 'key':
        return [];
    }
  }

  getTreeItem(node: KeysNode): vscode.TreeItem {
    switch (node.kind) {
      case 'folder':
        return new vscode.TreeItem(node.folder.name, vscode.TreeItemCollapsibleState.Expanded);
      case 'environment':
        return new vscode.TreeItem(node.name, vscode.TreeItemCollapsibleState.Expanded);
      case 'key':
        return this.#item(node.folder, node.key);
    }
  }

  #item(folder: vscode.WorkspaceFolder, key: KeyOnDay): vscode.TreeItem {
    const { record, due, urgency } = key;
    const item = new vscode.TreeItem(record.id);
    item.id = `${folder.uri.toString()}#${record.id}`;
    const [icon, color] = ICON[urgency];
    item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
    item.description =
      urgency === 'retired'
        ? record.status
        : due === undefined
          ? vscode.l10n.t('no limit')
          : urgency === 'expired'
            ? vscode.l10n.t('expired {0}', record.expiresAt ?? due)
            : vscode.l10n.t('due {0}', due);
    const lines = this.engine.loaded?.passport(key) ?? [];
    item.tooltip = lines.join('\n');
    item.accessibilityInformation = { label: `${record.id}, ${item.description}. ${lines.join(' ')}` };
    item.contextValue = urgency === 'retired' ? 'key.retired' : 'key';
    item.command = {
      command: commandIds.openKey,
      title: vscode.l10n.t('Open in the Policy'),
      arguments: [folder.uri.toString(), record.id],
    };
    return item;
  }

  dispose(): void {
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}
