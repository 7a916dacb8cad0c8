#!/usr/bin/env node
// Stands in for the `code` executable: takes the flags that @vscode/test-electron passes and runs them in VS Code's own
// server with a headless browser before it. The exit code is the test run's.
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installHost } from './install.mjs';
import { launchBrowser, quietSettings, startServer, workbenchUrl } from './server.mjs';

const options = {};
const rest = [];
for (const argument of process.argv.slice(2)) {
  const option = /^--([\w-]+)(?:=(.*))?$/s.exec(argument);
  if (option) {
    options[option[1]] ??= option[2] ?? '';
  } else {
    rest.push(path.resolve(argument));
  }
}
const extension = path.resolve(options.extensionDevelopmentPath);
const tests = path.resolve(options.extensionTestsPath);
const opened = rest[0];
const isWorkspaceFile = opened?.endsWith('.code-workspace');

/** A folder that nobody has trusted, and no question about it. */
const trust = process.env.KEYWARD_HOST_TRUST === 'on';
const asksNobody = {
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

const scratch = mkdtempSync(path.join(tmpdir(), 'keyward-code-'));
const report = path.join(scratch, 'report.txt');
writeFileSync(report, '');

/** Prints what the extension host has written since the last time. */
let printed = 0;
function drain() {
  const { size } = statSync(report);
  if (size <= printed) {
    return;
  }
  const file = openSync(report, 'r');
  const chunk = Buffer.alloc(size - printed);
  readSync(file, chunk, 0, chunk.length, printed);
  closeSync(file);
  printed = size;
  process.stdout.write(chunk);
}
const ticker = setInterval(drain, 100);

let server;
let browser;
let cleaning;
function cleanUp() {
  cleaning ??= (async () => {
    clearInterval(ticker);
    drain();
    await browser?.close().catch(() => {});
    await server?.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  })();
  return cleaning;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => cleanUp().then(() => process.exit(130)));
}

function settingsOfUserDataDir() {
  const file = options['user-data-dir'] && path.join(options['user-data-dir'], 'User/settings.json');
  return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

let code = 1;
try {
  const host = await installHost(process.env.KEYWARD_HOST_LABEL || 'newest');
  server = await startServer(host, {
    dataDir: path.join(scratch, 'data'),
    log: process.env.KEYWARD_HOST_LOG ?? 'off',
    settings: { ...quietSettings, ...(trust ? asksNobody : {}), ...settingsOfUserDataDir() },
    trust,
    args: options['extensions-dir'] ? ['--extensions-dir', options['extensions-dir']] : [],
    env: { KEYWARD_HOST_REPORT: report, KEYWARD_HOST_TESTS: tests },
  });
  browser = await launchBrowser(host);
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  if (process.env.KEYWARD_HOST_LANGUAGE) {
    // What the page of a VS Code with that language pack would set; VS Code's own words stay English.
    await page.addInitScript((language) => {
      Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => language, set: () => {} });
    }, process.env.KEYWARD_HOST_LANGUAGE);
  }
  const limit = Number(process.env.KEYWARD_HOST_LIMIT_MS ?? 300_000);
  code = await new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`the test run did not end within ${limit / 1000} s`)), limit).unref();
    page.on('crash', () => reject(new Error('the page crashed')));
    server.child.once('exit', (status) => reject(new Error(`the VS Code server ended with ${status}`)));
    const entry = path.join(path.dirname(fileURLToPath(import.meta.url)), 'extension-host-entry.cjs');
    const url = workbenchUrl({
      port: server.port,
      ...(isWorkspaceFile ? { workspace: opened } : { folder: opened }),
      extension,
      tests: entry,
    });
    page
      .exposeFunction('codeAutomationExit', resolve)
      .then(() =>
        process.env.KEYWARD_HOST_VERBOSE
          ? page.exposeFunction('codeAutomationLog', (type, parts) => console.error(type, ...parts))
          : undefined,
      )
      .then(() => page.goto(url))
      .catch(reject);
  });
} catch (error) {
  drain();
  console.error(String(error));
  const shots = path.resolve('.build');
  mkdirSync(shots, { recursive: true });
  const picture = path.join(shots, 'host-failure.png');
  const taken = await browser
    ?.contexts()[0]
    ?.pages()[0]
    ?.screenshot({ path: picture })
    .catch(() => undefined);
  if (taken) {
    console.error(`What the window showed: ${picture}`);
  }
}
await cleanUp();
process.exit(code);
