import { bySeverity, type FindingsReport, severities } from './located-finding';
import { cell } from './markup';

/** Findings for a pull request or a wiki. */
export function findingsMarkdown(report: FindingsReport): string {
  const counts = bySeverity(report.findings);
  const told = severities.filter((s) => counts[s] > 0).map((s) => `${counts[s]} ${s}`);
  const rows = report.findings.map(
    (f) =>
      `| ${f.state === 'secret' ? f.severity : f.state} | ${cell(f.file)}:${f.range.start.line + 1}:${f.range.start.character + 1}${f.local ? ' (kept out of git)' : ''} | ${cell(f.message)} | ${f.ruleId} | ${f.confidence} |`,
  );
  return [
    '# Keyward findings',
    '',
    `${told.length ? told.join(', ') : 'No hard-coded credential'} in ${report.files} files.`,
    ...(rows.length ? ['', '| severity | place | what | rule | confidence |', '|---|---|---|---|---|', ...rows] : []),
    ...(report.errors.length
      ? ['', '## Not read', '', ...report.errors.map((e) => `- ${cell(e.file)}: ${cell(e.message)}`)]
      : []),
    '',
  ].join('\n');
}
