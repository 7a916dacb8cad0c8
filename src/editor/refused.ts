import * as vscode from 'vscode';

/** Why something was not done, in words for the agent that asked and for the person who reads along. */
export class Refused extends Error {}

/** Throws in Restricted Mode, where Keyward changes nothing. */
export function demandTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new Refused(
      vscode.l10n.t(
        'This workspace is in Restricted Mode, where Keyward changes nothing. The person must trust it first.',
      ),
    );
  }
}
