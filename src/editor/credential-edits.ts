import * as vscode from 'vscode';
import type { FileChange } from '../remedy/plan';
import type { Finding } from '../scan/finding';
import { textEdit } from './fix-writer';

/** A source that is to change when all values are in their places. */
export interface Waiting {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly change: FileChange;
  readonly moved: readonly MovedValue[];
}

/** One value of a text, whose place has it already; in memory only. */
export interface MovedValue {
  readonly finding: Finding;
  readonly variable: string;
  readonly value: string;
}

/**
 * The sources' changes, each under the credential that it moves, for the preview to group by. They wait for a tick; what they share
 * (an import) is applied with them.
 */
export function byCredential(waiting: readonly Waiting[]): vscode.WorkspaceEdit {
  const names = new Map<string, string>();
  const credentials = waiting.flatMap(({ moved }) => {
    const groups = new Map<string, MovedValue[]>();
    for (const m of moved) {
      const key = m.finding.group ?? m.variable;
      groups.set(key, [...(groups.get(key) ?? []), m]);
    }
    return [...groups.values()];
  });
  // The same value elsewhere, without its other half, belongs to the same credential.
  for (const parts of credentials.sort((a, b) => b.length - a.length)) {
    const provider = parts[0]?.finding.provider ?? '';
    const label = `${provider}: ${[...new Set(parts.map((p) => p.variable))].join(', ')}`;
    for (const { variable } of parts) {
      names.set(variable, names.get(variable) ?? label);
    }
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { document, change, moved } of waiting) {
    edit.set(
      document.uri,
      change.changes.map((c): [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata | undefined] => {
        const own = moved.filter(({ finding }) => finding.start < c.end && finding.end > c.start);
        const labels = [...new Set(own.map((m) => names.get(m.variable) ?? m.variable))];
        return labels.length > 0
          ? [textEdit(document, c), { needsConfirmation: true, label: labels.join('; '), description: change.file }]
          : [textEdit(document, c), undefined];
      }),
    );
  }
  return edit;
}
