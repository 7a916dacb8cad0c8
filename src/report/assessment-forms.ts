import type { Assessment } from '../checklist/assessment';
import { assessmentHtml } from './assessment-html';
import { assessmentJson } from './assessment-json';
import { assessmentMarkdown } from './assessment-markdown';
import { assessmentOscal } from './assessment-oscal';
import { assessmentSarif } from './assessment-sarif';
import type { ReportForm } from './report-form';

/** Every form of the report on one project that is a file of text. */
export const assessmentForms = {
  html: { label: 'HTML', extension: 'html', write: assessmentHtml },
  markdown: { label: 'Markdown', extension: 'md', write: assessmentMarkdown },
  json: { label: 'JSON', extension: 'json', write: assessmentJson },
  sarif: { label: 'SARIF', extension: 'sarif', write: assessmentSarif },
  oscal: { label: 'OSCAL', extension: 'oscal.json', write: assessmentOscal },
} as const satisfies Readonly<Record<string, ReportForm<Assessment>>>;
