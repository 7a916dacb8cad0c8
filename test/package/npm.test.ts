import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { builds } from '../../esbuild.mjs';

describe('the npm package', () => {
  it('holds the command line with all that its files load, and no part of the extension', async function () {
    this.timeout(60_000);
    const root = path.join(__dirname, '../..');
    const needed = new Set(['dist/cli.js']);
    for (const options of builds(true) as (esbuild.BuildOptions & { outfile: string })[]) {
      if (!/\/(?:extension(?:\.web)?|engine)\.js$/.test(options.outfile)) {
        const { metafile } = await esbuild.build({ ...options, metafile: true, write: false });
        for (const { imports } of Object.values(metafile?.outputs ?? {})) {
          for (const { path: name } of imports.filter((i) => i.path.startsWith('./'))) {
            needed.add(`dist/${name.slice(2)}`);
          }
        }
      }
    }
    const allowed = fs
      .readFileSync(path.join(root, '.npmignore'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!/dist/'))
      .map((line) => line.slice(2));
    assert.deepEqual(allowed.sort(), [...needed].sort());
  });
});
