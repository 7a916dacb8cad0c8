import type { Assessment } from '../checklist/assessment';
import type { RollUp } from '../checklist/roll-up';
import { assessmentHtml } from '../report/assessment-html';
import { assessmentJson } from '../report/assessment-json';
import { assessmentMarkdown } from '../report/assessment-markdown';
import { assessmentOscal } from '../report/assessment-oscal';
import { assessmentSarif } from '../report/assessment-sarif';
import { assessmentText } from '../report/assessment-text';
import type { Paint } from '../report/findings-text';
import { rollUpHtml, rollUpJson, rollUpMarkdown, rollUpText } from '../report/roll-up';

export const assessmentFormats = ['text', 'json', 'markdown', 'html', 'sarif', 'oscal'] as const;
export type AssessmentFormat = (typeof assessmentFormats)[number];

/** One project's report. */
export function written(a: Assessment, format: AssessmentFormat, paint: Paint): string {
  switch (format) {
    case 'json':
      return assessmentJson(a);
    case 'markdown':
      return assessmentMarkdown(a);
    case 'html':
      return assessmentHtml(a);
    case 'sarif':
      return assessmentSarif([a]);
    case 'oscal':
      return assessmentOscal(a);
    case 'text':
      return assessmentText(a, paint);
  }
}

/** The report on several projects. */
export function writtenTogether(
  roll: RollUp,
  assessments: readonly Assessment[],
  format: AssessmentFormat,
  paint: Paint,
): string {
  switch (format) {
    case 'json':
      return rollUpJson(roll, assessments);
    case 'markdown':
      return rollUpMarkdown(roll);
    case 'html':
      return rollUpHtml(roll);
    case 'sarif':
      return assessmentSarif(assessments);
    default:
      return rollUpText(roll, paint);
  }
}
