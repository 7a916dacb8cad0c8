import type { ChangeKind, Changes } from '../../checklist/changes';
import { definitionOf } from '../../checklist/definitions';
import { say } from '../../words/say';
import { html } from '../markup';

/** What is different from the run before, the worst first. */
export function changeSection({ since, list, cause }: Changes): string {
  const items = list.map(
    ({ check, kind, places }) =>
      `<li><span class="change c-${kind}">${html(kindWords(kind, places ?? 0))}</span> <a href="#${check}">${check}</a> ${html(say(definitionOf(check).title))}</li>`,
  );
  const when = `${since.at.slice(0, 10)} ${since.at.slice(11, 16)} UTC`;
  const why =
    cause === 'calendar'
      ? `<p>${html(say('Neither the files nor the policy have changed: these changes come from the calendar.'))}</p>`
      : cause === 'checklist'
        ? `<p>${html(say('The checklist itself has changed since then.'))}</p>`
        : '';
  const none = `<p>${html(say('Every check gives the same answer.'))}</p>`;
  return `<section id="changes"><h2>${html(say('Since the last run'))} <span class="dim">${html(when)}</span></h2>${items.length ? `${why}<ul class="changes">${items.join('')}</ul>` : none}</section>`;
}

function kindWords(kind: ChangeKind, places: number): string {
  switch (kind) {
    case 'new-failure':
      return say('new failure');
    case 'more-places':
      return places === 1 ? say('1 new place') : say('{0} new places', places);
    case 'unreadable':
      return say('can’t be looked at now');
    case 'warned':
      return say('new warning');
    case 'asked':
      return say('now a question');
    case 'accepted':
      return say('risk accepted');
    case 'fixed':
      return say('fixed');
    case 'fewer-places':
      return places === 1 ? say('1 place fewer') : say('{0} places fewer', places);
    case 'eased':
      return say('now a warning only');
    case 'attested':
      return say('newly attested');
    case 'passed':
      return say('passes now');
    case 'gone':
      return say('no longer applies');
  }
}
