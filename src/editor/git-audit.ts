import * as vscode from 'vscode';
import { type GitFile, type GitObjects, GitProblem, type Introduction } from '../project/git-objects';
import type { LocatedFinding } from '../report/located-finding';
import type { Finding, ScanOptions } from '../scan/finding';
import { KnownValues } from '../scan/known-values';
import { ProgressTeller } from './audit-progress';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import { isSureAlarm } from './findings-model';
import type { FolderContexts } from './folder-contexts';
import { GitTexts } from './git-texts';
import type { Log } from './log';
import type { Ports } from './ports';
import { setting } from './settings';

/** A finding in what git holds: in the index, or in the history. */
export interface GitFinding {
  readonly finding: LocatedFinding;
  readonly folder: vscode.WorkspaceFolder;
  /** Where it is shown: the text that git holds. */
  readonly uri: vscode.Uri;
  readonly from?: Introduction;
}

/** Milliseconds after a change of the index before it is looked at. */
const AFTER_INDEX = 1000;
/** Milliseconds after the start before what is staged is looked at for the first time. */
const AFTER_START = 4000;

/** Audits of what git holds: the staged changes, kept up to date while there is an index to watch, and the history, on demand. */
export class GitAudit implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #indexes = new Set<string>();
  #running = 0;
  staged: readonly GitFinding[] = [];
  history: readonly GitFinding[] = [];
  readonly onDidChange = this.#changed.event;

  constructor(
    readonly engine: EngineLoader,
    readonly contexts: FolderContexts,
    readonly ports: Ports,
    readonly log: Log,
  ) {
    if (ports.gitObjects) {
      const watcher = vscode.workspace.createFileSystemWatcher('**/.git/index');
      const later = () => this.#later();
      watcher.onDidChange(later, undefined, this.#disposables);
      watcher.onDidCreate(later, undefined, this.#disposables);
      this.#disposables.push(
        watcher,
        contexts.onDidChange(later),
        vscode.workspace.onDidGrantWorkspaceTrust(later),
        vscode.workspace.onDidChangeWorkspaceFolders(later),
        vscode.workspace.onDidChangeConfiguration((event) => {
          if (event.affectsConfiguration('keyward.git.watchStaged') && !setting('git.watchStaged')) {
            this.staged = [];
            this.#changed.fire();
          }
        }),
      );
      this.#later(AFTER_START);
    }
  }

  #later(milliseconds = AFTER_INDEX): void {
    clearTimeout(this.#timer);
    if (!setting('git.watchStaged')) {
      return;
    }
    this.#timer = setTimeout(() => {
      this.lookAtStaged().catch((error) => this.log.error('The staged changes could not be read', error));
    }, milliseconds);
  }

  /** Scans what is staged and tells how many keys it holds. Undefined where git can't be asked. */
  async auditStaged(): Promise<number | undefined> {
    if (!this.#demandGit()) {
      return undefined;
    }
    const count = (await this.lookAtStaged()).length;
    if (count === 0) {
      void vscode.window.setStatusBarMessage(`$(key) ${vscode.l10n.t('No hard-coded keys are staged.')}`, 10_000);
    } else {
      await vscode.commands.executeCommand('keyward.findings.focus');
    }
    return count;
  }

  /** Scans the index, without a word. */
  async lookAtStaged(): Promise<readonly GitFinding[]> {
    const turn = ++this.#running;
    const found: GitFinding[] = [];
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      found.push(...(await this.#staged(folder)));
    }
    if (turn === this.#running) {
      this.staged = found;
      this.#changed.fire();
    }
    return found;
  }

  async #staged(folder: vscode.WorkspaceFolder): Promise<GitFinding[]> {
    const git = vscode.workspace.isTrusted ? await this.ports.gitObjects?.(folder.uri) : undefined;
    await this.#watchIndex(git);
    let files: readonly GitFile[];
    try {
      files = (await git?.staged()) ?? [];
    } catch (error) {
      if (error instanceof GitProblem) {
        return []; // no repository here
      }
      throw error;
    }
    if (!git || files.length === 0) {
      return [];
    }
    const engine = await this.engine.load();
    const context = await this.contexts.of(folder.uri);
    const options = (path: string) => this.contexts.fileOptions(engine, context, path);
    const wanted = files.filter((f) => f.oid && !engine.matches(f.path, context.effective.exclude));
    const known = new KnownValues();
    const pathOf = new Map(wanted.map((f) => [f.before, f.path]));
    await git.read([...new Set(wanted.flatMap((f) => (f.before ? [f.before] : [])))], (oid, bytes) => {
      const text = engine.decodeText(bytes)?.text;
      if (text !== undefined) {
        known.add(text, engine.scanText(text, options(pathOf.get(oid) ?? '')).findings);
      }
    });
    const found: GitFinding[] = [];
    await git.read([...new Set(wanted.map((f) => f.oid as string))], (oid, bytes) => {
      const text = engine.decodeText(bytes)?.text;
      for (const { path } of text === undefined ? [] : wanted.filter((f) => f.oid === oid)) {
        const fresh = this.#alarms(engine, text as string, options(path)).filter((f) => !known.take(text as string, f));
        for (const finding of engine.locate(text as string, fresh, path, false)) {
          found.push({ finding, folder, uri: GitTexts.uriOf(folder, oid, path) });
        }
      }
    });
    return found;
  }

  /** The index of a linked work tree, or of a repository whose top is above the folder, lies where no glob of the folder leads. */
  async #watchIndex(git: GitObjects | undefined): Promise<void> {
    const file = await git?.indexFile();
    if (!file || this.#indexes.has(file) || vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))) {
      return;
    }
    const uri = vscode.Uri.file(file);
    const place = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), 'index');
    const watcher = vscode.workspace.createFileSystemWatcher(place);
    const later = () => this.#later();
    watcher.onDidChange(later, undefined, this.#disposables);
    watcher.onDidCreate(later, undefined, this.#disposables);
    this.#disposables.push(watcher);
    this.#indexes.add(file);
  }

  #alarms(engine: Engine, text: string, options: ScanOptions): Finding[] {
    return engine.scanText(text, options).findings.filter(isSureAlarm);
  }

  /** Scans every blob of the history, with progress, until the person cancels. Undefined where git can't be asked. */
  async auditHistory(): Promise<number | undefined> {
    if (!this.#demandGit()) {
      return undefined;
    }
    const found = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Keyward: auditing the git history'),
        cancellable: true,
      },
      async (progress, token) => {
        const stop = new AbortController();
        const subscription = token.onCancellationRequested(() => stop.abort());
        const teller = new ProgressTeller(progress, 'versions');
        const all: GitFinding[] = [];
        for (const folder of vscode.workspace.workspaceFolders ?? []) {
          if (folder.uri.scheme === 'file' && !stop.signal.aborted) {
            all.push(...(await this.#historyOf(folder, teller, stop.signal)));
          }
        }
        subscription.dispose();
        return stop.signal.aborted ? undefined : all;
      },
    );
    if (!found) {
      void vscode.window.setStatusBarMessage(
        `$(key) ${vscode.l10n.t('Stopped. The next audit of the history goes on from here.')}`,
        10_000,
      );
      return undefined;
    }
    this.history = found;
    this.#changed.fire();
    const pushed = found.filter((f) => f.from?.pushed).length;
    const summary =
      found.length === 0
        ? vscode.l10n.t('No hard-coded keys in the history.')
        : found.length === 1
          ? pushed
            ? vscode.l10n.t('1 hard-coded key in the history, on a remote branch.')
            : vscode.l10n.t('1 hard-coded key in the history, on no remote branch.')
          : vscode.l10n.t('{0} hard-coded keys in the history, {1} of them on a remote branch.', found.length, pushed);
    this.log.info(`History: ${summary}`);
    void vscode.window.setStatusBarMessage(`$(key) ${summary}`, 10_000);
    if (found.length > 0) {
      await vscode.commands.executeCommand('keyward.findings.focus');
    }
    return found.length;
  }

  async #historyOf(folder: vscode.WorkspaceFolder, teller: ProgressTeller, signal: AbortSignal): Promise<GitFinding[]> {
    const context = await this.contexts.of(folder.uri);
    const found: GitFinding[] = [];
    await this.ports.audit?.(
      this.contexts.auditRequest('history', context, folder),
      (message) => {
        switch (message.told) {
          case 'found':
            found.push(...message.findings.filter(isSureAlarm).map((f) => historic(folder, f)));
            break;
          case 'progress':
            teller.tell(message.progress);
            break;
          case 'error':
            this.log.warn(`${message.file}: ${message.message}`);
            break;
          case 'note':
            this.log.info(message.line);
            break;
          case 'refused':
            this.#refused(folder, message.message);
        }
      },
      signal,
    );
    return found;
  }

  /** A folder without a repository is no news where another has one. */
  #refused(folder: vscode.WorkspaceFolder, why: string): void {
    this.log.warn(`${folder.name}: ${why}`);
    if (vscode.workspace.workspaceFolders?.length === 1) {
      void vscode.window.showWarningMessage(why);
    }
  }

  #demandGit(): boolean {
    const why =
      !this.ports.gitObjects || !this.ports.audit
        ? vscode.l10n.t('Git can not be asked here: this window has no command-line tools.')
        : !vscode.workspace.isTrusted
          ? vscode.l10n.t('Git is not asked in Restricted Mode. Trust the folder first.')
          : vscode.workspace.workspaceFolders?.length
            ? undefined
            : vscode.l10n.t('No folder is open.');
    if (why) {
      void vscode.window.showInformationMessage(why);
    }
    return why === undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#running++;
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}

/** A finding of the history, with the text in which it stood first. */
function historic(folder: vscode.WorkspaceFolder, finding: LocatedFinding): GitFinding {
  const { blob, commit, history, file, submodule } = finding;
  return {
    finding,
    folder,
    uri: GitTexts.uriOf(folder, blob ?? '', file, submodule),
    ...(commit && history ? { from: { commit, path: file, ...history } } : {}),
  };
}
