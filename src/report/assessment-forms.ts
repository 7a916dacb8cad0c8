import type { Assessment } from '../checklist/assessment';
import { assessmentHtml } from './assessment-html';
import { assessmentJson } from './assessment-json';
import { assessmentMarkdown } from './assessment-markdown';
import { assessmentOscal } from './assessment-oscal';
import { assessmentSarif } from './assessment-sarif';

/** One form of a project's report, as a file. */
export interface AssessmentForm {
  readonly label: string;
  /** Of the file's name, without the dot. */
  readonly extension: string;
  readonly write: (assessment: Assessment) => string;
}

/** Every form of the report on one project that is a file of text. */
export const assessmentForms = {
  html: { label: 'HTML', extension: 'html', write: assessmentHtml },
  markdown: { label: 'Markdown', extension: 'md', write: assessmentMarkdown },
  json: { label: 'JSON', extension: 'json', write: assessmentJson },
  sarif: { label: 'SARIF', extension: 'sarif', write: assessmentSarif },
  oscal: { label: 'OSCAL', extension: 'oscal.json', write: assessmentOscal },
} as const satisfies Readonly<Record<string, AssessmentForm>>;
