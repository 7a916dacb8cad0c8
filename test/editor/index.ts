import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** Runs every suite inside the extension host; VS Code calls it. */
export async function run(): Promise<void> {
  const root = process.env.KEYWARD_ROOT as string;
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    color: false,
    reporter: path.join(root, 'scripts/mocha-reporter.cjs'),
    ...(process.env.KEYWARD_TEST_GREP ? { grep: new RegExp(process.env.KEYWARD_TEST_GREP) } : {}),
  });
  const suites = path.join(__dirname, readdirSync(__dirname).find((n) => !n.endsWith('.js')) ?? 'suite');
  for (const name of readdirSync(suites).sort()) {
    mocha.addFile(path.join(suites, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) {
    throw new Error(`${failures} tests failed`);
  }
}
