import type { Assessment } from '../../checklist/assessment';
import { say } from '../../words/say';
import { byStage } from '../assessment-words';
import { html } from '../markup';
import { statusOrder, statusWord } from '../status-words';
import { sign } from './status';

/** What narrows the list of checks: words, statuses, a stage. The page's script does it, and says how many are left. */
export function filters(assessment: Assessment): string {
  const { counts } = assessment.summary;
  const boxes = statusOrder
    .filter((status) => counts[status] > 0)
    .map(
      (status) =>
        `<label><input type="checkbox" name="status" value="${status}" checked> ${sign(status)} ${html(statusWord(status))} (${counts[status]})</label>`,
    );
  const stages = byStage(assessment).map(
    ({ stage }) => `<option value="${stage.id}">${html(say(stage.name))}</option>`,
  );
  const all = assessment.results.length;
  return `<section id="filter"><h2>${html(say('Checks'))}</h2><form class="filters" role="search">
<label>${html(say('Find'))} <input type="search" name="find" placeholder="${html(say('words, files, controls'))}"></label>
<label>${html(say('Stage'))} <select name="stage"><option value="">${html(say('all'))}</option>${stages.join('')}</select></label>
<fieldset><legend>${html(say('Status'))}</legend>${boxes.join('')}</fieldset></form>
<p id="shown" class="dim" role="status" data-some="${html(say('{0} of {1} checks are shown.', '{0}', '{1}'))}">${html(say('{0} of {1} checks are shown.', all, all))}</p></section>
`;
}
