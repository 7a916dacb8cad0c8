// The checklist's reports as the editor uses them: loaded when one is shown or written, so that activation stays short.
import { assessmentForms } from '../report/assessment-forms';
import { evidenceArchive, evidenceName } from '../report/evidence-archive';
import { emptyContent, reportDocument, viewContent } from '../report/page/view';

export const reports = {
  assessmentForms,
  emptyContent,
  evidenceArchive,
  evidenceName,
  reportDocument,
  viewContent,
};
