import { Worker } from 'node:worker_threads';
import type { FileTask } from './file-scan';
import type { ScanPlan } from './scan-plan';
import { emptyTally, merge, type Tally } from './tally';

/** What a worker is given when it starts. */
export interface WorkerStart {
  readonly plan: ScanPlan;
}

/** What a worker answers to a list of files. */
export interface WorkerAnswer {
  readonly tally: Tally;
  /** Lines for standard error. */
  readonly notes: readonly string[];
}

/** Lists that wait in each worker, so that none is idle while its answer is read. */
const AHEAD = 2;

interface Slot {
  readonly worker: Worker;
  waiting: number;
}

/**
 * Threads that scan lists of files. What they find is the same, whichever of them finds it: reports put it in order. Each holds
 * one file, or one window of a large one, at a time.
 */
export class WorkerPool {
  readonly tally: Tally = emptyTally();
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
    const slot: Slot = { worker: new Worker(script, { workerData }), waiting: 0 };
    slot.worker.on('message', ({ tally, notes }: WorkerAnswer) => {
      slot.waiting--;
      merge(this.tally, tally);
      notes.forEach((line) => this.note(line));
      this.#wake?.();
    });
    slot.worker.on('error', (error) => {
      this.#failed = error;
      this.#wake?.();
    });
    return slot;
  }

  /** Hands files to the worker that has least to do; waits while all have enough. */
  async scan(tasks: readonly FileTask[]): Promise<void> {
    const least = () => this.#slots.reduce((a, b) => (b.waiting < a.waiting ? b : a));
    await this.#until(() => least().waiting < AHEAD);
    const slot = least();
    slot.waiting++;
    slot.worker.postMessage(tasks);
  }

  /** Resolves when everything is scanned. */
  async end(): Promise<void> {
    await this.#until(() => this.#slots.every((s) => s.waiting === 0));
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
