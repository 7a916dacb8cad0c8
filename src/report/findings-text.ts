import { bySeverity, type FindingsReport, severities } from './located-finding';

/** Paints parts of a line; the identity where there are no colours. */
export type Paint = (style: 'critical' | 'high' | 'medium' | 'low' | 'dim' | 'bold' | 'good', text: string) => string;

export const plain: Paint = (_style, text) => text;

const STALE = {
  expired: 'has expired',
  unused: 'covers nothing',
  'no-reason': 'gives no reason, which the policy asks for, so it ignores nothing',
} as const;

/** Findings for a terminal: a heading a file, a line a finding, a summary. */
export function findingsText(report: FindingsReport, paint: Paint = plain): string {
  const lines: string[] = [];
  let file = '';
  for (const f of report.findings) {
    if (f.file !== file) {
      file = f.file;
      lines.push(lines.length ? '' : '', paint('bold', f.file + (f.local ? '  (kept out of git)' : '')));
    }
    const place = `${f.range.start.line + 1}:${f.range.start.character + 1}`.padStart(8);
    const level = f.state === 'secret' ? paint(f.severity, f.severity.padEnd(8)) : paint('dim', f.state.padEnd(8));
    const sure = f.confidence === 'possible' ? paint('dim', ' (possible)') : '';
    lines.push(`${place}  ${level}  ${f.message}${sure}`);
    if (f.commit && f.history) {
      const { date, reach, pushed } = f.history;
      const where =
        reach === 'head' ? 'still in HEAD' : reach === 'remote' ? 'on a remote branch' : 'in this clone only';
      lines.push(
        `${' '.repeat(20)}${paint('dim', `came in ${f.commit.slice(0, 12)} on ${date.slice(0, 10)}, ${where}${reach === 'head' && pushed ? ', pushed' : ''}`)}`,
      );
    }
    lines.push(`${' '.repeat(20)}${paint('dim', `${f.ruleId}, ${f.redacted}, because of its ${f.why.join(', ')}`)}`);
    if (f.ignored) {
      lines.push(
        `${' '.repeat(20)}${paint('dim', `ignored by ${f.ignored.directive}${f.ignored.reason ? `: ${f.ignored.reason}` : ''}${f.ignored.until ? `, until ${f.ignored.until}` : ''}`)}`,
      );
    }
  }
  for (const s of report.staleIgnores) {
    lines.push(`${s.file}:${s.line + 1}: this ignore ${STALE[s.why]}`);
  }
  const counts = bySeverity(report.findings);
  const told = severities.filter((s) => counts[s] > 0).map((s) => paint(s, `${counts[s]} ${s}`));
  const size = report.bytes < 1e6 ? `${Math.ceil(report.bytes / 1000)} kB` : `${(report.bytes / 1e6).toFixed(1)} MB`;
  lines.push(
    '',
    `${told.length ? told.join(', ') : paint('good', 'No hard-coded credential')} in ${report.files} ${report.files === 1 ? 'file' : 'files'} (${size}, ${report.milliseconds} ms)`,
  );
  return `${lines.join('\n').replace(/^\n+/, '')}\n`;
}
