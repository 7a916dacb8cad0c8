import * as vscode from 'vscode';
import type { AuditEntry } from '../policy/audit-log';
import type { FoundKey } from '../policy/found-key';
import type { LoadedPolicy } from '../policy/load';
import type { FolderAssessment } from './checklist-view';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';
import { chosenFolder } from './policy-commands';
import type { Ports } from './ports';

/** A policy that can be changed, in its folder. */
interface Open {
  readonly engine: Engine;
  readonly folder: vscode.WorkspaceFolder;
  readonly policy: LoadedPolicy & { readonly path: string; readonly text: string };
  readonly today: string;
}

/** Changes of the inventory and statements of people, written into the policy and put on record in the audit log. */
export class InventoryCommands {
  constructor(
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly ports: Ports,
    readonly state: vscode.Memento,
  ) {}

  /** `fingerprint` replaces that of the record. */
  async markRotated(folder: string, id: string, fingerprint?: string): Promise<boolean> {
    const open = await this.#open(folder);
    const by = open && (await this.#who(open));
    if (!open || !by) {
      return false;
    }
    await this.#write(open, open.engine.withRotation(open.policy.text, id, open.today, fingerprint));
    await this.#record(open, { by, event: 'rotate', about: { key: id } });
    return true;
  }

  async retire(folder: string, id: string): Promise<boolean> {
    const open = await this.#open(folder);
    const by = open && (await this.#who(open));
    if (!open || !by) {
      return false;
    }
    await this.#write(open, open.engine.withRetirement(open.policy.text, id, open.today, by));
    await this.#record(open, { by, event: 'deactivate', about: { key: id } });
    return true;
  }

  async assignOwner(folder: string, id: string): Promise<boolean> {
    const open = await this.#open(folder);
    if (!open) {
      return false;
    }
    const owner = await this.#pickOwner(open, vscode.l10n.t('Who owns {0}?', id));
    if (!owner) {
      return false;
    }
    await this.#write(open, open.engine.withOwner(open.policy.text, id, owner));
    return true;
  }

  /** Adds a key for a variable that the project reads, with what is known of it, and shows the entry for the rest. */
  async add(folder: string, name: string): Promise<boolean> {
    const open = await this.#open(folder);
    if (!open) {
      return false;
    }
    const [first] = open.engine.firstInventory([name], open.today);
    if (!first) {
      return false;
    }
    const record = open.engine.fittedTo(open.policy.policy, first);
    await this.#write(open, open.engine.withKey(open.policy.text, record));
    await this.openKey(folder, record.id);
    return true;
  }

  /** Adds a key that was found in a text, with all that is known of it; on record when it is compromised. */
  async addFound(folder: string, found: FoundKey): Promise<boolean> {
    const open = await this.#open(folder);
    if (!open) {
      return false;
    }
    const record = open.engine.foundKey(open.policy.policy, found, open.today);
    const by = record.status === 'compromised' ? await this.#who(open) : undefined;
    await this.#write(open, open.engine.withKey(open.policy.text, record));
    if (by) {
      await this.#record(open, { by, event: 'compromise', about: { key: record.id } });
    }
    await this.openKey(folder, record.id);
    return true;
  }

  /** Opens the policy at a key. */
  async openKey(folder: string, id: string): Promise<void> {
    const open = await this.#open(folder);
    if (!open) {
      return;
    }
    const at = open.engine.keyPlaces(open.policy).get(id) ?? 0;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(open.folder.uri, open.policy.path));
    const start = document.positionAt(at);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
  }

  /** Asks who states what about which check, on what evidence and until when, and appends it to the policy. */
  async attest(check?: string, of?: string): Promise<boolean> {
    const folder = of ?? (await chosenFolder(vscode.l10n.t('Which policy?')))?.uri.toString();
    const open = folder === undefined ? undefined : await this.#open(folder);
    if (!open) {
      return false;
    }
    const { engine, today } = open;
    const about =
      check ??
      (
        await vscode.window.showQuickPick(
          engine.attestableChecks().map((c) => ({ label: c.id, description: c.title, detail: c.intent })),
          { title: vscode.l10n.t('Which check do you state something about?'), matchOnDescription: true },
        )
      )?.label;
    if (!about) {
      return false;
    }
    const by = await this.#pickOwner(open, vscode.l10n.t('Who states it?'));
    if (!by) {
      return false;
    }
    const statement = await vscode.window.showInputBox({
      title: vscode.l10n.t('{0}: what is true?', about),
      prompt: engine.checkDefinition(about).intent,
      validateInput: (text) =>
        text.trim().length < 20 ? vscode.l10n.t('A sentence of 20 characters at least.') : undefined,
    });
    if (!statement) {
      return false;
    }
    const evidence = await vscode.window.showInputBox({
      title: vscode.l10n.t('Where is the evidence?'),
      prompt: vscode.l10n.t('An https link, a file of the project or a ticket; never a key.'),
      validateInput: (text) => (text.trim().length < 3 ? vscode.l10n.t('A statement needs evidence.') : undefined),
    });
    const role =
      evidence &&
      (await vscode.window.showInputBox({
        title: vscode.l10n.t('In which role do you state it?'),
        value: vscode.l10n.t('security lead'),
        validateInput: (text) => (text.trim().length < 2 ? vscode.l10n.t('Name a role.') : undefined),
      }));
    if (!evidence || !role) {
      return false;
    }
    const year = new Date(Date.parse(today) + 365 * 86_400_000).toISOString().slice(0, 10);
    const until = await vscode.window.showInputBox({
      title: vscode.l10n.t('Until when does it hold?'),
      value: year,
      validateInput: (text) =>
        /^\d{4}-\d{2}-\d{2}$/.test(text) && text > today ? undefined : vscode.l10n.t('A day to come, YYYY-MM-DD.'),
    });
    if (!until) {
      return false;
    }
    const attestation = {
      check: about,
      statement: statement.trim(),
      by,
      role: role.trim(),
      at: today,
      evidence: [await this.#evidence(open, evidence.trim())],
      expiresAt: until,
    };
    await this.#write(open, engine.withAttestation(open.policy.text, attestation));
    await this.#record(open, { by, event: 'attest', about: { check: about } });
    return true;
  }

  /** Puts a run of the checklist on record in the audit log. */
  async recordRun({ folder, assessment }: FolderAssessment): Promise<boolean> {
    const open = await this.#open(folder.uri.toString());
    const by = open && (await this.#who(open));
    if (!open || !by) {
      return false;
    }
    await this.#record(open, { ...open.engine.runEntry(assessment), by });
    const { auditLogPath } = open.engine;
    vscode.window.setStatusBarMessage(
      `$(check) ${vscode.l10n.t('The run is on record in {0}.', auditLogPath)}`,
      10_000,
    );
    return true;
  }

  async #evidence({ folder }: Open, text: string): Promise<Readonly<Record<string, string>>> {
    if (text.startsWith('https://')) {
      return { url: text };
    }
    const isFile = await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder.uri, text)).then(
      () => true,
      () => false,
    );
    return isFile ? { path: text } : { ticket: text };
  }

