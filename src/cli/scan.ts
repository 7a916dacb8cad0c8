import fs from 'node:fs';
import path from 'node:path';
import { accepting, type Baseline, readBaseline } from '../policy/baseline';
import { type IgnoreFile, ignoreFilePath } from '../policy/ignore-file';
import { GitProblem } from '../project/git-objects';
import { matchesGlob } from '../project/globs';
import { findingsForms } from '../report/findings-forms';
import { findingsText } from '../report/findings-text';
import { type FindingsReport, inOrder, type LocatedFinding } from '../report/located-finding';
import { ContentScan, held } from './content-scan';
import { auditHistory, type HistoryAudit } from './history-audit';
import { type Io, UsageError, version } from './io';
import { common, deliver, failLevels, isSure, oneOf, painter, parsed, reaches, today } from './options';
import { Progress } from './progress';
import { scanTarget } from './scan-files';
import { scanSince, scanStaged } from './scan-git';
import { optionsOf } from './scan-plan';
import { emptyTally, merge, type Tally } from './tally';
import { demandValid, openWorkspace, scanPlan, walkOptions } from './workspace';

const OPTIONS = {
  ...common,
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  include: { type: 'string', multiple: true },
  exclude: { type: 'string', multiple: true },
  'no-gitignore': { type: 'boolean' },
  'no-archives': { type: 'boolean' },
  'fail-on': { type: 'string' },
  'min-confidence': { type: 'string' },
  'fail-on-local': { type: 'boolean' },
  'show-ignored': { type: 'boolean' },
  staged: { type: 'boolean' },
  history: { type: 'boolean' },
  anew: { type: 'boolean' },
  since: { type: 'string' },
  baseline: { type: 'string' },
  jobs: { type: 'string' },
} as const;

const FORMATS = ['text', ...(Object.keys(findingsForms) as (keyof typeof findingsForms)[])] as const;

/** `keyward scan`. */
export async function scanCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, OPTIONS);
  const format = oneOf('--format', values.format, FORMATS, 'text');
  const failOn = oneOf('--fail-on', values['fail-on'], failLevels, 'low');
  if (values.jobs !== undefined && !/^[1-9]\d{0,2}$/.test(values.jobs)) {
    throw new UsageError(`--jobs must be a number from 1 to 999; found "${values.jobs}".`);
  }
  const started = Date.now();
  const workspace = await openWorkspace(io, io.cwd, values.config);
  demandValid(workspace.policy);
  const minConfidence = oneOf(
    '--min-confidence',
    values['min-confidence'],
    ['certain', 'likely', 'possible'] as const,
    workspace.effective.minConfidence,
  );
  const baseline = values.baseline === undefined ? undefined : baselineAt(path.resolve(io.cwd, values.baseline));
  const tally = emptyTally(baseline);
  const plan = {
    ...scanPlan(workspace, { showIgnored: true }, baseline),
    ...(values['no-archives'] ? { noArchives: true } : {}),
  };
  const options = optionsOf(plan, io.err);
  const jobs = values.jobs === undefined ? {} : { jobs: Number(values.jobs) };
  const walk = walkOptions(workspace.effective, values);
  const { include, exclude } = walk;
  const wanted = (file: string) =>
    !exclude.some((g) => matchesGlob(file, g)) && (include.length === 0 || include.some((g) => matchesGlob(file, g)));
  const modes = [values.stdin, values.staged, values.history, values.since !== undefined].filter(Boolean).length;
  if (modes > 1) {
    throw new UsageError('--stdin, --staged, --since and --history can not be combined.');
  }
  let missing = false;
  if (values.stdin) {
    const bytes = await io.stdin();
    const name = (values['stdin-filename'] ?? '').replaceAll('\\', '/');
    new ContentScan(options, tally, plan.noArchives).scan(held(bytes), name, false);
  } else if (modes === 1) {
    if (positionals.length > (values.history ? 1 : 0)) {
      throw new UsageError('--staged, --since and --history read git, not paths; narrow them with --include GLOB.');
    }
    try {
      await (values.staged
        ? scanStaged(io, options, tally, wanted)
        : values.history
          ? history(io, positionals[0], { plan, wanted, anew: values.anew, ...jobs }, tally)
          : scanSince(io, values.since as string, options, tally, wanted));
    } catch (error) {
      throw error instanceof GitProblem ? new UsageError(error.message) : error;
    }
  } else {
    for (const target of positionals.length ? positionals : ['.']) {
      missing =
        !(await scanTarget(
          io,
          target,
          { ...walk, noIgnore: values['no-gitignore'] ?? false },
          plan,
          tally,
          jobs.jobs,
        )) || missing;
    }
  }
  const accepted = baseline && accepting(baseline, today());
  const left = inOrder(tally.findings).filter(
    (f) => f.state !== 'secret' || f.baselineId === undefined || !accepted?.(f.baselineId),
  );
  const failOnLocal = values['fail-on-local'] || workspace.effective.failOnLocal;
  const report: FindingsReport = {
    toolVersion: version,
    files: tally.files,
    bytes: tally.bytes,
    skipped: tally.skipped,
    startedAt: new Date(started).toISOString(),
    milliseconds: Date.now() - started,
    fails: (f) =>
      f.state === 'secret' &&
      !f.ignored &&
      (failOnLocal || !f.local) &&
      isSure(f.confidence, minConfidence) &&
      reaches(f.severity, failOn),
    findings: left.filter((f) => values['show-ignored'] || !f.ignored),
    errors: tally.errors,
    staleIgnores: [
      ...tally.stale,
      ...staleEntries(workspace.ignores, tally.findings, modes === 0 && positionals.every((p) => p === '.')),
    ],
  };
  if (!values.quiet || format !== 'text' || values.output) {
    const text =
      format === 'text'
        ? findingsText(report, painter(io, values['no-color'] || values.output !== undefined))
        : findingsForms[format].write(seenFromTop(report, io, format));
    deliver(io, text, values.output);
  }
  for (const e of report.errors) {
    io.err(`keyward: ${e.file}: ${e.message}\n`);
  }
  if (missing) {
    return 2;
  }
  return report.findings.some(report.fails) ? 1 : 0;
}

