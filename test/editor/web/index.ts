interface Runner {
  on(event: string, listen: (test: { fullTitle(): string; duration?: number }, error?: Error) => void): void;
}
declare const mocha: object;
declare const Mocha: { prototype: { run(this: object, done: (failures: number) => void): Runner } };

/** What the runner (scripts/web-tests.mjs) listens for on the worker's console. */
const tell = (what: 'line' | 'result', text: string) => console.log('keyward-test', what, text);

/** Runs the suites that were loaded before, in the browser's worker. */
export async function run(): Promise<void> {
  const skipped: string[] = [];
  let passes = 0;
  const failures = await new Promise<number>((resolve) => {
    // mocha's own run for browsers reads a page's address.
    const runner = Mocha.prototype.run.call(mocha, resolve);
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.on('pass', (test) => {
      passes++;
      tell('line', `    ✔ ${test.fullTitle()} (${test.duration ?? 0}ms)`);
    });
    runner.on('fail', (test, error) => tell('line', `    ✖ ${test.fullTitle()}\n      ${error?.stack ?? error}`));
  });
  tell('result', JSON.stringify({ passes, failures, skipped }));
  await new Promise((resolve) => setTimeout(resolve, 500)); // the console's lines are on their way
  if (failures > 0) {
    throw new Error(`${failures} tests failed`);
  }
}
