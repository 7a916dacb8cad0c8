import * as vscode from 'vscode';
import type { Refusal } from '../remedy/plan';
import { offerAgentIgnores } from './agent-ignore-offer';
import type { EngineLoader } from './engine-loader';
import type { Delivery, FixWriter } from './fix-writer';
import type { FolderContexts } from './folder-contexts';

/** Files above this are not searched for an old value or for references. */
const LARGEST = 4 * 1024 * 1024;

/** The values of a folder's env files, and where else in the folder a value stands. */
export class EnvValues {
  constructor(
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly writer: FixWriter,
    readonly state: vscode.Memento,
  ) {}

  /** Writes one value, or tells the person why not. */
  async put(
    folder: vscode.WorkspaceFolder,
    file: string,
    name: string,
    value: string,
    replace: boolean,
  ): Promise<boolean> {
    const refusal = await this.write(folder, file, name, value, replace);
    if (refusal) {
      void vscode.window.showWarningMessage(`${refusal.refused} ${refusal.wayOut}`);
    }
    return !refusal;
  }

  /** Writes one value; a refusal means that nothing was written. */
  async write(
    folder: vscode.WorkspaceFolder,
    file: string,
    name: string,
    value: string,
    replace: boolean,
  ): Promise<Refusal | undefined> {
    const engine = await this.engine.load();
    const facts = await this.contexts.facts(folder, file);
    const plan = (replace ? engine.planOtherValue : engine.planNewValue)(facts, file, name, value);
    if (engine.isRefusal(plan)) {
      return plan;
    }
    await this.writer.deliver(engine, folder, plan satisfies Delivery, [value]);
    if (plan.changes.some((c) => c.file === file && c.create)) {
      void offerAgentIgnores(engine, folder, file, this.writer, this.state);
    }
    return undefined;
  }

  /** The env file for new values near a path. */
  async usual(folder: vscode.WorkspaceFolder, near: string): Promise<string> {
    const engine = await this.engine.load();
    const { effective } = await this.contexts.of(folder.uri);
    return engine.usualEnvFile(await this.contexts.facts(folder, near), effective.envFile);
  }

  /** The env file that sets a variable, nearest package first; else the usual one. */
  async holder(
    folder: vscode.WorkspaceFolder,
    name: string,
    near: string,
  ): Promise<{ readonly file: string; readonly value?: string }> {
    const engine = await this.engine.load();
    const facts = await this.contexts.facts(folder, near);
    const usual = await this.usual(folder, near);
    const others = [...facts.paths].filter((p) => p !== usual && engine.isEnvFile(p) && !engine.isEnvTemplate(p));
    for (const file of [usual, ...others.sort((a, b) => a.length - b.length)]) {
      const entry = engine.readEnvFile(facts.text(file) ?? '').find((e) => e.name === name && e.value !== '');
      if (entry) {
        return { file, value: entry.value };
      }
    }
    return { file: usual };
  }

  /** Files that hold one of some values, in memory only. */
  async holding(folder: vscode.WorkspaceFolder, values: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    await this.each(folder, (path, text) => {
      if (values.some((v) => text.includes(v))) {
        found.push(path);
      }
    });
    return found;
  }

  /** Every text of a folder, as the editor has it where it is open. */
  async each(folder: vscode.WorkspaceFolder, visit: (path: string, text: string) => void): Promise<void> {
    const engine = await this.engine.load();
    const files = await this.contexts.files(folder);
    for (const entry of await files.list()) {
      if (entry.size > LARGEST) {
        continue;
      }
      const uri = vscode.Uri.joinPath(folder.uri, entry.path).toString();
      const open = vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri);
      const bytes = open ? undefined : await files.read(entry.path).catch(() => undefined);
      const text = open?.getText() ?? (bytes && engine.decodeText(bytes)?.text);
      if (text !== undefined) {
        visit(entry.path, text);
      }
    }
  }
}
