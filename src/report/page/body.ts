import type { Assessment } from '../../checklist/assessment';
import type { Changes } from '../../checklist/changes';
import { say } from '../../words/say';
import { disclaimer, trendWords } from '../assessment-words';
import { html } from '../markup';
import { changeSection } from './changes';
import { type CheckOptions, checkSections } from './checks';
import { head } from './head';
import { firstSteps, matrices, notLookedAt, openQuestions, statementSections } from './sections';
import { stageTable } from './stages';
import { statusSymbols } from './status';

/** How a report is written as a page. */
export interface BodyOptions extends CheckOptions {
  readonly changes?: Changes;
  /** Stands before the checks: what filters them. */
  readonly filters?: string;
  /** The standards' matrices stand before the checks. */
  readonly standardsFirst?: boolean;
}

/** A project's report as the inside of a page: the export's and the editor's. Every text of the project is escaped. */
export function reportBody(assessment: Assessment, options: BodyOptions = {}): string {
  const { changes, filters = '', standardsFirst } = options;
  const standards = matrices(assessment);
  const { tool, trend } = assessment;
  return `${statusSymbols}
${head(assessment)}
${trend ? `<p>${html(trendWords(trend))}</p>` : ''}${changes ? changeSection(changes) : ''}
${firstSteps(assessment)}
${stageTable(assessment)}
${openQuestions(assessment)}
${standardsFirst ? standards : ''}${filters}<div id="checks">${checkSections(assessment, options)}</div>
${standardsFirst ? '' : standards}
${statementSections(assessment)}
${notLookedAt(assessment)}
<footer class="dim small"><p>${html(disclaimer)}</p><p>${html(say('Keyward {0}, checklist {1}', tool.version, tool.checklistVersion))}</p></footer>`;
}
