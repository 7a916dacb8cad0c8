import type * as vscode from 'vscode';

/** Runs of characters that could be a value: long, without spaces, with a digit, not a path. */
const SUSPECT = /[A-Za-z0-9+=_$-]{20,}/g;

/** A text in which nothing can be a credential's value. */
export function withoutValues(text: string): string {
  return text
    .replace(SUSPECT, (run) => (/\d/.test(run) && /[A-Za-z]/.test(run) ? `… (${run.length} characters)` : run))
    .replace(/-----BEGIN[\s\S]*?(?:-----END[^-]*-----|$)/g, '… (PEM)');
}

/** The extension's one log, shown as the output channel "Keyward". Everything passes through redaction. */
export class Log implements vscode.Disposable {
  constructor(readonly channel: vscode.LogOutputChannel) {}

  info(message: string): void {
    this.channel.info(withoutValues(message));
  }

  warn(message: string): void {
    this.channel.warn(withoutValues(message));
  }

  /** Logs what went wrong, without the file contents that an error's text may quote. */
  error(what: string, error?: unknown): void {
    const why = error instanceof Error ? (error.stack ?? error.message) : error === undefined ? '' : String(error);
    this.channel.error(withoutValues(why ? `${what}: ${why}` : what));
  }

  dispose(): void {
    this.channel.dispose();
  }
}
