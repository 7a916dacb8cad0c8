import type { ProjectLine, RollUp } from '../../checklist/roll-up';
import { say } from '../../words/say';
import { disclaimer } from '../assessment-words';
import { severities } from '../located-finding';
import { html } from '../markup';
import { sign, statusSymbols } from './status';
import { share, table } from './tally';

/** Several folders at a glance: a line each, worst first, then the gaps that they share. `order` is that of the list of folders. */
export function rollUpBody(roll: RollUp, order: readonly string[]): string {
  const lines = roll.projects.map((p) => [
    `<button type="button" class="link" data-do="folder" value="${order.indexOf(p.folder)}">${html(p.folder)}</button>`,
    `<span class="status">${sign(p.gate)} ${html(p.gate === 'fail' ? say('broken') : say('holds'))}</span>`,
    p.overall.grade ? `<span class="letter g-${p.overall.grade}">${p.overall.grade}</span>` : '–',
    `${p.overall.score ?? '–'}${share(p.overall.score)}`,
    `${p.overall.coverage ?? 0} %`,
    html(openWords(p)),
  ]);
  const heads = [say('Folder'), say('Gate'), say('Grade'), say('Score'), say('Coverage'), say('Open failures')];
  const gaps = roll.shared.map((g) => [
    `${g.check} <span class="plain">${html(say(g.title))}</span>`,
    html(say(g.severity)),
    html(g.projects.join(', ')),
  ]);
  return `${statusSymbols}<header><h1>${html(say('Key-lifecycle checklist: {0} folders', roll.projects.length))}</h1><p class="dim">${html(roll.asOf)}</p></header>
<section>${table(say('Worst first'), heads, lines)}</section>
${gaps.length ? `<section><h2>${html(say('Shared gaps'))}</h2>${table(say('Failures of more than one folder'), [say('Check'), say('Severity'), say('Folders')], gaps)}</section>` : ''}
<footer class="dim small"><p>${html(disclaimer)}</p></footer>`;
}

function openWords({ open }: ProjectLine): string {
  const said = severities.filter((s) => open[s] > 0).map((s) => `${open[s]} ${say(s)}`);
  return said.length ? said.join(', ') : say('none');
}
