import * as vscode from 'vscode';
import type { Severity } from '../catalog/credential-type';
import { credentialName } from '../scan/wording';
import { ArchiveTexts } from './archive-texts';
import type { FileFindings, FindingsModel, PlacedFinding } from './findings-model';
import type { FindingArguments } from './fix-targets';
import type { GitAudit, GitFinding } from './git-audit';
import { severityWord } from './level-words';
import { setting } from './settings';

/** A row of the tree. */
export type FindingsNode =
  | { readonly kind: 'file'; readonly file: FileFindings }
  | { readonly kind: 'group'; readonly name: string; readonly items: readonly Leaf[] }
  | { readonly kind: 'git'; readonly name: string; readonly items: readonly GitFinding[] }
  | { readonly kind: 'git-finding'; readonly item: GitFinding; readonly group: string }
  | Leaf;

/** One finding; `parent` is the group that it is shown in, where that is no file. */
interface Leaf {
  readonly kind: 'finding';
  readonly file: FileFindings;
  readonly placed: PlacedFinding;
  readonly parent?: string;
}

const ORDER: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };
const ICON: Readonly<Record<Severity, readonly [string, string]>> = {
  critical: ['error', 'list.errorForeground'],
  high: ['error', 'list.errorForeground'],
  medium: ['warning', 'list.warningForeground'],
  low: ['info', 'charts.blue'],
};

/** The tree of what was found, by file, severity or provider. */
export class FindingsView implements vscode.TreeDataProvider<FindingsNode>, vscode.Disposable {
  static readonly id = 'keyward.findings';
  readonly #changed = new vscode.EventEmitter<FindingsNode | undefined>();
  readonly #view: vscode.TreeView<FindingsNode>;
  readonly #disposables: vscode.Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  #filter = '';

