import fs from 'node:fs';
import path from 'node:path';
import { isEnvFile } from '../project/env-files';
import { NodeFiles } from '../project/node-files';
import { writeText } from '../project/node-write';
import { decodeText } from '../project/text-encoding';
import { applyPlan } from '../remedy/apply-plan';
import { isRefusal } from '../remedy/idiom';
import { isKeptOut } from '../remedy/ignore-lines';
import type { Command, FileChange, Plan, Refusal } from '../remedy/plan';
import { planFix } from '../remedy/plan-fix';
import { type ProjectFacts, readProjectFacts } from '../remedy/project-facts';
import { locate } from '../report/located-finding';
import { maskedDiff } from '../report/plan-diff';
import type { Finding, ScanOptions } from '../scan/finding';
import { scanText } from '../scan/scan';
import { decodedValue } from '../scan/value';
import { type Io, UsageError } from './io';
import { common, deliver, isSure, oneOf, parsed } from './options';
import { demandValid, openWorkspace, scanOptions, type Workspace } from './workspace';

const OPTIONS = {
  ...common,
  to: { type: 'string' },
  only: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  'add-loader': { type: 'boolean' },
} as const;

interface Moved {
  readonly file: string;
  readonly line: number;
  readonly ruleId: string;
  readonly variable: string;
  readonly destination: string;
  readonly reused: boolean;
}

interface Remaining {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly ruleId: string;
  readonly refused: string;
  readonly wayOut: string;
  readonly local: boolean;
}

interface Work {
  readonly io: Io;
  readonly workspace: Workspace;
  readonly options: (file: string) => ScanOptions;
  readonly only: ReadonlySet<string>;
  readonly dryRun: boolean;
  readonly addLoader: boolean;
  /** Texts as the fixes so far have left them, by path from the workspace's root. */
  readonly texts: Map<string, string>;
  readonly originals: Map<string, string | undefined>;
  readonly values: Set<string>;
  readonly moved: Moved[];
  readonly remaining: Remaining[];
  readonly followUp: Map<string, Command>;
  readonly warnings: Set<string>;
}

/** `keyward fix`. */
export async function fixCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, OPTIONS);
  const format = oneOf('--format', values.format, ['text', 'json'] as const, 'text');
  const workspace = await openWorkspace(io, io.cwd, values.config);
  demandValid(workspace.policy);
  const to = values.to ?? workspace.effective.store;
  if (to !== 'env') {
    throw new UsageError(`--to ${to}: only env can be written from the command line; use the editor for other stores.`);
  }
  const work: Work = {
    io,
    workspace,
    options: scanOptions(io, workspace),
    only: new Set(values.only ?? []),
    dryRun: values['dry-run'] ?? false,
    addLoader: values['add-loader'] ?? false,
    texts: new Map(),
    originals: new Map(),
    values: new Set(),
    moved: [],
    remaining: [],
    followUp: new Map(),
    warnings: new Set(),
  };
  for (const file of await targets(io, workspace, positionals)) {
    await fixFile(work, file);
  }
  const report = format === 'json' ? asJson(work) : asText(work);
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

async function fixFile(work: Work, file: string): Promise<void> {
  const text = readText(work, file);
  if (text === undefined) {
    return;
  }
  const { minConfidence } = work.workspace.effective;
  const wanted = (f: Finding) =>
    f.state === 'secret' &&
    !f.ignored &&
    (work.only.size > 0 ? work.only.has(f.ruleId) : isSure(f.confidence, minConfidence));
  const findings = scanText(text, work.options(file)).findings.filter(wanted);
  if (findings.length === 0) {
    return;
  }
  const facts = await readProjectFacts(work.workspace.files, file, work.texts);
  if (isEnvFile(file) && isKeptOut(facts, file)) {
    return; // the values are where fixes put them
  }
  const request = (of: readonly Finding[], now: string) => ({
    facts,
    file,
    text: now,
    findings: of,
    options: {
      names: work.workspace.effective.names,
      addLoader: work.addLoader,
      ...(work.workspace.effective.envFile ? { envFile: work.workspace.effective.envFile } : {}),
    },
  });
  const together = planFix(request(findings, text));
  if (!isRefusal(together)) {
    apply(work, together, file, text);
    return;
  }
  // Not all at once: each alone, against the text that the others have left.
  const stuck = new Set<string>();
  for (;;) {
    const now = readText(work, file) ?? text;
    const rest = scanText(now, work.options(file)).findings.filter(wanted);
    const next = rest.find((f) => !stuck.has(lineUpTo(now, f)));
    if (!next) {
      for (const f of rest) {
        const plan = planFix(request([f], now));
        remain(work, file, now, f, isRefusal(plan) ? plan : together, facts);
      }
      return;
    }
    const plan = planFix({
      ...request([next], now),
      facts: await readProjectFacts(work.workspace.files, file, work.texts),
    });
    if (isRefusal(plan)) {
      stuck.add(lineUpTo(now, next));
    } else {
      apply(work, plan, file, now);
    }
  }
}

