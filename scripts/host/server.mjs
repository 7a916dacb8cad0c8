// VS Code's server and a headless browser before it: started for one run, ended with everything they started.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromiumOf, playwright } from './install.mjs';

/** User settings that keep a test's VS Code quiet. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.untrustedFiles': 'open',
};

const QUIET_BUILT_INS =
  'GitHub.copilot-chat,vscode.github,vscode.github-authentication,vscode.microsoft-authentication,vscode.typescript-language-features';

/**
 * Starts the server on 127.0.0.1. `dataDir` is an empty folder for this run; `trust` leaves Workspace Trust on;
 * `tests` turns on the driver without which a test path is silently ignored.
 */
export async function startServer(
  host,
  { dataDir, port = 0, log = 'off', env = {}, args = [], settings = quietSettings, trust = false, tests = true },
) {
  mkdirSync(path.join(dataDir, 'data/User'), { recursive: true });
  writeFileSync(path.join(dataDir, 'data/User/settings.json'), JSON.stringify(settings, null, 2));
  const flags = [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms'],
    ...['--server-data-dir', dataDir, '--telemetry-level', 'off', '--disable-experiments', '--disable-update-check'],
    ...['--disable-getting-started-override', '--log', log],
    ...(tests ? ['--enable-smoke-test-driver'] : []),
    ...(trust ? [] : ['--disable-workspace-trust']),
    ...args,
  ];
  const child = spawn(host.node, [host.server, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // its own process group, so that stop() ends the extension host too
    env: {
      ...process.env,
      ...env,
      EXTENSIONS_GALLERY: '{"serviceUrl":""}',
      VSCODE_SKIP_BUILTIN_EXTENSIONS: QUIET_BUILT_INS,
    },
  });
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // ended already
    }
  };
  const last = () => signal('SIGKILL');
  process.once('exit', last);
  const logFile = createWriteStream(path.join(dataDir, 'server.log'));
  child.stderr.pipe(logFile, { end: false });
  const bound = await new Promise((resolve, reject) => {
    let seen = '';
    const timer = setTimeout(() => reject(new Error(`the VS Code server did not start within 60 s\n${seen}`)), 60_000);
    child.stdout.on('data', (data) => {
      logFile.write(data);
      seen += data;
      const listening = /Extension host agent listening on (\d+)/.exec(seen);
      if (listening) {
        clearTimeout(timer);
        resolve(Number(listening[1]));
      }
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the VS Code server ended with ${code}\n${seen}`)));
  });
  const stop = () =>
    new Promise((done) => {
      process.off('exit', last);
      if (child.exitCode !== null || child.signalCode) {
        signal('SIGKILL'); // what is left of the group
        done();
        return;
      }
      const timer = setTimeout(() => signal('SIGKILL'), 3000);
      child.once('exit', () => {
        clearTimeout(timer);
        signal('SIGKILL');
        done();
      });
      signal('SIGTERM');
    });
  return { port: bound, child, stop };
}

const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium; `close()` it. */
export async function launchBrowser(host) {
  const chromium = await playwright(host);
  return chromium.launch({
    ...chromiumOf(host),
    headless: true,
    args: BROWSER_FLAGS,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** The workbench's address for a folder or `.code-workspace` file (or neither), with an extension under development and a test entry. */
export function workbenchUrl({ port, folder, workspace, extension, tests, more = [] }) {
  const remote = `vscode-remote://127.0.0.1:${port}`;
  const payload = [['skipWelcome', 'true'], ...more];
  if (extension) {
    payload.push(['extensionDevelopmentPath', remote + extension]);
  }
  if (tests) {
    payload.push(['extensionTestsPath', remote + tests]);
  }
  const opened = workspace
    ? `workspace=${encodeURIComponent(workspace)}&`
    : folder
      ? `folder=${encodeURIComponent(folder)}&`
      : 'ew=true&';
  return `http://127.0.0.1:${port}/?${opened}payload=${encodeURIComponent(JSON.stringify(payload))}`;
}
