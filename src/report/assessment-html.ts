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
import { html } from './markup';
import { standardTables } from './standard-tables';
import { reportStyle } from './style';

const CLASS = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  error: 'fail',
  'needs-attestation': 'question',
  'not-applicable': 'na',
} as const;

/** The assessment as one page without scripts, for browsers and print. */
export function assessmentHtml(assessment: Assessment): string {
  const { subject, run, summary, tool } = assessment;
  const first = doFirst(assessment).map(
    ({ result, definition }) =>
      `<li><strong>${result.check} ${html(definition.title)}</strong> (${result.severity}). ${html(result.message)} ${html(definition.remediation)}</li>`,
  );
  const sections = byStage(assessment).map(({ stage, judged }) => {
    const grade = summary.stages[stage.id];
    const rows = judged.map(({ result, definition }) => {
      const where = result.evidence
        .map(
          (e) =>
            `<div><code>${html(e.file)}:${e.line}</code>${e.snippet ? ` <span class="dim">${html(e.snippet)}</span>` : ''}</div>`,
        )
        .join('');
      return `<tr><td><strong>${result.check}</strong> ${html(definition.title)}</td><td class="${CLASS[result.status]}">${statusWords[result.status]}${result.accepted ? `, accepted until ${html(result.accepted.until)}` : ''}</td><td>${html(result.message)}${result.remediation ? `<div class="dim">${html(result.remediation)}</div>` : ''}</td><td>${where}</td></tr>`;
    });
    return `<h2>${html(stage.name)}</h2>${grade ? `<p>${html(gradeWords(grade))}</p>` : ''}<table><thead><tr><th scope="col">Check</th><th scope="col">Status</th><th scope="col">What was seen</th><th scope="col">Where</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
  });
  const tables = standardTables(assessment).map(
    ({ name, note, rows }) =>
      `<h2>${html(name)}</h2><p class="dim">${html(note)}</p><table><thead><tr><th scope="col">Control</th><th scope="col">State</th><th scope="col">Checks</th></tr></thead><tbody>${rows
        .map(
          (r) =>
            `<tr><td><strong>${html(r.control)}</strong> ${html(r.title)}</td><td>${r.state}</td><td>${html(r.checks)}</td></tr>`,
        )
        .join('\n')}</tbody></table>`,
  );
  const open = questions(assessment).map(
    ({ who, judged }) =>
      `<p>${html(who)}</p><ul>${judged.map((j) => `<li>${j.result.check} ${html(j.definition.title)}</li>`).join('')}</ul>`,
  );
  const statements = statementTables(assessment).map(
    ({ name, heads, rows }) =>
      `<h2>${name}</h2><table><thead><tr>${heads.map((h) => `<th scope="col">${h}</th>`).join('')}</tr></thead><tbody>${rows
        .map((row) => `<tr>${row.map((c) => `<td>${html(c)}</td>`).join('')}</tr>`)
        .join('\n')}</tbody></table>`,
  );
  const skipped = assessment.notEvaluated.map((n) => `<li>${html(n.what)}: ${html(n.why)}</li>`);
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>Key-lifecycle checklist: ${html(subject.project)}</title><style>${reportStyle}</style></head>
<body><h1>Key-lifecycle checklist: ${html(subject.project)}</h1>
<p>${html(run.asOf)}: ${html(gradeWords(summary.overall))}.</p><p>${html(countWords(assessment))}; ${html(policyWords(assessment))}.</p>
<p>Gate (${summary.gate.failOn}): <span class="${summary.gate.result}">${summary.gate.result}</span>${summary.gate.because.length ? ` because of ${summary.gate.because.join(', ')}` : ''}.</p>
${assessment.trend ? `<p>${html(trendWords(assessment.trend))}</p>` : ''}
${first.length ? `<h2>Do these first</h2><ol>${first.join('')}</ol>` : ''}
${open.length ? `<h2>Answer these</h2>${open.join('')}` : ''}
${sections.join('\n')}
${tables.join('\n')}
${statements.join('\n')}
${skipped.length ? `<h2>Not looked at</h2><ul>${skipped.join('')}</ul>` : ''}
<p class="dim">${disclaimer} Keyward ${html(tool.version)}, checklist ${html(tool.checklistVersion)}.</p>
</body></html>
`;
}
