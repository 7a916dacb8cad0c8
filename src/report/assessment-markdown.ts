import type { Assessment } from '../checklist/assessment';
import {
  byStage,
  countWords,
  disclaimer,
  doFirst,
  gradeWords,
  policyWords,
  questions,
  statementTables,
  statusWords,
  trendWords,
} from './assessment-words';
import { cell } from './markup';
import { standardTables } from './standard-tables';

/** Most characters, so that pull requests and job summaries take it. */
const LARGEST = 64 * 1024;

/** The assessment for pull requests, wikis and job summaries. */
export function assessmentMarkdown(assessment: Assessment): string {
  const whole = written(assessment, 20);
  return whole.length <= LARGEST ? whole : written(assessment, 1);
}

function written(assessment: Assessment, places: number): string {
  const { subject, run, summary, tool } = assessment;
  const lines = [
    `# Key-lifecycle checklist: ${cell(subject.project)}`,
    '',
    `${run.asOf}: ${gradeWords(summary.overall)}.`,
    '',
    `${countWords(assessment)}; ${cell(policyWords(assessment))}.`,
    '',
    `Gate (${summary.gate.failOn}): ${summary.gate.result}${summary.gate.because.length ? ` because of ${summary.gate.because.join(', ')}` : ''}.`,
  ];
  if (assessment.trend) {
    lines.push('', trendWords(assessment.trend));
  }
  const first = doFirst(assessment);
  if (first.length > 0) {
    lines.push('', '## Do these first', '');
    for (const { result, definition } of first) {
      lines.push(
        `1. **${result.check} ${cell(definition.title)}** (${result.severity}). ${cell(result.message)} ${cell(definition.remediation)}`,
      );
    }
  }
  const open = questions(assessment);
  if (open.length > 0) {
    lines.push('', '## Answer these');
    for (const { who, judged } of open) {
      lines.push('', who, '', ...judged.map((j) => `- ${j.result.check} ${cell(j.definition.title)}`));
    }
  }
  for (const { stage, judged } of byStage(assessment)) {
    const grade = summary.stages[stage.id];
    lines.push('', `## ${stage.name}`, '', ...(grade ? [`${gradeWords(grade)}.`, ''] : []));
    lines.push('| check | status | what was seen | where |', '|---|---|---|---|');
    for (const { result, definition } of judged) {
      const where = result.evidence.slice(0, places).map((e) => `${cell(e.file)}:${e.line}`);
      const more = result.evidence.length > places ? `, and ${result.evidence.length - places} more` : '';
      lines.push(
        `| ${result.check} ${cell(definition.title)} | ${statusWords[result.status]}${result.accepted ? `, accepted until ${result.accepted.until}` : ''} | ${cell(result.message)} | ${where.join(', ')}${more} |`,
      );
    }
  }
  for (const { name, note, rows } of standardTables(assessment)) {
    lines.push('', `## ${name}`, '', note, '', '| control | state | checks |', '|---|---|---|');
    lines.push(...rows.map((r) => `| ${cell(r.control)} ${cell(r.title)} | ${r.state} | ${r.checks} |`));
  }
  for (const { name, heads, rows } of statementTables(assessment)) {
    lines.push('', `## ${name}`, '', `| ${heads.join(' | ')} |`, `|${'---|'.repeat(heads.length)}`);
    lines.push(...rows.map((row) => `| ${row.map(cell).join(' | ')} |`));
  }
  if (assessment.notEvaluated.length > 0) {
    lines.push('', '## Not looked at', '', ...assessment.notEvaluated.map((n) => `- ${cell(n.what)}: ${cell(n.why)}`));
  }
  lines.push('', `${disclaimer} Keyward ${tool.version}, checklist ${tool.checklistVersion}.`, '');
  return lines.join('\n');
}
