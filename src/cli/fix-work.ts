import fs from 'node:fs';
import path from 'node:path';
import { isEnvFile } from '../project/env-files';
import { toolRunner } from '../project/node-tools';
import { writeText } from '../project/node-write';
import { decodeText } from '../project/text-encoding';
import type { RunTool } from '../project/tools';
import { applyPlan } from '../remedy/apply-plan';
import { fixFile } from '../remedy/fix-all';
import { isRefusal } from '../remedy/idiom';
import { isKeptOut } from '../remedy/ignore-lines';
import { type Command, changesLeft, type FileChange, type Plan, type Refusal } from '../remedy/plan';
import { valueToStore } from '../remedy/plan-store-fix';
import { readProjectFacts } from '../remedy/project-facts';
import { type HeldValue, heldAt } from '../remedy/store-destination';
import { stores } from '../remedy/stores/all';
import { storesInUse } from '../remedy/stores/in-use';
import { keystoreAt } from '../remedy/stores/keystore-at';
import { type Occupied, storeValue } from '../remedy/stores/store-value';
import { locate } from '../report/located-finding';
import type { Finding, ScanOptions } from '../scan/finding';
import { scanText } from '../scan/scan';
import type { FixReport, Moved, Remaining } from './fix-report';
import type { Io } from './io';
import { scanOptions, type Workspace } from './workspace';

/** What a run of `keyward fix` is asked. */
export interface FixAsked {
  readonly dryRun: boolean;
  readonly addLoader: boolean;
  /** `env`, or a store's id. */
  readonly store: string;
  /** The person has stored the values: only the files are to be changed. */
  readonly stored: boolean;
  /** What is to be moved of what a text holds; absent: all that is sure enough. */
  readonly wanted: (finding: Finding, text: string) => boolean;
}

/** A run of fixes over the files of a workspace: what it has read, changed and stored so far. */
export interface Work extends FixReport, FixAsked {
  readonly texts: Map<string, string>;
  readonly originals: Map<string, string | undefined>;
  readonly values: Set<string>;
  readonly moved: Moved[];
  readonly remaining: Remaining[];
  readonly followUp: Map<string, Command>;
  readonly warnings: Set<string>;
  readonly hints: Set<string>;
  readonly workspace: Workspace;
  readonly options: (file: string) => ScanOptions;
  /** What this run has stored already. */
  readonly kept: Map<string, HeldValue>;
  readonly run: RunTool;
}

/** A run that has not begun. */
export function newWork(io: Io, workspace: Workspace, asked: FixAsked): Work {
  return {
    ...asked,
    workspace,
    options: scanOptions(io, workspace),
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
}

/** A file's text as this run has left it; undefined when it can't be read as one. */
export function readText(work: Work, file: string): string | undefined {
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

/** Moves what is wanted of one file; what stays is noted with the reason. */
export async function fixOne(work: Work, file: string): Promise<void> {
  const { effective, files, root } = work.workspace;
  const wanted = (f: Finding, text: string) => f.state === 'secret' && !f.ignored && work.wanted(f, text);
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
    wanted: (text) => scanText(text, work.options(file)).findings.filter((f) => wanted(f, text)),
    facts,
    held: work.kept,
    carry: async (plan, text) => {
      if (work.store === 'env') {
        const known = await facts();
        const keystore = keystoreAt({ facts: known, file, text, findings: plan.findings });
        if (keystore) {
          work.hints.add(
            `The ${keystore.title} keeps wallet keys encrypted: keyward fix --to ${keystore.id} would move them there.`,
          );
        }
        for (const used of storesInUse(known)) {
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
async function apply(work: Work, plan: Plan, file: string, text: string): Promise<Refusal | Occupied | undefined> {
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
  const written = store?.encrypts !== undefined && !work.dryRun && !work.stored;
  write(work, changesLeft(plan.changes, written));
  return undefined;
}

/** Puts a plan's values into its store, each once in a run. For a store that encrypts the env file, that file is written first. */
async function keep(work: Work, plan: Plan, file: string, text: string): Promise<Refusal | Occupied | undefined> {
  const store = stores.find((s) => s.id === work.store);
  if (!store || work.dryRun || work.stored) {
    return undefined;
  }
  const encrypted = store.encrypts ? plan.changes.filter((c) => c.purpose === 'destination') : [];
  const before = encrypted.map((c) => readText(work, c.file));
  write(work, encrypted);
  for (const { finding, spot, envFile } of plan.storing ?? []) {
    const at = heldAt(spot);
    const value = valueToStore(file, text, plan.findings[finding] as Finding);
    if (work.kept.get(at)?.value === value) {
      continue;
    }
    const kept = await storeValue(store, spot, value, envFile, work.run);
    if (isRefusal(kept)) {
      encrypted.forEach((c, n) => {
        restore(work, c.file, before[n]);
      });
      return kept;
    }
    work.kept.set(at, { variable: spot.variable, value });
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
