import * as vscode from 'vscode';
import type { Engine } from './engine';
import type { FixWriter } from './fix-writer';
import type { Notices } from './notices';

/** Says once a folder that coding agents may read a new env file, and offers to keep them away from it. */
export async function offerAgentIgnores(
  engine: Engine,
  folder: vscode.WorkspaceFolder,
  envFile: string,
  writer: FixWriter,
  notices: Notices,
): Promise<void> {
  const key = `told of agents ${folder.uri.toString()}`;
  if (notices.state.get<boolean>(key)) {
    return;
  }
  const texts = new Map<string, string>();
  for (const file of engine.agentIgnoreFiles) {
    const uri = vscode.Uri.joinPath(folder.uri, file);
    const bytes = await vscode.workspace.fs.readFile(uri).then(
      (read) => read,
      () => undefined,
    );
    const text = bytes && engine.decodeText(bytes)?.text;
    if (text !== undefined) {
      texts.set(file, text);
    }
  }
  const changes = engine.planAgentIgnores((file) => texts.get(file), envFile);
  if (changes.length === 0) {
    return;
  }
  await notices.state.update(key, true);
  const add = vscode.l10n.t('Add It');
  const choice = await notices.show(
    'agents',
    vscode.l10n.t(
      'Coding agents in this folder may read {0}. Add it to {1}?',
      envFile,
      changes.map((c) => c.file).join(', '),
    ),
    add,
  );
  if (choice === add) {
    for (const change of changes) {
      await writer.write(engine, folder, change);
    }
  }
}
