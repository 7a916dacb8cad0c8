// npm run notices: the licences of the packages whose code is in the extension; with --write, as THIRD-PARTY-NOTICES.txt, which
// the .vsix holds, as those licences ask.
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { builds } from '../esbuild.mjs';

const root = path.join(__dirname, '..');
export const noticesFile = path.join(root, 'THIRD-PARTY-NOTICES.txt');

/** Licences under which code may be bundled: they ask for their text, and for nothing else. */
const FREE = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', '0BSD', 'CC0-1.0']);

/** Folders of the packages of which a build takes something. */
export function bundledPackages(outputs: Readonly<Record<string, { inputs: object }>>): string[] {
  const folders = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs as Record<string, { bytesInOutput: number }>)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([input]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
  );
  return [...new Set(folders)].sort();
}

/** The notices of packages, each with its licence's text. Throws where a licence is not free or its text is missing. */
export function notices(folders: readonly string[]): string {
  const parts = folders.map((folder) => {
    const at = (name: string) => path.join(root, folder, name);
    const { name, version, license, repository } = JSON.parse(fs.readFileSync(at('package.json'), 'utf8'));
    const file = fs.readdirSync(at('.')).find((f) => /^(?:licen[cs]e|copying)/i.test(f));
    if (!FREE.has(license) || !file) {
      throw new Error(`${name}: the licence "${license}" is not one of ${[...FREE].join(', ')}, or has no text`);
    }
    const home = String(repository?.url ?? repository ?? '').replace(/^git\+|\.git$/g, '');
    const text = fs.readFileSync(at(file), 'utf8').replaceAll('\r\n', '\n').trim();
    return [`${name} ${version}`, license, ...(home ? [home] : []), '', text].join('\n');
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `Keyward is under the MIT licence (LICENSE). Code of these packages is in it.${rule}${parts.join(rule)}\n`;
}

async function main(): Promise<void> {
  const outputs: Record<string, { inputs: object }> = {};
  for (const options of builds(true) as esbuild.BuildOptions[]) {
    const { metafile } = await esbuild.build({ ...options, metafile: true, write: false });
    Object.assign(outputs, metafile?.outputs);
  }
  const text = notices(bundledPackages(outputs));
  if (process.argv.includes('--write')) {
    fs.writeFileSync(noticesFile, text);
  } else {
    process.stdout.write(text);
  }
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
