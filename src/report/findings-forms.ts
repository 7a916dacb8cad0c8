import { findingsGithub } from './findings-github';
import { findingsGitlab } from './findings-gitlab';
import { findingsHtml } from './findings-html';
import { findingsJson } from './findings-json';
import { findingsJunit } from './findings-junit';
import { findingsMarkdown } from './findings-markdown';
import { findingsSarif } from './findings-sarif';
import type { FindingsReport } from './located-finding';
import type { ReportForm } from './report-form';

/** Every form of the report but the terminal's. */
export const findingsForms = {
  json: { label: 'JSON', extension: 'json', write: findingsJson },
  sarif: { label: 'SARIF', extension: 'sarif', write: findingsSarif },
  markdown: { label: 'Markdown', extension: 'md', write: findingsMarkdown },
  html: { label: 'HTML', extension: 'html', write: findingsHtml },
  junit: { label: 'JUnit', extension: 'xml', write: findingsJunit },
  gitlab: { label: 'GitLab', extension: 'gitlab.json', write: findingsGitlab },
  github: { label: 'GitHub', extension: 'txt', write: findingsGithub },
} as const satisfies Readonly<Record<string, ReportForm<FindingsReport>>>;
