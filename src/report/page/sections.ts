import type { Assessment, Status } from '../../checklist/assessment';
import { say } from '../../words/say';
import { doFirst, questions, statementTables } from '../assessment-words';
import { html } from '../markup';
import { standardTables } from '../standard-tables';
import { statusWord } from '../status-words';
import { sign } from './status';
import { table } from './tally';

const link = (check: string, text: string) => `<a href="#${check}">${check}</a> ${html(text)}`;

/** The five failures to mend first. */
export function firstSteps(assessment: Assessment): string {
  const items = doFirst(assessment).map(
    ({ result, definition }) =>
      `<li>${link(result.check, say(definition.title))} <span class="dim">(${html(say(result.severity))})</span><br>${html(result.message)}</li>`,
  );
  return items.length
    ? `<section id="first"><h2>${html(say('Do these first'))}</h2><ol>${items.join('')}</ol></section>`
    : '';
}

/** Open questions, by who can answer them. */
export function openQuestions(assessment: Assessment): string {
  const groups = questions(assessment).map(
    ({ who, judged }) =>
      `<p>${html(who)}</p><ul>${judged.map((j) => `<li>${link(j.result.check, say(j.definition.title))}</li>`).join('')}</ul>`,
  );
  return groups.length
    ? `<section id="questions"><h2>${html(say('Answer these'))}</h2>${groups.join('')}</section>`
    : '';
}

/** Each standard as a matrix: control, state, checks with their status. */
export function matrices(assessment: Assessment): string {
  const status = new Map<string, Status>(assessment.results.map((r) => [r.check, r.status]));
  const check = (id: string) => {
    const s = status.get(id);
    return `<span class="status">${s ? sign(s) : ''} <a href="#${id}">${id}</a>${s ? ` ${html(statusWord(s))}` : ''}</span>`;
  };
  return standardTables(assessment)
    .map(({ id, name, note, rows }) => {
      const body = rows.map((r) => [
        `${html(r.control)}${r.title ? ` <span class="plain">${html(r.title)}</span>` : ''}`,
        html(r.state),
        r.checkIds.map(check).join(' '),
      ]);
      return `<section class="standard" data-standard="${html(id)}"><h2>${html(name)}</h2>${table(note, [say('Control'), say('State'), say('Checks')], body)}</section>`;
    })
    .join('\n');
}

/** Attestations and suppressions as they stand in the policy. */
export function statementSections(assessment: Assessment): string {
  return statementTables(assessment)
    .map(
      ({ name, heads, rows }) =>
        `<section><h2>${html(name)}</h2>${table(
          name,
          heads,
          rows.map((row) => row.map(html)),
        )}</section>`,
    )
    .join('\n');
}

/** What was not looked at, and why. */
export function notLookedAt({ notEvaluated }: Assessment): string {
  const items = notEvaluated.map((n) => `<li><code>${html(n.what)}</code>: ${html(n.why)}</li>`);
  return items.length ? `<section><h2>${html(say('Not looked at'))}</h2><ul>${items.join('')}</ul></section>` : '';
}
