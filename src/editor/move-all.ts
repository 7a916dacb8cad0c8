import * as vscode from 'vscode';
import { changesLeft } from '../remedy/plan';
import type { Held } from '../remedy/store-destination';
import type { Finding } from '../scan/finding';
import { byCredential, type Waiting } from './credential-edits';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import { isSureAlarm } from './findings-model';
import { planFor } from './fix-request';
import { type FixWriter, sourcesOf } from './fix-writer';
import type { FolderContexts } from './folder-contexts';
import type { OpenDocuments, ScannedDocument } from './open-documents';
import { isSameStoring, type StoreKeeper } from './store-keeper';
import type { WorkspaceAudit } from './workspace-audit';

/** One credential of one text that can be moved. */
interface Movable extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
  readonly marks: readonly string[];
}

/** What a run has done, for its summary. */
export interface MovedAll {
  readonly values: number;
  readonly files: number;
  /** Why something stayed, each with its file. */
  readonly refused: readonly string[];
}

/** Moves the keys of the whole workspace: every value to its destination first, then all sources as one edit that is shown before. */
export class MoveAll {
  /** Asks which credentials to move; all of them are picked. */
  pick = async (items: readonly Movable[]): Promise<readonly Movable[] | undefined> =>
    vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Move which keys?'),
      canPickMany: true,
      matchOnDescription: true,
    });
  /** Shows the sources' edit in VS Code's preview, and applies what is ticked there. */
  apply = (edit: vscode.WorkspaceEdit): Thenable<boolean> => vscode.workspace.applyEdit(edit, { isRefactoring: true });

  constructor(
    readonly documents: OpenDocuments,
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly writer: FixWriter,
    readonly keeper: StoreKeeper,
    readonly audit: WorkspaceAudit,
  ) {}

  async run(): Promise<MovedAll | undefined> {
    const seen = await this.audit.run();
    if (!seen || seen.cancelled) {
      return undefined;
    }
    const items = await this.#movable(this.audit.alarmed);
    if (items.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no key to move in this workspace.'));
      return undefined;
    }
    const chosen = await this.pick(items);
    if (!chosen?.length) {
      return undefined;
    }
    const result = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Keyward: moving keys'),
        cancellable: true,
      },
      (progress, token) => this.#move(chosen, progress, token),
    );
    const summary = vscode.l10n.t(
      '{0} values of {1} files have moved. Save the files to take them off the disk.',
      result.values,
      result.files,
    );
    if (result.refused.length > 0) {
      const stayed = vscode.l10n.t('{0} stayed: {1}', result.refused.length, result.refused.slice(0, 5).join(' '));
      void vscode.window.showWarningMessage(`${summary} ${stayed}`);
    } else {
      void vscode.window.showInformationMessage(summary);
    }
    return result;
  }

  async #movable(uris: readonly vscode.Uri[]): Promise<Movable[]> {
    const items: Movable[] = [];
    for (const uri of uris) {
      const document = await vscode.workspace.openTextDocument(uri);
      const scanned = await this.documents.of(document);
      if (!scanned || scanned.local) {
        continue; // values in a file that git ignores are where fixes would put them
      }
      const groups = new Map<string, Finding[]>();
      for (const f of sure(scanned)) {
        const key = f.group ?? `${f.ruleId} ${f.start}`;
        groups.set(key, [...(groups.get(key) ?? []), f]);
      }
      for (const findings of groups.values()) {
        const [first] = findings as [Finding];
        items.push({
          uri,
          marks: findings.map((f) => mark(document, f)),
          label: `${first.provider}: ${findings.map((f) => f.variable).join(', ')}`,
          description: `${this.contexts.pathOf(uri)}:${document.positionAt(first.start).line + 1}`,
          picked: true,
        });
      }
    }
    return items.sort((a, b) => a.label.localeCompare(b.label));
  }

  async #move(
    chosen: readonly Movable[],
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<MovedAll> {
    const engine = await this.engine.load();
    const refused: string[] = [];
    const waiting: Waiting[] = [];
    const byFile = new Map<string, Movable[]>();
    for (const item of chosen) {
      byFile.set(item.uri.toString(), [...(byFile.get(item.uri.toString()) ?? []), item]);
    }
    for (const [uri, items] of byFile) {
      if (token.isCancellationRequested) {
        break;
      }
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
      const path = this.contexts.pathOf(document.uri);
      progress.report({ message: path, increment: 100 / byFile.size });
      const scanned = await this.documents.of(document);
      const marks = new Set(items.flatMap((i) => i.marks));
      const wanted = scanned ? sure(scanned).filter((f) => marks.has(mark(document, f))) : [];
      try {
        const done = scanned && (await this.#one(engine, scanned, wanted, path, refused));
        if (done) {
          waiting.push(done);
        }
      } catch (error) {
        refused.push(`${path}: ${error instanceof Error ? error.message : vscode.l10n.t('it could not be written.')}`);
      }
    }
    const ready = waiting.filter(({ document, version, change }) => {
      if (document.version !== version) {
        refused.push(vscode.l10n.t('{0}: the text has changed meanwhile.', change.file));
      }
      return document.version === version;
    });
    if (ready.length > 0 && !(await this.apply(byCredential(ready)))) {
      const why = vscode.l10n.t('The values are in their places, and the sources are as they were.');
      return { values: 0, files: 0, refused: [...refused, why] };
    }
    // What was not ticked in the preview still stands where it stood.
    const left = ready.map(({ document, moved }) => moved.filter((m) => !document.getText().includes(m.value)).length);
    return { values: left.reduce((a, b) => a + b, 0), files: left.filter((n) => n > 0).length, refused };
  }

  /** Puts one text's values in their places, and gives what is to change in it. */
  async #one(
    engine: Engine,
    scanned: ScannedDocument,
    wanted: readonly Finding[],
    path: string,
    refused: string[],
  ): Promise<Waiting | undefined> {
    const { document, context } = scanned;
    const { folder } = context;
    const { version } = document;
    if (!folder) {
      return undefined;
    }
    const movable: Finding[] = [];
    for (const f of wanted) {
      const alone = await planFor(engine, this.contexts, scanned, [f]);
      if (engine.isRefusal(alone)) {
        refused.push(`${path}:${document.positionAt(f.start).line + 1}: ${alone.refused}`);
      } else {
        movable.push(f);
      }
    }
    if (movable.length === 0) {
      return undefined;
    }
    const planned = (held: Held) => planFor(engine, this.contexts, scanned, movable, { held });
    const settled = await this.keeper.settle(engine, folder, planned, document.getText(), path);
    if ('refused' in settled) {
      refused.push(`${path}: ${settled.refused}`);
      return undefined;
    }
    const { plan, kept, held } = settled;
    if (!kept) {
      refused.push(vscode.l10n.t('{0}: its values are not in the store.', path));
      return undefined;
    }
    // The store's tool may have waited for a person: what the plan was made from may have changed meanwhile.
    const fresh = plan.storing && kept !== 'written' ? await planned(held) : plan;
    if (document.version !== version || engine.isRefusal(fresh) || !isSameStoring(plan, fresh)) {
      refused.push(vscode.l10n.t('{0}: the text has changed meanwhile.', path));
      return undefined;
    }
    const changes = changesLeft(fresh.changes, kept === 'written');
    const text = document.getText();
    const values = fresh.findings.map((f) => engine.decodedValue(text, f, path));
    await this.writer.deliver(engine, folder, { ...fresh, changes }, values);
    const source = sourcesOf(fresh).find((c) => c.file === path);
    for (const other of sourcesOf(fresh).filter((c) => c !== source)) {
      await this.writer.write(engine, folder, other);
    }
    const moved = fresh.findings.map((finding, i) => ({
      finding,
      variable: fresh.destinations[i]?.variable ?? finding.variable,
      value: values[i] as string,
    }));
    return source && { document, version, change: source, moved };
  }
}

/** Findings that are moved without a second look. */
function sure({ findings }: ScannedDocument): Finding[] {
  return findings.filter((f) => isSureAlarm(f));
}

/** A finding's rule and line up to its end: the same again after other lines have changed. */
function mark(document: vscode.TextDocument, f: Finding): string {
  const end = document.positionAt(f.end);
  return `${f.ruleId} ${document.getText(new vscode.Range(end.line, 0, end.line, end.character))}`;
}
