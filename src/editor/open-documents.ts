import * as vscode from 'vscode';
import type { DocumentScanner } from '../scan/document-scanner';
import type { Finding, StaleIgnore } from '../scan/finding';
import type { EngineLoader } from './engine-loader';
import type { FolderContext, FolderContexts } from './folder-contexts';
import type { Log } from './log';

/** Texts that are no one's source: output, diffs of git, chats, settings pages. */
const NOT_SOURCES = new Set([
  'output',
  'debug',
  'git',
  'gitfs',
  'vscode',
  'local-history',
  'walkThrough',
  'walkThroughSnippet',
  'comment',
  'search-editor',
  'chat-editing-text-model',
  'keyward',
  'keyward-archive',
  'keyward-git',
]);

/** Schemes of VS Code that hold people's texts; its others are settings pages, previews and the like. */
const VSCODE_SOURCES = /^vscode-(?:notebook-cell|remote|userdata|vfs|test-web)/;

/** Characters that are scanned before others may run: about ten milliseconds. */
const SLICE = 64 * 1024;
/** Milliseconds between a keystroke and its squiggle. */
const PUBLISH_AFTER = 30;

/** An open text and its findings. */
export interface ScannedDocument {
  readonly document: vscode.TextDocument;
  readonly findings: readonly Finding[];
  readonly staleIgnores: readonly StaleIgnore[];
  readonly context: FolderContext;
  /** Git ignores the file, so its values are kept out of the repository. */
  readonly local: boolean;
  /** Where that is written. */
  readonly ignoredBy?: vscode.Location;
}

/** A text that is watched no more: closed, or excluded by settings or policy. */
export interface LeftDocument {
  readonly uri: vscode.Uri;
  readonly excluded: boolean;
}

interface Entry {
  readonly document: vscode.TextDocument;
  readonly context: FolderContext;
  scanner: DocumentScanner;
  eol: vscode.EndOfLine;
  local: boolean;
  ignoredBy?: vscode.Location | undefined;
  timer?: ReturnType<typeof setTimeout>;
}

/** Whether Keyward looks at a text. */
export function isSource(document: vscode.TextDocument): boolean {
  const { scheme } = document.uri;
  const own = scheme.startsWith('vscode-') && !VSCODE_SOURCES.test(scheme);
  return (
    !own &&
    document.languageId !== 'search-result' &&
    !NOT_SOURCES.has(scheme) &&
    !/\/(?:node_modules|\.git)\//.test(document.uri.path)
  );
}

/** Follows every open text, edit by edit, and tells when its findings have changed. */
export class OpenDocuments implements vscode.Disposable {
  readonly #entries = new Map<vscode.TextDocument, Entry>();
  readonly #opening = new Map<vscode.TextDocument, Promise<Entry | undefined>>();
  readonly #started = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #changed = new vscode.EventEmitter<ScannedDocument>();
  readonly #closed = new vscode.EventEmitter<LeftDocument>();
  readonly #disposables: vscode.Disposable[] = [this.#started, this.#changed, this.#closed];
  #generation = 0;
  #disposed = false;
  /** A whole text is being scanned; `onDidChange` or `onDidClose` follows. */
  readonly onDidStart = this.#started.event;
  readonly onDidChange = this.#changed.event;
  readonly onDidClose = this.#closed.event;

