import fs from 'node:fs';
import path from 'node:path';
import type { Baseline } from '../policy/baseline';
import { type Effective, effectiveSettings, settingsFromJson } from '../policy/effective';
import { type IgnoreFile, ignoreFilePath, noIgnores, readIgnoreFile } from '../policy/ignore-file';
import { type LoadedPolicy, loadPolicy } from '../policy/load';
import { NodeFiles } from '../project/node-files';
import { decodeText } from '../project/text-encoding';
import type { ScanOptions } from '../scan/finding';
import { type Io, UsageError } from './io';
import { today } from './options';
import { optionsOf, type ScanPlan } from './scan-plan';
import type { OptionsOf } from './tally';

/** A folder with its policy and settings. */
export interface Workspace {
  readonly root: string;
  readonly files: NodeFiles;
  readonly policy: LoadedPolicy;
  readonly effective: Effective;
  readonly ignores: IgnoreFile;
  readonly pepper?: string;
}

/** Reads policy, settings and pepper of a folder. Broken settings are told and not used. */
export async function openWorkspace(io: Io, root: string, config?: string): Promise<Workspace> {
  const files = new NodeFiles(root);
  const configPath = config ? path.relative(root, path.resolve(io.cwd, config)).replaceAll('\\', '/') : undefined;
  const policy = await loadPolicy(files, configPath ? { path: configPath } : {});
  const { settings, problems } = readFolderSettings(root);
  for (const p of problems) {
    io.err(`keyward: ${p}\n`);
  }
  const effective = effectiveSettings(policy.policy, settings, today());
  for (const p of effective.problems) {
    io.err(`keyward: ${policy.path}: ${p}\n`);
  }
  const pepper = io.env.KEYWARD_PEPPER ?? readPepper(root);
  const bytes = await files.read(ignoreFilePath);
  const ignores = bytes ? readIgnoreFile(decodeText(bytes)?.text ?? '') : noIgnores;
  for (const p of ignores.problems) {
    io.err(`keyward: ${p.file}:${p.line}:${p.column}: ${p.message} The file ignores nothing until it is mended.\n`);
  }
  return { root, files, policy, effective, ignores, ...(pepper ? { pepper } : {}) };
}

/** The plan of a workspace. */
export function scanPlan(
  { effective, pepper, policy, ignores }: Workspace,
  more: ScanOptions = {},
  baseline?: Baseline,
): ScanPlan {
  return {
    options: { ...effective.scan, ...more, today: today(), ...(pepper ? { pepper } : {}) },
    ignores,
    policy: policy.path ?? 'policy',
    ...(baseline ? { baseline } : {}),
  };
}

/** How each text of a workspace is scanned, by its path. */
export function scanOptions(io: Io, workspace: Workspace, more: ScanOptions = {}): OptionsOf {
  return optionsOf(scanPlan(workspace, more), io.err);
}

function readFolderSettings(root: string) {
  try {
    return settingsFromJson(fs.readFileSync(path.join(root, '.vscode/settings.json'), 'utf8'));
  } catch {
    return { settings: {}, problems: [] };
  }
}

export function readPepper(root: string): string | undefined {
  try {
    return fs.readFileSync(path.join(root, '.keyward/pepper'), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** An invalid policy stops scan and fix: its settings can't be trusted, nor its absence pretended. */
export function demandValid(policy: LoadedPolicy): void {
  if (policy.state === 'policy-invalid') {
    const p = policy.problems.find((x) => x.fatal) ?? policy.problems[0];
    throw new UsageError(p ? `${p.file}:${p.line}:${p.column}: ${p.message}` : 'the policy is not valid.');
  }
}

/** What a walk leaves out: by the policy or the settings, and by the command line. */
export function walkOptions(
  effective: Pick<Effective, 'include' | 'exclude' | 'hidden'>,
  values: { readonly include?: string[] | undefined; readonly exclude?: string[] | undefined } = {},
): { include: string[]; exclude: string[]; hidden: readonly string[] } {
  return {
    hidden: effective.hidden,
    include: [...effective.include, ...(values.include ?? [])],
    exclude: [...effective.exclude, ...(values.exclude ?? [])],
  };
}
