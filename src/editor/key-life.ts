import * as vscode from 'vscode';
import type { KeyRecord } from '../policy/key-record';
import type { ValueHome } from '../remedy/value-home';
import type { EngineLoader } from './engine-loader';
import { type EnvValues, placeOf } from './env-values';
import { isAlarm } from './findings-model';
import { planFor } from './fix-request';
import type { FixRunner } from './fix-runner';
import { type FindingArguments, targetsOf } from './fix-targets';
import { type FolderContexts, homeOf } from './folder-contexts';
import type { InventoryCommands } from './inventory-commands';
import { findingNamed } from './named-finding';
import type { OpenDocuments } from './open-documents';
import { chosenFolder } from './policy-commands';

/** What a generated secret is called and how it is written, for callers that need not ask. */
export interface Generating {
  readonly name: string;
  readonly format: 'hex' | 'base64url';
}

/** A variable without a value here; `there` is what its store has for it. */
interface Missing {
  readonly name: string;
  readonly home: ValueHome;
  readonly there?: string;
}

/** Bytes of a generated secret. */
const LENGTH = 32;
/** A name of a variable. */
export const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** New values for keys: rotated, filled in after a clone, generated. They go from a masked input straight to the store or the env file. */
export class KeyLife {
  /** Asks for a value without showing it. Undefined ends, an empty text skips. */
  ask = (title: string, prompt: string): Thenable<string | undefined> =>
    vscode.window.showInputBox({ title, prompt, password: true, ignoreFocusOut: true });

  constructor(
    readonly documents: OpenDocuments,
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly values: EnvValues,
    readonly fixes: FixRunner,
    readonly inventory: InventoryCommands,
  ) {}

