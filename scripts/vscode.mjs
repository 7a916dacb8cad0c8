// Finds a desktop VS Code (or one of its kin) that can run here, for `npm start` and for the editor's tests.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup.mjs';

const COMMANDS = ['code', 'code-insiders', 'codium', 'vscodium', 'cursor', 'windsurf'];

function onPath(command) {
  const names = process.platform === 'win32' ? [`${command}.cmd`, `${command}.exe`] : [command];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(folder, name);
      if (folder && existsSync(file) && statSync(file).isFile()) {
        return file;
      }
    }
  }
  return undefined;
}

/** Why no window can be opened here, or undefined. */
function noWindow() {
  if (process.platform !== 'linux') {
    return undefined;
  }
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return 'there is no display';
  }
  return process.getuid?.() === 0 ? 'VS Code does not start as root' : undefined;
}

/** The executable behind a command of VS Code: the command itself is a script that starts it. */
function executableOf(command) {
  const real = realpathSync(command);
  const up = (...parts) => path.join(path.dirname(real), ...parts);
  if (process.platform === 'darwin') {
    const contents = up('..', '..', '..', 'MacOS');
    return existsSync(contents)
      ? path.join(contents, readdirSync(contents).find((n) => n === 'Electron') ?? readdirSync(contents)[0])
      : undefined;
  }
  const folder = up('..');
  const names =
    process.platform === 'win32'
      ? ['Code.exe', 'Code - Insiders.exe', 'VSCodium.exe', 'Cursor.exe', 'Windsurf.exe']
      : ['code', 'code-insiders', 'codium', 'cursor', 'windsurf'];
  return names.map((n) => path.join(folder, n)).find((f) => existsSync(f) && statSync(f).isFile() && f !== real);
}

/** A desktop VS Code that works here: its command and its executable, or undefined. `say` is told why one was left out. */
export function installedVSCode(say = () => {}) {
  for (const name of COMMANDS) {
    const command = onPath(name);
    if (!command) {
      continue;
    }
    const why = noWindow();
    if (why) {
      say(`${name} is installed, but ${why}: VS Code's server from npm is used.`);
      return undefined;
    }
    const version = spawnSync(command, ['--version'], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
      timeout: 20_000,
    });
    const executable = executableOf(command);
    if (version.status === 0 && executable) {
      return { name, command, executable, version: version.stdout.split('\n')[0] };
    }
    say(`${name} is on PATH, but does not answer to --version; looking further.`);
  }
  return undefined;
}

/** A VS Code that `@vscode/test-electron` has downloaded before. */
export function cachedDownload() {
  const folder = path.join(root, '.vscode-test');
  return existsSync(folder) && readdirSync(folder).some((n) => n.startsWith('vscode-')) && !noWindow();
}
