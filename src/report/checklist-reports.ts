// The reports of the checklist as a part of the package of its own: the editor loads it when one is shown or written, the
// command line when it is asked for one.
export { assessmentForms } from './assessment-forms';
export { evidenceArchive, evidenceName } from './evidence-archive';
export { emptyContent, reportDocument, viewContent } from './page/view';
