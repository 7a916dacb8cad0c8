import fs from 'node:fs';
import path from 'node:path';
import type { Assessment } from '../checklist/assessment';
import { runChecklist } from '../checklist/run';
import { loadPolicy } from '../policy/load';
import { NodeFiles } from '../project/node-files';
import { assessmentHtml } from '../report/assessment-html';
import { assessmentJson } from '../report/assessment-json';
import { assessmentMarkdown } from '../report/assessment-markdown';
import { assessmentSarif } from '../report/assessment-sarif';
import { assessmentText } from '../report/assessment-text';
import { type Io, UsageError, version } from './io';
import { common, deliver, failLevels, oneOf, painter, parsed, today } from './options';

const OPTIONS = {
  ...common,
  'as-of': { type: 'string' },
  'fail-on': { type: 'string' },
  'min-grade': { type: 'string' },
  profile: { type: 'string' },
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

/** `keyward checklist`. */
export async function checklistCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, OPTIONS);
  const format = oneOf('--format', values.format, ['text', 'json', 'markdown', 'html', 'sarif'] as const, 'text');
  const failOn =
    values['fail-on'] === undefined ? undefined : oneOf('--fail-on', values['fail-on'], failLevels, 'high');
  const minGrade = values['min-grade'] && oneOf('--min-grade', values['min-grade'], ['A', 'B', 'C', 'D'] as const, 'D');
  const asOf = values['as-of'] ?? today();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf) || Number.isNaN(Date.parse(asOf))) {
    throw new UsageError(`--as-of must be a date like 2026-11-24; found "${asOf}".`);
  }
  const profile = values.profile === undefined ? undefined : PROFILES[values.profile];
  if (values.profile !== undefined && !profile) {
    throw new UsageError(`--profile must be one of ${Object.keys(PROFILES).join(', ')}; found "${values.profile}".`);
  }
  const [folder = '.', ...more] = positionals;
  if (more.length > 0) {
    throw new UsageError('checklist takes one folder at a time.');
  }
  const root = path.resolve(io.cwd, folder);
  if (!fs.statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${folder}: there is no such folder.`);
  }
  const files = new NodeFiles(root);
  const config = values.config && path.relative(root, path.resolve(io.cwd, values.config)).replaceAll('\\', '/');
  const policy = await loadPolicy(files, config ? { path: config } : {});
  const assessment = await runChecklist({
    files,
    policy,
    asOf,
    trigger: io.env.CI ? 'ci' : 'cli',
    toolVersion: version,
    ...(failOn ? { failOn } : {}),
    ...(profile ? { profile } : {}),
  });
  const unread = files.problems.map((p) => ({ what: p.file, why: p.message }));
  const complete: Assessment = { ...assessment, notEvaluated: [...assessment.notEvaluated, ...unread] };
  if (!values.quiet || format !== 'text' || values.output) {
    deliver(io, written(complete, format, io, values['no-color'] || values.output !== undefined), values.output);
  }
  for (const p of policy.problems) {
    io.err(`keyward: ${p.file}:${p.line}:${p.column}: ${p.code} ${p.message}\n`);
  }
  const grade = complete.summary.overall.grade;
  const belowGrade = minGrade !== undefined && minGrade !== '' && (!grade || grade > minGrade);
  return complete.summary.gate.result === 'fail' || policy.state === 'policy-invalid' || belowGrade ? 1 : 0;
}

function written(
  a: Assessment,
  format: 'text' | 'json' | 'markdown' | 'html' | 'sarif',
  io: Io,
  plain: boolean,
): string {
  switch (format) {
    case 'json':
      return assessmentJson(a);
    case 'markdown':
      return assessmentMarkdown(a);
    case 'html':
      return assessmentHtml(a);
    case 'sarif':
      return assessmentSarif(a);
    case 'text':
      return assessmentText(a, painter(io, plain));
  }
}
