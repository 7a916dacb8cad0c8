// npm test [-- --engine | --page | --editor | --web | --vsix | --oldest]: everything that must hold, ending with one line `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bin, ensurePackages, requireNode, root, runNode } from './setup.mjs';

requireNode();
ensurePackages();

const args = process.argv.slice(2);
const only = (name) => args.includes(`--${name}`);
const all = !['engine', 'page', 'editor', 'web', 'vsix', 'oldest', 'language', 'restricted'].some(only);
mkdirSync(path.join(root, '.build'), { recursive: true });
const resultFile = path.join(root, '.build', `test-result-${process.pid}.jsonl`);
process.env.KEYWARD_TEST_RESULT = resultFile;

let failedSteps = 0;

async function step(name, run) {
  console.log(`\n== ${name}`);
  const started = Date.now();
  const code = await run();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(code === 0 ? `== ${name}: done in ${seconds} s` : `== ${name}: failed after ${seconds} s`);
  return code === 0;
}

/** A step that is no test run: its failure counts as one. */
async function must(name, run) {
  const ok = await step(name, run);
  if (!ok) {
    failedSteps++;
  }
  return ok;
}

/** A test run: it writes its counts; one that ends without counts is a failure of its own. */
async function tests(name, run) {
  const before = results().length;
  const ok = await step(name, run);
  const after = results().slice(before);
  if (after.length === 0 || (!ok && after.every((r) => r.failures === 0))) {
    failedSteps++;
  }
}

function results() {
  return existsSync(resultFile)
    ? readFileSync(resultFile, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
}

const mocha = (...args) =>
  runNode([bin('mocha'), '--import=tsx', '--reporter', path.join(root, 'scripts/mocha-reporter.cjs'), ...args]);

async function engineTests() {
  await tests('engine tests', () => mocha('test/**/*.test.ts', '--ignore', 'test/editor/**'));
}

async function pageTests() {
  await tests('the report in a browser', () => mocha('test/editor/page/*.test.ts'));
}

async function editorTests({ vsix = false, oldest = false, language = false, restricted = false } = {}) {
  const { runEditorTests } = await import('./editor-tests.mjs');
  const name = `editor tests${vsix ? ', packaged extension' : ''}${oldest ? ', oldest VS Code' : ''}${language ? ', in another language' : ''}${restricted ? ', Restricted Mode' : ''}`;
  await tests(name, () => runEditorTests({ vsix, oldest, language, restricted }));
}

let built = true;
if (all) {
  await must('types', () => runNode([bin('typescript', 'tsc'), '-p', '.']));
  await must('lint', () => runNode([bin('@biomejs/biome'), 'check', '.']));
}
if (all || ['editor', 'language', 'restricted', 'web', 'oldest'].some(only)) {
  built = await must('build', () => runNode(['esbuild.mjs']));
}
if (all || only('engine')) {
  await engineTests();
}
if (all || only('page')) {
  await pageTests();
}
if (built && (all || only('editor'))) {
  await editorTests();
}
if (built && (all || only('language'))) {
  await editorTests({ language: true });
}
if (built && (all || only('restricted'))) {
  await editorTests({ restricted: true });
}
if (built && (all || only('web'))) {
  const { runWebTests } = await import('./web-tests.mjs');
  await tests('editor tests, browser', runWebTests);
}
if (built && only('oldest')) {
  await editorTests({ oldest: true });
}
if (only('vsix')) {
  const { makePackage } = await import('./vsix.mjs');
  if (await must('package', makePackage)) {
    await editorTests({ vsix: true });
  }
}

let passed = 0;
let failed = failedSteps;
const skipped = [];
for (const r of results()) {
  passed += r.passes;
  failed += r.failures;
  skipped.push(...r.skipped);
}
rmSync(resultFile, { force: true });
for (const name of skipped) {
  console.log(`skipped: ${name}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
