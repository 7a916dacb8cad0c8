import * as vscode from 'vscode';
import type { Assessment, CheckResult, Evidence } from '../checklist/assessment';
import type { Changes } from '../checklist/changes';
import { statusOrder, statusWord } from '../report/status-words';
import { commandIds } from './command-ids';
import type { Engine } from './engine';
import { severityWord } from './level-words';

/** One folder's assessment. */
export interface FolderAssessment {
  readonly folder: vscode.WorkspaceFolder;
  readonly assessment: Assessment;
  /** Since the run before, where one is remembered. */
  readonly changes?: Changes;
}

/** A row of the tree. */
export type ChecklistNode =
  | { readonly kind: 'folder'; readonly of: FolderAssessment }
  | { readonly kind: 'stage'; readonly of: FolderAssessment; readonly stage: string }
  | { readonly kind: 'check'; readonly of: FolderAssessment; readonly result: CheckResult }
  | {
      readonly kind: 'evidence';
      readonly of: FolderAssessment;
      readonly result: CheckResult;
      readonly index: number;
      readonly evidence: Evidence;
    };

/** The check that a command is about: named, or a row. */
export function checkAt(at: string | ChecklistNode | undefined): string | undefined {
  return typeof at === 'object' ? (at.kind === 'check' ? at.result.check : undefined) : at;
}

const STATUS: Readonly<Record<CheckResult['status'], readonly [icon: string, color: string | undefined]>> = {
  pass: ['pass', 'testing.iconPassed'],
  warn: ['warning', 'list.warningForeground'],
  fail: ['error', 'list.errorForeground'],
  'not-applicable': ['circle-slash', undefined],
  'needs-attestation': ['question', 'charts.blue'],
  error: ['bug', 'list.errorForeground'],
};

/** The tree of the lifecycle checklist: stages, checks, and the places that the evidence points to. */
export class ChecklistView implements vscode.TreeDataProvider<ChecklistNode>, vscode.Disposable {
  static readonly id = 'keyward.checklist';
  readonly #changed = new vscode.EventEmitter<ChecklistNode | undefined>();
  readonly #view: vscode.TreeView<ChecklistNode>;
  #engine: Engine | undefined;
  #assessments: readonly FolderAssessment[] = [];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor() {
    this.#view = vscode.window.createTreeView(ChecklistView.id, { treeDataProvider: this, showCollapseAll: true });
  }

  /** Shows new results. */
  show(engine: Engine, assessments: readonly FolderAssessment[]): void {
    this.#engine = engine;
    this.#assessments = assessments;
    const [first] = assessments;
    if (first && assessments.length === 1) {
      const { overall } = first.assessment.summary;
      this.#view.description =
        overall.grade === null || overall.grade === undefined
          ? vscode.l10n.t('no grade')
          : vscode.l10n.t('grade {0}, score {1}', overall.grade, overall.score ?? 0);
      this.#view.message = vscode.l10n.t('Coverage {0} %, {1}.', overall.coverage ?? 0, first.assessment.run.asOf);
    }
    this.#changed.fire(undefined);
  }

  getChildren(node?: ChecklistNode): ChecklistNode[] {
    if (!node) {
      return this.#assessments.length === 1
        ? this.#stages(this.#assessments[0] as FolderAssessment)
        : this.#assessments.map((of) => ({ kind: 'folder', of }));
    }
    switch (node.kind) {
      case 'folder':
        return this.#stages(node.of);
      case 'stage':
        return node.of.assessment.results
          .filter((r) => this.#stageOf(r) === node.stage)
          .sort((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) || (a.check < b.check ? -1 : 1))
          .map((result) => ({ kind: 'check', of: node.of, result }));
      case 'check':
        return node.result.evidence.map((evidence, index) => ({
          kind: 'evidence',
          of: node.of,
          result: node.result,
          index,
          evidence,
        }));
      case 'evidence':
        return [];
    }
  }

  #stageOf(result: CheckResult): string {
    return this.#engine?.checkDefinition(result.check).stage ?? '';
  }

  #stages(of: FolderAssessment): ChecklistNode[] {
    const stages = [...new Set(of.assessment.results.map((r) => this.#stageOf(r)))];
    return stages.map((stage) => ({ kind: 'stage', of, stage }));
  }

  getTreeItem(node: ChecklistNode): vscode.TreeItem {
    switch (node.kind) {
      case 'folder': {
        const item = new vscode.TreeItem(node.of.folder.name, vscode.TreeItemCollapsibleState.Expanded);
        const { grade, score } = node.of.assessment.summary.overall;
        item.description = grade ? vscode.l10n.t('grade {0}, score {1}', grade, score ?? 0) : vscode.l10n.t('no grade');
        return item;
      }
      case 'stage':
        return this.#stageItem(node.of, node.stage);
      case 'check':
        return this.#checkItem(node.result);
      case 'evidence':
        return evidenceItem(node.of.folder, node.result, node.evidence);
    }
  }

  #stageItem(of: FolderAssessment, stage: string): vscode.TreeItem {
    const results = of.assessment.results.filter((r) => this.#stageOf(r) === stage);
    const bad = results.filter((r) => r.status === 'fail' || r.status === 'error').length;
    const item = new vscode.TreeItem(
      this.#engine?.stageName(stage) ?? stage,
      bad ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
    );
    const counts = statusOrder
      .map((s) => [s, results.filter((r) => r.status === s).length] as const)
      .filter(([, n]) => n > 0);
    item.description = counts.map(([s, n]) => `${n} ${statusWord(s)}`).join(', ');
    item.id = `${of.folder.uri.toString()}#${stage}`;
    return item;
  }

  #checkItem(result: CheckResult): vscode.TreeItem {
    const title = this.#engine?.checkDefinition(result.check).title ?? result.check;
    const item = new vscode.TreeItem(
      title,
      result.evidence.length ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    const [icon, color] = STATUS[result.status];
    const word = statusWord(result.status);
    item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
    item.description = `${word}, ${result.check}`;
    const tooltip = new vscode.MarkdownString();
    tooltip.appendText(`${result.check}, ${severityWord(result.severity)}: ${word}.\n\n${result.message}`);
    if (result.remediation) {
      tooltip.appendText(`\n\n${result.remediation}`);
    }
    if (result.standards.length) {
      tooltip.appendText(`\n\n${vscode.l10n.t('Gives evidence for: {0}', result.standards.join(', '))}`);
    }
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: `${word}: ${title}. ${result.message}` };
    item.contextValue = `check.${result.status}`;
    return item;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }
}

function evidenceItem(folder: vscode.WorkspaceFolder, result: CheckResult, evidence: Evidence): vscode.TreeItem {
  const item = new vscode.TreeItem(`${evidence.file}:${evidence.line}`);
  item.iconPath = new vscode.ThemeIcon('location');
  item.contextValue = `evidence.${result.status}`;
  item.description = evidence.snippet ?? '';
  item.tooltip = evidence.snippet
    ? `${evidence.file}:${evidence.line}\n${evidence.snippet}`
    : `${evidence.file}:${evidence.line}`;
  item.command = {
    command: commandIds.openEvidence,
    title: vscode.l10n.t('Open'),
    arguments: [folder.uri.toString(), evidence.file, evidence.line, evidence.column ?? 1],
  };
  return item;
}
