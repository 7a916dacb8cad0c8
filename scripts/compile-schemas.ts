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
const generated = path.join(root, 'src/policy/generated');
const schemas = [
  { source: 'keyward.policy.schema.json', target: 'validate-policy.js' },
  { source: 'keyward.ignore.schema.json', target: 'validate-ignore.js' },
];

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

async function compiled(source: string): Promise<string> {
  const schema = JSON.parse(fs.readFileSync(path.join(root, 'src/policy', source), 'utf8')) as object;
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
  return `// Generated from ${source} by scripts/compile-schemas.ts. Do not edit.\n${bundled.outputFiles[0]?.text ?? ''}`;
}

async function main(): Promise<void> {
  fs.mkdirSync(generated, { recursive: true });
  for (const { source, target } of schemas) {
    const file = path.join(generated, target);
    const text = await compiled(source);
    if (!process.argv.includes('--check')) {
      fs.writeFileSync(file, text);
    } else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
      console.error(`src/policy/generated/${target} is out of date: run npm run schemas`);
      process.exitCode = 1;
    }
  }
}

void main();
