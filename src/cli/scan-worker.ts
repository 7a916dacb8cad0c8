// A thread of `keyward scan --jobs N`: scans the files or blobs of each list that it is sent.
import { parentPort, workerData } from 'node:worker_threads';
import type { BlobOutcome } from '../project/node-history-progress';
import { scanBlobs } from './blob-scan';
import { ContentScan } from './content-scan';
import { FileScan } from './file-scan';
import { optionsOf } from './scan-plan';
import { emptyTally } from './tally';
import type { WorkerAnswer, WorkerStart, WorkerTask } from './worker-pool';

const { plan } = workerData as WorkerStart;
let notes: string[] = [];
const options = optionsOf(plan, (line) => notes.push(line));
let before: Promise<void> = Promise.resolve();

async function scan(task: WorkerTask): Promise<void> {
  const tally = emptyTally(plan.baseline, plan.run);
  let outcomes: ReadonlyMap<string, BlobOutcome> | undefined;
  const contents = new ContentScan(options, tally, plan.noArchives);
  if ('files' in task) {
    const files = new FileScan(contents);
    for (const file of task.files) {
      files.scan(file);
    }
  } else {
    outcomes = await scanBlobs(task.list, contents);
  }
  const { identify: _, ...plain } = tally;
  const answer: WorkerAnswer = { tally: plain, notes, ...(outcomes ? { outcomes } : {}) };
  notes = [];
  parentPort?.postMessage(answer);
}

parentPort?.on('message', (task: WorkerTask) => {
  // One list after the other: blobs are waited for. What fails ends the thread, which its owner is told of.
  before = before.then(() => scan(task));
  before.catch((error) => {
    setImmediate(() => {
      throw error;
    });
  });
});
