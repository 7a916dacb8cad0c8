import { bySeverity, type FindingsReport, severities } from './located-finding';
import { html } from './markup';
import { reportStyle } from './style';

/** Findings as one page without scripts. */
export function findingsHtml(report: FindingsReport): string {
  const counts = bySeverity(report.findings);
  const told = severities.filter((s) => counts[s] > 0).map((s) => `${counts[s]} ${s}`);
  const rows = report.findings.map(
    (f) =>
      `<tr><td class="${f.state === 'secret' ? f.severity : 'dim'}">${f.state === 'secret' ? f.severity : f.state}</td><td>${html(f.file)}:${f.range.start.line + 1}:${f.range.start.character + 1}${f.local ? ' (kept out of git)' : ''}</td><td>${html(f.message)}</td><td>${html(f.ruleId)}</td><td>${f.confidence}</td></tr>`,
  );
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>Keyward findings</title><style>${reportStyle}</style></head>
<body><h1>Keyward findings</h1><p>${told.length ? told.join(', ') : 'No hard-coded credential'} in ${report.files} files.</p>
${rows.length ? `<table><thead><tr><th scope="col">Severity</th><th scope="col">Place</th><th scope="col">What</th><th scope="col">Rule</th><th scope="col">Confidence</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>` : ''}
${report.errors.length ? `<h2>Not read</h2><ul>${report.errors.map((e) => `<li>${html(e.file)}: ${html(e.message)}</li>`).join('')}</ul>` : ''}
</body></html>
`;
}
