import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { type Poured, pour } from '../fixtures/pour';

/** The folder that is open in the tests' window. */
export const workspace = process.env.KEYWARD_WORKSPACE as string;
/** The repository. */
export const repository = process.env.KEYWARD_ROOT as string;

/** Empties the open folder and makes it a git repository again. */
export async function emptyWorkspace(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  for (const name of fs.readdirSync(workspace)) {
    fs.rmSync(path.join(workspace, name), { recursive: true, force: true });
  }
  await until(
    'settings without those of the test before',
    () => vscode.workspace.getConfiguration('keyward').inspect('fixes.store')?.workspaceValue === undefined,
  );
  try {
    execFileSync('git', ['init', '-q'], { cwd: workspace });
  } catch {
    // without git, ignore rules decide alone
  }
}

/** Writes files into the open folder. */
export function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(workspace, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

/** Pours a sample project into the open folder. */
export function pourInto(name: string, folder = ''): Poured {
  return pour(path.join(repository, 'test/fixtures', name), path.join(workspace, folder));
}

/** A file's text on the disk; undefined when it does not exist. */
export function onDisk(name: string): string | undefined {
  const file = path.join(workspace, name);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

/** Opens a file of the folder in an editor. */
export async function open(name: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(path.join(workspace, name));
  return vscode.window.showTextDocument(document);
}

/** Waits until `look` gives something, and returns it. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  ms = 15_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) {
      return seen;
    }
    assert.ok(Date.now() < end, `waited ${ms} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Keyward's diagnostics on a text, in the order of their places. */
export function squiggles(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((d) => d.source === 'keyward')
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

/** Waits for a number of squiggles. */
export function squigglesOf(uri: vscode.Uri, count: number): Promise<vscode.Diagnostic[]> {
  return until(`${count} squiggles in ${path.basename(uri.path)}`, () => {
    const found = squiggles(uri);
    return found.length === count && found;
  });
}

/** The id of the rule that a diagnostic is about. */
export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/** What the lightbulb offers on a diagnostic. */
export async function lightbulb(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  let actions: vscode.CodeAction[];
  try {
    actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
  } catch {
    return []; // VS Code cancels a request when the text changes meanwhile
  }
  return actions.filter(
    (a) => a.command?.command.startsWith('keyward.') || /^(?:Rotate this key|Mark as test key)/.test(a.title),
  );
}

/** Chooses an action by its title. */
export async function choose(uri: vscode.Uri, range: vscode.Range, title: RegExp): Promise<string> {
  const action = await until(`an action ${title}`, async () =>
    (await lightbulb(uri, range)).find((a) => title.test(a.title)),
  );
  assert.ok(action.command);
  await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  return action.title;
}
