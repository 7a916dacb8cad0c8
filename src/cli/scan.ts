import fs from 'node:fs';
import path from 'node:path';
import { type IgnoreFile, ignoreFilePath } from '../policy/ignore-file';
import { NodeFiles, type ReadProblem } from '../project/node-files';
import { decodeText } from '../project/text-encoding';
import { findingsHtml } from '../report/findings-html';
import { findingsJson } from '../report/findings-json';
import { findingsMarkdown } from '../report/findings-markdown';
import { findingsSarif } from '../report/findings-sarif';
import { findingsText } from '../report/findings-text';
import { type FindingsReport, inOrder, type LocatedFinding, locate } from '../report/located-finding';
import type { ScanOptions, StaleIgnore } from '../scan/finding';
import { scanText } from '../scan/scan';
import { type Io, UsageError, version } from './io';
import { common, deliver, failLevels, isSure, oneOf, painter, parsed, reaches, today } from './options';
import { demandValid, openWorkspace, scanOptions, type Workspace } from './workspace';

const OPTIONS = {
  ...common,
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  include: { type: 'string', multiple: true },
  exclude: { type: 'string', multiple: true },
  'no-gitignore': { type: 'boolean' },
  'fail-on': { type: 'string' },
  'min-confidence': { type: 'string' },
  'fail-on-local': { type: 'boolean' },
  'show-ignored': { type: 'boolean' },
  jobs: { type: 'string' },
} as const;

/** Files above this are scanned in overlapping windows. */
const WINDOW = 16 * 1024 * 1024;
const OVERLAP = 64 * 1024;

type OptionsOf = (file: string) => ScanOptions;

interface Tally {
  files: number;
  bytes: number;
  skipped: number;
  findings: LocatedFinding[];
  errors: ReadProblem[];
  stale: (StaleIgnore & { readonly file: string })[];
}

/** `keyward scan`. */
export async function scanCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, OPTIONS);
  const format = oneOf('--format', values.format, ['text', 'json', 'sarif', 'markdown', 'html'] as const, 'text');
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
  const tally: Tally = {
    files: 0,
    bytes: 0,
    skipped: 0,
    findings: [],
    errors: [],
    stale: [],
  };
  const options = scanOptions(io, workspace, { showIgnored: true });
  let missing = false;
  if (values.stdin) {
    const bytes = await io.stdin();
    scanBytes(bytes, (values['stdin-filename'] ?? '').replaceAll('\\', '/'), false, options, tally);
  } else {
    for (const target of positionals.length ? positionals : ['.']) {
      missing = !(await scanTarget(io, workspace, target, values, options, tally)) || missing;
    }
  }
  const report: FindingsReport = {
    toolVersion: version,
    files: tally.files,
    bytes: tally.bytes,
    skipped: tally.skipped,
    milliseconds: Date.now() - started,
    findings: inOrder(tally.findings).filter((f) => values['show-ignored'] || !f.ignored),
    errors: tally.errors,
    staleIgnores: [
      ...tally.stale,
      ...staleEntries(workspace.ignores, tally.findings, !values.stdin && positionals.every((p) => p === '.')),
    ],
  };
  if (!values.quiet || format !== 'text' || values.output) {
    const text =
      format === 'json'
        ? findingsJson(report)
        : format === 'sarif'
          ? findingsSarif(report)
          : format === 'markdown'
            ? findingsMarkdown(report)
            : format === 'html'
              ? findingsHtml(report)
              : findingsText(report, painter(io, values['no-color'] || values.output !== undefined));
    deliver(io, text, values.output);
  }
  for (const e of report.errors) {
    io.err(`keyward: ${e.file}: ${e.message}\n`);
  }
  if (missing) {
    return 2;
  }
  const failOnLocal = values['fail-on-local'] || workspace.effective.failOnLocal;
  const failing = report.findings.some(
    (f) =>
      f.state === 'secret' &&
      !f.ignored &&
      (failOnLocal || !f.local) &&
      isSure(f.confidence, minConfidence) &&
      reaches(f.severity, failOn),
  );
  return failing ? 1 : 0;
}

