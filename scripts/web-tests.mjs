// Runs test/editor/web in VS Code's extension host of the browser: its server from npm, with Keyward's web build.
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './setup.mjs';

const at = (relative) => path.join(root, relative);
/** Below the extension's folder: a test path elsewhere is run by the server's host. */
const out = at('.build/test/web');
/** The window's time, milliseconds. */
const LIMIT = 120_000;

const browser = {
  absWorkingDir: root,
  bundle: true,
  platform: 'browser',
  format: 'cjs',
  target: 'es2022',
  external: ['vscode'],
  logLevel: 'warning',
};

/** One file: mocha's browser build, then the suite, then the entry that runs it. */
async function bundle(suite) {
  const outfile = path.join(out, `${suite}.js`);
  await esbuild.build({
    ...browser,
    stdin: {
      resolveDir: root,
      loader: 'ts',
      contents: `
        export async function run() {
          require('./node_modules/mocha/mocha.js');
          globalThis.mocha.setup({ ui: 'bdd', reporter: class {}, timeout: 25_000, cleanReferencesAfterRun: false });
          require('./test/editor/web/${suite}.test.ts');
          await require('./test/editor/web/index.ts').run();
        }
      `,
    },
    outfile,
  });
  return outfile;
}

async function runWindow(host, suite, scratch) {
  const { launchBrowser, quietSettings, startServer, workbenchUrl } = await import('./host/server.mjs');
  const workspace = path.join(scratch, suite);
  mkdirSync(workspace);
  const server = await startServer(host, {
    dataDir: path.join(scratch, `${suite}-data`),
    log: 'info', // else the worker's console stays in the worker
    settings: { ...quietSettings, 'remote.extensionKind': { 'keyward.keyward': ['web'] } },
  });
  let window;
  let result;
  console.log(`\n  ${suite}`);
  /** The worker's console: what the suites say carries a mark. */
  const listen = (type, [mark, what, text]) => {
    if (mark !== 'keyward-test') {
      if (process.env.KEYWARD_HOST_VERBOSE) {
        console.error(type, mark, what, text);
      }
    } else if (what === 'result') {
      result = JSON.parse(text);
    } else {
      console.log(text);
    }
  };
  try {
    const tests = await bundle(suite);
    window = await launchBrowser(host);
    const page = await window.newPage();
    await new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`the window "${suite}" did not end within ${LIMIT / 1000} s`)), LIMIT).unref();
      page.on('crash', () => reject(new Error('the page crashed')));
      const url = workbenchUrl({
        port: server.port,
        folder: suite === 'virtual' ? 'keyward-test:/project' : workspace,
        extension: root,
        tests,
      });
      page
        .exposeFunction('codeAutomationExit', resolve)
        .then(() => page.exposeFunction('codeAutomationLog', listen))
        .then(() => page.goto(url))
        .catch(reject);
    });
    if (!result) {
      throw new Error(`the window "${suite}" ended without a result`);
    }
    appendFileSync(process.env.KEYWARD_TEST_RESULT, `${JSON.stringify(result)}\n`);
    return result.failures;
  } catch (error) {
    mkdirSync(at('.build'), { recursive: true });
    await window
      ?.contexts()[0]
      ?.pages()[0]
      ?.screenshot({ path: at(`.build/web-${suite}-failure.png`) })
      .catch(() => undefined);
    throw error;
  } finally {
    await window?.close().catch(() => {});
    await server.stop();
  }
}

/** Runs both windows, a folder of the server and a virtual one; the exit code. */
export async function runWebTests() {
  const { hostIsSupported, installHost, unsupportedMessage } = await import('./host/install.mjs');
  if (!hostIsSupported()) {
    console.log(unsupportedMessage());
    appendFileSync(
      process.env.KEYWARD_TEST_RESULT,
      `${JSON.stringify({ passes: 0, failures: 0, skipped: ['editor tests in the browser: they run on linux-x64 only'] })}\n`,
    );
    return 0;
  }
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyward-web-')));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  try {
    const host = await installHost();
    let failures = 0;
    for (const suite of ['remote', 'virtual']) {
      failures += await runWindow(host, suite, scratch);
    }
    return failures === 0 ? 0 : 1;
  } catch (error) {
    console.error(String(error?.stack ?? error));
    return 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
