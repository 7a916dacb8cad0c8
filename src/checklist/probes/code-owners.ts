import ignore from 'ignore';
import type { ProjectText, ProjectTexts } from '../project-texts';

const PLACES = ['CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** The project's CODEOWNERS file: the first place that GitHub or GitLab reads. */
export function codeOwners(project: ProjectTexts): ProjectText | undefined {
  return ['.github/CODEOWNERS', ...PLACES].map((p) => project.text(p)).find((f) => f !== undefined);
}

/** Who owns a path: the last rule that matches decides, and may name nobody. Patterns are those of `.gitignore`. */
export function ownersOf(owners: ProjectText, path: string): readonly string[] {
  let found: readonly string[] = [];
  for (const line of owners.text.split('\n')) {
    const [pattern = '', ...names] = line
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    if (pattern && !/^[[^]/.test(pattern) && ignore().add(pattern).ignores(path)) {
      found = names;
    }
  }
  return found;
}
