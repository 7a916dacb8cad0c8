import fs from 'node:fs';
import path from 'node:path';
import { NodeFiles } from '../project/node-files';
import { storeNamed, stores } from '../remedy/stores/all';
import { fixJson, fixText } from './fix-report';
import { fixOne, newWork } from './fix-work';
import { type Io, UsageError } from './io';
import { common, deliver, isSure, oneOf, parsed } from './options';
import { demandValid, openWorkspace, type Workspace, walkOptions } from './workspace';

const OPTIONS = {
  ...common,
  to: { type: 'string' },
  only: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  'add-loader': { type: 'boolean' },
  stored: { type: 'boolean' },
} as const;

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
  const only = new Set(values.only ?? []);
  const { minConfidence, failOnLocal } = workspace.effective;
  const work = newWork(io, workspace, {
    dryRun: values['dry-run'] ?? false,
    addLoader: values['add-loader'] ?? false,
    store: store === 'env' ? store : store.id,
    stored: values.stored ?? false,
    wanted: (f) => (only.size > 0 ? only.has(f.ruleId) : isSure(f.confidence, minConfidence)),
  });
  for (const file of await targets(io, workspace, positionals)) {
    await fixOne(work, file);
  }
  const report = format === 'json' ? fixJson(work) : fixText(work);
  if (!values.quiet || format === 'json' || values.output) {
    deliver(io, report, values.output);
  }
  return work.remaining.some((r) => !r.local || failOnLocal) ? 1 : 0;
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
    const files = new NodeFiles(full, walkOptions(workspace.effective));
    for (const entry of await files.list()) {
      out.push(relative ? `${relative}/${entry.path}` : entry.path);
    }
    for (const p of files.problems) {
      io.err(`keyward: ${p.file}: ${p.message}\n`);
    }
  }
  return [...new Set(out)];
}
