import * as vscode from 'vscode';
import type { OpenDocuments, ScannedDocument } from './open-documents';
import { Refused } from './refused';

/** A text that an agent names, with the path that agents know it by. */
export interface ScannedFile {
  readonly scanned: ScannedDocument;
  readonly path: string;
}

/** Path of a text as agents are told it: with the folder's name before it where several are open. */
export function agentPath(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri).replaceAll('\\', '/');
}

/** The text of a path that an agent gives: below an open folder, and nowhere else. Throws Refused. */
export async function scannedFile(path: string, documents: OpenDocuments): Promise<ScannedFile> {
  const uri = uriOf(path);
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    throw new Refused(vscode.l10n.t('{0} can not be read as a text.', path));
  }
  const scanned = await documents.of(document);
  if (!scanned) {
    throw new Refused(vscode.l10n.t('{0} is not scanned: it is excluded, or detection is off.', path));
  }
  return { scanned, path: agentPath(uri) };
}

function uriOf(path: string): vscode.Uri {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const slashed = path.replaceAll('\\', '/');
  const whole = folders.find((f) => slashed.startsWith(`${f.uri.fsPath.replaceAll('\\', '/')}/`));
  const isWhole = /^(?:\/|[A-Za-z]:)/.test(slashed);
  const parts = slashed
    .slice(whole ? whole.uri.fsPath.length : 0)
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const isPrefixed = !whole && folders.length > 1;
  const folder = whole ?? (isPrefixed ? folders.find((f) => f.name === parts[0]) : folders[0]);
  if (!folder || parts.includes('..') || (isWhole && !whole)) {
    throw new Refused(vscode.l10n.t('{0} lies in no open folder.', path));
  }
  return vscode.Uri.joinPath(folder.uri, ...(isPrefixed ? parts.slice(1) : parts));
}
