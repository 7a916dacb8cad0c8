// What every entry script needs before it can do anything: a Node that is new enough, and the project's packages.
// Uses nothing but Node itself, in syntax that old versions can read far enough to say what is wrong.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

const OLDEST_NODE = 20;

/** The complaint about a Node that is too old, or undefined. `version` is like "20.11.1". */
export function nodeComplaint(version) {
  const major = Number(version.split('.')[0]);
  return major >= OLDEST_NODE
    ? undefined
    : `Keyward needs Node ${OLDEST_NODE} or newer; this is Node ${version}. Install it from https://nodejs.org or with your version manager.`;
}

/** Ends the process with a clear word when this Node is too old. */
export function requireNode() {
  const complaint = nodeComplaint(process.versions.node);
  if (complaint) {
    console.error(complaint);
    process.exit(1);
  }
}

/** How to run npm from a script: npm's own JavaScript where npm started us, else the command on PATH. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script) && existsSync(script)) {
    return { command: process.execPath, args: [script], shell: false };
  }
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/**
 * What is missing or outdated in `folder`/node_modules, by its lock file: the first package that differs, or undefined when all is there.
 * Packages for other platforms may be absent.
 */
export function outdatedPackage(folder) {
  const wanted = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8')).packages;
  const record = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(record)) {
    return 'node_modules';
  }
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '' || entry.link) {
      continue;
    }
    const found = present[place];
    if (found ? found.version !== entry.version : !(entry.optional || entry.devOptional || entry.peer)) {
      return place;
    }
    if (found && !existsSync(path.join(folder, place))) {
      return place;
    }
  }
  return undefined;
}

/** Installs the project's packages with `npm ci` when they are missing or differ from the lock file. */
export function ensurePackages() {
  const outdated = outdatedPackage(root);
  if (!outdated) {
    return;
  }
  console.error(`Installing the project's packages (${outdated} is missing or outdated)…`);
  const npm = npmCommand();
  const result = spawnSync(npm.command, [...npm.args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: npm.shell,
  });
  if (result.status !== 0) {
    console.error(
      `npm ci failed in ${root}${result.error ? `: ${result.error.message}` : ''}. Is the npm registry reachable?`,
    );
    process.exit(1);
  }
}

/** Runs a Node script to its end and returns its exit code; output goes straight through unless `options.stdio` says otherwise. */
export function runNode(args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', (error) => {
      console.error(String(error));
      resolve(1);
    });
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** The path of a package's command, such as `bin('mocha')`, to be run by Node. */
export function bin(packageName, command = packageName.split('/').pop()) {
  const folder = path.join(root, 'node_modules', packageName);
  const { bin: entry } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof entry === 'string' ? entry : entry[command]);
}
