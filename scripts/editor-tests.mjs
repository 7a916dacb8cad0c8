// Runs test/editor inside a real VS Code: an installed or downloaded desktop one, else its server from npm with a headless browser.
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './setup.mjs';
import { cachedDownload, installedVSCode } from './vscode.mjs';

const at = (relative) => path.join(root, relative);

/** Bundles the suites: each file for itself, so that mocha loads them one by one. */
export async function bundleSuites() {
  const suites = readdirSync(at('test/editor/suite')).filter((n) => n.endsWith('.test.ts'));
  rmSync(at('.build/test/editor'), { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/editor/index.ts', ...suites.map((n) => `test/editor/suite/${n}`)],
    outdir: '.build/test/editor',
    outbase: 'test/editor',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

async function hostOf(oldest) {
  const wish = process.env.KEYWARD_TEST_VSCODE ?? '';
  if (!oldest && wish !== 'npm') {
    if (wish && wish !== 'download') {
      return { vscodeExecutablePath: wish, name: wish };
    }
    if (wish === 'download' || cachedDownload()) {
      return { version: 'stable', name: 'a downloaded VS Code' };
    }
    const installed = installedVSCode((line) => console.log(line));
    if (installed) {
      return { vscodeExecutablePath: installed.executable, name: `${installed.name} ${installed.version}` };
    }
  }
  const { hostIsSupported, unsupportedMessage } = await import('./host/install.mjs');
  if (!hostIsSupported()) {
    throw new Error(unsupportedMessage());
  }
  process.env.KEYWARD_HOST_LABEL = oldest ? 'oldest' : 'newest';
  return {
    vscodeExecutablePath: at('scripts/host/code.mjs'),
    name: `VS Code's server from npm (${process.env.KEYWARD_HOST_LABEL})`,
  };
}

/** Runs the suites; the exit code. With `vsix`, against the packaged extension. */
export async function runEditorTests({ vsix = false, oldest = false } = {}) {
  let host;
  try {
    host = await hostOf(oldest);
  } catch (error) {
    console.error(error.message);
    return 1;
  }
  console.log(`In ${host.name}`);
  await bundleSuites();
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyward-tests-')));
  const workspace = path.join(scratch, 'workspace');
  mkdirSync(workspace);
  try {
    const extension = vsix ? (await import('./vsix.mjs')).unpackedForTests(scratch) : root;
    const { runTests } = await import('@vscode/test-electron');
    const { name: _, ...where } = host;
    return await runTests({
      ...where,
      extensionDevelopmentPath: extension,
      extensionTestsPath: at('.build/test/editor/index.js'),
      extensionTestsEnv: {
        ...process.env,
        KEYWARD_ROOT: root,
        KEYWARD_WORKSPACE: workspace,
        KEYWARD_NODE: process.execPath,
      },
      launchArgs: [
        workspace,
        '--disable-workspace-trust',
        '--disable-extensions',
        `--user-data-dir=${path.join(scratch, 'user')}`,
      ],
    });
  } catch (error) {
    console.error(String(error?.message ?? error));
    return 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
