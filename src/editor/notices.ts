import * as vscode from 'vscode';

/** Milliseconds after which a notification that was left standing no longer holds up the next. */
const PATIENCE_MS = 15_000;

/** Notifications that no command has asked for: one at a time, and each kind only until the person wants no more of it. */
export class Notices implements vscode.Disposable {
  #last: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly state: vscode.Memento) {}

  /** Shows a notification of a kind when the one before it is gone; the choice, or undefined. */
  async show(kind: string, message: string, ...choices: string[]): Promise<string | undefined> {
    if (this.state.get<boolean>(`quiet ${kind}`)) {
      return undefined;
    }
    const before = this.#last;
    let gone = (): void => {};
    this.#last = new Promise<void>((resolve) => {
      gone = resolve;
    });
    await this.#soon(before);
    const never = vscode.l10n.t("Don't Show Again");
    const choice = await vscode.window.showInformationMessage(message, ...choices, never);
    gone();
    if (choice === never) {
      await this.state.update(`quiet ${kind}`, true);
      return undefined;
    }
    return choice;
  }

  async #soon(before: Promise<unknown>): Promise<void> {
    await Promise.race([
      before,
      new Promise((resolve) => {
        this.#timer = setTimeout(resolve, PATIENCE_MS);
      }),
    ]);
    clearTimeout(this.#timer);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
