import type { FindingsReport, LocatedFinding } from './located-finding';
import { bySeverity, severities, standing } from './located-finding';

/** Text after the second `::`. */
function data(text: string): string {
  return text.replace(/[%\r\n]/g, (c) => encodeURIComponent(c));
}

/** Text of a property, which a colon or a comma would end. */
function property(text: string): string {
  return text.replace(/[%\r\n:,]/g, (c) => encodeURIComponent(c));
}

/**
 * Findings as workflow commands, which GitHub shows beside the lines of a change: `error` for what fails the step, `warning` for
 * the rest. GitHub shows ten of each kind a step, so the gravest come first.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function findingsGithub(report: FindingsReport): string {
  const rank = (f: LocatedFinding) => severities.indexOf(f.severity);
  const told = standing(report).sort((a, b) => rank(a) - rank(b));
  const lines = told.map((f) => {
    const { start, end } = f.range;
    const place = {
      file: f.file,
      line: String(start.line + 1),
      endLine: String(end.line + 1),
      // columns are taken for places within one line only
      ...(start.line === end.line ? { col: String(start.character + 1), endColumn: String(end.character) } : {}),
      title: `Keyward: ${f.ruleId}`,
    };
    const properties = Object.entries(place).map(([name, value]) => `${name}=${property(value)}`);
    const since = f.commit ? ` It came in with commit ${f.commit.slice(0, 12)}.` : '';
    return `::${report.fails(f) ? 'error' : 'warning'} ${properties.join(',')}::${data(f.message + since)}`;
  });
  for (const e of report.errors) {
    lines.push(`::warning file=${property(e.file)},title=Keyward%3A not read::${data(e.message)}`);
  }
  const counts = bySeverity(told);
  const words = severities.filter((s) => counts[s] > 0).map((s) => `${counts[s]} ${s}`);
  lines.push(`Keyward: ${words.length ? words.join(', ') : 'no hard-coded credential'} in ${report.files} files.`);
  return `${lines.join('\n')}\n`;
}
