// Runs test/editor inside a real VS Code: an installed or downloaded desktop one, else its server from npm with a headless browser.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './setup.mjs';
import { cachedDownload, installedVSCode } from './vscode.mjs';

const at = (relative) => path.join(root, relative);
const { engines } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

/** Bundles the suites of a folder: each file for itself, so that mocha loads them one by one. */
export async function bundleSuites(folder = 'suite') {
  const suites = readdirSync(at(`test/editor/${folder}`)).filter((n) => n.endsWith('.test.ts'));
  rmSync(at('.build/test/editor'), { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/editor/index.ts', ...suites.map((n) => `test/editor/${folder}/${n}`)],
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

async function hostOf(oldest, fromNpm) {
  const wish = process.env.KEYWARD_TEST_VSCODE ?? '';
  if (oldest && wish === 'download') {
    const version = engines.vscode.replace('^', '');
    return { version, name: `a downloaded VS Code ${version}` };
  }
  if (!oldest && !fromNpm && wish !== 'npm') {
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

/**
 * The extension in a language that nobody speaks, with its suites beside it, so that both see one `vscode`. Only the server from
 * npm can be told its language without a language pack.
 */
async function inPseudoLanguage(scratch) {
  const { extensionInPseudoLanguage, pseudoLanguage } = await import('./pseudo-language.mjs');
  process.env.KEYWARD_HOST_LANGUAGE = pseudoLanguage;
  const extension = extensionInPseudoLanguage(scratch);
  cpSync(at('.build/test'), path.join(extension, '.build/test'), { recursive: true });
  symlinkSync(at('node_modules'), path.join(extension, 'node_modules'), 'junction');
  return extension;
}

/**
 * Runs the suites; the exit code. With `vsix`, against the packaged extension; with `language`, those for a pseudo-language; with
 * `restricted`, those for Restricted Mode; with
 * `measure`, those that measure and write what they measured to the file that KEYWARD_MEASURED names.
 */
export async function runEditorTests({
  vsix = false,
  oldest = false,
  language = false,
  restricted = false,
  measure = false,
} = {}) {
  let host;
  try {
    host = await hostOf(oldest, language || restricted);
  } catch (error) {
    console.error(error.message);
    return 1;
  }
  console.log(`In ${host.name}`);
  await bundleSuites(measure ? 'measure' : language ? 'language' : restricted ? 'restricted' : 'suite');
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyward-tests-')));
  const workspace = path.join(scratch, 'workspace');
  mkdirSync(workspace);
  try {
    const extension = vsix
      ? (await import('./vsix.mjs')).unpackedForTests(scratch)
      : language
        ? await inPseudoLanguage(scratch)
        : root;
    if (restricted) {
      process.env.KEYWARD_HOST_TRUST = 'on';
    }
    const { runTests } = await import('@vscode/test-electron');
    const { name: _, ...where } = host;
    return await runTests({
      ...where,
      extensionDevelopmentPath: extension,
      extensionTestsPath: path.join(language ? extension : root, '.build/test/editor/index.js'),
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
    delete process.env.KEYWARD_HOST_LANGUAGE;
    delete process.env.KEYWARD_HOST_TRUST;
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
