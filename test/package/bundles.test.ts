import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { builds } from '../../esbuild.mjs';
import { bundledPackages, notices, noticesFile } from '../../scripts/notices';

interface Output {
  readonly bytes: number;
  readonly inputs: object;
  readonly imports: readonly { readonly path: string; readonly external?: boolean }[];
}

describe('what is built', () => {
  const outputs = new Map<string, Output>();
  const texts = new Map<string, string>();

  before(async function () {
    this.timeout(60_000);
    for (const options of builds(true) as esbuild.BuildOptions[]) {
      const { metafile, outputFiles } = await esbuild.build({ ...options, metafile: true, write: false });
      for (const { path: file, text } of outputFiles) {
        texts.set(path.relative(process.cwd(), file).replaceAll('\\', '/'), text);
      }
      for (const [file, output] of Object.entries(metafile?.outputs ?? {})) {
        outputs.set(file, output);
      }
    }
  });

  it('is small where it is loaded at the start', () => {
    assert.ok((outputs.get('dist/extension.js')?.bytes ?? Infinity) < 300_000);
  });

  it('has its licences in THIRD-PARTY-NOTICES.txt (npm run notices -- --write)', () => {
    assert.equal(fs.readFileSync(noticesFile, 'utf8'), notices(bundledPackages(Object.fromEntries(outputs))));
  });

  it('loads the policy validator only when a policy is checked', () => {
    for (const file of ['dist/engine.js', 'dist/cli.js']) {
      const calls = texts.get(file)?.match(/require\("\.\/validator\.js"\)/g) ?? [];
      assert.equal(calls.length, 1, file);
      assert.match(texts.get(file) ?? '', /function \w+\(\w+\)\s*\{[^{}]*require\("\.\/validator\.js"\)/, file);
    }
  });

  it('needs no Node in the browser', () => {
    const imports = outputs.get('dist/extension.web.js')?.imports.map((i) => i.path) ?? ['nothing was built'];
    assert.deepEqual([...new Set(imports)], ['vscode']);
  });

  it('imports no network module anywhere', () => {
    for (const [file, { imports }] of outputs) {
      const networks = imports.filter((i) => /^(?:node:)?(?:net|tls|http2?|https|dgram|dns)$/.test(i.path));
      assert.deepEqual(networks, [], file);
    }
  });
});