/** A finding's line up to its end: the same again after other lines have changed. */
function lineUpTo(text: string, f: Finding): string {
  return `${f.ruleId} ${text.slice(text.lastIndexOf('\n', f.start - 1) + 1, f.end)}`;
}

function remain(work: Work, file: string, text: string, f: Finding, why: Refusal, facts: ProjectFacts): void {
  const at = locate(text, [f], file, false)[0]?.range.start ?? { line: 0, character: 0 };
  work.remaining.push({
    file,
    line: at.line + 1,
    column: at.character + 1,
    ruleId: f.ruleId,
    ...why,
    local: isKeptOut(facts, file),
  });
}

function apply(work: Work, plan: Plan, file: string, text: string): void {
  for (const [i, f] of plan.findings.entries()) {
    const destination = plan.destinations[i];
    work.values.add(text.slice(f.start, f.end));
    work.values.add(decodedValue(text, f, file));
    work.moved.push({
      file,
      line: (locate(text, [f], file, false)[0]?.range.start.line ?? 0) + 1,
      ruleId: f.ruleId,
      variable: destination?.variable ?? f.variable,
      destination: destination?.file ?? '',
      reused: destination?.reused ?? false,
    });
  }
  for (const c of plan.followUp) {
    work.followUp.set(c.line, c);
  }
  for (const w of plan.warnings) {
    work.warnings.add(`${file}: ${w}`);
  }
  const texts = applyPlan(plan.changes, (f) => readText(work, f));
  for (const change of plan.changes) {
    remember(work, change);
  }
  for (const [name, after] of texts) {
    if (!work.dryRun) {
      const change = plan.changes.find((c) => c.file === name) as FileChange;
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

function remember(work: Work, change: FileChange): void {
  if (!work.originals.has(change.file)) {
    work.originals.set(change.file, change.create ? undefined : readText(work, change.file));
  }
}

function asText(work: Work): string {
  const lines: string[] = [];
  if (work.dryRun) {
    for (const [file, before] of work.originals) {
      const isEnv = isEnvFile(file) || work.moved.some((m) => m.destination === file);
      lines.push(maskedDiff(file, before, work.texts.get(file) ?? '', [...work.values], isEnv));
    }
  }
  for (const m of work.moved) {
    const verb = work.dryRun ? 'would move' : 'moved';
    lines.push(
      `${m.file}:${m.line}: ${verb} ${m.ruleId} to ${m.variable} in ${m.destination}${m.reused ? ' (already there)' : ''}`,
    );
  }
  for (const r of work.remaining) {
    lines.push(`${r.file}:${r.line}:${r.column}: ${r.ruleId} stays. ${r.refused} ${r.wayOut}`);
  }
  for (const w of work.warnings) {
    lines.push(w);
  }
  if (work.followUp.size > 0) {
    lines.push('', 'Nothing in the project loads the env file. Run the program with:');
    lines.push(
      ...[...work.followUp.values()]
        .filter((c) => c.shell !== (process.platform === 'win32' ? 'posix' : 'powershell'))
        .map((c) => `  ${c.line}`),
    );
  }
  if (work.moved.length + work.remaining.length === 0) {
    lines.push('Nothing to move.');
  }
  return `${lines.join('\n')}\n`;
}

function asJson(work: Work): string {
  return `${JSON.stringify(
    {
      schemaVersion: 1,
      dryRun: work.dryRun,
      moved: work.moved,
      remaining: work.remaining,
      files: [...work.originals.keys()],
      followUp: [...work.followUp.values()],
      warnings: [...work.warnings],
    },
    null,
    2,
  )}\n`;
}