async function history(
  io: Io,
  range: string | undefined,
  how: Pick<HistoryAudit, 'plan' | 'wanted' | 'anew' | 'jobs'>,
  tally: Tally,
): Promise<void> {
  const progress = new Progress(io, 'blobs');
  const { err: note, cwd: root, worker: script } = io;
  merge(tally, await auditHistory({ ...how, root, range, script, note, progress: (...a) => progress.show(...a) }));
  progress.end();
}

/** Where a service checks the repository out; its forms name files from there, and the scan may have run in a folder below. */
const TOP: Readonly<Record<string, string>> = {
  github: 'GITHUB_WORKSPACE',
  sarif: 'GITHUB_WORKSPACE',
  gitlab: 'CI_PROJECT_DIR',
  junit: 'CI_PROJECT_DIR',
};

function seenFromTop(report: FindingsReport, io: Io, format: string): FindingsReport {
  const top = io.env[TOP[format] ?? ''];
  const below = top ? path.relative(top, io.cwd).replaceAll('\\', '/') : '';
  if (below === '' || below.startsWith('..') || path.isAbsolute(below)) {
    return report;
  }
  const from = <T extends { readonly file: string }>(item: T) => ({ ...item, file: path.posix.join(below, item.file) });
  return { ...report, findings: report.findings.map(from), errors: report.errors.map(from) };
}

/** Reads a baseline; what is wrong with it is a usage error. */
export function baselineAt(file: string): Baseline {
  const name = path.basename(file);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${name}: there is no such baseline. Write one with keyward baseline write.`);
  }
  try {
    return readBaseline(text);
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`);
  }
}

/** Entries of the ignore file that ignore nothing: past their date, or, when the whole folder was scanned, without a finding. */
function staleEntries(ignores: IgnoreFile, findings: readonly LocatedFinding[], whole: boolean): Tally['stale'] {
  const used = new Set(findings.filter((f) => f.ignored?.directive === ignoreFilePath).map((f) => f.ignored?.line));
  return ignores.entries.flatMap((entry) => {
    const why =
      entry.until && entry.until < today() ? 'expired' : whole && !used.has(entry.line) ? 'unused' : undefined;
    return why ? [{ file: ignoreFilePath, directive: entry.rule, line: entry.line, why } as const] : [];
  });
}
