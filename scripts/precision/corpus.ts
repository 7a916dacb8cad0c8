// Other people's code to scan: npm packages and Debian source packages of pinned versions, kept in the user's cache folder.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** One unpacked package. */
export interface Sources {
  readonly name: string;
  readonly from: 'npm' | 'debian';
  readonly folder: string;
}

/** The pinned packages of `packages.json`. */
export interface PackageList {
  /** `name@version` */
  readonly npm: readonly string[];
  /** `name=version` of Debian source packages in `suite`. */
  readonly debian: { readonly suite: string; readonly sources: readonly string[] };
}

function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
  return path.join(base, 'keyward-precision');
}

function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 });
}

/** Fills `folder` once: an interrupted fetch leaves nothing behind that looks whole. */
function filled(folder: string, fill: (folder: string) => void): boolean {
  if (fs.existsSync(folder)) {
    return true;
  }
  const part = `${folder}.${process.pid}.part`;
  fs.mkdirSync(part, { recursive: true });
  try {
    fill(part);
    fs.renameSync(part, folder);
    return true;
  } catch {
    return false;
  } finally {
    fs.rmSync(part, { recursive: true, force: true });
  }
}

function npmPackage(spec: string, cache: string): Sources | undefined {
  const folder = path.join(cache, 'npm', spec.replaceAll('/', '+'));
  const ok = filled(folder, (part) => {
    run('npm', ['pack', spec, '--silent', '--ignore-scripts'], part);
    const archive = fs.readdirSync(part).find((f) => f.endsWith('.tgz')) as string;
    run('tar', ['-xzf', archive, '--no-same-owner'], part);
    fs.rmSync(path.join(part, archive));
  });
  return ok ? { name: spec, from: 'npm', folder } : undefined;
}

/** apt with a sources list and a state of its own: the machine's settings stay as they are. */
function apt(cache: string, suite: string): readonly string[] {
  const home = path.join(cache, 'apt', suite);
  const options = [
    ['Dir::Etc::sourcelist', path.join(home, 'sources.list')],
    ['Dir::Etc::sourceparts', '/dev/null'],
    ['Dir::State::lists', path.join(home, 'lists')],
    ['Dir::Cache', path.join(home, 'cache')],
  ].flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  if (!fs.existsSync(path.join(home, 'lists'))) {
    fs.mkdirSync(path.join(home, 'lists', 'partial'), { recursive: true });
    fs.mkdirSync(path.join(home, 'cache'), { recursive: true });
    const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
    fs.writeFileSync(
      path.join(home, 'sources.list'),
      `deb-src [signed-by=${key}] http://deb.debian.org/debian ${suite} main\n`,
    );
    run('apt-get', [...options, 'update'], home);
  }
  return options;
}

function debianSource(spec: string, suite: string, cache: string): Sources | undefined {
  const folder = path.join(cache, 'debian', spec.replaceAll(/[/:]/g, '+'));
  const ok = filled(folder, (part) => {
    run('apt-get', [...apt(cache, suite), 'source', '--download-only', spec], part);
    const description = fs.readdirSync(part).find((f) => f.endsWith('.dsc')) as string;
    run('dpkg-source', ['--no-check', '-x', description, 'source'], part);
    for (const entry of fs.readdirSync(part)) {
      if (entry !== 'source') {
        fs.rmSync(path.join(part, entry), { recursive: true, force: true });
      }
    }
  });
  return ok ? { name: spec.replace('=', ' '), from: 'debian', folder } : undefined;
}

/** Fetches and unpacks what is not there yet, one package after the other. `only`: names that contain one of these words. */
export function* corpus(list: PackageList, only: readonly string[], missing: string[]): Generator<Sources> {
  const cache = cacheFolder();
  const wanted = (spec: string) => only.length === 0 || only.some((word) => spec.includes(word));
  const hasApt = ['/usr/bin/apt-get', '/usr/bin/dpkg-source'].every((f) => fs.existsSync(f));
  const makers = [
    ...list.npm.map((spec) => [spec, () => npmPackage(spec, cache)] as const),
    ...list.debian.sources.map(
      (spec) => [spec, () => (hasApt ? debianSource(spec, list.debian.suite, cache) : undefined)] as const,
    ),
  ];
  for (const [spec, make] of makers) {
    if (wanted(spec)) {
      const sources = make();
      if (sources) {
        yield sources;
      } else {
        missing.push(spec);
      }
    }
  }
}
