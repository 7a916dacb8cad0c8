import fs from 'node:fs';
import path from 'node:path';
import type { Assessment, Gate } from '../checklist/assessment';
import { againstBaseline, baselineOf, type ChecklistBaseline, readChecklistBaseline } from '../checklist/baseline';
import type { Pause } from '../checklist/project-texts';
import { rollUp } from '../checklist/roll-up';
import { runChecklist } from '../checklist/run';
import { runEntry } from '../checklist/run-entry';
import { type LoadedPolicy, loadPolicy } from '../policy/load';
import { NodeFiles } from '../project/node-files';
import { evidenceArchive } from '../report/checklist-reports';
import { type AssessmentFormat, assessmentFormats, written, writtenTogether } from './assessment-output';
import { recordEntry } from './audit-record';
import { type Io, UsageError, version } from './io';
import { common, deliver, failLevels, oneOf, painter, parsed, today, writeWhole } from './options';
import { Progress } from './progress';
import { readPepper } from './workspace';

const OPTIONS = {
  ...common,
  'as-of': { type: 'string' },
  'fail-on': { type: 'string' },
  'min-grade': { type: 'string' },
  profile: { type: 'string' },
  baseline: { type: 'string' },
  'write-baseline': { type: 'string' },
  by: { type: 'string' },
  evidence: { type: 'string' },
} as const;

/** What a report may be cut to: a standard by the names that people use, or ten checks for one who works alone. */
const PROFILES: Readonly<Record<string, string>> = {
  solo: 'solo',
  soc2: 'soc2',
  iso27001: 'iso27001-2022',
  'iso27001-2022': 'iso27001-2022',
  gdpr: 'gdpr',
  ccss: 'ccss-9',
  'ccss-9': 'ccss-9',
  nist: 'nist-csf-2.0',
  'nist-csf': 'nist-csf-2.0',
  'nist-csf-2.0': 'nist-csf-2.0',
  pci: 'pci-dss-4.0.1',
  'pci-dss': 'pci-dss-4.0.1',
  'pci-dss-4.0.1': 'pci-dss-4.0.1',
  dora: 'dora',
};

/** What a run is asked on the command line. */
interface Asked {
  readonly asOf: string;
  readonly failOn?: Gate;
  readonly profile?: string;
  readonly config?: string;
}

/** A folder and what the checklist says of it. */
interface Judged {
  readonly folder: string;
  readonly root: string;
  readonly files: NodeFiles;
  readonly policy: LoadedPolicy;
  readonly assessment: Assessment;
}

/** `keyward checklist`. */
export async function checklistCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, OPTIONS);
  const format = oneOf('--format', values.format, assessmentFormats, 'text');
  const minGrade = values['min-grade'] && oneOf('--min-grade', values['min-grade'], ['A', 'B', 'C', 'D'] as const, 'D');
  const folders = positionals.length ? positionals : ['.'];
  const asked = askedOf(values);
  const one = folders.length === 1;
  if (
    !one &&
    (format === 'oscal' || values.baseline || values['write-baseline'] || values.by || values.evidence || values.config)
  ) {
    throw new UsageError(
      '--format oscal, --baseline, --write-baseline, --by, --evidence and --config take one folder at a time.',
    );
  }
  const baseline = values.baseline === undefined ? undefined : readBaseline(path.resolve(io.cwd, values.baseline));
  const judged: Judged[] = [];
  for (const folder of folders) {
    judged.push(await judge(folder, asked, baseline, io));
  }
  const [first] = judged as [Judged];
  if (values['write-baseline'] !== undefined) {
    const text = `${JSON.stringify(baselineOf(first.assessment), null, 2)}\n`;
    deliver(io, text, values['write-baseline']);
    const n = Object.keys(baselineOf(first.assessment).failures).length;
    io.err(
      `keyward: ${values['write-baseline']} holds ${n} ${n === 1 ? 'failure' : 'failures'}; only new ones break the gate now.\n`,
    );
    return 0;
  }
  if (!values.quiet || format !== 'text' || values.output) {
    deliver(io, report(judged, format, io, values['no-color'] || values.output !== undefined), values.output);
  }
  for (const { folder, policy } of judged) {
    for (const p of policy.problems) {
      io.err(`keyward: ${one ? '' : `${folder}/`}${p.file}:${p.line}:${p.column}: ${p.code} ${p.message}\n`);
    }
  }
  if (values.by) {
    await recordRun(first, values.by);
  }
  if (values.evidence !== undefined) {
    writeWhole(io, await evidenceArchive(first), '--evidence', values.evidence);
    io.err(`keyward: ${values.evidence} holds the report, what it rests on, and their hashes.\n`);
  }
  return judged.some((j) => fails(j, minGrade || undefined)) ? 1 : 0;
}

