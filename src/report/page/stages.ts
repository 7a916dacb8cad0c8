import type { Assessment } from '../../checklist/assessment';
import { say } from '../../words/say';
import { byStage } from '../assessment-words';
import { html } from '../markup';
import { bar, legend, otherThanPass, restsOn, table } from './tally';

/** The stages of a key's life: grade, score and coverage of each, and what they rest on. */
export function stageTable(assessment: Assessment): string {
  const { stages } = assessment.summary;
  const isGraded = Object.values(stages).some((s) => s.grade);
  const rows = byStage(assessment).map(({ stage, judged }) => {
    const grade = stages[stage.id];
    const results = judged.map((j) => j.result);
    const words = [restsOn(results), otherThanPass(results)].filter(Boolean).join('; ');
    return [
      `<a href="#stage-${stage.id}">${html(say(stage.name))}</a>`,
      ...(isGraded ? [grade?.grade ? `<span class="letter g-${grade.grade}">${grade.grade}</span>` : '–'] : []),
      `${grade?.score ?? '–'}`,
      `${grade?.coverage ?? 0} %`,
      `${bar(results)}<span class="small">${html(words)}</span>`,
    ];
  });
  const heads = [
    say('Stage'),
    ...(isGraded ? [say('Grade')] : []),
    say('Score'),
    say('Coverage'),
    say('What it rests on'),
  ];
  const caption = say('Score and coverage of each stage, and what its checks say.');
  return `<section id="stages"><h2>${html(say('Stages'))}</h2>${legend()}${table(caption, heads, rows)}</section>`;
}