async function scanTarget(
  io: Io,
  workspace: Workspace,
  target: string,
  values: { include?: string[] | undefined; exclude?: string[] | undefined; 'no-gitignore'?: boolean | undefined },
  options: OptionsOf,
  tally: Tally,
): Promise<boolean> {
  const full = path.resolve(io.cwd, target);
  let stat: fs.Stats;
  try {
    stat = fs.statSync(full);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    tally.errors.push({
      file: target,
      message: code === 'ENOENT' ? 'there is no such file or folder' : `it could not be read (${code})`,
    });
    return false;
  }
  const shown = (file: string) => path.relative(io.cwd, path.join(full, file)).replaceAll('\\', '/');
  if (stat.isFile()) {
    const parent = new NodeFiles(path.dirname(full));
    const git = await parent.git();
    return scanFile(
      full,
      path.relative(io.cwd, full).replaceAll('\\', '/'),
      git?.isIgnored(path.basename(full)) ?? false,
      options,
      tally,
      true,
    );
  }
  if (!stat.isDirectory()) {
    tally.errors.push({ file: target, message: 'it is neither a file nor a folder' });
    return false;
  }
  const files = new NodeFiles(full, {
    include: [...workspace.effective.include, ...(values.include ?? [])],
    exclude: [...workspace.effective.exclude, ...(values.exclude ?? [])],
    ...(values['no-gitignore'] ? { noIgnore: true } : {}),
  });
  for (const entry of await files.list()) {
    scanFile(path.join(full, entry.path), shown(entry.path), entry.ignored, options, tally, false);
  }
  tally.errors.push(...files.problems.map((p) => ({ ...p, file: shown(p.file) })));
  return true;
}

function scanFile(
  full: string,
  name: string,
  local: boolean,
  options: OptionsOf,
  tally: Tally,
  asked: boolean,
): boolean {
  try {
    const { size } = fs.statSync(full);
    if (size > WINDOW) {
      scanLarge(full, size, name, local, options, tally);
    } else {
      scanBytes(fs.readFileSync(full), name, local, options, tally);
    }
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    tally.errors.push({
      file: name,
      message:
        code === 'EACCES'
          ? 'no permission to read it'
          : code === 'ENOENT'
            ? 'it vanished while being read'
            : `it could not be read (${code ?? 'unknown error'})`,
    });
    return !asked;
  }
}

function scanBytes(bytes: Uint8Array, name: string, local: boolean, options: OptionsOf, tally: Tally): void {
  const decoded = decodeText(bytes);
  if (!decoded) {
    tally.skipped++;
    return;
  }
  tally.files++;
  tally.bytes += bytes.length;
  const { findings, staleIgnores } = scanText(decoded.text, options(name));
  tally.findings.push(...locate(decoded.text, findings, name, local));
  tally.stale.push(...staleIgnores.map((s) => ({ ...s, file: name })));
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

/** A file too large for one string: windows that overlap, each finding counted once, lines carried along. */
function scanLarge(full: string, size: number, name: string, local: boolean, options: OptionsOf, tally: Tally): void {
  const fd = fs.openSync(full, 'r');
  try {
    const buffer = Buffer.alloc(WINDOW);
    let line = 0;
    for (let at = 0; at < size; at += WINDOW - OVERLAP) {
      const length = fs.readSync(fd, buffer, 0, WINDOW, at);
      const bytes = buffer.subarray(0, length);
      if (at === 0 && !decodeText(bytes.subarray(0, 8192))) {
        tally.skipped++;
        return;
      }
      const text = bytes.toString('utf8');
      const last = at + length >= size;
      const limit = last ? text.length : text.length - OVERLAP / 2;
      const from = at === 0 ? 0 : OVERLAP / 2;
      const { findings } = scanText(text, options(name));
      const mine = findings.filter((f) => f.start >= from && f.start < limit);
      tally.findings.push(
        ...locate(text, mine, name, local).map((f) => ({
          ...f,
          range: {
            start: { ...f.range.start, line: f.range.start.line + line },
            end: { ...f.range.end, line: f.range.end.line + line },
          },
        })),
      );
      const step = bytes.subarray(0, WINDOW - OVERLAP);
      for (let i = step.indexOf(10); i >= 0; i = step.indexOf(10, i + 1)) {
        line++;
      }
      if (last) {
        break;
      }
    }
    tally.files++;
    tally.bytes += size;
  } finally {
    fs.closeSync(fd);
  }
}
