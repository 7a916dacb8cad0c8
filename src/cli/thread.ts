// What a thread of the command line's script does, by what it was started with.
import { workerData } from 'node:worker_threads';

void ('audit' in (workerData as object) ? import('./audit-worker') : import('./scan-worker'));