  constructor(
    readonly model: FindingsModel,
    readonly git: GitAudit,
  ) {
    this.#view = vscode.window.createTreeView(FindingsView.id, { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [
      this.#changed,
      this.#view,
      model.onDidChange(() => {
        this.#timer ??= setTimeout(() => this.#refresh(), 100);
      }),
      git.onDidChange(() => this.#refresh()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('keyward.findings.groupBy')) {
          this.#refresh();
        }
      }),
    ];
  }

  #refresh(): void {
    this.#timer = undefined;
    const count = this.#files().reduce((sum, f) => sum + f.findings.length, 0);
    this.#view.badge = count
      ? {
          value: count,
          tooltip: count === 1 ? vscode.l10n.t('1 hard-coded key') : vscode.l10n.t('{0} hard-coded keys', count),
        }
      : undefined;
    this.#view.description = this.#filter ? vscode.l10n.t('filtered by "{0}"', this.#filter) : '';
    this.#view.message = this.model.auditedAt
      ? count
        ? undefined
        : vscode.l10n.t('Nothing found. Audited at {0}.', this.model.auditedAt.toLocaleTimeString())
      : count
        ? vscode.l10n.t('Open texts only. Audit the workspace to see all files.')
        : undefined;
    this.#changed.fire(undefined);
  }

  /** Asks for words; only findings whose provider, rule, variable or file holds them are shown. */
  async filter(): Promise<void> {
    const words = await vscode.window.showInputBox({
      title: vscode.l10n.t('Filter findings'),
      prompt: vscode.l10n.t('Provider, rule, variable, severity or file. Empty shows all.'),
      value: this.#filter,
    });
    if (words !== undefined) {
      this.#filter = words.trim().toLowerCase();
      void vscode.commands.executeCommand('setContext', 'keyward.filtered', this.#filter !== '');
      this.#refresh();
    }
  }

  /** Asks how to group, and keeps it as a setting. */
  async group(): Promise<void> {
    const now = setting('findings.groupBy');
    const choices = [
      { label: vscode.l10n.t('File'), by: 'file' },
      { label: vscode.l10n.t('Severity'), by: 'severity' },
      { label: vscode.l10n.t('Provider'), by: 'provider' },
    ].map((c) => ({ ...c, ...(c.by === now ? { description: vscode.l10n.t('now') } : {}) }));
    const choice = await vscode.window.showQuickPick(choices, { title: vscode.l10n.t('Group findings by') });
    if (choice) {
      await vscode.workspace
        .getConfiguration('keyward')
        .update('findings.groupBy', choice.by, vscode.ConfigurationTarget.Global);
    }
  }

  /** Names a finding of the tree for commands that work on texts. */
  async named(node: FindingsNode): Promise<FindingArguments | undefined> {
    if (node.kind !== 'finding') {
      return undefined;
    }
    const document = await vscode.workspace.openTextDocument(node.file.uri);
    return {
      uri: document.uri.toString(),
      version: document.version,
      start: document.offsetAt(node.placed.range.start),
    };
  }

  /** Opens a finding of the tree and the lightbulb's menu on it. */
  async fix(node: FindingsNode): Promise<void> {
    if (node.kind === 'finding') {
      const { start } = node.placed.range;
      await vscode.window.showTextDocument(node.file.uri, { selection: new vscode.Range(start, start) });
      await vscode.commands.executeCommand('editor.action.quickFix');
    }
  }

  #files(): FileFindings[] {
    const files = this.model.files();
    if (!this.#filter) {
      return files;
    }
    const holds = (f: FileFindings, { finding }: PlacedFinding) =>
      [finding.provider, finding.ruleId, finding.variable, finding.severity, shownPath(f.uri)]
        .join(' ')
        .toLowerCase()
        .includes(this.#filter);
    return files
      .map((f) => ({ ...f, findings: f.findings.filter((p) => holds(f, p)) }))
      .filter((f) => f.findings.length > 0);
  }

  getChildren(node?: FindingsNode): FindingsNode[] {
    if (!node) {
      const by = setting('findings.groupBy');
      const git = [
        { kind: 'git', name: vscode.l10n.t('Staged changes'), items: this.git.staged },
        { kind: 'git', name: vscode.l10n.t('Git history'), items: this.git.history },
      ] as const;
      return [
        ...git.filter((g) => g.items.length > 0),
        ...(by === 'file' ? this.#files().map((file) => ({ kind: 'file', file }) as const) : this.#groups(by)),
      ];
    }
    switch (node.kind) {
      case 'file':
        return node.file.findings.map((placed) => ({ kind: 'finding', file: node.file, placed }));
      case 'group':
        return [...node.items];
      case 'git':
        return node.items.map((item) => ({ kind: 'git-finding', item, group: node.name }));
      case 'git-finding':
      case 'finding':
        return [];
    }
  }

  #groups(by: 'severity' | 'provider'): FindingsNode[] {
    const groups = new Map<string, Leaf[]>();
    for (const file of this.#files()) {
      for (const placed of file.findings) {
        const { severity, provider } = placed.finding;
        const name = by === 'provider' ? provider : severity;
        const list = groups.get(name) ?? [];
        list.push({ kind: 'finding', file, placed, parent: name });
        groups.set(name, list);
      }
    }
    const rank = (name: string, items: readonly Leaf[]) =>
      by === 'severity' ? ORDER[name as Severity] : Math.min(...items.map((i) => ORDER[i.placed.finding.severity]));
    return [...groups]
      .sort(([a, x], [b, y]) => rank(a, x) - rank(b, y) || (a < b ? -1 : 1))
      .map(([name, items]) => ({ kind: 'group', name, items }));
  }

  getParent(node: FindingsNode): FindingsNode | undefined {
    if (node.kind !== 'finding') {
      return undefined;
    }
    return node.parent === undefined
      ? { kind: 'file', file: node.file }
      : { kind: 'group', name: node.parent, items: [] };
  }

  getTreeItem(node: FindingsNode): vscode.TreeItem {
    switch (node.kind) {
      case 'file':
        return this.#fileItem(node.file);
      case 'group':
        return groupItem(node.name, node.items.length);
      case 'git':
        return groupItem(node.name, node.items.length, 'git-commit');
      case 'git-finding':
        return gitItem(node.item, node.group);
      case 'finding':
        return this.#findingItem(node.file, node.placed, node.parent !== undefined);
    }
  }

  #fileItem({ uri, findings, local }: FileFindings): vscode.TreeItem {
    const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Expanded);
    item.id = uri.toString();
    item.iconPath = vscode.ThemeIcon.File;
    const highest = findings.map((f) => f.finding.severity).sort((a, b) => ORDER[a] - ORDER[b])[0];
    const relative = shownPath(uri);
    const folder = relative.includes('/') ? relative.slice(0, relative.lastIndexOf('/')) : '';
    item.description = local ? `${folder} (${vscode.l10n.t('kept out of git')})`.trim() : folder;
    item.tooltip = `${relative}: ${findings.length}, ${highest ? severityWord(highest) : ''}`;
    item.contextValue = 'file';
    return item;
  }

  #findingItem({ uri, local }: FileFindings, { finding, range }: PlacedFinding, grouped: boolean): vscode.TreeItem {
    const item = new vscode.TreeItem(credentialName(finding));
    const [icon, color] = local ? ICON.low : ICON[finding.severity];
    item.id = `${uri.toString()}#${range.start.line}:${range.start.character}:${finding.ruleId}`;
    item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
    item.description = grouped
      ? `${shownPath(uri)}:${range.start.line + 1}`
      : vscode.l10n.t('{0}, line {1}', severityWord(finding.severity), range.start.line + 1);
    item.tooltip = finding.message;
    item.contextValue = 'finding';
    item.accessibilityInformation = {
      label: `${severityWord(finding.severity)}: ${finding.message} ${vscode.l10n.t('Line {0}', range.start.line + 1)}`,
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

/** Path of a text for a person: relative to its folder, also a member's of an archive. */
function shownPath(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(ArchiveTexts.shown(uri));
}

/** A finding in what git holds; it opens as git holds it. */
function gitItem({ finding, uri, from }: GitFinding, group: string): vscode.TreeItem {
  const item = new vscode.TreeItem(credentialName(finding));
  const { line, character } = finding.range.start;
  const [icon, color] = ICON[finding.severity];
  item.id = `${group}:${uri.toString()}#${line}:${character}`;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
  const when = from
    ? ` ${from.commit.slice(0, 8)}, ${from.date.slice(0, 10)}${from.pushed ? `, ${vscode.l10n.t('pushed')}` : ''}`
    : '';
  item.description = `${finding.file}:${line + 1}${when}`;
  item.tooltip = finding.message;
  item.contextValue = 'git-finding';
  item.accessibilityInformation = { label: `${finding.severity}: ${finding.message} ${item.description}` };
  const selection = new vscode.Range(line, character, finding.range.end.line, finding.range.end.character);
  item.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open'),
    arguments: [uri, { selection } satisfies vscode.TextDocumentShowOptions],
  };
  return item;
}

function groupItem(name: string, count: number, glyph?: string): vscode.TreeItem {
  const label = name in ORDER ? severityWord(name as Severity) : name;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group:${name}`;
  item.description = String(count);
  if (glyph) {
    item.iconPath = new vscode.ThemeIcon(glyph);
  } else if (name in ICON) {
    const [icon, color] = ICON[name as Severity];
    item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
  }
  item.contextValue = 'group';
  item.accessibilityInformation = {
    label: count === 1 ? vscode.l10n.t('{0}: 1 finding', label) : vscode.l10n.t('{0}: {1} findings', label, count),
  };
  return item;
}
