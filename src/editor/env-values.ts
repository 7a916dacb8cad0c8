import * as vscode from 'vscode';
import { changesLeft, type Refusal } from '../remedy/plan';
import type { ValueHome } from '../remedy/value-home';
import { offerAgentIgnores } from './agent-ignore-offer';
import type { EngineLoader } from './engine-loader';
import { usualStore } from './fix-request';
import type { Delivery, FixWriter } from './fix-writer';
import type { FolderContexts } from './folder-contexts';
import type { Notices } from './notices';
import type { StoreKeeper } from './store-keeper';

/** Files above this are not searched for an old value or for references. */
const LARGEST = 4 * 1024 * 1024;

/** The values of a folder's variables, in env files and stores, and where else in the folder a value stands. */
export class EnvValues {
  constructor(
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly writer: FixWriter,
    readonly keeper: StoreKeeper,
    readonly notices: Notices,
  ) {}

  /** Puts one value in its home, or tells the person why not. */
  async put(
    folder: vscode.WorkspaceFolder,
    home: ValueHome,
    name: string,
    value: string,
    replace: boolean,
  ): Promise<boolean> {
    const refusal = await this.write(folder, home, name, value, replace);
    if (refusal) {
      void vscode.window.showWarningMessage(`${refusal.refused} ${refusal.wayOut}`);
    }
    return !refusal;
  }

  /** Puts one value into its store first, then what the env file has to say of it; a refusal means that nothing was written. */
  async write(
    folder: vscode.WorkspaceFolder,
    home: ValueHome,
    name: string,
    value: string,
    replace: boolean,
  ): Promise<Refusal | undefined> {
    const engine = await this.engine.load();
    const { envFile } = home;
    const plan = engine.planValueWrite(await this.contexts.facts(folder, envFile), home, name, value, replace);
    if (engine.isRefusal(plan)) {
      return plan;
    }
    const kept = !plan.storing || (await this.keeper.keepValues(engine, folder, plan, () => value, replace));
    if (!kept) {
      return {
        refused: vscode.l10n.t('The value is not in {0}.', placeOf(home)),
        wayOut: vscode.l10n.t('Nothing has changed.'),
      };
    }
    const changes = changesLeft(plan.changes, kept === 'written');
    await this.writer.deliver(engine, folder, { ...plan, changes } satisfies Delivery, [value]);
    if (plan.changes.some((c) => c.file === envFile && c.create)) {
      void offerAgentIgnores(engine, folder, envFile, this.writer, this.notices);
    }
    return undefined;
  }

  /** What a store has for a variable now. */
  async held(folder: vscode.WorkspaceFolder, { kept, envFile }: ValueHome): Promise<string | undefined> {
    return kept && this.keeper.held(await this.engine.load(), folder, kept, envFile);
  }

  /** Where a variable's value is, nearest package first; else where the policy or the settings want it. */
  async find(folder: vscode.WorkspaceFolder, name: string, near: string): Promise<ValueHome | Refusal> {
    const engine = await this.engine.load();
    const facts = await this.contexts.facts(folder, near);
    const { effective } = await this.contexts.of(folder.uri);
    const envFiles = [...facts.paths].filter((p) => engine.isEnvFile(p) && !engine.isEnvTemplate(p));
    const byNearness = envFiles.sort((a, b) => a.length - b.length);
    const usual = engine.usualEnvFile(facts, effective.envFile);
    const wishes = { ...effective, store: usualStore(engine, { effective }, facts), project: folder.name };
    const home = engine.valueHome(facts, byNearness, usual, name, wishes);
    // A store that nobody chose is no reason to refuse a value.
    return engine.isRefusal(home) && !effective.storeChosen
      ? engine.valueHome(facts, byNearness, usual, name, { project: folder.name })
      : home;
  }

  /** The same, or undefined when the person has been told why there is none. */
  async home(folder: vscode.WorkspaceFolder, name: string, near: string): Promise<ValueHome | undefined> {
    const home = await this.find(folder, name, near);
    if ('refused' in home) {
      void vscode.window.showWarningMessage(`${home.refused} ${home.wayOut}`);
      return undefined;
    }
    return home;
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

  /** Every text of a folder, as the editor has it where it is not saved. */
  async each(folder: vscode.WorkspaceFolder, visit: (path: string, text: string) => void): Promise<void> {
    const engine = await this.engine.load();
    const files = await this.contexts.files(folder);
    for (const entry of await files.list()) {
      if (entry.size > LARGEST) {
        continue;
      }
      const uri = vscode.Uri.joinPath(folder.uri, entry.path).toString();
      // A clean one may not have followed the disk yet.
      const open = vscode.workspace.textDocuments.find((d) => d.isDirty && d.uri.toString() === uri);
      const bytes = open ? undefined : await files.read(entry.path).catch(() => undefined);
      const text = open?.getText() ?? (bytes && engine.decodeText(bytes)?.text);
      if (text !== undefined) {
        visit(entry.path, text);
      }
    }
  }
}

/** A home's name for people: the store's, else the env file's. */
export function placeOf({ kept, envFile }: ValueHome): string {
  return kept?.store.title ?? envFile;
}
