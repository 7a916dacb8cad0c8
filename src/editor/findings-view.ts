import * as vscode from 'vscode';
import type { Severity } from '../catalog/credential-type';
import { credentialName } from '../scan/wording';
import type { FileFindings, FindingsModel, PlacedFinding } from './findings-model';

type Node =
  | { readonly kind: 'file'; readonly file: FileFindings }
  | { readonly kind: 'finding'; readonly file: FileFindings; readonly placed: PlacedFinding };

const ORDER: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };
const ICON: Readonly<Record<Severity, readonly [string, string]>> = {
  critical: ['error', 'list.errorForeground'],
  high: ['error', 'list.errorForeground'],
  medium: ['warning', 'list.warningForeground'],
  low: ['info', 'charts.blue'],
};

/** The tree of what was found: files, and in each its findings. */
export class FindingsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  static readonly id = 'keyward.findings';
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly #view: vscode.TreeView<Node>;
  readonly #disposables: vscode.Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(readonly model: FindingsModel) {
    this.#view = vscode.window.createTreeView(FindingsView.id, { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [
      this.#changed,
      this.#view,
      model.onDidChange(() => {
        this.#timer ??= setTimeout(() => this.#refresh(), 100);
      }),
    ];
  }

  #refresh(): void {
    this.#timer = undefined;
    const count = this.model.files().reduce((sum, f) => sum + f.findings.length, 0);
    this.#view.badge = count
      ? {
          value: count,
          tooltip: count === 1 ? vscode.l10n.t('1 hard-coded key') : vscode.l10n.t('{0} hard-coded keys', count),
        }
      : undefined;
    this.#view.message = this.model.auditedAt
      ? count
        ? undefined
        : vscode.l10n.t('Nothing found. Audited at {0}.', this.model.auditedAt.toLocaleTimeString())
      : count
        ? vscode.l10n.t('Open texts only. Audit the workspace to see all files.')
        : undefined;
    this.#changed.fire(undefined);
  }

  getChildren(node?: Node): Node[] {
    if (!node) {
      return this.model.files().map((file) => ({ kind: 'file', file }));
    }
    return node.kind === 'file'
      ? node.file.findings.map((placed) => ({ kind: 'finding', file: node.file, placed }))
      : [];
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'finding' ? { kind: 'file', file: node.file } : undefined;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'file' ? this.#fileItem(node.file) : this.#findingItem(node.file, node.placed);
  }

  #fileItem({ uri, findings, local }: FileFindings): vscode.TreeItem {
    const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Expanded);
    item.id = uri.toString();
    item.iconPath = vscode.ThemeIcon.File;
    const highest = findings.map((f) => f.finding.severity).sort((a, b) => ORDER[a] - ORDER[b])[0];
    const relative = vscode.workspace.asRelativePath(uri);
    const folder = relative.includes('/') ? relative.slice(0, relative.lastIndexOf('/')) : '';
    item.description = local ? `${folder} (${vscode.l10n.t('kept out of git')})`.trim() : folder;
    item.tooltip = `${relative}: ${findings.length}, ${highest}`;
    item.contextValue = 'file';
    return item;
  }

  #findingItem({ uri, local }: FileFindings, { finding, range }: PlacedFinding): vscode.TreeItem {
    const item = new vscode.TreeItem(credentialName(finding));
    const [icon, color] = local ? ICON.low : ICON[finding.severity];
    item.id = `${uri.toString()}#${range.start.line}:${range.start.character}:${finding.ruleId}`;
    item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
    item.description = `${finding.severity}, ${vscode.l10n.t('line {0}', range.start.line + 1)}`;
    item.tooltip = finding.message;
    item.contextValue = 'finding';
    item.accessibilityInformation = {
      label: `${finding.severity}: ${finding.message} ${vscode.l10n.t('Line {0}', range.start.line + 1)}`,
    };
    item.command = {
      command: 'vscode.open',
      title: vscode.l10n.t('Open'),
      arguments: [
        uri,
        { selection: new vscode.Range(range.start, range.start) } satisfies vscode.TextDocumentShowOptions,
      ],
    };
    return item;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}
