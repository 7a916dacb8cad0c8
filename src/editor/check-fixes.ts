import * as vscode from 'vscode';
import type { CheckResult } from '../checklist/assessment';
import type { Elsewhere, FixProject, OfferedFix } from '../checklist/fixes/offered-fix';
import type { FileChange } from '../remedy/plan';
import { fixName } from '../report/page/messages';
import type { ChecklistDiagnostics, CheckPlace } from './checklist-diagnostics';
import type { ChecklistRun } from './checklist-run';
import type { FolderAssessment } from './checklist-view';
import { commandIds } from './command-ids';
import type { EngineLoader } from './engine-loader';
import { textEdit } from './fix-writer';
import type { FolderContexts } from './folder-contexts';
import { answersTo } from './questions';

/** Which check to fix where, and by which fix if not the only one: its id or its title. */
export interface CheckFixRequest extends CheckPlace {
  readonly fix?: string;
  /** Where the changed text is shown; in the active column without it. */
  readonly viewColumn?: vscode.ViewColumn;
}

const PATHS_MS = 3_000;

/** Quick fixes of failed checks: offered at their squiggle, in the tree and in the report, and applied as one edit. */
export class CheckFixes implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #registration: vscode.Disposable;
  readonly #paths = new Map<string, { readonly at: number; readonly paths: Promise<ReadonlySet<string>> }>();

  constructor(
    readonly engine: EngineLoader,
    readonly contexts: FolderContexts,
    readonly checklist: ChecklistRun,
    readonly diagnostics: ChecklistDiagnostics,
  ) {
    this.#registration = vscode.languages.registerCodeActionsProvider({ scheme: '*' }, this, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    });
  }

  async provideCodeActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const here = this.diagnostics.at(document.uri).filter((d) => d.range.intersection(range));
    const actions: vscode.CodeAction[] = [];
    for (const diagnostic of here) {
      for (const fix of await this.fixes(diagnostic.about)) {
        const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
        const request: CheckFixRequest = { ...diagnostic.about, fix: fix.title };
        action.command = { command: commandIds.fixCheck, title: fix.title, arguments: [request] };
        action.diagnostics = [diagnostic];
        action.isPreferred = actions.length === 0 && fix.changes !== undefined && fix.questions === undefined;
        actions.push(action);
      }
    }
    return actions;
  }

  /** What can be done about a place of the last run, on the texts as they are now. */
  async fixes(place: CheckPlace): Promise<readonly OfferedFix[]> {
    const found = await this.#find(place);
    return found ? this.#offered(place, found) : [];
  }

  /**
   * What a report can offer at its places, by the place's name in it (`fixName`): the title of the only fix, else words for
   * several. Statements of people and the policy's creation have buttons of their own there.
   */
  async offers({ folder, assessment }: FolderAssessment, most: number): Promise<ReadonlyMap<string, string>> {
    const engine = await this.engine.load();
    const project = withMemory(await this.#project(folder));
    const offers = new Map<string, string>();
    for (const result of assessment.results.filter((r) => r.status === 'fail' || r.status === 'warn')) {
      const places = [undefined, ...result.evidence.slice(0, most)];
      const told = new Set<string>();
      for (const [i, evidence] of places.entries()) {
        const fixes = (await engine.fixesFor(result, evidence, project)).filter(
          (f) => f.elsewhere?.to !== 'attest' && f.elsewhere?.to !== 'create-policy' && !told.has(f.title),
        );
        const [only] = fixes;
        if (only) {
          offers.set(
            fixName(result.check, evidence ? i - 1 : undefined),
            fixes.length === 1 ? only.title : vscode.l10n.t('Fix…'),
          );
        }
        if (!evidence) {
          for (const fix of fixes) {
            told.add(fix.title); // of the check as a whole: once is enough
          }
        }
      }
    }
    return offers;
  }

  /** Applies a fix, asking which one where there are several and for what no file says. True when something was done. */
  async apply(request: CheckFixRequest): Promise<boolean> {
    const found = await this.#find(request);
    if (!found) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Run the lifecycle checklist first.'));
      return false;
    }
    const offered = await this.#offered(request, found);
    const named = request.fix && offered.filter((f) => f.title === request.fix || f.id === request.fix);
    const fix = named ? named[0] : await chosen(offered, request.check);
    if (!fix) {
      if (offered.length === 0) {
        this.#explain(found.result);
      }
      return false;
    }
    const { folder } = found.of;
    if (fix.elsewhere) {
      await goElsewhere(folder, fix.elsewhere);
      return true;
    }
    const answers = await answersTo(fix.questions ?? [], fix.title);
    if (!answers) {
      return false;
    }
    // what a person was asked took a while: the texts may be others now
    const fresh = (await this.#offered(request, found)).find((f) => f.title === fix.title) ?? fix;
    const changes = fresh.changes?.(answers) ?? [];
    if (changes.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing left to change.'));
      return false;
    }
    await write(folder, changes, request.viewColumn);
    this.#paths.clear();
    await this.checklist.run();
    return true;
  }

  /** The fixes of one piece of evidence; of all of it where none is named. */
  async #offered(
    { evidence: named }: CheckPlace,
    { of, result }: { readonly of: FolderAssessment; readonly result: CheckResult },
  ): Promise<readonly OfferedFix[]> {
    const engine = await this.engine.load();
    const project = withMemory(await this.#project(of.folder));
    if (named !== undefined || result.evidence.length === 0) {
      return engine.fixesFor(result, named === undefined ? undefined : result.evidence[named], project);
    }
    const all = new Map<string, OfferedFix>();
    for (const evidence of result.evidence) {
      for (const fix of await engine.fixesFor(result, evidence, project)) {
        all.set(fix.title, fix);
      }
    }
    return [...all.values()];
  }

  async #find({ folder, check }: CheckPlace) {
    const runs: readonly FolderAssessment[] = await this.checklist.remembered();
    const of = runs.find((a) => a.folder.uri.toString() === folder);
    const result = of?.assessment.results.find((r) => r.check === check);
    return of && result ? { of, result } : undefined;
  }

  #explain(result: { readonly remediation?: string; readonly message: string }): void {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No edit would be safe here. {0}', result.remediation ?? result.message),
    );
  }

  async #project(folder: vscode.WorkspaceFolder): Promise<FixProject> {
    const engine = await this.engine.load();
    const files = await this.contexts.files(folder);
    return {
      paths: await this.#pathsOf(folder),
      text: (path) => presentText(engine.decodeText, vscode.Uri.joinPath(folder.uri, path)),
      policy: await engine.loadPolicy(files),
      today: new Date().toISOString().slice(0, 10),
    };
  }

  #pathsOf(folder: vscode.WorkspaceFolder): Promise<ReadonlySet<string>> {
    const key = folder.uri.toString();
    const known = this.#paths.get(key);
    if (known && Date.now() - known.at < PATHS_MS) {
      return known.paths;
    }
    const paths = this.contexts
      .files(folder)
      .then((files) => files.list())
      .then((entries) => new Set(entries.map((e) => e.path)));
    this.#paths.set(key, { at: Date.now(), paths });
    return paths;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Reads each text of a project once. */
