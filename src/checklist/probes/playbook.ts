import { headings } from '../headings';
import type { ProjectText, ProjectTexts } from '../project-texts';

const PLACE = /^(?:[^/]+|(?:.*\/)?(?:docs?|runbooks?|playbooks?)\/.*|\.github\/.*)$/i;
const NAME = /(?:^|\/)[^/]*(?:runbook|playbook|incident|compromise|leak|breach)[^/]*\.(?:md|mdx|rst|adoc|txt)$/i;
const SUBJECT = /compromis|leak|exposed|breach/i;

/** The six steps of a key-compromise playbook, and the words that show each. */
export const playbookSteps: readonly (readonly [name: string, words: RegExp])[] = [
  ['revoke', /revok|disable the key|deactivat/i],
  ['rotate', /rotat|reissue|new key|replace the key/i],
  [
    'review the logs',
    /\blogs? (?:review|check|monitor|search)|(?:review|check|monitor|search).{0,30}\blog|access history|audit trail/i,
  ],
  ['root cause', /root cause|post-?mortem|how the key was (?:leaked|exposed|compromised)/i],
  ['communicate', /notif|stakeholder|communicat|\binform\b|72 hours|regulator/i],
  ['prevent', /prevent|lessons|update (?:the )?(?:protocol|procedure|runbook|policy)|corrective|follow-up/i],
];

/** The playbooks of a project: the one that the policy names, and documents whose name and text say so. */
export function playbooks(project: ProjectTexts): readonly ProjectText[] {
  const named = project.policy.policy?.incident?.playbook?.split('#')[0];
  return project.texts.filter(
    (f) => f.path === named || (f.class === 'docs' && PLACE.test(f.path) && NAME.test(f.path) && SUBJECT.test(f.text)),
  );
}

/** Steps that no playbook covers; all are read together. */
export function missingSteps(books: readonly ProjectText[]): readonly string[] {
  const text = books.map((b) => b.text).join('\n');
  return playbookSteps.filter(([, words]) => !words.test(text)).map(([name]) => name);
}

/** Whether a playbook has a section that says whom to call. */
export function namesContacts(book: ProjectText): boolean {
  return headings(book.text).some((h) => /contact|escalat|on-?call/i.test(h));
}

const SECURITY =
  /^(?:(?:\.github|docs)\/)?SECURITY\.(?:md|rst|txt)$|(?:^|\/)\.well-known\/security\.txt$|^(?:\.github\/)?security-insights\.ya?ml$/i;
/** A way to reach the team about security. */
export const CONTACT =
  /[\w.+-]+@[\w-]+\.[\w.-]+|security\/advisories|https:\/\/\S*(?:report|security|advisor|disclos|bounty|hackerone|bugcrowd|form)\S*|^Contact:\s*\S+|\bPGP\b|OpenPGP/im;

/** Security policies that say how to reach the team. */
export function securityContacts(project: ProjectTexts): readonly ProjectText[] {
  return project.texts.filter((f) => SECURITY.test(f.path) && CONTACT.test(f.text));
}
