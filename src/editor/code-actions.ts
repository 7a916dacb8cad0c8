import * as vscode from 'vscode';
import type { Finding } from '../scan/finding';
import { commandIds } from './command-ids';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import { isAlarm, isSureAlarm } from './findings-model';
import { fixRequest, targetRefusal } from './fix-request';
import { type FindingArguments, type FixArguments, type StoreArguments, targetsOf } from './fix-targets';
import type { FolderContexts } from './folder-contexts';
import { LateEdit, placeholderAction, testKeyAction } from './late-edit';
import type { OpenDocuments, ScannedDocument } from './open-documents';
import { setting } from './settings';
import type { ValueHistories } from './value-history';

/** Most findings of one text that one action moves: planning them must not be felt. */
const MOST_AT_ONCE = 60;

/** The lightbulb's menu on a finding. */
export class CodeActions implements vscode.CodeActionProvider, vscode.Disposable {
  static readonly fixAll = vscode.CodeActionKind.SourceFixAll.append('keyward');
  static readonly kinds = [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite, CodeActions.fixAll];
  readonly #registration: vscode.Disposable;

  constructor(
    readonly documents: OpenDocuments,
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly histories: ValueHistories,
  ) {
    this.#registration = vscode.languages.registerCodeActionsProvider({ scheme: '*' }, this, {
      providedCodeActionKinds: CodeActions.kinds,
    });
  }

  /**
   * What can be done about the findings of a range: the kinds that are asked for and, unless a person opens the menu, only what is
   * cheap and about one finding.
   */
  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const { only } = context;
    const asked = (kind: vscode.CodeActionKind) => !only || only.contains(kind);
    const unasked = context.triggerKind === vscode.CodeActionTriggerKind.Automatic;
    const touched = unasked ? this.#touched(document, range).slice(0, 1) : this.#touched(document, range);
    return [
      // For save actions, and who asks for it by name.
      ...(only && asked(CodeActions.fixAll) ? await this.#fixAll(document, token) : []),
      ...(asked(vscode.CodeActionKind.QuickFix)
        ? await this.#quickFixes(document, touched, context.diagnostics, unasked, token)
        : []),
      ...(asked(vscode.CodeActionKind.RefactorRewrite) && !unasked
        ? touched.map((f) => placeholderAction(document, f))
        : []),
    ];
  }

  resolveCodeAction(action: vscode.CodeAction): vscode.CodeAction {
    const edit = action instanceof LateEdit ? action.compute() : undefined;
    if (edit) {
      action.edit = edit;
    }
    return action;
  }

  /** The alarms that a range touches, that under the cursor first. */
  #touched(document: vscode.TextDocument, range: vscode.Range): Finding[] {
    const from = document.offsetAt(range.start);
    const to = document.offsetAt(range.end);
    const at = range instanceof vscode.Selection ? document.offsetAt(range.active) : from;
    const away = (f: Finding) => (f.start <= at && at <= f.end ? 0 : 1);
    const findings = this.documents.known(document)?.findings ?? [];
    return findings.filter((f) => isAlarm(f) && f.start <= to && f.end >= from).sort((a, b) => away(a) - away(b));
  }

  async #quickFixes(
    document: vscode.TextDocument,
    touched: readonly Finding[],
    diagnostics: readonly vscode.Diagnostic[],
    unasked: boolean,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const scanned = this.documents.known(document);
    if (!scanned || touched.length === 0) {
      return [];
    }
    const engine = await this.engine.load();
    const diagnosed = (f: Finding) =>
      diagnostics.filter(
        (d) =>
          d.source === 'keyward' &&
          document.offsetAt(d.range.start) === f.start &&
          document.offsetAt(d.range.end) === f.end,
      );
    const actions: vscode.CodeAction[] = [];
    const fixes = await this.#fixes(scanned, touched, unasked, token);
    for (const action of fixes) {
      action.diagnostics = touched.flatMap(diagnosed);
      actions.push(action);
    }
    for (const finding of touched) {
      const rotate = this.#rotation(finding, diagnosed(finding));
      if (rotate) {
        if (this.histories.known(scanned, finding)?.pushed) {
          // What a remote holds is not safe once it has moved: rotation comes first.
          for (const action of actions) {
            action.isPreferred = false;
          }
          rotate.isPreferred = true;
          actions.unshift(rotate);
        } else {
          actions.push(rotate);
        }
      }
      actions.push(...this.#others(engine, scanned, finding, diagnosed(finding)));
    }
    return actions;
  }

  /** For save actions: everything in the text that can be moved, where the person has asked for that. */
  async #fixAll(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeAction[]> {
    if (!setting('fixAllOnSave', document)) {
      return [];
    }
    const scanned = await this.documents.of(document);
    const all = scanned && (await this.#all(scanned, token));
    if (!all) {
      return [];
    }
    const action = this.#fix(document, all.title, all.findings, false, false);
    action.kind = CodeActions.fixAll;
    return [action];
  }

  /** Every finding of a text that can be moved, as one plan. */
  async #all(
    scanned: ScannedDocument,
    token: vscode.CancellationToken,
  ): Promise<{ readonly title: string; readonly findings: readonly Finding[] } | undefined> {
    const { document, context } = scanned;
    const { folder } = context;
    if (targetRefusal(document, folder) || !folder) {
      return undefined;
    }
    const engine = await this.engine.load();
    const path = this.contexts.pathOf(document.uri);
    const facts = await this.contexts.facts(folder, path);
    const plan = (findings: readonly Finding[]) => engine.planFix(fixRequest(engine, scanned, facts, path, findings));
    const movable = scanned.findings
      .slice(0, MOST_AT_ONCE)
      .filter((f) => isSureAlarm(f) && !engine.isRefusal(plan([f])));
    const whole = movable.length > 0 ? plan(movable) : undefined;
    if (!whole || engine.isRefusal(whole) || token.isCancellationRequested) {
      return undefined;
    }
    return { title: whole.title, findings: movable };
  }

  async #fixes(
    scanned: ScannedDocument,
    touched: readonly Finding[],
    unasked: boolean,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const { document, context } = scanned;
    const { folder } = context;
    if (targetRefusal(document, folder) || !folder) {
      return [];
    }
    const engine = await this.engine.load();
    const path = this.contexts.pathOf(document.uri);
    const facts = await this.contexts.facts(folder, path);
    if (token.isCancellationRequested) {
      return [];
    }
    // The whole credential first, then the single value.
    const wholes = [...new Set(touched.map((f) => f.group).filter((g) => g !== undefined))]
      .map((group) => scanned.findings.filter((f) => isAlarm(f) && f.group === group))
      .filter((parts) => parts.length > 1);
    const choices = [...wholes, ...touched.map((f) => [f])];
    const actions: vscode.CodeAction[] = [];
    const previews: vscode.CodeAction[] = [];
    for (const findings of choices) {
      const wanted = fixRequest(engine, scanned, facts, path, findings);
      const chosen = wanted.options?.store === 'env' ? undefined : engine.planFix(wanted);
      if (chosen && !engine.isRefusal(chosen)) {
        actions.push(this.#fix(document, chosen.title, findings, false, false));
        const wrapped =
          chosen.wrapping && engine.planFix(fixRequest(engine, scanned, facts, path, findings, { addLoader: true }));
        if (wrapped && !engine.isRefusal(wrapped)) {
          actions.push(this.#fix(document, wrapped.title, findings, true, false));
        }
      }
      const request = fixRequest(engine, scanned, facts, path, findings, { store: 'env' });
      const plan = engine.planFix(request);
      if (engine.isRefusal(plan)) {
        continue;
      }
      actions.push(this.#fix(document, plan.title, findings, false, false, 'env'));
      if (engine.canAddLoader(request, plan)) {
        const loaded = engine.planFix(
          fixRequest(engine, scanned, facts, path, findings, { store: 'env', addLoader: true }),
        );
        if (!engine.isRefusal(loaded)) {
          actions.push(this.#fix(document, loaded.title, findings, true, false, 'env'));
        }
      }
      // One preview is enough: that of the first.
      if (previews.length === 0) {
        previews.push(
          this.#fix(document, vscode.l10n.t('{0}, with preview', plan.title), findings, false, true, 'env'),
        );
      }
    }
    const first = actions[0];
    if (first) {
      first.isPreferred = true;
    }
    const others = scanned.findings.filter((f) => isAlarm(f) && !choices[0]?.includes(f));
    const all = first && others.length > 0 && !unasked ? await this.#all(scanned, token) : undefined;
    if (all && all.findings.length > (choices[0]?.length ?? 0)) {
      const title = vscode.l10n.t('Move all {0} values of this file', all.findings.length);
      actions.push(this.#fix(document, title, all.findings, false, false));
    }
    const [parts] = choices;
    const takes = (store: string) =>
      parts && !engine.isRefusal(engine.planFix(fixRequest(engine, scanned, facts, path, parts, { store })));
    if (parts && engine.stores.some((s) => takes(s.id))) {
      previews.push(this.#toStore(document, parts));
    }
    return [...actions, ...previews];
  }

  #fix(
    document: vscode.TextDocument,
    title: string,
    findings: readonly Finding[],
    addLoader: boolean,
    preview: boolean,
    store?: string,
  ): vscode.CodeAction {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    const named: FixArguments = {
      uri: document.uri.toString(),
      targets: targetsOf(findings),
      addLoader,
      preview,
      ...(store ? { store } : {}),
    };
    action.command = { command: commandIds.applyFix, title, arguments: [named] };
    return action;
  }

  /** One action for all stores, which asks for one of them. */
  #toStore(document: vscode.TextDocument, findings: readonly Finding[]): vscode.CodeAction {
    const action = new vscode.CodeAction(vscode.l10n.t('Move to a secret store…'), vscode.CodeActionKind.QuickFix);
    const named: StoreArguments = { uri: document.uri.toString(), targets: targetsOf(findings) };
    action.command = { command: commandIds.moveToStore, title: action.title, arguments: [named] };
    return action;
  }

  /** The provider's page on which a key is replaced; it opens when the person chooses so. */
  #rotation(finding: Finding, diagnostics: vscode.Diagnostic[]): vscode.CodeAction | undefined {
    const page = this.engine.loaded?.credentialType(finding.ruleId)?.facts.rotateUrl;
    if (!page) {
      return undefined;
    }
    const rotate = new vscode.CodeAction(
      vscode.l10n.t('Rotate this key: open the page of {0}', finding.provider),
      vscode.CodeActionKind.QuickFix,
    );
    rotate.command = { command: 'vscode.open', title: rotate.title, arguments: [vscode.Uri.parse(page)] };
    rotate.diagnostics = diagnostics;
    return rotate;
  }

  #others(
    engine: Engine,
    { document }: ScannedDocument,
    finding: Finding,
    diagnostics: vscode.Diagnostic[],
  ): vscode.CodeAction[] {
    const named: FindingArguments = { uri: document.uri.toString(), version: document.version, start: finding.start };
    const actions: vscode.CodeAction[] = [];
    const ignore = new vscode.CodeAction(
      vscode.l10n.t('Ignore this {0} with a reason…', finding.ruleId),
      vscode.CodeActionKind.QuickFix,
    );
    ignore.command = { command: commandIds.ignoreFinding, title: ignore.title, arguments: [named] };
    ignore.diagnostics = diagnostics;
    const test = testKeyAction(engine, document, this.contexts.pathOf(document.uri), finding);
    test.diagnostics = diagnostics;
    actions.push(ignore, test);
    const more = new vscode.CodeAction(vscode.l10n.t('More about this key…'), vscode.CodeActionKind.QuickFix);
    more.command = { command: commandIds.moreActions, title: more.title, arguments: [named] };
    more.diagnostics = diagnostics;
    actions.push(more);
    return actions;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
