import * as vscode from 'vscode';
import { insteadOfPaste } from '../remedy/pasted';
import { changesLeft, type Plan } from '../remedy/plan';
import type { EngineLoader } from './engine-loader';
import { isSureAlarm } from './findings-model';
import { type FixWishes, fixRequest, targetRefusal } from './fix-request';
import { type FixWriter, sourcesOf, textEdit } from './fix-writer';
import type { FolderContexts } from './folder-contexts';
import type { Log } from './log';
import { isSource } from './open-documents';
import { setting } from './settings';
import type { StoreKeeper } from './store-keeper';

/** Longer texts are not keys, and a paste must not wait. */
const LONGEST = 20_000;
/** In longer documents the lines around the paste decide. */
const AROUND = 60_000;

/** What pasting a reference instead takes; it holds values until it is applied, and is never logged. */
interface Reference {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly folder: vscode.WorkspaceFolder;
  readonly plan: Plan;
  /** Where the value goes, for people. */
  readonly place: string;
  /** The text as the plan has it, with the value in it. */
  readonly after: string;
  readonly path: string;
  readonly values: readonly string[];
  readonly edits: readonly vscode.TextEdit[];
}

class ReferencePaste extends vscode.DocumentPasteEdit {
  constructor(readonly reference: Reference) {
    super('', title(reference), PasteGuard.kind);
  }
}

class ReferenceDrop extends vscode.DocumentDropEdit {
  constructor(readonly reference: Reference) {
    super('', title(reference), PasteGuard.kind);
  }
}

/**
 * Offers a reference where a pasted or dropped text holds a credential. The value goes to its destination before the document
 * changes, and neither the document nor its undo stack ever holds it.
 */
