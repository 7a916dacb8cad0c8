// npm run package: makes keyward-VERSION.vsix.  npm run test:vsix unpacks it and runs the editor's tests against it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { bin, ensurePackages, requireNode, root, runNode } from './setup.mjs';

const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** Where the package is written. */
export const vsixFile = path.join(root, `${name}-${version}.vsix`);

/** Builds for production and packages. */
export async function makePackage() {
  if ((await runNode(['esbuild.mjs', '--production'])) !== 0) {
    return 1;
  }
  return runNode([
    bin('@vscode/vsce', 'vsce'),
    'package',
    '--no-dependencies',
    '--out',
    vsixFile,
    '--baseContentUrl',
    'https://github.com/keyward/keyward/blob/main',
    '--baseImagesUrl',
    'https://github.com/keyward/keyward/raw/main',
  ]);
}

/** The package's files, by their path in it. */
export function packagedFiles() {
  return unzipSync(new Uint8Array(readFileSync(vsixFile)));
}

/** Unpacks the extension into a folder, as an installation would, and returns its path. */
export function unpackedForTests(scratch) {
  const target = path.join(scratch, 'installed');
  for (const [file, bytes] of Object.entries(packagedFiles())) {
    if (file.startsWith('extension/') && !file.endsWith('/')) {
      const to = path.join(target, file.slice('extension/'.length));
      mkdirSync(path.dirname(to), { recursive: true });
      writeFileSync(to, bytes);
    }
  }
  return target;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  requireNode();
  ensurePackages();
  makePackage().then((code) => {
    process.exitCode = code;
  });
}