  /** Rotates what stands at the cursor: a key, or a reference to one. */
  async rotateAtCursor(): Promise<readonly string[] | undefined> {
    const editor = vscode.window.activeTextEditor;
    const scanned = editor && (await this.documents.of(editor.document));
    const at = editor?.document.offsetAt(editor.selection.active) ?? 0;
    const finding = scanned?.findings.find((f) => isAlarm(f) && f.start <= at && at <= f.end);
    if (editor && finding) {
      const { document } = editor;
      return this.rotateFinding({ uri: document.uri.toString(), version: document.version, start: finding.start });
    }
    const engine = await this.engine.load();
    const active = editor?.selection.active;
    const reference = active && engine.referenceAt(editor.document.lineAt(active.line).text, active.character);
    const folder = editor && vscode.workspace.getWorkspaceFolder(homeOf(editor.document.uri));
    if (!reference || !folder) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Put the cursor on a key or on a reference to one, such as process.env.BINANCE_API_SECRET.'),
      );
      return undefined;
    }
    const { policy } = await this.contexts.of(folder.uri);
    const key = engine.keyNamed(policy?.policy, reference.name, day());
    return key
      ? this.rotateKey(folder, key.record, reference.name)
      : this.#rotate(folder, [reference.name], undefined, this.contexts.pathOf(editor.document.uri));
  }

  /** Moves a key out of the source first, and then replaces its value. */
  async rotateFinding(named: FindingArguments): Promise<readonly string[] | undefined> {
    const engine = await this.engine.load();
    const found = await findingNamed(named, this.documents);
    if (!found) {
      return undefined;
    }
    const { document, scanned, finding } = found;
    const { folder, policy } = scanned.context;
    if (!folder) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No folder is open.'));
      return undefined;
    }
    const targets = targetsOf([finding]);
    const chosen = await planFor(engine, this.contexts, scanned, [finding]);
    const wishes = engine.isRefusal(chosen) ? { store: 'env' } : {};
    const plan = engine.isRefusal(chosen) ? await planFor(engine, this.contexts, scanned, [finding], wishes) : chosen;
    if (engine.isRefusal(plan)) {
      void vscode.window.showWarningMessage(`${plan.refused} ${plan.wayOut}`);
      return undefined;
    }
    if (!(await this.fixes.run({ uri: named.uri, targets, addLoader: false, preview: false, ...wishes }))) {
      return undefined;
    }
    const variable = plan.destinations[0]?.variable ?? finding.variable;
    const record = engine.keyNamed(policy?.policy, variable, day())?.record;
    return this.#rotate(folder, [variable], record, this.contexts.pathOf(document.uri), finding.system);
  }

  /** Replaces every value of a key of the inventory. */
  rotateKey(folder: vscode.WorkspaceFolder, record: KeyRecord, only?: string): Promise<readonly string[] | undefined> {
    const names = (record.references ?? []).map((r) => r.name).filter((n) => NAME.test(n));
    return this.#rotate(folder, names.length > 0 || !only ? names : [only], record, '.env');
  }

  /** The files in which an old value still stands, or undefined when nothing was rotated. */
  async #rotate(
    folder: vscode.WorkspaceFolder,
    names: readonly string[],
    record: KeyRecord | undefined,
    near: string,
    system = record?.provider,
  ): Promise<readonly string[] | undefined> {
    const engine = await this.engine.load();
    const { pepper } = await this.contexts.of(folder.uri);
    const old: string[] = [];
    const changed: string[] = [];
    let print: string | undefined;
    for (const name of names) {
      const home = await this.values.home(folder, name, near);
      const value =
        home &&
        (await this.ask(
          vscode.l10n.t('New value of {0}', name),
          vscode.l10n.t('It goes to {0} and is not shown. Leave it empty to keep the old value.', placeOf(home)),
        ));
      if (!home || value === undefined) {
        break;
      }
      // Asked for before the new value takes its place: it is searched for afterwards.
      const before = value === '' ? undefined : (home.value ?? (await this.values.held(folder, home)));
      if (value === '' || value === before) {
        continue;
      }
      if (!(await this.values.put(folder, home, name, value, true))) {
        break;
      }
      changed.push(name);
      if (before) {
        old.push(before);
        const keyed = (v: string) => engine.keyedFingerprint({ system: record?.provider ?? '' }, v, pepper ?? '');
        if (pepper && record?.fingerprint && record.fingerprint.value === keyed(before)) {
          print = keyed(value);
        }
      }
    }
    if (changed.length === 0) {
      return undefined;
    }
    if (record) {
      await this.inventory.markRotated(folder.uri.toString(), record.id, print);
    }
    const left = old.length > 0 ? await this.values.holding(folder, old) : undefined;
    void this.#tellRotated(changed, left, system ? engine.rotationPage(system) : undefined);
    return left ?? [];
  }

  /** `left` is undefined when the old value is not known, so that nothing could look for it. */
  async #tellRotated(
    names: readonly string[],
    left: readonly string[] | undefined,
    page: string | undefined,
  ): Promise<void> {
    const open = vscode.l10n.t('Open the Page to Revoke It');
    const where = !left
      ? vscode.l10n.t('The old value is not known here, so it was not looked for.')
      : left.length
        ? vscode.l10n.t('The old value still stands in {0}.', left.join(', '))
        : vscode.l10n.t('The old value stands in no file of this folder.');
    const text = `${vscode.l10n.t('{0} has its new value.', names.join(', '))} ${where} ${vscode.l10n.t('Revoke the old key at its provider.')}`;
    const show = left?.length ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    const choice = await show(text, ...(page ? [open] : []));
    if (choice === open && page) {
      await vscode.env.openExternal(vscode.Uri.parse(page));
    }
  }

  /** Asks for every variable that a template or the code names and that no env file sets. The names that were filled. */
  async fillMissing(): Promise<readonly string[]> {
    const folder = await chosenFolder(vscode.l10n.t('Which project?'));
    if (!folder) {
      return [];
    }
    const engine = await this.engine.load();
    const near = this.contexts.nearIn(folder);
    const facts = await this.contexts.facts(folder, near);
    const { effective } = await this.contexts.of(folder.uri);
    const file = engine.usualEnvFile(facts, effective.envFile);
    const beside = (path: string) =>
      path.slice(0, path.lastIndexOf('/') + 1) === file.slice(0, file.lastIndexOf('/') + 1);
    const paths = [...facts.paths].filter((p) => beside(p) && (engine.isEnvFile(p) || engine.isEnvTemplate(p)));
    const textsOf = (isTemplate: boolean) =>
      paths.filter((p) => engine.isEnvTemplate(p) === isTemplate).map((p) => facts.text(p) ?? '');
    const wanted = new Set(textsOf(true).flatMap((t) => engine.readEnvFile(t).map((e) => e.name)));
    await this.values.each(folder, (path, text) => {
      if (!engine.isEnvFile(path) && !engine.isEnvTemplate(path)) {
        for (const name of engine.referencedNames(text).filter((n) => engine.isKeyName(n, 'all'))) {
          wanted.add(name);
        }
      }
    });
    const missing: Missing[] = [];
    for (const name of engine.missingVariables(wanted, textsOf(false))) {
      const home = await this.values.home(folder, name, near);
      if (!home) {
        return [];
      }
      // What the store has is not asked for: at most its reference is missing here.
      const there = await this.values.held(folder, home);
      if (there === undefined || home.kept?.store.inEnvFile) {
        missing.push({ name, home, ...(there === undefined ? {} : { there }) });
      }
    }
    if (missing.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No key is missing.'));
    }
    const filled: string[] = [];
    for (const [i, { name, home, there }] of missing.entries()) {
      const value =
        there ??
        (await this.ask(
          vscode.l10n.t('{0} ({1} of {2})', name, i + 1, missing.length),
          vscode.l10n.t('It goes to {0} and is not shown. Leave it empty to skip it.', placeOf(home)),
        ));
      if (value === undefined) {
        break;
      }
      if (value !== '' && (await this.values.put(folder, home, name, value, false))) {
        filled.push(name);
      }
    }
    return filled;
  }

  /** Puts 32 random bytes into the store or the env file. Nobody sees them. */
  async generate(named?: Generating): Promise<boolean> {
    const folder = await chosenFolder(vscode.l10n.t('Which project?'));
    const name =
      folder &&
      (named?.name ??
        (await vscode.window.showInputBox({
          title: vscode.l10n.t('Name of the variable for the new secret'),
          value: 'WEBHOOK_SECRET',
          validateInput: (text) => (NAME.test(text) ? undefined : vscode.l10n.t('Letters, digits and _.')),
        })));
    const format =
      name &&
      (named?.format ??
        (await vscode.window.showQuickPick(['hex', 'base64url'], { title: vscode.l10n.t('As what?') })));
    if (!folder || !name || !format) {
      return false;
    }
    const near = this.contexts.nearIn(folder);
    const home = await this.values.home(folder, name, near);
    if (!home) {
      return false;
    }
    const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
    const done = await this.values.put(folder, home, name, format === 'hex' ? hex(bytes) : base64url(bytes), false);
    if (done) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} in {1} has a new value of {2} random bytes.', name, placeOf(home), LENGTH),
      );
    }
    return done;
  }
}

function day(): string {
  return new Date().toISOString().slice(0, 10);
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
