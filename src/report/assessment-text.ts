import type { Assessment, CheckResult } from '../checklist/assessment';
import { byStage, countWords, disclaimer, gradeWords, policyWords, statusWords, trendWords } from './assessment-words';
import { type Paint, plain } from './findings-text';
import { standardTables } from './standard-tables';

const STYLE: Readonly<Record<CheckResult['status'], Parameters<Paint>[0]>> = {
  pass: 'good',
  warn: 'medium',
  fail: 'critical',
  error: 'critical',
  'needs-attestation': 'low',
  'not-applicable': 'dim',
};
/** Most places of one check that are listed. */
const PLACES = 5;

/** The assessment for a terminal. */
export function assessmentText(assessment: Assessment, paint: Paint = plain): string {
  const { subject, run, summary } = assessment;
  const lines = [
    paint('bold', `${subject.project}, ${run.asOf}: ${gradeWords(summary.overall)}`),
    `${countWords(assessment)}; ${policyWords(assessment)}`,
  ];
  for (const { stage, judged } of byStage(assessment)) {
    lines.push('', paint('bold', stage.name));
    for (const { result, definition } of judged) {
      const word = paint(STYLE[result.status], statusWords[result.status].padEnd(17));
      const accepted = result.accepted ? `, accepted until ${result.accepted.until}` : '';
      lines.push(`  ${word} ${result.check}  ${definition.title}${accepted}`);
      if (result.status === 'not-applicable') {
        continue;
      }
      lines.push(`${' '.repeat(20)}${paint('dim', result.message)}`);
      if (result.status !== 'pass') {
        for (const e of result.evidence.slice(0, PLACES)) {
          lines.push(
            `${' '.repeat(20)}${e.file}:${e.line}:${e.column ?? 1}${e.snippet ? `  ${paint('dim', e.snippet)}` : ''}`,
          );
        }
        if (result.evidence.length > PLACES) {
          lines.push(`${' '.repeat(20)}${paint('dim', `and ${result.evidence.length - PLACES} more`)}`);
        }
        if (result.remediation) {
          lines.push(`${' '.repeat(20)}${result.remediation}`);
        }
      }
    }
  }
  lines.push(...standardLines(assessment, paint));
  for (const { what, why } of assessment.notEvaluated) {
    lines.push('', `Not looked at: ${what}: ${why}`);
  }
  const { gate } = summary;
  if (assessment.trend) {
    lines.push('', trendWords(assessment.trend));
  }
  lines.push(
    '',
    gate.failOn === 'never'
      ? 'The gate is off.'
      : gate.result === 'pass'
        ? paint('good', `Gate passed: no open failure of severity ${gate.failOn} or above.`)
        : paint('critical', `Gate failed: ${gate.because.join(', ')}.`),
    paint('dim', disclaimer),
  );
  return `${lines.join('\n')}\n`;
}

/** One standard control by control; of several, a line each, with what is a gap. */
function standardLines(assessment: Assessment, paint: Paint): readonly string[] {
  const tables = standardTables(assessment);
  const [only] = tables;
  if (only && tables.length === 1) {
    const rows = only.rows.flatMap(({ control, title, state, checks }) => [
      `  ${state.padEnd(17)} ${control}  ${title}`,
      `${' '.repeat(20)}${paint('dim', checks)}`,
    ]);
    return ['', paint('bold', only.name), ...rows];
  }
  const lines = tables.map(({ name, rows }) => {
    const gaps = rows.filter((r) => r.state === 'gap').map((r) => r.control);
    const supported = rows.filter((r) => r.state === 'supported').length;
    return `  ${name}: ${supported} of ${rows.length} controls supported${gaps.length ? `, gaps: ${gaps.join(', ')}` : ''}`;
  });
  return lines.length ? ['', paint('bold', 'Standards'), ...lines] : [];
}
