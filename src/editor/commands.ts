import * as vscode from 'vscode';
import { type CommandId, commandIds } from './command-ids';
import type { Log } from './log';

/** What each command does. A command without an entry does not compile. */
export type CommandTable = Readonly<Record<CommandId, (...args: never[]) => unknown>>;

/** Registers every command in one place; a failure is told and logged, never swallowed. */
export function registerCommands(table: CommandTable, log: Log): vscode.Disposable {
  const registrations = Object.values(commandIds).map((id) =>
    vscode.commands.registerCommand(id, async (...args: never[]) => {
      try {
        return await table[id](...args);
      } catch (error) {
        log.error(`${id} failed`, error);
        const show = vscode.l10n.t('Show Log');
        const message = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(`Keyward: ${message}`, show).then((choice) => {
          if (choice === show) {
            log.channel.show();
          }
        });
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}
