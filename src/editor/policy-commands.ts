import * as vscode from 'vscode';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';
import { longRun } from './long-run';
import { answersTo } from './questions';

/** The folder that a command is about: the active text's, the only one, or the one that the person picks. */
export async function chosenFolder(purpose: string): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No folder is open. Open the folder of a project first.'));
    return undefined;
  }
  if (folders.length === 1) {
    return folders[0];
  }
  const active = vscode.window.activeTextEditor?.document.uri;
  const own = active && vscode.workspace.getWorkspaceFolder(active);
  return own ?? vscode.window.showWorkspaceFolderPick({ placeHolder: purpose });
}

/** Opens the folder's policy; offers to write one where there is none. */
export async function openPolicy(
  loader: EngineLoader,
  contexts: FolderContexts,
  of?: vscode.WorkspaceFolder,
): Promise<void> {
  const folder = of ?? (await chosenFolder(vscode.l10n.t('Which policy?')));
  if (!folder) {
    return;
  }
  const policy = await present(loader, contexts, folder);
  if (policy.path) {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, policy.path));
    return;
  }
  await createPolicyIn(folder, loader, contexts);
}

/**
 * Asks who the policy is for, writes it with the keys that the project reads, and opens it; opens the one that is there already.
 * `of` names the folder, `given` answers that need not be asked.
 */
export async function createPolicy(
  loader: EngineLoader,
  contexts: FolderContexts,
  of?: string,
  given?: Readonly<Record<string, string>>,
): Promise<boolean> {
  const named = vscode.workspace.workspaceFolders?.find((f) => f.uri.toString() === of);
  const folder = named ?? (await chosenFolder(vscode.l10n.t('Where to write the policy?')));
  if (!folder) {
    return false;
  }
  const policy = await present(loader, contexts, folder);
  if (policy.path) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} exists already.', policy.path));
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, policy.path));
    return false;
  }
  return createPolicyIn(folder, loader, contexts, given);
}

/** The policy as it is on the disk now. */
async function present(loader: EngineLoader, contexts: FolderContexts, folder: vscode.WorkspaceFolder) {
  const engine = await loader.load();
  return engine.loadPolicy(await contexts.files(folder));
}

/** Nothing is written before the last question is answered. */
async function createPolicyIn(
  folder: vscode.WorkspaceFolder,
  loader: EngineLoader,
  contexts: FolderContexts,
  given?: Readonly<Record<string, string>>,
): Promise<boolean> {
  const engine = await loader.load();
  const title = vscode.l10n.t('Create policy for {0}', folder.name);
  const answers = given ?? (await asked(engine, title));
  if (!answers) {
    return false;
  }
  const choices = engine.choicesOf(answers);
  const today = new Date().toISOString().slice(0, 10);
  const files = await contexts.files(folder);
  const keys = await longRun(title, (pause) => engine.referencedRecords(files, today, choices, pause));
  const uri = vscode.Uri.joinPath(folder.uri, 'keyward.policy.jsonc');
  const edit = new vscode.WorkspaceEdit();
  const text = engine.startingPolicy(folder.name, today, keys, choices);
  edit.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false });
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(vscode.l10n.t('keyward.policy.jsonc could not be written in {0}.', folder.name));
  }
  await vscode.window.showTextDocument(uri);
  return true;
}

async function asked(engine: Engine, title: string): Promise<Readonly<Record<string, string>> | undefined> {
  const first = await answersTo([engine.profileQuestion()], title);
  const profile = engine.profiles.find((p) => p === first?.profile);
  const others = profile && (await answersTo(engine.policyQuestions(profile), title));
  return first && others && { ...first, ...others };
}
