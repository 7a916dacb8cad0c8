import * as vscode from 'vscode';

/** After this long a run shows a notification with Cancel; before, it is over sooner than a person could read it. */
const SHOWN_AFTER_MS = 1_500;
/** How long the host may be busy before others get their turn. */
const SLICE_MS = 20;

/** A run that was cancelled by the person. */
export class Cancelled extends Error {}

/**
 * Does work that may take seconds: `pause`, called between files, lets others have their turn, tells of `done` files, and throws
 * `Cancelled` when the person wants no more.
 */
export async function longRun<T>(title: string, work: (pause: () => Promise<void>) => Promise<T>): Promise<T> {
  let files = 0;
  let isCancelled = false;
  let turn = Date.now();
  let report: ((message: string) => void) | undefined;
  const pause = async () => {
    files++;
    if (Date.now() - turn > SLICE_MS) {
      report?.(vscode.l10n.t('{0} files', files));
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      turn = Date.now();
    }
    if (isCancelled) {
      throw new Cancelled(title);
    }
  };
  const running = work(pause);
  const timer = setTimeout(() => {
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        report = (message) => progress.report({ message });
        token.onCancellationRequested(() => {
          isCancelled = true;
        });
        await running.catch(() => undefined);
      },
    );
  }, SHOWN_AFTER_MS);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
  }
}