  /** Says whether the audit log is whole, and if not, which line is not. */
  async verifyAuditLog(): Promise<boolean | undefined> {
    const folder = await chosenFolder(vscode.l10n.t('Which audit log?'));
    if (!folder) {
      return undefined;
    }
    const engine = await this.engine.load();
    const files = await this.contexts.files(folder);
    const bytes = await files.read(engine.auditLogPath);
    if (!bytes) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no audit log yet ({0}).', engine.auditLogPath));
      return undefined;
    }
    const { problems, entries } = engine.checkAuditLog(engine.decodeText(bytes)?.text ?? '');
    const [first] = problems;
    if (!first) {
      void vscode.window.showInformationMessage(
        entries === 1
          ? vscode.l10n.t('The audit log is whole: 1 entry, not changed.')
          : vscode.l10n.t('The audit log is whole: {0} entries, none changed, dropped or reordered.', entries),
      );
      return true;
    }
    const show = vscode.l10n.t('Show Line');
    const choice = await vscode.window.showErrorMessage(
      vscode.l10n.t('{0}:{1}: {2}', engine.auditLogPath, first.line, first.message),
      show,
    );
    if (choice === show) {
      const at = new vscode.Position(Math.max(0, first.line - 1), 0);
      await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, engine.auditLogPath), {
        selection: new vscode.Range(at, at),
      });
    }
    return false;
  }

  async #open(folder: string): Promise<Open | undefined> {
    const found = vscode.workspace.workspaceFolders?.find((f) => f.uri.toString() === folder);
    if (!found) {
      return undefined;
    }
    const engine = await this.engine.load();
    const files = await this.contexts.files(found);
    const policy = await engine.loadPolicy(files);
    if (!policy.path || policy.text === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          '{0} has no policy file yet. Create one first (Keyward: Open or Create Policy File).',
          found.name,
        ),
      );
      return undefined;
    }
    const { path } = policy;
    const uri = vscode.Uri.joinPath(found.uri, path);
    const open = vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString());
    const text = open?.getText() ?? policy.text;
    return { engine, folder: found, policy: { ...policy, path, text }, today: new Date().toISOString().slice(0, 10) };
  }

  /** The person at this keyboard, as the policy knows them; asked once a folder. */
  async #who(open: Open): Promise<string | undefined> {
    const key = `who ${open.folder.uri.toString()}`;
    const owners = new Set((open.policy.policy?.owners ?? []).map((o) => o.id));
    const before = this.state.get<string>(key);
    if (before && owners.has(before)) {
      return before;
    }
    const chosen = await this.#pickOwner(open, vscode.l10n.t('Who are you in this policy?'));
    if (chosen) {
      await this.state.update(key, chosen);
    }
    return chosen;
  }

  async #pickOwner({ policy }: Open, title: string): Promise<string | undefined> {
    const owners = (policy.policy?.owners ?? []).filter((o) => o.status !== 'departed');
    const [only] = owners;
    if (owners.length === 1 && only) {
      return only.id;
    }
    const choice = await vscode.window.showQuickPick(
      owners.map((o) => ({ label: o.id, description: o.kind })),
      { title },
    );
    return choice?.label;
  }

  async #write({ folder, policy }: Open, text: string): Promise<void> {
    const uri = vscode.Uri.joinPath(folder.uri, policy.path);
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) {
      throw new Error(vscode.l10n.t('{0} could not be saved.', policy.path));
    }
  }

  async #record({ engine, folder }: Open, entry: Omit<AuditEntry, 'at'>): Promise<void> {
    await this.ports.appendLocked?.(folder.uri, engine.auditLogPath, (text) =>
      engine.auditAppendix(text, { at: new Date().toISOString(), ...entry }),
    );
  }
}
