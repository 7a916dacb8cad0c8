// Builds everything that ships: the desktop and web extension, the parts that they load on first use, and the command line.
//   node esbuild.mjs [--production] [--watch]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));
const at = (relative) => path.join(root, relative);
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

/**
 * What is loaded on first use, as a file of its own beside dist/extension.js: a dynamic `import()` of one of these stays
 * a load at run time on desktop, and becomes part of the single file on the web.
 */
export const lazyParts = { engine: 'src/editor/engine.ts' };

const lazyPlugin = {
  name: 'lazy-parts',
  setup(build) {
    const parts = Object.entries({ ...lazyParts, ...sharedParts });
    const byFile = new Map(parts.map(([name, file]) => [at(file), `./${name}.js`]));
    build.onResolve({ filter: /^\.{1,2}\// }, (request) => {
      if (request.kind !== 'dynamic-import') {
        return undefined;
      }
      const target = byFile.get(`${path.resolve(request.resolveDir, request.path).replace(/\.ts$/, '')}.ts`);
      return target ? { path: target, external: true } : undefined;
    });
  },
};

/**
 * What the engine and the command line both need, and is large: each a file of its own in the builds for Node, so that the
 * package holds it once for both. The web has one file.
 */
export const sharedParts = {
  catalog: 'src/catalog/all.ts',
  checklist: 'src/checklist/run.ts',
  definitions: 'src/checklist/definitions.ts',
  validator: 'src/policy/generated/validate-policy.js',
  idioms: 'src/remedy/idioms.ts',
  reports: 'src/report/checklist-reports.ts',
  say: 'src/words/say.ts',
  scan: 'src/scan/scan.ts',
  words: 'src/encodings/word-data.ts',
  yaml: 'yaml',
};

/** A command's own part, loaded by that command only; not in the .vsix (see .vscodeignore), only in the npm package. */
export const commandParts = { mcp: 'src/cli/mcp.ts' };

/** Shared parts that are one function, which most runs never call: loaded when it is called first. */
const calledSeldom = new Set(['./validator.js']);

function loadedWhenCalled(part) {
  return `export default function call(value) {
    const found = require('${part}');
    const inner = found.default ?? found;
    const result = inner(value);
    call.errors = inner.errors;
    return result;
  }`;
}

const sharedPlugin = {
  name: 'shared-parts',
  setup(build) {
    const byFile = new Map(
      Object.entries({ ...sharedParts, ...commandParts }).map(([name, file]) => [
        at(file.replace(/\.\w+$/, '')),
        `./${name}.js`,
      ]),
    );
    build.onResolve({ filter: /^\.{1,2}\/|^yaml$/ }, (request) => {
      const file = request.path.startsWith('.') ? path.resolve(request.resolveDir, request.path) : at(request.path);
      const target = request.kind === 'entry-point' ? undefined : byFile.get(file);
      if (target && calledSeldom.has(target)) {
        return { path: target, namespace: 'called-seldom' };
      }
      return target ? { path: target, external: true } : undefined;
    });
    build.onResolve({ filter: /./, namespace: 'called-seldom' }, ({ path: part }) => ({ path: part, external: true }));
    build.onLoad({ filter: /./, namespace: 'called-seldom' }, ({ path: part }) => ({
      contents: loadedWhenCalled(part),
    }));
  },
};

/** The extension's own file and the engine's speak one language: both load the part that knows it. */
const languagePlugin = {
  name: 'language',
  setup(build) {
    build.onResolve({ filter: /words\/say$/ }, () => ({ path: './say.js', external: true }));
  },
};

function common(production) {
  return {
    absWorkingDir: root,
    bundle: true,
    format: 'cjs',
    minify: production,
    sourcemap: production ? 'external' : 'linked',
    sourcesContent: false,
    metafile: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    define: {
      'process.env.NODE_ENV': production ? '"production"' : '"development"',
      KEYWARD_VERSION: JSON.stringify(version),
    },
  };
}

const node = { platform: 'node', target: 'node20', mainFields: ['module', 'main'] };
// `import()` of a lazy part becomes `require`, which the extension host and its bundled parts both understand
const desktop = { ...node, external: ['vscode'], supported: { 'dynamic-import': false } };