  constructor(
    readonly engine: EngineLoader,
    readonly contexts: FolderContexts,
    readonly log: Log,
  ) {
    this.#disposables.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.#open(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#close(document)),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edit(event)),
      contexts.onDidChange(() => this.rescan()),
    );
  }

  /** Starts with what is open already. */
  start(): void {
    for (const document of vscode.workspace.textDocuments) {
      this.#open(document);
    }
  }

  /** Findings of an open text, complete. Undefined when it is not scanned. */
  async of(document: vscode.TextDocument): Promise<ScannedDocument | undefined> {
    const generation = this.#generation;
    const entry = this.#entries.get(document) ?? (await this.#opening.get(document)) ?? (await this.#enter(document));
    if (!entry) {
      // All texts began anew meanwhile: this one too.
      return generation === this.#generation || document.isClosed ? undefined : this.of(document);
    }
    while (!entry.scanner.isComplete) {
      entry.scanner.advance(SLICE);
      await pause();
    }
    return this.#scanned(entry);
  }

  /** Findings as far as they are known, without waiting. */
  known(document: vscode.TextDocument): ScannedDocument | undefined {
    const entry = this.#entries.get(document);
    return entry ? this.#scanned(entry) : undefined;
  }

  /** All open texts that are scanned. */
  all(): ScannedDocument[] {
    return [...this.#entries.values()].map((entry) => this.#scanned(entry));
  }

  /** Judges every open text again. */
  rescan(): void {
    this.#generation++;
    for (const entry of this.#entries.values()) {
      clearTimeout(entry.timer);
    }
    this.#entries.clear();
    this.#opening.clear();
    this.start();
  }

  #open(document: vscode.TextDocument): void {
    if (!this.#disposed && isSource(document) && !this.#entries.has(document) && !this.#opening.has(document)) {
      void this.#enter(document);
    }
  }

  #enter(document: vscode.TextDocument): Promise<Entry | undefined> {
    const known = this.#opening.get(document);
    if (known) {
      return known;
    }
    const opening = this.#begin(document)
      .catch((error) => {
        this.log.error('A text could not be scanned', error);
        return undefined;
      })
      .finally(() => {
        if (this.#opening.get(document) === opening) {
          this.#opening.delete(document);
        }
      });
    this.#opening.set(document, opening);
    return opening;
  }

  async #begin(document: vscode.TextDocument): Promise<Entry | undefined> {
    const generation = this.#generation;
    this.#started.fire(document);
    const engine = await this.engine.load();
    const context = await this.contexts.of(document.uri);
    const stale = () => this.#disposed || document.isClosed || generation !== this.#generation;
    if (stale() || !isSource(document)) {
      return undefined;
    }
    const options = this.contexts.scanOptions(engine, context, document);
    if (!options) {
      this.#closed.fire({ uri: document.uri, excluded: true });
      return undefined;
    }
    const entry: Entry = {
      document,
      context,
      scanner: new engine.DocumentScanner(document.getText(), options, true),
      eol: document.eol,
      local: false,
    };
    this.#entries.set(document, entry);
    while (!entry.scanner.advance(SLICE)) {
      await pause();
      if (this.#entries.get(document) !== entry) {
        return undefined;
      }
    }
    this.#publish(entry);
    if (context.folder && document.uri.scheme === context.folder.uri.scheme) {
      const local = await this.contexts.isKeptOut(context.folder, this.contexts.pathOf(document.uri));
      if (local !== entry.local && this.#entries.get(document) === entry) {
        entry.local = local;
        entry.ignoredBy = local
          ? await this.contexts.ignoreRule(context.folder, this.contexts.pathOf(document.uri))
          : undefined;
        this.#publish(entry);
      }
    }
    return entry;
  }

  #edit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const entry = this.#entries.get(document);
    const engine = this.engine.loaded;
    if (!entry || !engine) {
      return;
    }
    if (document.eol !== entry.eol) {
      // Line ends have changed: every offset has.
      entry.eol = document.eol;
      entry.scanner = new engine.DocumentScanner(document.getText(), entry.scanner.options, true);
      void this.#resume(entry);
      return;
    }
    if (contentChanges.length === 0) {
      return;
    }
    const edits = [...contentChanges]
      .sort((a, b) => b.rangeOffset - a.rangeOffset)
      .map((c) => ({ start: c.rangeOffset, end: c.rangeOffset + c.rangeLength, text: c.text }));
    entry.scanner.update(edits);
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => this.#publish(entry), PUBLISH_AFTER);
  }

  async #resume(entry: Entry): Promise<void> {
    const { scanner } = entry;
    this.#started.fire(entry.document);
    while (!scanner.advance(SLICE)) {
      await pause();
      if (this.#entries.get(entry.document) !== entry || entry.scanner !== scanner) {
        return;
      }
    }
    this.#publish(entry);
  }

  #publish(entry: Entry): void {
    if (this.#entries.get(entry.document) === entry && !this.#disposed) {
      this.#changed.fire(this.#scanned(entry));
    }
  }

  #scanned({ document, scanner, context, local, ignoredBy }: Entry): ScannedDocument {
    return { document, ...scanner.result(), context, local, ...(ignoredBy ? { ignoredBy } : {}) };
  }

  #close(document: vscode.TextDocument): void {
    const entry = this.#entries.get(document);
    clearTimeout(entry?.timer);
    this.#entries.delete(document);
    this.#opening.delete(document);
    if (isSource(document)) {
      this.#closed.fire({ uri: document.uri, excluded: false });
    }
  }

  dispose(): void {
    this.#disposed = true;
    for (const entry of this.#entries.values()) {
      clearTimeout(entry.timer);
    }
    this.#entries.clear();
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}

/** Lets keystrokes and other extensions run. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
