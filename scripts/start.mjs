// npm start: builds Keyward, shows what it says about the sample project, and opens that project in a real VS Code.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bin, ensurePackages, requireNode, root, runNode } from './setup.mjs';

requireNode();
ensurePackages();

async function must(args, what) {
  if ((await runNode(args)) !== 0) {
    console.error(`${what} failed.`);
    process.exit(1);
  }
}

await must(['esbuild.mjs'], 'The build');

const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyward-start-')));
const sample = path.join(scratch, 'sample');
let ending;

/** Ends what was started, once, and goes. */
function end(code, stop = async () => {}) {
  ending ??= (async () => {
    await stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    process.exit(code);
  })();
  return ending;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => end(0, running));
}
let running = async () => {};

mkdirSync(sample);
await must([bin('tsx'), 'scripts/pour-sample.ts', 'sample', sample], 'Pouring the sample project');

const cli = path.join(root, 'dist/cli.js');
console.log('\n$ keyward scan\n');
await runNode([cli, 'scan'], { cwd: sample }); // exits 1: the sample holds keys
console.log('\n$ keyward checklist\n');
await runNode([cli, 'checklist'], { cwd: sample });

const { installedVSCode } = await import('./vscode.mjs');
const installed = process.env.KEYWARD_START_VSCODE === 'npm' ? undefined : installedVSCode((line) => console.log(line));

if (installed) {
  console.log(
    `\nOpening the sample project in ${installed.name} ${installed.version}. Close its window or press Ctrl+C to end.`,
  );
  const child = spawn(
    installed.command,
    [
      '--new-window',
      '--wait',
      '--disable-workspace-trust',
      `--extensionDevelopmentPath=${root}`,
      `--user-data-dir=${path.join(scratch, 'user')}`,
      sample,
    ],
    { stdio: 'ignore', shell: process.platform === 'win32' },
  );
  running = async () => {
    child.kill();
  };
  child.once('exit', () => end(0));
} else {
  const { hostIsSupported, installHost, unsupportedMessage } = await import('./host/install.mjs');
  if (!hostIsSupported()) {
    console.error(unsupportedMessage());
    await end(1);
  }
  const { quietSettings, startServer, workbenchUrl } = await import('./host/server.mjs');
  const host = await installHost();
  const wanted = Number(process.env.PORT) || 0;
  const server = await startServer(host, {
    dataDir: path.join(scratch, 'data'),
    port: wanted,
    tests: false,
    settings: { ...quietSettings, 'git.enabled': true },
  });
  running = () => server.stop();
  server.child.once('exit', () => end(ending ? 0 : 1));
  const url = workbenchUrl({ port: server.port, folder: sample, extension: root });
  console.log(
    `\nVS Code ${host.version} with Keyward and the sample project:\n\n  ${url}\n\nOpen it in a browser. Press Ctrl+C to end.`,
  );
}
