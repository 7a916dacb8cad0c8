import type { Assessment } from '../checklist/assessment';
import type { RollUp } from '../checklist/roll-up';
import { assessmentText } from '../report/assessment-text';
import { assessmentForms } from '../report/checklist-reports';
import type { Paint } from '../report/findings-text';
import { rollUpHtml, rollUpJson, rollUpMarkdown, rollUpText } from '../report/roll-up';

export const assessmentFormats = ['text', 'json', 'markdown', 'html', 'sarif', 'oscal'] as const;
export type AssessmentFormat = (typeof assessmentFormats)[number];

/** One project's report. */
export function written(a: Assessment, format: AssessmentFormat, paint: Paint): string {
  return format === 'text' ? assessmentText(a, paint) : assessmentForms[format].write(a);
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
      return assessmentForms.sarif.write(assessments);
    default:
      return rollUpText(roll, paint);
  }
}
