import * as vscode from 'vscode';
import type { Finding } from '../scan/finding';
import { commandIds } from './command-ids';
import type { EngineLoader } from './engine-loader';
import type { FindingArguments } from './fix-targets';
import type { FolderContexts } from './folder-contexts';
import { ignoreFinding } from './ignore-runner';
import type { InventoryCommands } from './inventory-commands';
import { placeholderEdit, TEST_KEY_REASON } from './late-edit';
import { findingNamed } from './named-finding';
import type { OpenDocuments, ScannedDocument } from './open-documents';
import { REASONS } from './reasons';
import { TypePages } from './type-pages';
import type { ValueHistories } from './value-history';

/** Milliseconds to wait for git before an entry is written without it. */
const HISTORY_MS = 5000;

interface Choice extends vscode.QuickPickItem {
  readonly run: () => Promise<void>;
}

/** What else can be done with one finding, one list behind one action, so that the lightbulb's menu stays short. */
export class MoreActions {
  constructor(
    readonly documents: OpenDocuments,
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly histories: ValueHistories,
    readonly inventory: InventoryCommands,
  ) {}

  async show(named: FindingArguments): Promise<void> {
    const found = await findingNamed(named, this.documents);
    if (!found) {
      return;
    }
    const { document, finding, scanned } = found;
    const choices: Choice[] = [
      {
        label: vscode.l10n.t('Explain Why It Was Flagged'),
        run: () => this.#explain(finding),
      },
      {
        label: vscode.l10n.t('Replace by a Placeholder'),
        detail: vscode.l10n.t('The value is gone from this text then; keep it elsewhere first.'),
        run: async () => {
          await vscode.workspace.applyEdit(placeholderEdit(document, finding));
        },
      },
      {
        label: vscode.l10n.t('Mark as Test Key'),
        detail: vscode.l10n.t('An ignore with the reason "test key".'),
        run: () => ignoreFinding({ ...named, reason: TEST_KEY_REASON }, this.documents, this.contexts, this.engine),
      },
      {
        label: vscode.l10n.t('Add to Key Inventory'),
        detail: vscode.l10n.t(
          'Provider, kind, environment, day and keyed fingerprint, in the policy file; never the value.',
        ),
        run: async () => {
          await this.#add(scanned, finding);
        },
      },
      {
        label: vscode.l10n.t('Rotate Key…'),
        detail: vscode.l10n.t('Asks for the new value, puts it where the old one is kept, and looks for the old one.'),
        run: async () => {
          await vscode.commands.executeCommand(commandIds.rotateKey, named);
        },
      },
      ...(finding.fingerprint
        ? [
            {
              label: vscode.l10n.t('Copy Fingerprint'),
              detail: vscode.l10n.t('One-way: the value can not be read from it.'),
              run: () => copied(finding.fingerprint as string, vscode.l10n.t('Fingerprint copied.')),
            },
          ]
        : []),
      {
        label: vscode.l10n.t('Copy False-Alarm Report'),
        detail: vscode.l10n.t('With a made-up value of the same shape, for an issue.'),
        run: () => this.#report(document, finding),
      },
    ];
    const choice = await vscode.window.showQuickPick(choices, {
      title: vscode.l10n.t('{0}: more actions', finding.ruleId),
      matchOnDetail: true,
    });
    await choice?.run();
  }

  /** Puts a finding on the policy's list of keys, with what git knows of its value. */
  async addToInventory(named: FindingArguments): Promise<boolean> {
    const found = await findingNamed(named, this.documents);
    return found ? this.#add(found.scanned, found.finding) : false;
  }

  async #add(scanned: ScannedDocument, finding: Finding): Promise<boolean> {
    const { document, context } = scanned;
    if (!context.folder) {
      return false;
    }
    const engine = await this.engine.load();
    const file = this.contexts.pathOf(document.uri);
    const history = await this.histories.within(HISTORY_MS, scanned, finding);
    const value = engine.decodedValue(document.getText(), finding, file);
    const { pepper } = context;
    return this.inventory.addFound(context.folder.uri.toString(), {
      variable: finding.variable,
      system: finding.system,
      file,
      ...(pepper ? { fingerprint: engine.keyedFingerprint(finding, value, pepper) } : {}),
      ...(history ? { history: { day: history.date.slice(0, 10), pushed: history.pushed } } : {}),
    });
  }

  async #explain(finding: Finding): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', TypePages.uriOf(finding.ruleId));
    const why = finding.why.map((w) => REASONS[w]).join(', ');
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0}: {1}, because {2}.', finding.ruleId, finding.confidence, why),
    );
  }

  async #report(document: vscode.TextDocument, finding: Finding): Promise<void> {
    const engine = await this.engine.load();
    await copied(
      engine.falseAlarmReport(document.getText(), finding, this.contexts.pathOf(document.uri)),
      vscode.l10n.t('Report copied. It holds a made-up value; read it once more before you post it.'),
    );
  }
}

async function copied(text: string, said: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  void vscode.window.setStatusBarMessage(`$(key) ${said}`, 8000);
}