function withMemory(project: FixProject): FixProject {
  const texts = new Map<string, Promise<string | undefined>>();
  return {
    ...project,
    text: (path) => {
      const text = texts.get(path) ?? project.text(path);
      texts.set(path, text);
      return text;
    },
  };
}

async function chosen(offered: readonly OfferedFix[], check: string): Promise<OfferedFix | undefined> {
  if (offered.length < 2) {
    return offered[0];
  }
  const choice = await vscode.window.showQuickPick(
    offered.map((fix) => ({ label: fix.title, fix })),
    { title: vscode.l10n.t('Fix {0}', check) },
  );
  return choice?.fix;
}

/** Unsaved words win over those on the disk. */
async function presentText(
  decode: (bytes: Uint8Array) => { readonly text: string } | undefined,
  uri: vscode.Uri,
): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString());
  if (open) {
    return open.getText();
  }
  try {
    return decode(await vscode.workspace.fs.readFile(uri))?.text;
  } catch {
    return undefined;
  }
}

/** One edit over all files, which one undo takes back. Files that had no unsaved changes are saved. */
async function write(
  folder: vscode.WorkspaceFolder,
  changes: readonly FileChange[],
  viewColumn = vscode.ViewColumn.Active,
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const clean: vscode.Uri[] = [];
  for (const change of changes) {
    const uri = vscode.Uri.joinPath(folder.uri, change.file);
    if (change.create) {
      const text = change.changes.map((c) => c.text).join('');
      edit.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false });
      continue;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    edit.set(
      uri,
      change.changes.map((c) => textEdit(document, c)),
    );
    if (!document.isDirty) {
      clean.push(uri);
    }
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(vscode.l10n.t('The fix could not be written.'));
  }
  const last = changes.at(-1) as FileChange;
  const shown = await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, last.file), {
    preview: false,
    viewColumn,
  });
  const start = last.changes[0]?.start ?? 0;
  const at = shown.document.positionAt(last.create ? 0 : start);
  shown.selection = new vscode.Selection(at, at);
  shown.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  for (const uri of clean) {
    await vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString())?.save();
  }
}

async function goElsewhere(folder: vscode.WorkspaceFolder, elsewhere: Elsewhere): Promise<void> {
  const of = folder.uri.toString();
  switch (elsewhere.to) {
    case 'attest':
      await vscode.commands.executeCommand(commandIds.attest, elsewhere.check, of);
      return;
    case 'create-policy':
      await vscode.commands.executeCommand(commandIds.createPolicy, of);
      return;
    case 'mark-rotated':
      await vscode.commands.executeCommand(commandIds.markRotated, of, elsewhere.key);
      return;
    case 'retire':
      await vscode.commands.executeCommand(commandIds.retireKey, of, elsewhere.key);
      return;
    case 'assign-owner':
      await vscode.commands.executeCommand(commandIds.assignOwner, of, elsewhere.key);
      return;
    case 'add-key':
      await vscode.commands.executeCommand(commandIds.addToInventory, of, elsewhere.name);
      return;
    case 'terminal': {
      if (vscode.env.uiKind === vscode.UIKind.Web && folder.uri.scheme === 'vscode-vfs') {
        await vscode.env.clipboard.writeText(elsewhere.line);
        void vscode.window.showInformationMessage(vscode.l10n.t('Copied: {0}', elsewhere.line));
        return;
      }
      const terminal = vscode.window.createTerminal({ name: 'Keyward', cwd: folder.uri });
      terminal.show();
      terminal.sendText(elsewhere.line, false);
    }
  }
}
