import fs from 'node:fs';
import path from 'node:path';
import { isEnvFile } from '../project/env-files';
import { NodeFiles } from '../project/node-files';
import { toolRunner } from '../project/node-tools';
import { writeText } from '../project/node-write';
import { decodeText } from '../project/text-encoding';
import type { RunTool } from '../project/tools';
import { applyPlan } from '../remedy/apply-plan';
import { fixFile } from '../remedy/fix-all';
import { isRefusal } from '../remedy/idiom';
import { isKeptOut } from '../remedy/ignore-lines';
import type { Command, FileChange, Plan, Refusal } from '../remedy/plan';
import { valueToStore } from '../remedy/plan-store-fix';
import { readProjectFacts } from '../remedy/project-facts';
import { storeNamed, stores } from '../remedy/stores/all';
import { storesInUse } from '../remedy/stores/in-use';
import { storeValue } from '../remedy/stores/store-value';
import { locate } from '../report/located-finding';
import type { Finding, ScanOptions } from '../scan/finding';
import { scanText } from '../scan/scan';
import { type FixReport, fixJson, fixText, type Moved, type Remaining } from './fix-report';
import { type Io, UsageError } from './io';
import { common, deliver, isSure, oneOf, parsed } from './options';
import { demandValid, openWorkspace, scanOptions, type Workspace } from './workspace';

const OPTIONS = {
  ...common,
  to: { type: 'string' },
  only: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  'add-loader': { type: 'boolean' },
  stored: { type: 'boolean' },
} as const;

interface Work extends FixReport {
  readonly texts: Map<string, string>;
  readonly originals: Map<string, string | undefined>;
  readonly values: Set<string>;
  readonly moved: Moved[];
  readonly remaining: Remaining[];
  readonly followUp: Map<string, Command>;
  readonly warnings: Set<string>;
  readonly hints: Set<string>;
  readonly io: Io;
  readonly workspace: Workspace;
  readonly options: (file: string) => ScanOptions;
  readonly only: ReadonlySet<string>;
  readonly addLoader: boolean;
  /** `env`, or a store's id. */
  readonly store: string;
  /** The person has stored the values: only the files are to be changed. */
  readonly stored: boolean;
  /** What this run has stored already. */
  readonly kept: Map<string, string>;
  readonly run: RunTool;
}

/** `keyward fix`. */
export async function fixCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, OPTIONS);
  const format = oneOf('--format', values.format, ['text', 'json'] as const, 'text');
  const workspace = await openWorkspace(io, io.cwd, values.config);
  demandValid(workspace.policy);
  const to = values.to ?? workspace.effective.store;
  const store = storeNamed(to);
  if (!store) {
    throw new UsageError(`--to must be env, ${stores.map((s) => s.id).join(', ')}; found "${to}".`);
  }
  const work: Work = {
    io,
    workspace,
    options: scanOptions(io, workspace),
    only: new Set(values.only ?? []),
    dryRun: values['dry-run'] ?? false,
    addLoader: values['add-loader'] ?? false,
    store: store === 'env' ? store : store.id,
    stored: values.stored ?? false,
    kept: new Map(),
    run: toolRunner({ root: workspace.root, env: io.env }),
    texts: new Map(),
    originals: new Map(),
    values: new Set(),
    moved: [],
    remaining: [],
    followUp: new Map(),
    warnings: new Set(),
    hints: new Set(),
  };
  for (const file of await targets(io, workspace, positionals)) {
    await fixOne(work, file);
  }
  const report = format === 'json' ? fixJson(work) : fixText(work);
  if (!values.quiet || format === 'json' || values.output) {
    deliver(io, report, values.output);
  }
  return work.remaining.some((r) => !r.local || workspace.effective.failOnLocal) ? 1 : 0;
}

/** Paths from the workspace's root of the files to look at. */
async function targets(io: Io, workspace: Workspace, positionals: readonly string[]): Promise<string[]> {
  const out: string[] = [];
  for (const target of positionals.length ? positionals : ['.']) {
    const full = path.resolve(io.cwd, target);
    const relative = path.relative(workspace.root, full).replaceAll('\\', '/');
    if (relative.startsWith('..')) {
      throw new UsageError(`${target} lies outside of this folder; run keyward fix in its project.`);
    }
    const stat = fs.statSync(full, { throwIfNoEntry: false });
    if (!stat) {
      throw new UsageError(`${target}: there is no such file or folder.`);
    }
    if (stat.isFile()) {
      out.push(relative);
      continue;
    }
    const files = new NodeFiles(full, { include: workspace.effective.include, exclude: workspace.effective.exclude });
    for (const entry of await files.list()) {
      out.push(relative ? `${relative}/${entry.path}` : entry.path);
    }
    for (const p of files.problems) {
      io.err(`keyward: ${p.file}: ${p.message}\n`);
    }
  }
  return [...new Set(out)];
}

function readText(work: Work, file: string): string | undefined {
  const known = work.texts.get(file);
  if (known !== undefined) {
    return known;
  }
  try {
    const full = path.join(work.workspace.root, file);
    return fs.statSync(full).size > 64 * 1024 * 1024 ? undefined : decodeText(fs.readFileSync(full))?.text;
  } catch {
    return undefined;
  }
}

