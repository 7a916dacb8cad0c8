import type { Assessment } from '../../checklist/assessment';
import { say } from '../../words/say';
import { html } from '../markup';
import { statusOrder, statusWord } from '../status-words';
import { sign } from './status';
import { restsOn, share } from './tally';

/** Most failures that are named beside the gate; all stand below. */
const MOST_NAMED = 3;

/** Project, day, commit and policy; grade, score, coverage and gate; how many checks gave which answer. */
export function head(assessment: Assessment): string {
  const { subject, run, summary } = assessment;
  const { overall, gate } = summary;
  const graded = overall.grade ?? undefined;
  const facts = [run.asOf, commit(assessment), policy(assessment)].filter((fact) => fact !== '');
  const caps = overall.cappedBy?.length
    ? `<p class="dim">${html(
        graded
          ? say('The grade is lowered: {0}.', overall.cappedBy.join(', '))
          : say('There is no grade: {0}.', overall.cappedBy.join(', ')),
      )}</p>`
    : '';
  const shown = gate.because.slice(0, MOST_NAMED).map((check) => `<a href="#${check}">${check}</a>`);
  const left = gate.because.length - shown.length;
  const because = [...shown, ...(left > 0 ? [html(say('and {0} more', left))] : [])].join(', ');
  const gateWord = gate.result === 'fail' ? say('broken') : say('holds');
  return `<header><h1>${html(say('Key-lifecycle checklist: {0}', subject.project))}</h1>
<p class="dim">${facts.map(html).join(' · ')}</p>
<div class="result">
${graded ? `<p class="grade g-${graded}"><span class="dim">${html(say('Grade'))}</span> <strong>${graded}</strong></p>` : ''}
<dl>
<div><dt>${html(say('Score'))}</dt><dd><strong>${overall.score ?? '–'}</strong> <span class="dim">${html(say('of 100'))}</span>${share(overall.score)}</dd></div>
<div><dt>${html(say('Coverage'))}</dt><dd><strong>${overall.coverage ?? 0} %</strong> <span class="dim">${html(say('decided'))}</span>${share(overall.coverage)}</dd></div>
<div><dt>${html(say('Gate'))}</dt><dd>${sign(gate.result)} <strong>${html(gateWord)}</strong> <span class="dim">${html(gate.failOn === 'never' ? say('nothing breaks it') : say('from {0} on', gate.failOn))}</span>${because ? `<span class="because">${because}</span>` : ''}</dd></div>
</dl></div>
${caps}<ul class="counts">${counts(assessment)}</ul></header>`;
}

function commit({ subject: { vcs } }: Assessment): string {
  if (typeof vcs?.commit !== 'string') {
    return '';
  }
  const short = vcs.commit.slice(0, 12);
  return vcs.dirty ? say('commit {0} and changes that are not committed', short) : say('commit {0}', short);
}

function policy({ subject: { policy: p } }: Assessment): string {
  switch (p.state) {
    case 'ok':
      return say('policy {0}', p.path ?? '');
    case 'no-policy':
      return say('no policy file');
    case 'policy-invalid':
      return say('the policy {0} has errors and is not used', p.path ?? '');
  }
}

function counts({ results, summary }: Assessment): string {
  return statusOrder
    .filter((status) => summary.counts[status] > 0)
    .map((status) => {
      const basis = status === 'pass' ? ` <span class="dim">(${html(restsOn(results))})</span>` : '';
      const accepted =
        status === 'fail' && summary.acceptedRisks > 0
          ? ` <span class="dim">(${html(say('{0} accepted', summary.acceptedRisks))})</span>`
          : '';
      return `<li>${sign(status)} <strong>${summary.counts[status]}</strong> ${html(statusWord(status))}${basis}${accepted}</li>`;
    })
    .join('');
}
