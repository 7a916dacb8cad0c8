/**
 * Compiles the JSON Schemas to plain validation code, so that nothing is generated or evaluated at run time.
 * Run by the build; `--check` says whether the committed code is up to date.
 */
import fs from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

type Standalone = (ajv: Ajv, validate: unknown) => string;
const standalone = ((standaloneModule as unknown as { default?: Standalone }).default ??
  standaloneModule) as Standalone;
const root = path.join(import.meta.dirname ?? __dirname, '..');
const source = path.join(root, 'src/policy/keyward.policy.schema.json');
const target = path.join(root, 'src/policy/generated/validate-policy.js');

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

async function main(): Promise<void> {
  const schema = JSON.parse(fs.readFileSync(source, 'utf8')) as object;
  const ajv = new Ajv({
    allErrors: true,
    verbose: false,
    strict: false,
    code: { source: true, esm: true, optimize: 2 },
    formats: { date: DATE, uri: true },
  });
  const validate = ajv.compile(schema);
  const code = standalone(ajv, validate);
  const bundled = await build({
    stdin: { contents: code, resolveDir: root, loader: 'js' },
    bundle: true,
    format: 'esm',
    write: false,
    legalComments: 'none',
    minify: true,
  });
  const text = `// Generated from keyward.policy.schema.json by scripts/compile-schemas.ts. Do not edit.\n${bundled.outputFiles[0]?.text ?? ''}`;
  if (process.argv.includes('--check')) {
    const same = fs.existsSync(target) && fs.readFileSync(target, 'utf8') === text;
    if (!same) {
      console.error('src/policy/generated/validate-policy.js is out of date: run npm run schemas');
      process.exitCode = 1;
    }
    return;
  }
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
}

void main();
