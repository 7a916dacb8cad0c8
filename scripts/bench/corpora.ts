import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Where packages, programs and generated files are kept: never in the repository. */
export const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'keyward-bench');

/** Files of one kind, in a folder of their own. */
export interface Corpus {
  readonly name: string;
  readonly root: string;
  readonly files: number;
  readonly bytes: number;
}

const PACKAGES = [
  'ethers@6.13.4',
  'viem@2.21.0',
  'rxjs@7.8.1',
  'web3@4.15.0',
  'three@0.170.0',
  'lodash@4.17.21',
  '@babel/standalone@7.26.2',
];

const KINDS: readonly (readonly [string, (file: string) => boolean])[] = [
  ['minified', (f) => /\.min\.js$/.test(f)],
  ['source', (f) => /\.(?:ts|js|json|md)$/.test(f) && !/\/(?:dist|build|umd|_cjs|_esm|_types|lib\.\w+)\//.test(f)],
];

/** Projects whose lock file is asked of npm. */
const LOCKED = {
  next: '15.0.0',
  webpack: '5.96.0',
  jest: '29.7.0',
  hardhat: '2.22.0',
  web3: '4.15.0',
  'react-scripts': '5.0.1',
};

function npm(args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`npm ${args[0]} failed: ${stderr.split('\n').slice(-3).join(' ')}`);
  }
}

function unpack(into: string): void {
  for (const name of PACKAGES) {
    const folder = path.join(into, name.replaceAll('/', '-'));
    if (fs.existsSync(folder)) {
      continue;
    }
    fs.mkdirSync(into, { recursive: true });
    npm(['pack', '--silent', name], into);
    const archive = fs.readdirSync(into).find((f) => f.endsWith('.tgz')) as string;
    fs.mkdirSync(`${folder}.part`, { recursive: true });
    spawnSync('tar', ['xzf', path.join(into, archive), '-C', `${folder}.part`]);
    fs.rmSync(path.join(into, archive));
    fs.renameSync(`${folder}.part`, folder);
  }
}

function lock(into: string): void {
  if (!fs.existsSync(path.join(into, 'package-lock.json'))) {
    fs.mkdirSync(into, { recursive: true });
    fs.writeFileSync(path.join(into, 'package.json'), JSON.stringify({ name: 'locked', dependencies: LOCKED }));
    npm(['install', '--package-lock-only', '--no-audit', '--no-fund', '--legacy-peer-deps'], into);
  }
}

function filesOf(root: string): string[] {
  return (fs.readdirSync(root, { recursive: true, encoding: 'utf8' }) as string[])
    .filter((f) => fs.lstatSync(path.join(root, f)).isFile())
    .sort();
}

/** A folder as it is. */
export function corpusOf(name: string, root: string): Corpus {
  const files = filesOf(root);
  return {
    name,
    root,
    files: files.length,
    bytes: files.reduce((sum, f) => sum + fs.statSync(path.join(root, f)).size, 0),
  };
}

/** Source trees, minified bundles and lock files of npm packages, fetched once. */
export function corpora(): Corpus[] {
  const packages = path.join(cache, 'packages');
  unpack(packages);
  const found: Corpus[] = [];
  for (const [kind, belongs] of KINDS) {
    const root = path.join(cache, 'corpora', kind);
    if (!fs.existsSync(root)) {
      for (const file of filesOf(packages).filter((f) => belongs(f) && !(kind === 'source' && f.endsWith('.min.js')))) {
        const to = path.join(root, file);
        fs.mkdirSync(path.dirname(to), { recursive: true });
        fs.copyFileSync(path.join(packages, file), to);
      }
    }
    found.push(corpusOf(kind, root));
  }
  const locks = path.join(cache, 'corpora', 'lock files');
  lock(locks);
  found.push(corpusOf('lock files', locks));
  return found;
}

/** The texts of a corpus, for the engine alone: at most so many bytes. */
export function textsOf({ root }: Corpus, most: number): { name: string; text: string }[] {
  const texts: { name: string; text: string }[] = [];
  let left = most;
  for (const name of filesOf(root)) {
    if (left <= 0) {
      break;
    }
    const bytes = fs.readFileSync(path.join(root, name));
    texts.push({ name, text: bytes.toString(bytes.every((b) => b < 128) ? 'latin1' : 'utf8') });
    left -= bytes.length;
  }
  return texts;
}
