import * as vscode from 'vscode';

/** What a part of VS Code's window was asked to show. */
export interface Told {
  readonly how: string;
  /** Every text of it: message, choices, titles, placeholders. */
  readonly texts: readonly string[];
}

const ASKED = [
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
  'showQuickPick',
  'showInputBox',
  'setStatusBarMessage',
] as const;

/** Every text of an argument, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap(textsOf);
  }
  if (typeof value === 'object' && value !== null && !(value instanceof vscode.Uri)) {
    return ['label', 'description', 'detail', 'title', 'placeHolder', 'prompt', 'message']
      .map((key) => (value as Record<string, unknown>)[key])
      .flatMap(textsOf);
  }
  return [];
}

/** Notes what the window shows while `run` runs, and answers each question with `answer` (dismissed without one). */
export async function told(run: () => unknown, answer?: (told: Told) => unknown): Promise<Told[]> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const notes: Told[] = [];
  const before = ASKED.map((how) => [how, window[how]] as const);
  for (const [how] of before) {
    window[how] = (...args: unknown[]) => {
      const note = { how, texts: args.flatMap(textsOf) };
      notes.push(note);
      return how === 'setStatusBarMessage' ? new vscode.Disposable(() => {}) : Promise.resolve(answer?.(note));
    };
  }
  try {
    await run();
  } finally {
    for (const [how, original] of before) {
      window[how] = original;
    }
  }
  return notes;
}
