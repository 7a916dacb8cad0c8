import type { FileClass } from './file-class';
import { type Draft, unlessUnread } from './observation';
import type { ProjectTexts } from './project-texts';

const CODE: readonly FileClass[] = ['source', 'config', 'env', 'container', 'ci', 'k8s', 'iac'];

/**
 * The classes of files in which a check looks for what must not be there. One that could not be read leaves it undecided, unless
 * another already decides it.
 */
const MUST_SEE: Readonly<Record<string, readonly FileClass[]>> = {
  'KW-GEN-01': ['source'],
  'KW-GEN-02': ['source'],
  'KW-GEN-03': ['docs'],
  'KW-GEN-04': CODE,
  'KW-GEN-05': ['source', 'container', 'ci', 'iac'],
  'KW-STO-01': ['env', 'config'],
  'KW-STO-03': ['container'],
  'KW-STO-05': ['k8s'],
  'KW-STO-06': ['iac'],
  'KW-STO-07': ['container', 'k8s'],
  'KW-STO-08': ['source', 'env', 'config'],
  'KW-DIS-01': CODE,
  'KW-DIS-02': CODE,
  'KW-DIS-03': ['source', 'config', 'ci', 'container', 'k8s'],
  'KW-DIS-04': ['k8s', 'iac'],
  'KW-DIS-05': ['ci'],
  'KW-REV-02': CODE,
  'KW-REV-03': CODE,
  'KW-REV-06': ['source', 'config', 'env'],
  'KW-ACC-02': ['source', 'config', 'env', 'ci'],
  'KW-ACC-04': ['source'],
  'KW-ACC-06': ['ci', 'k8s', 'iac'],
  'KW-ACC-07': ['source', 'container', 'k8s'],
  'KW-ACC-08': ['source'],
};

/** The classes in which a check looks for what must be there: what it has found stays found. */
const MUST_FIND: Readonly<Record<string, readonly FileClass[]>> = {
  'KW-ACC-09': ['config', 'source', 'other'],
  'KW-ACC-10': ['ci'],
  'KW-INC-02': ['docs'],
  'KW-INC-03': ['docs'],
  'KW-INC-07': ['config', 'lock'],
};

/** A verdict, or that it could not be reached because files that the check reads could not be. */
export function unlessUnreadable(draft: Draft, project: ProjectTexts): Draft {
  const seen = MUST_SEE[draft.check];
  const found = MUST_FIND[draft.check];
  if (draft.status === 'error' || draft.status === 'needs-attestation') {
    return draft;
  }
  if (seen) {
    return unlessUnread(draft, project.unread(...seen));
  }
  const unread = found && draft.status !== 'pass' ? project.unread(...found) : [];
  return unread.length > 0 ? unlessUnread({ ...draft, status: 'warn' }, unread) : draft;
}
