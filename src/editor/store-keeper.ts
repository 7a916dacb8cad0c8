import * as vscode from 'vscode';
import type { Plan, Refusal, Storing } from '../remedy/plan';
import type { Held, HeldValue } from '../remedy/store-destination';
import type { Spot, Store } from '../remedy/stores/store';
import { lendToClipboard } from './clipboard';
import type { Engine } from './engine';
import type { FixWriter } from './fix-writer';
import type { Ports, Tools } from './ports';

/** Puts values into secret stores through the stores' own tools, or tells the person how to. Values reach no message and no log. */
export class StoreKeeper {
  constructor(
    readonly ports: Ports,
    readonly writer: FixWriter,
  ) {}

  /** Asks for one of the stores that can take the values. */
  async pick(
    engine: Engine,
    folder: vscode.WorkspaceFolder | undefined,
    plan: (store: string) => Promise<Plan | Refusal>,
  ): Promise<string | undefined> {
    const tools = folder && (await this.#tools(folder));
    const items: (vscode.QuickPickItem & { readonly id: string; readonly installed: boolean })[] = [];
    const refusals: string[] = [];
    for (const store of engine.stores) {
      const planned = await plan(store.id);
      if (engine.isRefusal(planned)) {
        refusals.push(`${planned.refused} ${planned.wayOut}`);
        continue;
      }
      const programs = planned.storing?.[0] ? programsOf(store, planned.storing[0]) : [];
      const found = tools && programs.find((p) => tools.has(p));
      items.push({
        id: store.id,
        installed: found !== undefined,
        label: store.title,
        description: found
          ? vscode.l10n.t('stored by {0}', found)
          : vscode.l10n.t('you store it; the command is shown'),
        detail: planned.destinations[0]?.reference ?? '',
      });
    }
    if (items.length === 0) {
      void vscode.window.showInformationMessage(refusals[0] ?? vscode.l10n.t('No store can take this value.'));
      return undefined;
    }
    const choice = await vscode.window.showQuickPick(
      items.toSorted((a, b) => Number(b.installed) - Number(a.installed)),
      { title: vscode.l10n.t('Move to which store?'), matchOnDetail: true },
    );
    return choice?.id;
  }

  /** Stores the values of a plan's findings, which stand in a text. */
  keep(
    engine: Engine,
    folder: vscode.WorkspaceFolder,
    plan: Plan,
    text: string,
    path: string,
  ): Promise<boolean | 'written'> {
    return this.keepValues(engine, folder, plan, valuesOf(engine, plan, text, path));
  }

  /**
   * Plans and stores the values of findings, which stand in a text. Where the store turns out to have another value under a name,
   * the next name is planned. Gives what was planned at last, and what the store is known to hold then.
   */
  async settle(
    engine: Engine,
    folder: vscode.WorkspaceFolder,
    planned: (held: Held) => Promise<Plan | Refusal>,
    text: string,
    path: string,
  ): Promise<Refusal | { readonly plan: Plan; readonly kept: boolean | 'written'; readonly held: Held }> {
    const held = new Map<string, HeldValue>();
    for (;;) {
      const plan = await planned(held);
      if (engine.isRefusal(plan)) {
        return plan;
      }
      const kept =
        !plan.storing || (await this.#all(engine, folder, plan, valuesOf(engine, plan, text, path), false, held));
      if (kept !== 'occupied') {
        return { plan, kept, held };
      }
    }
  }

  /**
   * Stores all values of a plan. False when one is not in its store: then nothing else may change. `written` when the tool has
   * written the env file itself.
   */
  async keepValues(
    engine: Engine,
    folder: vscode.WorkspaceFolder,
    plan: Pick<Plan, 'storing' | 'changes'>,
    valueIn: (storing: Storing) => string | undefined,
    replace = false,
  ): Promise<boolean | 'written'> {
    const kept = await this.#all(engine, folder, plan, valueIn, replace);
    return kept === 'occupied' ? false : kept;
  }

  async #all(
    engine: Engine,
    folder: vscode.WorkspaceFolder,
    plan: Pick<Plan, 'storing' | 'changes'>,
    valueIn: (storing: Storing) => string | undefined,
    replace: boolean,
    held?: Map<string, HeldValue>,
  ): Promise<boolean | 'written' | 'occupied'> {
    const store = engine.storeNamed(plan.storing?.[0]?.store ?? '');
    if (!store || store === 'env') {
      return false;
    }
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('Tools of stores are run in trusted folders only. Nothing has changed.'),
      );
      return false;
    }
    const tools = await this.#tools(folder);
    const encrypted = store.encrypts ? plan.changes.filter((c) => c.purpose === 'destination') : [];
    const before = new Map<vscode.Uri, Uint8Array | undefined>();
    for (const change of encrypted) {
      const uri = vscode.Uri.joinPath(folder.uri, change.file);
      before.set(uri, change.create ? undefined : await vscode.workspace.fs.readFile(uri));
      await this.writer.write(engine, folder, change);
    }
    for (const storing of plan.storing ?? []) {
      const value = valueIn(storing);
      const kept = value !== undefined && (await this.#one(engine, store, storing, value, tools, replace, held));
      if (kept !== true) {
        for (const [uri, bytes] of before) {
          await (bytes ? vscode.workspace.fs.writeFile(uri, bytes) : vscode.workspace.fs.delete(uri));
        }
        return kept;
      }
    }
    return encrypted.length > 0 ? 'written' : true;
  }

