import * as vscode from 'vscode';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';
import type { OpenDocuments } from './open-documents';
import { setting } from './settings';

/** Texts of diff editors' left sides and the like that are longer are not masked piece by piece, but left alone. */
const LONGEST = 2_000_000;
const AFTER = 60;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Masks values in every visible editor while someone else may look at the screen. It reduces what others see; texts stay as they are. */
export class Conceal implements vscode.Disposable {
  readonly #mask = vscode.window.createTextEditorDecorationType({
    opacity: '0',
    backgroundColor: new vscode.ThemeColor('editor.findMatchHighlightBackground'),
    // High contrast themes have no background for it.
    borderStyle: 'solid',
    borderWidth: '1px',
    borderColor: new vscode.ThemeColor('editorWidget.border'),
    borderRadius: '3px',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
  readonly #disposables: vscode.Disposable[] = [this.#mask];
  readonly #foreign = new WeakMap<vscode.TextDocument, { readonly version: number; readonly spans: readonly Span[] }>();
  #on = setting('conceal');
  /** The value that a person asked to see, until the cursor leaves it. */
  #shown: { readonly uri: string; readonly span: Span } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly documents: OpenDocuments,
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
  ) {
    const later = () => this.#later();
    this.#disposables.push(
      documents.onDidChange(later),
      vscode.window.onDidChangeVisibleTextEditors(later),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#left(textEditor)),
      vscode.workspace.onDidChangeTextDocument(later),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('keyward.conceal')) {
          this.#set(setting('conceal'));
        }
      }),
    );
    this.#set(this.#on);
  }

  /** Whether values are masked in this window. */
  get isOn(): boolean {
    return this.#on;
  }

  /** Masks or shows values in this window, until the setting is changed; the setting holds for new windows. */
  toggle(): boolean {
    this.#set(!this.#on);
    void vscode.window.setStatusBarMessage(
      this.#on
        ? `$(eye-closed) ${vscode.l10n.t('Values of keys are masked in this window.')}`
        : `$(eye) ${vscode.l10n.t('Values of keys are shown.')}`,
      5000,
    );
    return this.#on;
  }

  /** Shows the value at the cursor until the cursor leaves it. */
  async reveal(editor: vscode.TextEditor): Promise<void> {
    const at = editor.document.offsetAt(editor.selection.active);
    const span = (await this.#spans(editor.document)).find((s) => s.start <= at && at <= s.end);
    this.#shown = span && { uri: editor.document.uri.toString(), span };
    await this.#paint(editor);
  }

  #set(on: boolean): void {
    this.#on = on;
    this.#shown = undefined;
    void vscode.commands.executeCommand('setContext', 'keyward.concealing', on);
    this.#later(0);
  }

  #left(editor: vscode.TextEditor): void {
    const shown = this.#shown;
    if (!shown || shown.uri !== editor.document.uri.toString()) {
      return;
    }
    const at = editor.document.offsetAt(editor.selection.active);
    if (at < shown.span.start || at > shown.span.end) {
      this.#shown = undefined;
      this.#later(0);
    }
  }

  #later(milliseconds = AFTER): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const editor of vscode.window.visibleTextEditors) {
        void this.#paint(editor);
      }
    }, milliseconds);
  }

  async #paint(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    editor.setDecorations(this.#mask, await this.masked(document));
  }

  /** What is masked of a text now. */
  async masked(document: vscode.TextDocument): Promise<vscode.Range[]> {
    if (!this.#on) {
      return [];
    }
    const shown = this.#shown?.uri === document.uri.toString() ? this.#shown.span : undefined;
    return (await this.#spans(document))
      .filter((s) => s.start !== shown?.start)
      .map((s) => new vscode.Range(document.positionAt(s.start), document.positionAt(s.end)));
  }

  /** Where values stand: as they are watched, or scanned for this alone where a text is no source (the left side of a diff). */
  async #spans(document: vscode.TextDocument): Promise<readonly Span[]> {
    const known = this.documents.known(document);
    if (known) {
      return known.findings.filter((f) => f.state === 'secret');
    }
    const cached = this.#foreign.get(document);
    if (cached?.version === document.version) {
      return cached.spans;
    }
    const text = document.getText();
    if (text.length > LONGEST) {
      return [];
    }
    const engine = await this.engine.load();
    const fileName = this.contexts.pathOf(document.uri);
    const spans = engine
      .scanText(text, { fileName, languageId: document.languageId })
      .findings.filter((f) => f.state === 'secret')
      .map(({ start, end }) => ({ start, end }));
    this.#foreign.set(document, { version: document.version, spans });
    return spans;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}
