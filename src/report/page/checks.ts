import type { Assessment, CheckResult, Evidence } from '../../checklist/assessment';
import { standards } from '../../checklist/definitions';
import { say } from '../../words/say';
import { byStage, type Judged } from '../assessment-words';
import { html } from '../markup';
import { basisWord, signed, statusClass } from './status';

/** What the page can do besides being read. */
export interface CheckOptions {
  /** Places can be opened, and checks acted upon; undefined on paper. */
  readonly live?: {
    /** Checks that a quick fix can mend, at a place: its title. */
    readonly fixOf?: (result: CheckResult, place: number) => string | undefined;
    readonly canAttest: boolean;
  };
}

/** Most places of a check in a page that is also worked with. */
const MOST_PLACES = 50;

/** Every check, stage by stage: its status and what it rests on, what was seen, where, and what to do. */
export function checkSections(assessment: Assessment, options: CheckOptions): string {
  return byStage(assessment)
    .map(({ stage, judged }) => {
      const grade = assessment.summary.stages[stage.id];
      return `<section class="stage" id="stage-${stage.id}" data-stage="${stage.id}"><h2>${html(say(stage.name))}</h2>${
        grade
          ? `<p class="dim">${html(say('score {0}, coverage {1} %', grade.score ?? '–', grade.coverage ?? 0))}</p>`
          : ''
      }${judged.map((j) => check(j, options)).join('\n')}</section>`;
    })
    .join('\n');
}

function check({ result, definition }: Judged, options: CheckOptions): string {
  const { live } = options;
  const { status } = result;
  const isOpen = !live || status === 'fail' || status === 'error';
  return `<details class="check ${statusClass(status)}" id="${result.check}" data-check="${result.check}" data-status="${status}"${isOpen ? ' open' : ''}>
<summary>${signed(status)} <h3><span class="id">${result.check}</span> ${html(say(definition.title))}</h3></summary>
<div class="inside">${labels(result)}<p>${html(result.message)}</p>
${result.accepted ? `<p>${html(say('The risk is accepted until {0} by {1}.', result.accepted.until, result.accepted.by))}</p>` : ''}${
  result.suppressedFindings
    ? `<p class="dim">${html(say('Places that suppressions or ignore rules take away: {0}.', result.suppressedFindings))}</p>`
    : ''
}${result.remediation ? `<p class="todo"><strong>${html(say('What to do:'))}</strong> ${html(result.remediation)}</p>` : ''}
${places(result, options)}${controls(result)}${live ? actions(result, options) : ''}</div></details>`;
}

function labels(result: CheckResult): string {
  const said = [
    say('severity {0}', say(result.severity)),
    ...(result.basis ? [say('rests on what is {0}', basisWord(result.basis))] : []),
  ];
  return `<p class="labels dim">${said.map(html).join(' · ')}</p>`;
}

function places(result: CheckResult, options: CheckOptions): string {
  const { live } = options;
  if (result.evidence.length === 0) {
    return '';
  }
  const shown = live ? result.evidence.slice(0, MOST_PLACES) : result.evidence;
  const left = result.evidence.length - shown.length;
  const items = shown.map((e, i) => {
    const fix = live?.fixOf?.(result, i);
    const button = fix ? ` ${button_('fix', fix, result.check, i)}` : '';
    return `<li>${place(result.check, e, i, options)}${e.snippet ? ` <code class="snippet">${html(e.snippet)}</code>` : ''}${button}</li>`;
  });
  const more = left > 0 ? `<li class="dim">${html(say('and {0} more places, in the exported report', left))}</li>` : '';
  return `<ul class="places">${items.join('')}${more}</ul>`;
}

function place(check: string, { file, line, column }: Evidence, index: number, { live }: CheckOptions): string {
  const where = `${file}:${line}${column && column > 1 ? `:${column}` : ''}`;
  return live
    ? `<button type="button" class="link" data-do="open" data-check="${check}" data-place="${index}" title="${html(say('Open {0}', where))}">${html(where)}</button>`
    : `<code>${html(where)}</code>`;
}

/** Controls that the check gives evidence for, by standard. */
function controls({ standards: touched }: CheckResult): string {
  if (touched.length === 0) {
    return '';
  }
  const items = standards
    .map(({ id, short }) => ({
      short,
      own: touched.filter((c) => c.startsWith(`${id}:`)).map((c) => c.slice(id.length + 1)),
    }))
    .filter(({ own }) => own.length > 0)
    .map(({ short, own }) => `<strong>${html(short)}</strong> ${html(own.join(', '))}`);
  return `<p class="controls small dim">${html(say('Gives evidence for'))} ${items.join(' · ')}</p>`;
}

function actions(result: CheckResult, { live }: CheckOptions): string {
  const list = [
    ...(result.status === 'needs-attestation' && live?.canAttest
      ? [button_('attest', say('Attest…'), result.check)]
      : []),
    button_('explain', say('About this check'), result.check),
  ];
  return `<p class="actions">${list.join(' ')}</p>`;
}

function button_(action: string, title: string, check: string, place?: number): string {
  return `<button type="button" data-do="${action}" data-check="${check}"${place === undefined ? '' : ` data-place="${place}"`}>${html(title)}<span class="hidden"> ${check}</span></button>`;
}