  /** What a store has for a variable now, when its tool is here and gives it. */
  async held(
    engine: Engine,
    folder: vscode.WorkspaceFolder,
    { store, spot }: { readonly store: Store; readonly spot: Spot },
    envFile: string,
  ): Promise<string | undefined> {
    const tools = await this.#tools(folder);
    return tools && engine.heldValue(store, spot, envFile, tools.run);
  }

  async #one(
    engine: Engine,
    store: Store,
    storing: Storing,
    value: string,
    tools: Tools | undefined,
    replace: boolean,
    held: Map<string, HeldValue> | undefined,
  ): Promise<boolean | 'occupied'> {
    const { spot, envFile } = storing;
    const line = (replace && store.replaces?.(spot).shown) || store.shown(spot, envFile);
    const programs = programsOf(store, storing);
    if (!tools || !programs.some((p) => tools.has(p))) {
      const how = programs.length
        ? vscode.l10n.t('{0} is not installed.', programs.join(' / '))
        : vscode.l10n.t('Keyward can not store a value in {0} by itself.', store.title);
      return this.#byHand(how, line, value);
    }
    const kept = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Storing {0} in {1}; it may ask you to unlock', spot.variable, store.title),
      },
      () => engine.storeValue(store, spot, value, envFile, tools.run, replace),
    );
    const at = engine.heldAt(spot);
    if (!engine.isRefusal(kept)) {
      held?.set(at, { variable: spot.variable, value });
      return true;
    }
    if (held && !held.has(at) && 'occupied' in kept) {
      held.set(at, { variable: spot.variable, value: undefined });
      return 'occupied';
    }
    return this.#byHand(kept.refused, line, value);
  }

  /** Waits for the person to store a value. True when they say that they have. */
  async #byHand(why: string, line: string, value: string): Promise<boolean> {
    const command = vscode.l10n.t('Copy Command');
    const lend = vscode.l10n.t('Copy Value');
    const done = vscode.l10n.t('It Is Stored');
    for (;;) {
      const choice = await vscode.window.showWarningMessage(
        vscode.l10n.t('{0} Nothing has changed. Store the value with: {1}', why, line),
        command,
        lend,
        done,
      );
      if (choice === command) {
        await vscode.env.clipboard.writeText(line);
      } else if (choice === lend) {
        await lendToClipboard(value);
      } else {
        return choice === done;
      }
    }
  }

  async #tools(folder: vscode.WorkspaceFolder): Promise<Tools | undefined> {
    return vscode.workspace.isTrusted ? this.ports.tools?.(folder.uri) : undefined;
  }
}

/** Programs with which a value could be stored. */
function programsOf(store: Store, { spot, envFile }: Storing): string[] {
  const calls = store.encrypts ? [store.encrypts(envFile, spot.variable)] : store.writes(spot).map((a) => a.call);
  return [...new Set(calls.map((c) => c.program))];
}

/** Whether two plans keep the same variables at the same places. */
export function isSameStoring(a: Plan, b: Plan): boolean {
  const places = (plan: Plan) => plan.storing?.map((s) => `${s.spot.variable} ${s.spot.reference}`).join('\n');
  return places(a) === places(b);
}

/** The values of a plan's findings, as a store takes them from a text. */
function valuesOf(engine: Engine, plan: Plan, text: string, path: string): (storing: Storing) => string | undefined {
  return ({ finding: i }) => {
    const finding = plan.findings[i];
    return finding && engine.valueToStore(path, text, finding);
  };
}
