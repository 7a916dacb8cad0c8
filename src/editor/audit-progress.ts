import * as vscode from 'vscode';
import type { AuditProgress } from '../report/audit-stream';

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}

/** Says how far an audit is, in a notification: files (of the history: versions of files), bytes and, once all are known, the time that is left. */
export class ProgressTeller {
  readonly #started = Date.now();
  #before = 0;
  #first: AuditProgress | undefined;

  constructor(
    readonly progress: vscode.Progress<{ message?: string; increment?: number }>,
    readonly what: 'files' | 'versions',
  ) {}

  tell(now: AuditProgress): void {
    const { files, bytes, skipped, known, knownBytes } = now;
    this.#first ??= now;
    const done = files + skipped;
    if (known === undefined) {
      this.progress.report({ message: vscode.l10n.t('{0} files, {1} MB', done, megabytes(bytes)) });
      return;
    }
    const of = knownBytes ? { done: bytes, from: this.#first.bytes, all: knownBytes } : { done, from: 0, all: known };
    const seconds = (Date.now() - this.#started) / 1000;
    const left = of.done > of.from ? Math.ceil((seconds * (of.all - of.done)) / (of.done - of.from)) : undefined;
    const percent = of.all > 0 ? Math.min(100, (100 * of.done) / of.all) : 0;
    const increment = Math.max(0, percent - this.#before);
    this.#before = Math.max(this.#before, percent);
    this.progress.report({ message: this.#message(done, known, bytes, left), increment });
  }

  #message(done: number, known: number, bytes: number, left: number | undefined): string {
    const size = megabytes(bytes);
    const files = this.what === 'files';
    if (left === undefined || left <= 0) {
      return files
        ? vscode.l10n.t('{0} of {1} files, {2} MB', done, known, size)
        : vscode.l10n.t('{0} of {1} versions of files, {2} MB', done, known, size);
    }
    if (left < 90) {
      return files
        ? vscode.l10n.t('{0} of {1} files, {2} MB, {3} s left', done, known, size, left)
        : vscode.l10n.t('{0} of {1} versions of files, {2} MB, {3} s left', done, known, size, left);
    }
    const minutes = Math.ceil(left / 60);
    return files
      ? vscode.l10n.t('{0} of {1} files, {2} MB, {3} min left', done, known, size, minutes)
      : vscode.l10n.t('{0} of {1} versions of files, {2} MB, {3} min left', done, known, size, minutes);
  }
}
