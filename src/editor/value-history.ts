import * as vscode from 'vscode';
import type { ValueHistory } from '../project/git-objects';
import type { Finding } from '../scan/finding';
import type { FolderContexts } from './folder-contexts';
import type { Log } from './log';
import type { ScannedDocument } from './open-documents';
import type { Ports } from './ports';
import { setting } from './settings';

/** Milliseconds for which an answer holds. */
const KEPT_MS = 60_000;

interface Answer {
  readonly at: number;
  readonly history: Promise<ValueHistory | undefined>;
  known?: ValueHistory | undefined;
}

/** Whether git's history holds a value already: asked in the background, once a value, and only of trusted folders. */
export class ValueHistories implements vscode.Disposable {
  readonly #answers = new Map<string, Answer>();
  readonly #subscription: vscode.Disposable;

  constructor(
    readonly contexts: FolderContexts,
    readonly ports: Ports,
    readonly log: Log,
  ) {
    this.#subscription = contexts.onDidChange(() => this.#answers.clear());
  }

  /** What is known now, without waiting; the question is asked meanwhile. */
  known(scanned: ScannedDocument, finding: Finding): ValueHistory | undefined {
    return this.#ask(scanned, finding)?.known;
  }

  /** Waits for the answer, at most so many milliseconds. */
  async within(milliseconds: number, scanned: ScannedDocument, finding: Finding): Promise<ValueHistory | undefined> {
    const answer = this.#ask(scanned, finding);
    return answer && Promise.race([answer.history, new Promise<undefined>((r) => setTimeout(r, milliseconds))]);
  }

  #ask({ document, context }: ScannedDocument, finding: Finding): Answer | undefined {
    const { folder } = context;
    if (!folder || !this.ports.gitObjects || !vscode.workspace.isTrusted || !setting('history.lookUp')) {
      return undefined;
    }
    const path = this.contexts.pathOf(document.uri);
    const key = `${folder.uri.toString()} ${path} ${finding.ruleId} ${finding.fingerprint ?? `${finding.start} ${document.version}`}`;
    const before = this.#answers.get(key);
    if (before && Date.now() - before.at < KEPT_MS) {
      return before;
    }
    const value = document.getText().slice(finding.start, finding.end);
    const history = this.ports
      .gitObjects(folder.uri)
      .then((git) => git?.valueHistory(path, value))
      .catch((error) => {
        this.log.error('The history could not be read', error);
        return undefined;
      });
    const answer: Answer = { at: Date.now(), history };
    void history.then((known) => {
      answer.known = known;
    });
    this.#answers.set(key, answer);
    return answer;
  }

  dispose(): void {
    this.#answers.clear();
    this.#subscription.dispose();
  }
}
