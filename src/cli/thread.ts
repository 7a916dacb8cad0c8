// What a thread of the command line's script does, by what it was started with.
import { workerData } from 'node:worker_threads';
import type { AuditRequest } from '../report/audit-stream';
import { english, speak } from '../words/say';
import type { WorkerStart } from './worker-pool';

const start = workerData as AuditRequest | WorkerStart;
const { words } = 'audit' in start ? start : start.plan;
if (words) {
  // Before anything else is loaded: some sentences are made when their module is.
  speak((message, ...holes) => english(words[message] ?? message, ...holes));
}
void ('audit' in start ? import('./audit-worker') : import('./scan-worker'));
