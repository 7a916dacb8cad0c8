import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MemoryFiles } from '../../src/project/memory-files';
import { toolRunner } from '../../src/project/node-tools';
import { applyPlan } from '../../src/remedy/apply-plan';
import { isRefusal } from '../../src/remedy/idiom';
import type { Plan } from '../../src/remedy/plan';
import { planFix } from '../../src/remedy/plan-fix';
import { valueToStore } from '../../src/remedy/plan-store-fix';
import { readProjectFacts } from '../../src/remedy/project-facts';
import { stores } from '../../src/remedy/stores/all';
import type { Store } from '../../src/remedy/stores/store';
import { storeValue } from '../../src/remedy/stores/store-value';
import type { Finding } from '../../src/scan/finding';
import { scanText } from '../../src/scan/scan';
import { CODESPACE, standInStores } from './stand-in-stores';
import { bareEnvironment, pour } from './toolchains';

/** Stores from which any program gets its environment: those that docs/fixes.md means by "environment". */
export const environmentStores: readonly Store[] = stores.filter((s) => !s.serves);

interface Case {
  readonly file: string;
  readonly files?: Readonly<Record<string, string>>;
}

interface Moved {
  readonly store: Store;
  readonly plan: Plan;
  readonly findings: readonly Finding[];
  readonly text: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** Moves a text's values to each of some stores, and to the env file (first). */
async function movedTo(c: Case, text: string, to: readonly Store[]) {
  const files: Readonly<Record<string, string>> = { ...c.files, [c.file]: text };
  const findings = scanText(text, { fileName: c.file }).findings.filter((f) => f.state === 'secret');
  const facts = await readProjectFacts(new MemoryFiles(files), c.file);
  const planned = (store: string, template?: string) => {
    const options = { store, project: 'bot', ...(template ? { referenceTemplate: template } : {}) };
    const plan = planFix({ facts, file: c.file, text, findings, options });
    assert.ok(!isRefusal(plan), `${store}: ${isRefusal(plan) ? plan.refused : ''}`);
    return { plan, texts: applyPlan(plan.changes, (f) => files[f]) };
  };
  const env = planned('env');
  const all: Moved[] = to.map((store) => ({ store, findings, text, ...planned(store.id, store.form?.example) }));
  return { env, all };
}

/**
 * What holds for a place whatever the store: the source becomes what it becomes for the env file, so that it parses and runs
 * alike, and no changed file has the value, but for the env file that a tool is about to encrypt.
 */
export async function holdsInStores(c: Case, value: string, text: string): Promise<void> {
  const { env, all } = await movedTo(c, text, environmentStores);
  for (const { store, plan, texts } of all) {
    assert.equal(texts.get(c.file), env.texts.get(c.file), `${store.id}: the source`);
    assert.ok(plan.storing?.length, `${store.id}: nothing to store`);
    assert.deepEqual(
      plan.destinations.map((d) => d.variable),
      env.plan.destinations.map((d) => d.variable),
    );
    for (const [name, now] of texts) {
      const encrypted = store.encrypts && plan.storing.some((s) => s.envFile === name);
      assert.ok(encrypted || !now.includes(value), `${store.id}: the value in ${name}`);
      assert.ok(
        !store.inEnvFile || name !== '.env' || plan.storing.every((s) => now.includes(`=${s.spot.reference}`)),
        `${store.id}: the reference`,
      );
    }
  }
}

/** What a program prints when its value is in a store: stored by the stand-in of its tool, and run by the line that is shown. */
async function printedFrom({ store, plan, findings, text, texts }: Moved, c: Case): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keyward-stores-'));
  try {
    const work = path.join(folder, 'work');
    pour(work, { ...c.files, ...Object.fromEntries(texts) });
    const env = { ...bareEnvironment(), PATH: standInStores(folder) };
    const run = toolRunner({ root: work, env });
    for (const { finding, spot, envFile } of plan.storing ?? []) {
      const value = valueToStore(c.file, text, findings[finding] as Finding);
      const kept = await storeValue(store, spot, value, envFile, run);
      assert.ok(!isRefusal(kept), isRefusal(kept) ? `${store.id}: ${kept.refused}` : '');
    }
    const line = plan.followUp.find((x) => x.shell !== 'powershell')?.line;
    const plain = (await movedTo(c, text, [])).env.plan.followUp.find((x) => x.shell !== 'powershell')?.line ?? '';
    // A codespace starts with its secrets: there is nothing to run but the program.
    const started =
      line ?? `${CODESPACE(folder)}${plain.replace(/^set -a; \. \.\/\.env; set \+a; | --env-file=\.env/, '')}`;
    return await printed(work, started, env);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function printed(cwd: string, line: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', line], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (t) => {
      out += t;
    });
    child.stderr.setEncoding('utf8').on('data', (t) => {
      err += t;
    });
    child.on('close', (code) => resolve(code === 0 ? out.replace(/\r?\n$/, '') : `exit ${code}: ${err.slice(0, 500)}`));
  });
}

/** Runs a program once from every store of the environment. */
export async function runsFromStores(c: Case, value: string, text: string): Promise<void> {
  const { all } = await movedTo(c, text, environmentStores);
  const outputs: string[] = [];
  for (const moved of all) {
    const out = await printedFrom(moved, c);
    outputs.push(`${moved.store.id}: ${out === value ? 'the value' : out.replaceAll(value, '<value>')}`);
  }
  assert.deepEqual(
    outputs,
    all.map(({ store }) => `${store.id}: the value`),
  );
}