async function fixOne(work: Work, file: string): Promise<void> {
  const { effective, files, root } = work.workspace;
  const wanted = (f: Finding) =>
    f.state === 'secret' &&
    !f.ignored &&
    (work.only.size > 0 ? work.only.has(f.ruleId) : isSure(f.confidence, effective.minConfidence));
  const facts = () => readProjectFacts(files, file, work.texts);
  if (readText(work, file) === undefined) {
    return;
  }
  if (isEnvFile(file) && work.store === 'env' && isKeptOut(await facts(), file)) {
    return; // the values are where fixes put them
  }
  const staying = await fixFile({
    file,
    options: {
      names: effective.names,
      addLoader: work.addLoader,
      store: work.store,
      project: path.basename(root),
      ...(effective.referenceTemplate ? { referenceTemplate: effective.referenceTemplate } : {}),
      ...(effective.envFile ? { envFile: effective.envFile } : {}),
    },
    text: () => readText(work, file) ?? '',
    wanted: (text) => scanText(text, work.options(file)).findings.filter(wanted),
    facts,
    carry: async (plan, text) => {
      if (work.store === 'env') {
        for (const used of storesInUse(await facts())) {
          work.hints.add(`This project uses ${used.title}: keyward fix --to ${used.id} would keep the values there.`);
        }
      }
      return apply(work, plan, file, text);
    },
  });
  for (const { finding, text, why, facts: known } of staying) {
    const at = locate(text, [finding], file, false)[0]?.range.start ?? { line: 0, character: 0 };
    work.remaining.push({
      file,
      line: at.line + 1,
      column: at.character + 1,
      ruleId: finding.ruleId,
      ...why,
      local: isKeptOut(known, file),
    });
  }
}

/** Carries a plan out: values into the store, then the files, sources last. A refusal means that no file has changed. */
async function apply(work: Work, plan: Plan, file: string, text: string): Promise<Refusal | undefined> {
  for (const f of plan.findings) {
    work.values.add(text.slice(f.start, f.end));
    work.values.add(valueToStore(file, text, f));
  }
  const refused = await keep(work, plan, file, text);
  if (refused) {
    return refused;
  }
  const store = stores.find((s) => s.id === work.store);
  for (const [i, f] of plan.findings.entries()) {
    const destination = plan.destinations[i];
    work.moved.push({
      file,
      line: (locate(text, [f], file, false)[0]?.range.start.line ?? 0) + 1,
      ruleId: f.ruleId,
      variable: destination?.variable ?? f.variable,
      destination: store?.title ?? destination?.file ?? '',
      ...(store ? { store: store.id } : {}),
      reused: destination?.reused ?? false,
    });
  }
  for (const c of plan.followUp) {
    work.followUp.set(c.line, c);
  }
  for (const w of plan.warnings) {
    work.warnings.add(`${file}: ${w}`);
  }
  // What the store's tool has encrypted meanwhile is written already.
  const written = store?.encrypts && !work.dryRun && !work.stored;
  write(work, written ? plan.changes.filter((c) => c.purpose !== 'destination') : plan.changes);
  return undefined;
}

/** Puts a plan's values into its store, each once in a run. For a store that encrypts the env file, that file is written first. */
async function keep(work: Work, plan: Plan, file: string, text: string): Promise<Refusal | undefined> {
  const store = stores.find((s) => s.id === work.store);
  if (!store || work.dryRun || work.stored) {
    return undefined;
  }
  const encrypted = store.encrypts ? plan.changes.filter((c) => c.purpose === 'destination') : [];
  const before = encrypted.map((c) => readText(work, c.file));
  write(work, encrypted);
  for (const { finding, spot, envFile } of plan.storing ?? []) {
    const key = `${spot.variable} ${spot.project} ${spot.reference}`;
    const value = valueToStore(file, text, plan.findings[finding] as Finding);
    if (work.kept.get(key) === value) {
      continue;
    }
    const kept = await storeValue(store, spot, value, envFile, work.run);
    if (isRefusal(kept)) {
      encrypted.forEach((c, n) => {
        restore(work, c.file, before[n]);
      });
      return kept;
    }
    work.kept.set(key, value);
  }
  for (const { file: name } of encrypted) {
    work.texts.delete(name); // the tool has written it since
  }
  return undefined;
}

function restore(work: Work, file: string, before: string | undefined): void {
  if (before === undefined) {
    fs.rmSync(path.join(work.workspace.root, file), { force: true });
    work.texts.delete(file);
  } else {
    writeText(work.workspace.root, { file, text: before });
    work.texts.set(file, before);
  }
}

function write(work: Work, changes: readonly FileChange[]): void {
  const texts = applyPlan(changes, (f) => readText(work, f));
  for (const change of changes) {
    if (!work.originals.has(change.file)) {
      work.originals.set(change.file, change.create ? undefined : readText(work, change.file));
    }
  }
  for (const [name, after] of texts) {
    if (!work.dryRun) {
      const change = changes.find((c) => c.file === name) as FileChange;
      writeText(work.workspace.root, {
        file: name,
        text: after,
        ...(change.create && !work.texts.has(name) ? { create: true } : {}),
        ...(change.mode === undefined ? {} : { mode: change.mode }),
      });
    }
    work.texts.set(name, after);
  }
}
