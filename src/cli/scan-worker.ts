// A thread of `keyward scan --jobs N`: scans the files of each list that it is sent.
import { parentPort, workerData } from 'node:worker_threads';
import { FileScan, type FileTask } from './file-scan';
import { optionsOf } from './scan-plan';
import { emptyTally } from './tally';
import type { WorkerAnswer, WorkerStart } from './worker-pool';

const { plan } = workerData as WorkerStart;
let notes: string[] = [];
const options = optionsOf(plan, (line) => notes.push(line));

parentPort?.on('message', (tasks: readonly FileTask[]) => {
  const tally = emptyTally(plan.baseline);
  const scan = new FileScan(options, tally, plan.noArchives);
  for (const task of tasks) {
    scan.scan(task);
  }
  const { baselineId: _, ...plain } = tally;
  const answer: WorkerAnswer = { tally: plain, notes };
  notes = [];
  parentPort?.postMessage(answer);
});
