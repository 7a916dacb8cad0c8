import * as vscode from 'vscode';
import type { Plan } from '../remedy/plan';
import type { Engine } from './engine';
import type { FixWriter } from './fix-writer';
import type { FolderContexts } from './folder-contexts';
import type { Notices } from './notices';
import type { ScannedDocument } from './open-documents';

/** Says what a fix has done and what is left to do, once and without being waited for; offers what makes the program start under a store's tool. */
export async function tellFix(
  engine: Engine,
  plan: Plan,
  { document, context }: ScannedDocument,
  writer: FixWriter,
  contexts: FolderContexts,
  notices: Notices,
): Promise<void> {
  const [destination] = plan.destinations;
  const variables = [...new Set(plan.destinations.map((d) => d.variable))].join(', ');
  const store = destination?.store ? engine.storeNamed(destination.store) : undefined;
  const place = store && store !== 'env' ? store.title : (destination?.file ?? '');
  const done = vscode.l10n.t(
    '{0} is in {1}. Save {2} to take it off the disk.',
    variables,
    place,
    nameOf(document.uri),
  );
  const command = plan.followUp.find((c) => c.shell === writer.ports.shell || c.shell === 'any');
  const run = command
    ? ` ${store ? vscode.l10n.t('Run the program so that it gets the value: {0}', command.line) : vscode.l10n.t('Nothing loads {0} yet; run: {1}', place, command.line)}`
    : '';
  const warnings = plan.warnings.length ? ` ${plan.warnings.join(' ')}` : '';
  const copies = notices.state.get<boolean>('toldOfCopies')
    ? ''
    : ` ${vscode.l10n.t("VS Code's Local History may hold the old text.")}`;
  await notices.state.update('toldOfCopies', true);
  const { folder } = context;
  const facts = folder && plan.wrapping && (await contexts.facts(folder, contexts.pathOf(document.uri)));
  const wrap = facts && plan.wrapping ? vscode.l10n.t('Start It {0}', plan.wrapping.added) : undefined;
  const copy = vscode.l10n.t('Copy Command');
  const timeline = vscode.l10n.t('Open Timeline');
  const choice = await notices.show(
    'fix',
    `${done}${run}${warnings}${copies}`,
    ...(wrap ? [wrap] : []),
    ...(command ? [copy] : []),
    ...(copies ? [timeline] : []),
  );
  if (choice === copy && command) {
    await vscode.env.clipboard.writeText(command.line);
  } else if (choice === timeline) {
    await vscode.commands.executeCommand('timeline.focus');
  } else if (choice !== undefined && choice === wrap && folder) {
    const now = await contexts.facts(folder, contexts.pathOf(document.uri));
    for (const change of plan.wrapping?.changes ?? []) {
      if (now.text(change.file) === facts?.text(change.file)) {
        await writer.write(engine, folder, change);
      } else {
        void vscode.window.showInformationMessage(vscode.l10n.t('{0}: the text has changed meanwhile.', change.file));
      }
    }
  }
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
