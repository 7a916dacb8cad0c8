import { Worker } from 'node:worker_threads';
import type { BlobOutcome } from '../project/node-history-progress';
import type { BlobList } from './blob-scan';
import type { FileTask } from './file-scan';
import type { ScanPlan } from './scan-plan';
import type { Tally } from './tally';

/** What a worker is given when it starts. */
export interface WorkerStart {
  readonly plan: ScanPlan;
}

/** A list of files, or of blobs. */
export type WorkerTask = { readonly files: readonly FileTask[] } | { readonly list: BlobList };

/** What a worker answers to a list. */
export interface WorkerAnswer {
  readonly tally: Tally;
  /** Lines for standard error. */
  readonly notes: readonly string[];
  /** What each blob of a list turned out to be. */
  readonly outcomes?: ReadonlyMap<string, BlobOutcome>;
}

/** Takes what was found in a list. */
export type Take = (answer: WorkerAnswer) => void;

/** Lists that wait in each worker, so that none is idle while its answer is read. */
const AHEAD = 2;

interface Slot {
  readonly worker: Worker;
  /** Who takes the answers that are to come, in their order. */
  readonly waiting: Take[];
}

/**
 * Threads that scan lists of files or blobs. What they find is the same, whichever of them finds it: reports put it in order. Each
 * holds one file, or one window of a large one, at a time.
 */
export class WorkerPool {
  readonly #slots: Slot[];
  #failed: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(
    script: string,
    plan: ScanPlan,
    jobs: number,
    readonly note: (line: string) => void,
  ) {
    this.#slots = Array.from({ length: jobs }, () => this.#start(script, { plan }));
  }

  #start(script: string, workerData: WorkerStart): Slot {
    const slot: Slot = { worker: new Worker(script, { workerData }), waiting: [] };
    slot.worker.on('message', (answer: WorkerAnswer) => {
      slot.waiting.shift()?.(answer);
      answer.notes.forEach((line) => this.note(line));
      this.#wake?.();
    });
    slot.worker.on('error', (error) => {
      this.#failed = error;
      this.#wake?.();
    });
    return slot;
  }

  /** Hands a list to the worker that has least to do; waits while all have enough. */
  async scan(task: WorkerTask, take: Take): Promise<void> {
    const least = () => this.#slots.reduce((a, b) => (b.waiting.length < a.waiting.length ? b : a));
    await this.#until(() => least().waiting.length < AHEAD);
    const slot = least();
    slot.waiting.push(take);
    slot.worker.postMessage(task);
  }

  /** Resolves when everything is scanned. */
  async end(): Promise<void> {
    await this.#until(() => this.#slots.every((s) => s.waiting.length === 0));
    await Promise.all(this.#slots.map((s) => s.worker.terminate()));
  }

  async #until(done: () => boolean): Promise<void> {
    while (!done() && !this.#failed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failed) {
      await Promise.all(this.#slots.map((s) => s.worker.terminate()));
      throw this.#failed;
    }
  }
}
