import type { Assessment, CheckResult, Evidence } from '../../checklist/assessment';
import { standards } from '../../checklist/definitions';
import { say } from '../../words/say';
import { byStage, type Judged } from '../assessment-words';
import { html } from '../markup';
import { fixName, mostPlaces } from './messages';
import { basisWord, signed, statusClass } from './status';

/** What the page can do besides being read. */
export interface CheckOptions {
  /** Places can be opened, and checks acted upon; undefined on paper. */
  readonly live?: {
    /** Titles of quick fixes by `fixName`. */
    readonly fixes?: ReadonlyMap<string, string>;
    readonly canAttest: boolean;
  };
}

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
<div class="inside">${labels(result, live !== undefined)}<p>${html(result.message)}</p>
${result.accepted ? `<p>${html(say('The risk is accepted until {0} by {1}.', result.accepted.until, result.accepted.by))}</p>` : ''}${
  result.suppressedFindings
    ? `<p class="dim">${html(say('Places that suppressions or ignore rules take away: {0}.', result.suppressedFindings))}</p>`
    : ''
}${result.remediation ? `<p class="todo"><strong>${html(say('What to do:'))}</strong> ${html(result.remediation)}</p>` : ''}
${places(result, options)}${controls(result)}${live ? answer(result, options) : ''}</div></details>`;
}

function labels(result: CheckResult, isLive: boolean): string {
  const said = [
    say('severity {0}', say(result.severity)),
    ...(result.basis ? [say('rests on what is {0}', basisWord(result.basis))] : []),
  ];
  const about = isLive ? [act('explain', say('About this check'), result.check, 'link about')] : [];
  return `<p class="labels dim">${[...said.map(html), ...about].join(' · ')}</p>`;
}

function places(result: CheckResult, options: CheckOptions): string {
  const { live } = options;
  if (result.evidence.length === 0) {
    return '';
  }
  const shown = live ? result.evidence.slice(0, mostPlaces) : result.evidence;
  const left = result.evidence.length - shown.length;
  const items = shown.map((e, i) => {
    const fix = live?.fixes?.get(fixName(result.check, i));
    const button = fix ? ` ${act('fix', fix, result.check, '', i)}` : '';
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

function answer(result: CheckResult, { live }: CheckOptions): string {
  const fix = live?.fixes?.get(fixName(result.check));
  const buttons = [
    ...(fix ? [act('fix', fix, result.check)] : []),
    ...(result.status === 'needs-attestation' && live?.canAttest ? [act('attest', say('Attest…'), result.check)] : []),
  ];
  return buttons.length ? `<p class="bar-top">${buttons.join('')}</p>` : '';
}

/** A button that asks the editor for something; who can't see where it stands hears the check's id. */
function act(action: string, title: string, check: string, classes = '', place?: number): string {
  return `<button type="button"${classes ? ` class="${classes}"` : ''} data-do="${action}" data-check="${check}"${place === undefined ? '' : ` data-place="${place}"`}>${html(title)}<span class="hidden"> ${check}</span></button>`;
}
