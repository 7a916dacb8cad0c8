import { Worker } from 'node:worker_threads';

/**
 * Runs a script in a thread of its own, and hands over what it tells. Resolves when it has ended, rejects when it failed; `signal`
 * ends it at once, which is no failure.
 */
export function runThread<T>(
  script: string,
  workerData: unknown,
  take: (message: T) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData, execArgv: [] });
    const stop = () => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: T) => {
      if (!signal.aborted) {
        take(message);
      }
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    if (signal.aborted) {
      stop();
    }
  });
}
