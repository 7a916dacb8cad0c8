import * as vscode from 'vscode';
import type { FileChange, Plan, TextChange } from '../remedy/plan';
import type { Engine } from './engine';
import type { Ports } from './ports';

/** Files that belong to the place of the value, written and saved before the source changes. */
const FIRST = new Set<FileChange['purpose']>(['destination', 'ignore', 'example']);

/** What of a plan concerns the place of the values. */
export type Delivery = Pick<Plan, 'changes' | 'destinations'>;

/** The changes of a plan that must be on the disk before its source may change. */
export function destinationsOf(plan: Delivery): FileChange[] {
  return plan.changes.filter((c) => FIRST.has(c.purpose));
}

/** The changes of a plan that follow. */
export function sourcesOf(plan: Plan): FileChange[] {
  return plan.changes.filter((c) => !FIRST.has(c.purpose));
}

/** Writes where values go: whole files, on the disk, read back. Throws an Error fit for a person. */
export class FixWriter {
  constructor(readonly ports: Ports) {}

  /** Writes a plan's destinations, and throws unless every value can be read back from them. */
  async deliver(
    engine: Engine,
    folder: vscode.WorkspaceFolder,
    plan: Delivery,
    values: readonly string[],
  ): Promise<void> {
    for (const change of destinationsOf(plan)) {
      await this.write(engine, folder, change);
    }
    await this.demandArrived(engine, folder, plan, values);
  }

  /** Writes one file: through its editor and saved where it has unsaved changes, else whole on the disk, from where editors take it. */
  async write(engine: Engine, folder: vscode.WorkspaceFolder, change: FileChange): Promise<void> {
    const uri = vscode.Uri.joinPath(folder.uri, change.file);
    const open = vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString() && d.isDirty);
    if (open && !change.create) {
      const edit = new vscode.WorkspaceEdit();
      edit.set(
        uri,
        change.changes.map((c) => textEdit(open, c)),
      );
      if (!(await vscode.workspace.applyEdit(edit)) || !(await open.save())) {
        throw new Error(vscode.l10n.t('{0} could not be saved.', change.file));
      }
      return;
    }
    const before = await readText(engine, uri);
    if (change.create && before) {
      throw new Error(vscode.l10n.t('{0} has appeared meanwhile; nothing is overwritten.', change.file));
    }
    const text = engine.applyPlan([change], () => before ?? '').get(change.file) ?? '';
    if (this.ports.writeText && folder.uri.scheme === 'file') {
      const { file, mode } = change;
      await this.ports.writeText(folder.uri, { file, text, ...(mode === undefined ? {} : { mode }) });
    } else {
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    }
  }

  /** Throws unless every value can be read back from the destination on the disk. */
  async demandArrived(
    engine: Engine,
    folder: vscode.WorkspaceFolder,
    plan: Delivery,
    values: readonly string[],
  ): Promise<void> {
    for (const [i, destination] of plan.destinations.entries()) {
      if (destination.kind !== 'env-file') {
        continue;
      }
      const file = destination.file as string;
      const text = (await readText(engine, vscode.Uri.joinPath(folder.uri, file))) ?? '';
      const entries = engine.readEnvFile(text).filter((e) => e.name === destination.variable);
      if (!entries.some((e) => e.value === values[i])) {
        throw new Error(vscode.l10n.t('{0} does not hold the value after it was written.', file));
      }
    }
  }
}

/** A change as VS Code takes it. */
export function textEdit(document: vscode.TextDocument, { start, end, text }: TextChange): vscode.TextEdit {
  return new vscode.TextEdit(new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
}

async function readText(engine: Engine, uri: vscode.Uri): Promise<string | undefined> {
  try {
    return engine.decodeText(await vscode.workspace.fs.readFile(uri))?.text;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return undefined;
    }
    if (error instanceof vscode.FileSystemError && error.code === 'FileIsADirectory') {
      throw new Error(vscode.l10n.t('{0} is a folder.', uri.path.slice(uri.path.lastIndexOf('/') + 1)));
    }
    throw error;
  }
}