/** The builds, one for each file in dist. */
export function builds(production) {
  const base = common(production);
  return [
    {
      ...base,
      ...desktop,
      entryPoints: ['src/extension.ts'],
      outfile: 'dist/extension.js',
      plugins: [lazyPlugin, languagePlugin],
    },
    ...Object.entries(lazyParts).map(([name, file]) => ({
      ...base,
      ...desktop,
      entryPoints: [file],
      outfile: `dist/${name}.js`,
      plugins: [sharedPlugin],
    })),
    ...Object.entries({ ...sharedParts, ...commandParts }).map(([name, file]) => ({
      ...base,
      ...node,
      entryPoints: [file],
      outfile: `dist/${name}.js`,
      plugins: [sharedPlugin],
    })),
    {
      ...base,
      platform: 'browser',
      target: 'es2022',
      external: ['vscode'],
      entryPoints: ['src/extension.web.ts'],
      outfile: 'dist/extension.web.js',
    },
    {
      ...base,
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
      entryPoints: ['src/webview/report-view.ts'],
      outfile: 'dist/report-view.js',
    },
    {
      ...base,
      ...node,
      entryPoints: ['src/cli.ts'],
      outfile: 'dist/cli.js',
      banner: { js: '#!/usr/bin/env node' },
      plugins: [sharedPlugin],
    },
  ];
}

/**
 * The schemas that VS Code's JSON support gets: they complete and explain, and find no mistakes, so that each mistake is
 * told once, by Keyward, in the words of a person.
 */
function permissive(node) {
  if (Array.isArray(node)) {
    return node.map(permissive);
  }
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  const out = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'properties' || key === 'definitions' || key === 'patternProperties') {
      out[key] = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, permissive(inner)]));
    } else if (key === 'enum') {
      out.anyOf = [{ enum: value }, {}];
    } else if (['$ref', '$schema', 'title', 'description', 'default', 'examples'].includes(key)) {
      out[key] = value;
    } else if (
      ['items', 'additionalProperties', 'oneOf', 'anyOf', 'allOf'].includes(key) &&
      typeof value === 'object'
    ) {
      out[key === 'oneOf' || key === 'allOf' ? 'anyOf' : key] = permissive(value);
    }
  }
  return out;
}

function writeEditorSchemas() {
  for (const name of ['keyward.policy.schema.json', 'keyward.ignore.schema.json']) {
    const schema = JSON.parse(readFileSync(at(`src/policy/${name}`), 'utf8'));
    writeFileSync(at(`dist/${name}`), JSON.stringify(permissive(schema)));
  }
}

function runScript(script, ...args) {
  if (!existsSync(at(script))) {
    return;
  }
  const tsx = at('node_modules/tsx/dist/cli.mjs');
  const result = spawnSync(process.execPath, [tsx, at(script), ...args], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    throw new Error(`${script} failed`);
  }
}

/** Notes the hash of every file that runs, so that an installation can show that they are those of the build. */
function noteBuilt(outputs) {
  const files = Object.keys(outputs).filter((file) => file.endsWith('.js'));
  const noted = files.sort().map((file) => {
    const sha256 = createHash('sha256')
      .update(readFileSync(at(file)))
      .digest('hex');
    return [path.basename(file), { sha256 }];
  });
  writeFileSync(at('dist/built.json'), JSON.stringify(Object.fromEntries(noted)));
}

/** Builds once into dist, and writes what went into each file to .build/meta.json. */
export async function buildAll({ production = false } = {}) {
  runScript('scripts/compile-schemas.ts');
  rmSync(at('dist'), { recursive: true, force: true });
  const results = await Promise.all(builds(production).map((options) => esbuild.build(options)));
  const meta = { inputs: {}, outputs: {} };
  for (const { metafile } of results) {
    Object.assign(meta.inputs, metafile.inputs);
    Object.assign(meta.outputs, metafile.outputs);
  }
  noteBuilt(meta.outputs);
  mkdirSync(at('.build'), { recursive: true });
  writeFileSync(at('.build/meta.json'), JSON.stringify(meta));
  chmodSync(at('dist/cli.js'), 0o755);
  writeEditorSchemas();
  return meta;
}

async function watch() {
  runScript('scripts/compile-schemas.ts');
  const contexts = await Promise.all(builds(false).map((options) => esbuild.context({ ...options, logLevel: 'info' })));
  await Promise.all(contexts.map((context) => context.watch()));
  writeEditorSchemas();
}

async function main() {
  try {
    await (process.argv.includes('--watch')
      ? watch()
      : buildAll({ production: process.argv.includes('--production') }));
  } catch (error) {
    if (!error.errors) {
      console.error(String(error.message ?? error)); // esbuild has printed its own errors
    }
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main();
}
