import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { ReportPanel } from '../../../src/editor/report-panel';
import { emptyWorkspace, onDisk, pourInto, until, workspace, write } from '../workspace';

const extension = vscode.extensions.getExtension('keyward.keyward') as vscode.Extension<Keyward>;
const run = () => vscode.commands.executeCommand('keyward.runChecklist');

function reportTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(ReportPanel.viewType));
}

async function shownReport(): Promise<ReportPanel> {
  const { report } = await extension.activate();
  await until('the page and its script', () => report.isShown);
  return report;
}

describe('the checklist’s report', () => {
  beforeEach(emptyWorkspace);
  after(emptyWorkspace);

  it('opens in one tab, whose script runs under its content policy', async () => {
    pourInto('sample');
    await run();
    await shownReport();
    assert.equal(reportTabs().length, 1);
    await run();
    await vscode.commands.executeCommand('keyward.openReport');
    assert.equal(reportTabs().length, 1);
    assert.ok(reportTabs()[0]?.isActive);
  });

  it('opens a place of the evidence beside itself, at its line', async () => {
    pourInto('sample');
    await run();
    const report = await shownReport();
    await report.receive({ type: 'open', check: 'KW-DIS-02', place: 0 });
    const editor = vscode.window.activeTextEditor as vscode.TextEditor;
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /verify=False/);
    assert.notEqual(editor.viewColumn, reportTabs()[0]?.group.viewColumn);
    assert.ok(report.isShown, 'the report stays in sight');
    await report.receive({ type: 'open', check: 'KW-DIS-02', place: 999 });
    await report.receive({ type: 'open', check: 'KW-DIS-02', place: 0, file: '/etc/passwd' });
    assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /prices\.py$/);
  });

  it('says what changed when it runs again', async () => {
    pourInto('sample');
    await run();
    const keyward = await extension.activate();
    write({
      'src/prices.py': (onDisk('src/prices.py') ?? '').replace('verify=False', 'verify=True'),
      'src/make.ts': 'export const apiSecret = Math.random().toString(36);\n',
    });
    await run();
    const changes = keyward.checklist.last[0]?.changes;
    const kinds = Object.fromEntries(changes?.list.map((c) => [c.check, c.kind]) ?? []);
    assert.equal(kinds['KW-DIS-02'], 'fixed');
    assert.equal(kinds['KW-GEN-01'], 'more-places');
    await run();
    assert.deepEqual(keyward.checklist.last[0]?.changes?.list, []);
  });

  it('mends a place by its button, and shows the new result', async () => {
    pourInto('sample');
    await until('texts that are open to be those of the disk', () =>
      vscode.workspace.textDocuments.every(
        (d) => !d.uri.path.endsWith('/prices.py') || /verify=False/.test(d.getText()),
      ),
    );
    await run();
    const report = await shownReport();
    const { checklist } = await extension.activate();
    await report.receive({ type: 'fix', check: 'KW-DIS-02', place: 0 });
    assert.doesNotMatch(onDisk('src/prices.py') ?? '', /verify=False/);
    assert.ok(report.isShown, 'the report stays in sight');
    const [result] = checklist.last;
    assert.equal(result?.assessment.results.find((r) => r.check === 'KW-DIS-02')?.status, 'pass');
    assert.ok(result?.changes?.list.some((c) => c.check === 'KW-DIS-02' && c.kind === 'fixed'));
  });

  it('puts a run on record in the audit log, by the person at the keyboard', async () => {
    pourInto('sample');
    write({
      'keyward.policy.jsonc': JSON.stringify({
        version: 1,
        project: { name: 'desk', team: 'solo' },
        environments: [{ id: 'live', kind: 'production' }],
        owners: [{ id: 'ann', kind: 'person', contact: 'ann@example.org' }],
        inventory: { keys: [] },
      }),
    });
    await run();
    const report = await shownReport();
    await report.receive({ type: 'record' });
    assert.match(onDisk('.keyward/audit.jsonl') ?? '', /"by":"ann","event":"checklist"/);
  });

  it('comes back after a reload with the last results, without a run', async () => {
    pourInto('sample');
    await run();
    const { checklist, report } = await extension.activate();
    const asked = checklist.last;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    checklist.last = [];
    let ran = 0;
    const listening = checklist.onDidRun(() => ran++);
    const panel = vscode.window.createWebviewPanel(ReportPanel.viewType, 'x', vscode.ViewColumn.One, {});
    await report.deserializeWebviewPanel(panel, { folder: '', profile: 'soc2' });
    await until('the page', () => report.isShown);
    assert.match(panel.webview.html, /KW-GEN-02/);
    assert.match(panel.webview.html, /data-standard="soc2"/);
    assert.equal(ran, 0);
    assert.deepEqual(
      (await checklist.remembered())[0]?.assessment.results.map((r) => r.status),
      asked[0]?.assessment.results.map((r) => r.status),
    );
    listening.dispose();
  });

  it('can be cancelled, and keeps the results that were there', async () => {
    pourInto('sample');
    await run();
    const { checklist } = await extension.activate();
    const before = checklist.last;
    const listening = checklist.onProgress(() => checklist.cancel());
    assert.equal(await checklist.run(), before);
    listening.dispose();
  });

  it('keeps the last run outside of the project, without values', async () => {
    const values = pourInto('sample');
    await run();
    const { checklist } = await extension.activate();
    const storage = checklist.memory.storage as vscode.Uri;
    const kept = fs.readFileSync(vscode.Uri.joinPath(storage, 'checklist-runs.json').fsPath, 'utf8');
    assert.ok(!storage.fsPath.startsWith(workspace));
    assert.match(kept, /KW-GEN-02/);
    for (const value of Object.values(values)) {
      assert.ok(!kept.includes(value));
    }
  });

  it('writes an archive whose report is of the moment, and opens what is text', async function () {
    if (path.basename(extension.extensionPath) === 'installed') {
      this.skip(); // the packaged extension has a window object of its own: its questions can't be answered from here
    }
    pourInto('sample');
    await run();
    const window = vscode.window as unknown as Record<string, unknown>;
    const { showQuickPick, showSaveDialog } = window;
    const proposed: string[] = [];
    const exported = async (label: string): Promise<vscode.Uri> => {
      window.showQuickPick = async (items: readonly { label: string }[]) => items.find((i) => i.label === label);
      window.showSaveDialog = async ({ defaultUri }: { defaultUri: vscode.Uri }) => {
        proposed.push(defaultUri.path.slice(defaultUri.path.lastIndexOf('/') + 1));
        return defaultUri;
      };
      return (await vscode.commands.executeCommand<vscode.Uri>('keyward.exportChecklist')) as vscode.Uri;
    };
    try {
      write({ 'src/prices.py': (onDisk('src/prices.py') ?? '').replace('verify=False', 'verify=True') });
      const zip = await exported('Evidence archive');
      const parts = unzipSync(fs.readFileSync(zip.fsPath));
      const report = JSON.parse(strFromU8(parts['report.json'] as Uint8Array));
      assert.equal(report.results.find((r: { check: string }) => r.check === 'KW-DIS-02').status, 'pass');
      await exported('Markdown');
      assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /^# Key-lifecycle checklist/);
    } finally {
      Object.assign(window, { showQuickPick, showSaveDialog });
    }
    assert.match(proposed[0] ?? '', /^keyward-evidence-.*-\d{4}-\d\d-\d\d\.zip$/);
    assert.equal(proposed[1], 'keyward-checklist.md');
  });
});
