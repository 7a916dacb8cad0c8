import { isMainThread } from 'node:worker_threads';
import { run } from './cli/run';

function main(): void {
  const io = {
    cwd: process.cwd(),
    out: (text: string) => process.stdout.write(text),
    err: (text: string) => process.stderr.write(text),
    stdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) {
        chunks.push(chunk as Buffer);
      }
      return Buffer.concat(chunks);
    },
    env: process.env,
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
    terminal: process.stderr.isTTY === true,
    worker: __filename,
    ...(process.stdin.isTTY && process.stderr.isTTY
      ? { ask: async (prompt: string) => (await import('./cli/ask')).askLine(prompt) }
      : {}),
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  process.on('exit', () => io.terminal && io.err('\r\u001b[K')); // wipes the line of progress
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => process.exit(130));
  }
  void run(process.argv.slice(2), io).then((status) => {
    process.exitCode = status;
  });
}

// The threads of a scan, and of the editor's audits, run this file too.
if (isMainThread) {
  main();
} else {
  void import('./cli/thread');
}