function askedOf(values: {
  readonly 'as-of'?: string;
  readonly 'fail-on'?: string;
  readonly profile?: string;
  readonly config?: string;
}): Asked {
  const asOf = values['as-of'] ?? today();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf) || Number.isNaN(Date.parse(asOf))) {
    throw new UsageError(`--as-of must be a date like 2026-11-24; found "${asOf}".`);
  }
  const profile = values.profile === undefined ? undefined : PROFILES[values.profile];
  if (values.profile !== undefined && !profile) {
    throw new UsageError(`--profile must be one of ${Object.keys(PROFILES).join(', ')}; found "${values.profile}".`);
  }
  const failOn =
    values['fail-on'] === undefined ? undefined : oneOf('--fail-on', values['fail-on'], failLevels, 'high');
  return {
    asOf,
    ...(failOn ? { failOn } : {}),
    ...(profile ? { profile } : {}),
    ...(values.config ? { config: values.config } : {}),
  };
}

function readBaseline(file: string): ChecklistBaseline {
  if (!fs.existsSync(file)) {
    throw new UsageError(`--baseline ${path.basename(file)}: there is no such file; write it with --write-baseline.`);
  }
  try {
    return readChecklistBaseline(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `--baseline ${path.basename(file)}: ${error instanceof Error ? error.message : 'it can’t be read'}.`,
    );
  }
}

/** Milliseconds of work after which signals and the terminal get their turn. */
const SPELL = 100;

/** Lets Ctrl+C through, and on a terminal tells how far the run is. */
function pacer(io: Io): Pause {
  const progress = new Progress(io);
  let rested = Date.now();
  return async (what, done, of) => {
    if (Date.now() - rested > SPELL) {
      progress.step(what === 'files' ? `file ${done + 1} of ${of}` : `check ${done + 1} of ${of}`);
      await new Promise((resolve) => setImmediate(resolve));
      rested = Date.now();
    }
    if (what === 'checks' && done + 1 === of) {
      progress.end();
    }
  };
}

async function judge(folder: string, asked: Asked, baseline: ChecklistBaseline | undefined, io: Io): Promise<Judged> {
  const root = path.resolve(io.cwd, folder);
  if (!fs.statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${folder}: there is no such folder.`);
  }
  const files = new NodeFiles(root);
  const config = asked.config && path.relative(root, path.resolve(io.cwd, asked.config)).replaceAll('\\', '/');
  const policy = await loadPolicy(files, config ? { path: config } : {});
  const pepper = io.env.KEYWARD_PEPPER ?? readPepper(root);
  const assessment = await runChecklist({
    files,
    policy,
    asOf: asked.asOf,
    trigger: io.env.CI ? 'ci' : 'cli',
    toolVersion: version,
    ...(asked.failOn ? { failOn: asked.failOn } : {}),
    ...(asked.profile ? { profile: asked.profile } : {}),
    ...(pepper ? { pepper } : {}),
    pause: pacer(io),
  });
  const unread = files.problems.map((p) => ({ what: p.file, why: p.message }));
  const whole: Assessment = { ...assessment, notEvaluated: [...assessment.notEvaluated, ...unread] };
  return { folder, root, files, policy, assessment: baseline ? againstBaseline(whole, baseline) : whole };
}

function report(judged: readonly Judged[], format: AssessmentFormat, io: Io, plain: boolean): string {
  const [first] = judged as readonly [Judged, ...Judged[]];
  return judged.length === 1
    ? written(first.assessment, format, painter(io, plain))
    : writtenTogether(
        rollUp(judged),
        judged.map((j) => j.assessment),
        format,
        painter(io, plain),
      );
}

function recordRun({ root, assessment }: Judged, by: string): Promise<void> {
  return recordEntry(root, { ...runEntry(assessment), by });
}

function fails({ assessment, policy }: Judged, minGrade: string | undefined): boolean {
  const { gate, overall } = assessment.summary;
  const isBelow = minGrade !== undefined && (!overall.grade || overall.grade > minGrade);
  return gate.result === 'fail' || policy.state === 'policy-invalid' || isBelow;
}
