import type { Assessment } from '../checklist/assessment';
import type { ProjectLine, RollUp } from '../checklist/roll-up';
import { disclaimer } from './assessment-words';
import { type Paint, plain } from './findings-text';
import { severities } from './located-finding';
import { cell, html } from './markup';
import { reportStyle } from './style';

function openWords({ open }: ProjectLine): string {
  return (
    severities
      .filter((s) => open[s] > 0)
      .map((s) => `${open[s]} ${s}`)
      .join(', ') || 'none'
  );
}

function scoreWords({ overall }: ProjectLine): string {
  return `${overall.grade ?? '-'} ${overall.score ?? '-'} (coverage ${overall.coverage ?? 0} %)`;
}

/** Several projects for a terminal: a line each, worst first, then what they share. */
export function rollUpText(roll: RollUp, paint: Paint = plain): string {
  const wide = Math.max(...roll.projects.map((p) => p.folder.length));
  const lines = [paint('bold', `${roll.projects.length} projects, ${roll.asOf}, worst first`)];
  for (const p of roll.projects) {
    const gate = paint(p.gate === 'fail' ? 'critical' : 'good', p.gate);
    lines.push(`  ${gate}  ${p.folder.padEnd(wide)}  ${scoreWords(p)}, open: ${openWords(p)}`);
  }
  if (roll.shared.length > 0) {
    lines.push('', paint('bold', 'Shared gaps'));
    for (const g of roll.shared) {
      lines.push(
        `  ${String(g.projects.length).padStart(3)} of ${roll.projects.length}  ${g.check}  ${g.title} (${g.severity})`,
      );
    }
  }
  return `${[...lines, '', paint('dim', disclaimer)].join('\n')}\n`;
}

/** Several projects as one JSON object: the lines, what they share, and each assessment whole. */
export function rollUpJson(roll: RollUp, assessments: readonly Assessment[]): string {
  return `${JSON.stringify({ schemaVersion: 1, ...roll, assessments }, null, 2)}\n`;
}

/** Several projects as Markdown tables. */
export function rollUpMarkdown(roll: RollUp): string {
  return [
    `# Key-lifecycle checklist: ${roll.projects.length} projects`,
    '',
    `${roll.asOf}, worst first.`,
    '',
    '| project | gate | grade and score | open failures | checks |',
    '|---|---|---|---|---|',
    ...roll.projects.map(
      (p) => `| ${cell(p.folder)} | ${p.gate} | ${scoreWords(p)} | ${openWords(p)} | ${p.failing.join(', ')} |`,
    ),
    ...(roll.shared.length
      ? [
          '',
          '## Shared gaps',
          '',
          '| check | severity | projects |',
          '|---|---|---|',
          ...roll.shared.map(
            (g) => `| ${g.check} ${cell(g.title)} | ${g.severity} | ${g.projects.map(cell).join(', ')} |`,
          ),
        ]
      : []),
    '',
    disclaimer,
    '',
  ].join('\n');
}

/** Several projects as one page without scripts. */
export function rollUpHtml(roll: RollUp): string {
  const rows = roll.projects.map(
    (p) =>
      `<tr><td>${html(p.folder)}</td><td class="${p.gate}">${p.gate}</td><td>${html(scoreWords(p))}</td><td>${openWords(p)}</td><td>${p.failing.join(', ')}</td></tr>`,
  );
  const gaps = roll.shared.map(
    (g) =>
      `<tr><td><strong>${g.check}</strong> ${html(g.title)}</td><td>${g.severity}</td><td>${html(g.projects.join(', '))}</td></tr>`,
  );
  const table = (heads: readonly string[], body: readonly string[]) =>
    `<table><thead><tr>${heads.map((h) => `<th scope="col">${h}</th>`).join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>Key-lifecycle checklist: ${roll.projects.length} projects</title><style>${reportStyle}</style></head>
<body><h1>Key-lifecycle checklist: ${roll.projects.length} projects</h1><p>${roll.asOf}, worst first.</p>
${table(['Project', 'Gate', 'Grade and score', 'Open failures', 'Checks'], rows)}
${gaps.length ? `<h2>Shared gaps</h2>${table(['Check', 'Severity', 'Projects'], gaps)}` : ''}
<p class="dim">${disclaimer}</p>
</body></html>
`;
}
