import * as vscode from 'vscode';
import type { EngineLoader } from './engine-loader';
import type { FolderContexts } from './folder-contexts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A value of the form of a Binance key, made up now. No account has it. */
function madeUp(): string {
  return [...crypto.getRandomValues(new Uint8Array(64))].map((b) => LETTERS[b % LETTERS.length]).join('');
}

/**
 * The walkthrough's sample: a folder of its own in the extension's storage, written when it is asked for, with values that are made
 * up at that moment. Fixes work in it as in a project; the person's own folder is not touched.
 */
export class SampleProject {
  readonly #samples: vscode.Uri;

  constructor(
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    storage: vscode.Uri,
  ) {
    this.#samples = vscode.Uri.joinPath(storage, 'samples');
  }

  /** Writes a sample in place of the last and opens it. */
  async open(): Promise<vscode.TextEditor> {
    await vscode.workspace.fs.delete(this.#samples, { recursive: true }).then(undefined, () => undefined);
    const uri = vscode.Uri.joinPath(this.#samples, Date.now().toString(36));
    this.contexts.besides = { uri, name: vscode.l10n.t('Keyward sample'), index: 0 };
    const note = vscode.l10n.t(
      'These values were made up just now. Put the cursor on one and press Ctrl+. to move it.',
    );
    const engine = await this.engine.load();
    const files = engine.sampleFiles(note, madeUp(), madeUp());
    for (const [name, text] of Object.entries(files)) {
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(uri, name), new TextEncoder().encode(text));
    }
    return vscode.window.showTextDocument(vscode.Uri.joinPath(uri, 'bot.js'), { preview: false });
  }
}
