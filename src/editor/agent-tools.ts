import * as vscode from 'vscode';
import type { Severity } from '../catalog/credential-type';
import type { AgentFix, FixWish } from './agent-fix';
import type { ChecklistRun } from './checklist-run';
import type { EngineLoader } from './engine-loader';
import { type EnvValues, placeOf } from './env-values';
import type { FolderContexts } from './folder-contexts';
import { type KeyLife, NAME } from './key-life';
import type { Log } from './log';
import type { OpenDocuments } from './open-documents';
import { chosenFolder } from './policy-commands';
import { demandTrust, Refused } from './refused';
import { scannedFile } from './scanned-file';
import type { WorkspaceAudit } from './workspace-audit';

interface ListWish {
  readonly file?: string;
  readonly severity?: Severity;
}

interface ValueWish {
  readonly name: string;
  readonly for?: string;
}

/** A tool by its name in the manifest: what it is about to do, and what it did. */
interface Tool<T> {
  readonly prepare: (input: T) => vscode.ProviderResult<vscode.PreparedToolInvocation>;
  readonly invoke: (input: T, token: vscode.CancellationToken) => Promise<object>;
}

/**
 * What coding agents in VS Code can ask of Keyward. They are told places, kinds and statuses; a value never passes through them. Some
 * programs that are built on VS Code have no tools: then there are none here either.
 */
export class AgentTools implements vscode.Disposable {
  readonly #registrations: vscode.Disposable[] = [];

  constructor(
    readonly engine: EngineLoader,
    readonly contexts: FolderContexts,
    readonly documents: OpenDocuments,
    readonly audit: WorkspaceAudit,
    readonly checklist: ChecklistRun,
    readonly fix: AgentFix,
    readonly keys: KeyLife,
    readonly values: EnvValues,
    readonly log: Log,
  ) {
    this.#register<ListWish>('keyward_list_findings', {
      prepare: () => ({ invocationMessage: vscode.l10n.t('Looking for hard-coded keys') }),
      invoke: (input, token) => this.#list(input, token),
    });
    this.#register<FixWish>('keyward_fix_finding', {
      prepare: (input) => this.fix.announce(input),
      invoke: (input) => this.fix.run(input),
    });
    this.#register<{ readonly passed?: boolean }>('keyward_run_checklist', {
      prepare: () => ({ invocationMessage: vscode.l10n.t('Running the lifecycle checklist') }),
      invoke: (input) => this.#check(input.passed === true),
    });
    this.#register<ValueWish>('keyward_add_env_value', {
      prepare: ({ name }) => ({ invocationMessage: vscode.l10n.t('Asking you for the value of {0}', name) }),
      invoke: (input) => this.#askValue(input),
    });
  }

  #register<T>(name: string, { prepare, invoke }: Tool<T>): void {
    // Absent where a program built on VS Code has left the tools out.
    const lm = vscode.lm as Partial<typeof vscode.lm> | undefined;
    const registration = lm?.registerTool?.<T>(name, {
      prepareInvocation: ({ input }) => prepare(input),
      invoke: async ({ input }, token) => {
        try {
          const answer = await invoke(input, token);
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(answer))]);
        } catch (error) {
          if (error instanceof Refused || error instanceof vscode.CancellationError) {
            throw error;
          }
          this.log.error(`${name} failed`, error);
          throw new Error(vscode.l10n.t('Keyward could not do it. Its log says why.'));
        }
      },
    });
    if (registration) {
      this.#registrations.push(registration);
    }
  }

  async #list({ file, severity }: ListWish, token: vscode.CancellationToken): Promise<object> {
    const engine = await this.engine.load();
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (file !== undefined) {
      const { scanned, path } = await scannedFile(file, this.documents);
      const { document, findings, local, context } = scanned;
      return engine.agentFindings(engine.locate(document.getText(), findings, path, local), {
        minConfidence: context.effective.minConfidence,
        ...(severity ? { severity } : {}),
      });
    }
    if (!folder) {
      throw new Refused(vscode.l10n.t('No folder is open.'));
    }
    const report = await this.audit.run();
    if (!report || report.cancelled || token.isCancellationRequested) {
      throw new vscode.CancellationError();
    }
    const { effective } = await this.contexts.of(folder.uri);
    return engine.agentFindings(report.findings, {
      minConfidence: effective.minConfidence,
      ...(severity ? { severity } : {}),
    });
  }

  async #check(passed: boolean): Promise<object> {
    const assessments = await this.checklist.run();
    if (assessments.length === 0) {
      throw new Refused(vscode.l10n.t('No folder is open.'));
    }
    const engine = await this.engine.load();
    const answers = assessments.map((a) => engine.agentAssessment(a.assessment, passed));
    return answers.length === 1 ? (answers[0] as object) : { projects: answers };
  }

  /** The person types the value into a masked input; the agent learns only whether that was done. */
  async #askValue({ name, for: what }: ValueWish): Promise<object> {
    if (!NAME.test(name)) {
      throw new Refused(vscode.l10n.t('{0} is no name of a variable.', name));
    }
    demandTrust();
    const folder = await chosenFolder(vscode.l10n.t('Which project?'));
    if (!folder) {
      throw new Refused(vscode.l10n.t('No folder is open.'));
    }
    const near = this.contexts.nearIn(folder);
    const home = await this.values.find(folder, name, near);
    if ('refused' in home) {
      throw new Refused(`${home.refused} ${home.wayOut}`);
    }
    const place = placeOf(home);
    if (home.value !== undefined || home.referenced || (await this.values.held(folder, home)) !== undefined) {
      return { stored: false, name, file: place, why: vscode.l10n.t('It has a value already.') };
    }
    const purpose = what?.replace(/\s+/g, ' ').trim().slice(0, 200);
    const value = await this.keys.ask(
      purpose ? vscode.l10n.t('Value of {0}: {1}', name, purpose) : vscode.l10n.t('Value of {0}', name),
      vscode.l10n.t('A coding agent asks for it and is not shown it. It goes to {0}. Escape gives none.', place),
    );
    if (!value) {
      return { stored: false, name, why: vscode.l10n.t('The person gave no value.') };
    }
    const refusal = await this.values.write(folder, home, name, value, false);
    if (refusal) {
      throw new Refused(`${refusal.refused} ${refusal.wayOut}`);
    }
    return { stored: true, name, file: place };
  }

  dispose(): void {
    for (const registration of this.#registrations) {
      registration.dispose();
    }
  }
}
