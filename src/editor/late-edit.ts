import * as vscode from 'vscode';
import type { Finding } from '../scan/finding';
import { commandIds } from './command-ids';
import type { Engine } from './engine';
import type { FindingArguments } from './fix-targets';
import { ignoreEdit } from './ignore-runner';

/**
 * An action whose edit is computed when it is chosen or previewed, not while the menu is made. Only for what a text alone needs:
 * where a value must reach its destination first, a command does the work.
 */
export class LateEdit extends vscode.CodeAction {
  constructor(
    title: string,
    kind: vscode.CodeActionKind,
    document: vscode.TextDocument,
    compute: () => vscode.WorkspaceEdit | undefined,
  ) {
    super(title, kind);
    const { version } = document;
    // What was offered for another text is not done to this one.
    this.compute = () => (document.version === version ? compute() : undefined);
  }

  readonly compute: () => vscode.WorkspaceEdit | undefined;
}

/** The reason in an ignore that "Mark as test key" writes. */
export const TEST_KEY_REASON = 'test key';

/** Ignores a finding as a test key: an edit where the language has comments, else the command that writes the ignore file. */
export function testKeyAction(
  engine: Engine,
  document: vscode.TextDocument,
  path: string,
  finding: Finding,
): vscode.CodeAction {
  const title = vscode.l10n.t('Mark as test key');
  const kind = vscode.CodeActionKind.QuickFix;
  const edit = () => {
    const ignore = ignoreEdit(engine, document, path, finding, TEST_KEY_REASON);
    return 'refused' in ignore ? undefined : ignore;
  };
  if (edit()) {
    return new LateEdit(title, kind, document, edit);
  }
  const action = new vscode.CodeAction(title, kind);
  const named: FindingArguments = {
    uri: document.uri.toString(),
    version: document.version,
    start: finding.start,
    reason: TEST_KEY_REASON,
  };
  action.command = { command: commandIds.ignoreFinding, title, arguments: [named] };
  return action;
}

/** Puts a placeholder in a value's place; the value is gone from the text then. */
export function placeholderAction(document: vscode.TextDocument, finding: Finding): vscode.CodeAction {
  return new LateEdit(
    vscode.l10n.t('Replace by the placeholder {0}', placeholderOf(finding)),
    vscode.CodeActionKind.RefactorRewrite,
    document,
    () => placeholderEdit(document, finding),
  );
}

/** The edit that puts a placeholder in a value's place. */
export function placeholderEdit(document: vscode.TextDocument, finding: Finding): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(finding.start), document.positionAt(finding.end));
  edit.replace(document.uri, range, placeholderOf(finding));
  return edit;
}

function placeholderOf({ variable }: Finding): string {
  return `YOUR_${variable}`;
}