export class PasteGuard
  implements
    vscode.DocumentPasteEditProvider<vscode.DocumentPasteEdit>,
    vscode.DocumentDropEditProvider<vscode.DocumentDropEdit>,
    vscode.Disposable
{
  static readonly kind = vscode.DocumentDropOrPasteEditKind.Text.append('keyward', 'reference');
  readonly #registrations: vscode.Disposable[];

  constructor(
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly writer: FixWriter,
    readonly keeper: StoreKeeper,
    readonly log: Log,
  ) {
    const selector = { scheme: '*' };
    const kinds = [PasteGuard.kind];
    this.#registrations = [
      vscode.languages.registerDocumentPasteEditProvider(selector, this, {
        providedPasteEditKinds: kinds,
        pasteMimeTypes: ['text/plain'],
      }),
      vscode.languages.registerDocumentDropEditProvider(selector, this, {
        providedDropEditKinds: kinds,
        dropMimeTypes: ['text/plain'],
      }),
    ];
  }

  async provideDocumentPasteEdits(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    data: vscode.DataTransfer,
    context: vscode.DocumentPasteEditContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentPasteEdit[] | undefined> {
    const [range, ...more] = ranges;
    if (!range || more.length > 0 || (context.only && !context.only.contains(PasteGuard.kind))) {
      return undefined;
    }
    const reference = await this.#reference(document, range, data, token);
    if (!reference) {
      return undefined;
    }
    const edit = new ReferencePaste(reference);
    if (setting('paste', document) === 'offer') {
      edit.yieldTo = [vscode.DocumentDropOrPasteEditKind.Text];
    }
    return [edit];
  }

  async resolveDocumentPasteEdit(edit: vscode.DocumentPasteEdit): Promise<vscode.DocumentPasteEdit> {
    return this.#resolve(edit, edit instanceof ReferencePaste ? edit.reference : undefined);
  }

  async provideDocumentDropEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    data: vscode.DataTransfer,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentDropEdit | undefined> {
    const reference = await this.#reference(document, new vscode.Range(position, position), data, token);
    if (!reference) {
      return undefined;
    }
    const edit = new ReferenceDrop(reference);
    if (setting('paste', document) === 'offer') {
      edit.yieldTo = [vscode.DocumentDropOrPasteEditKind.Text];
    }
    return edit;
  }

  async resolveDocumentDropEdit(edit: vscode.DocumentDropEdit): Promise<vscode.DocumentDropEdit> {
    return this.#resolve(edit, edit instanceof ReferenceDrop ? edit.reference : undefined);
  }

  /** What pasting a reference takes; undefined where nothing is to be offered. */
  async #reference(
    document: vscode.TextDocument,
    range: vscode.Range,
    data: vscode.DataTransfer,
    token: vscode.CancellationToken,
  ): Promise<Reference | undefined> {
    if (setting('paste', document) === 'off' || !isSource(document)) {
      return undefined;
    }
    const pasted = await data.get('text/plain')?.asString();
    if (!pasted || pasted.length < 8 || pasted.length > LONGEST) {
      return undefined;
    }
    const { version } = document;
    const engine = await this.engine.load();
    const context = await this.contexts.of(document.uri);
    const { folder } = context;
    const options = this.contexts.scanOptions(engine, context, document);
    if (!options || !folder || targetRefusal(document, folder) || token.isCancellationRequested) {
      return undefined;
    }
    const text = document.getText();
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const after = text.slice(0, start) + pasted + text.slice(end);
    const from = after.length > 2 * AROUND ? after.lastIndexOf('\n', Math.max(0, start - AROUND)) + 1 : 0;
    const till = after.length > 2 * AROUND ? start + pasted.length + AROUND : after.length;
    const findings = engine
      .scanText(after.slice(from, till), options)
      .findings.map((f) => ({ ...f, start: f.start + from, end: f.end + from }))
      .filter((f) => isSureAlarm(f) && f.end > start && f.start < start + pasted.length);
    if (findings.length === 0) {
      return undefined;
    }
    const path = this.contexts.pathOf(document.uri);
    const facts = await this.contexts.facts(folder, path);
    const pastedText = { languageId: document.languageId, getText: () => after };
    const planned = (wishes: FixWishes) =>
      engine.planFix(fixRequest(engine, { document: pastedText, context }, facts, path, findings, wishes));
    const chosen = planned({});
    // A place that can't take its value from the chosen store takes it from the env file.
    const plan = engine.isRefusal(chosen) ? planned({ store: 'env' }) : chosen;
    if (engine.isRefusal(plan) || token.isCancellationRequested || document.version !== version) {
      return undefined;
    }
    const store = engine.storeNamed(plan.destinations[0]?.store ?? 'env');
    const changes = sourcesOf(plan).flatMap((c) => (c.file === path ? c.changes : []));
    return {
      document,
      version,
      folder,
      plan,
      place: store && store !== 'env' ? store.title : (plan.destinations[0]?.file ?? ''),
      after,
      path,
      values: plan.findings.map((f) => engine.decodedValue(after, f, path)),
      edits: insteadOfPaste(after, changes, { start, end, text: pasted }).map((c) => textEdit(document, c)),
    };
  }

  /** Writes the value to its destination, then gives the edit of the document. Without it nothing is pasted, and the person is told. */
  async #resolve<T extends vscode.DocumentPasteEdit | vscode.DocumentDropEdit>(
    edit: T,
    reference: Reference | undefined,
  ): Promise<T> {
    if (!reference) {
      return edit;
    }
    const { document, version, folder, plan, place, after, path, values, edits } = reference;
    const source = new vscode.WorkspaceEdit();
    edit.additionalEdit = source;
    try {
      if (document.version !== version) {
        throw new Error(vscode.l10n.t('The text has changed meanwhile.'));
      }
      const engine = await this.engine.load();
      const kept = !plan.storing || (await this.keeper.keep(engine, folder, plan, after, path));
      if (!kept) {
        throw new Error(vscode.l10n.t('The value is not in its store.'));
      }
      const changes = changesLeft(plan.changes, kept === 'written');
      await this.writer.deliver(engine, folder, { ...plan, changes }, values);
      // The store's tool may have waited for a person.
      if (document.version !== version) {
        throw new Error(vscode.l10n.t('The text has changed meanwhile; the value is in its place already.'));
      }
    } catch (error) {
      this.log.error('A paste could not write its destination', error);
      const why = error instanceof Error ? error.message : vscode.l10n.t('The value could not be written.');
      void vscode.window.showErrorMessage(vscode.l10n.t('{0} Nothing was pasted.', why));
      return edit;
    }
    source.set(document.uri, [...edits]);
    const names = [...new Set(plan.destinations.map((d) => d.variable))].join(', ');
    void vscode.window.setStatusBarMessage(`$(key) ${vscode.l10n.t('{0} is in {1}.', names, place)}`, 10_000);
    return edit;
  }

  dispose(): void {
    for (const r of this.#registrations) {
      r.dispose();
    }
  }
}

/** `Move to environment variable X in .env (add …)` becomes `Paste as reference to X in .env (add …)`. */
function title({ plan, place }: Reference): string {
  const names = [...new Set(plan.destinations.map((d) => d.variable))];
  const note = / \(.*\)$/.exec(plan.title)?.[0] ?? '';
  return names.length === 1
    ? vscode.l10n.t('Paste as reference to {0} in {1}{2}', names[0] ?? '', place, note)
    : vscode.l10n.t('Paste as references to {0} variables in {1}{2}', names.length, place, note);
}
