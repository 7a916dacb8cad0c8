import type { ProjectText, ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

/** One block `kind "label" "label" { … }` of Terraform, without comments. */
export interface Block {
  readonly file: ProjectText;
  readonly kind: string;
  readonly labels: readonly string[];
  readonly body: string;
  /** Offsets of the block and of its body. */
  readonly start: number;
  readonly bodyStart: number;
}

const known = new WeakMap<ProjectTexts, readonly Block[]>();

/** The top-level blocks of all Terraform files, by balanced braces. */
export function terraformBlocks(project: ProjectTexts): readonly Block[] {
  const before = known.get(project);
  if (before) {
    return before;
  }
  const found: Block[] = [];
  for (const file of project.of('iac').filter((f) => /\.(?:tf|tofu)$/.test(f.path))) {
    const text = withoutComments(file);
    for (const m of text.matchAll(/^([a-z_]+)((?:[ \t]+"[^"\n]*")*)[ \t]*\{/gm)) {
      let depth = 1;
      const bodyStart = m.index + m[0].length;
      let end = bodyStart;
      for (; end < text.length && depth > 0; end++) {
        depth += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0;
      }
      found.push({
        file,
        kind: m[1] as string,
        labels: [...(m[2] ?? '').matchAll(/"([^"]*)"/g)].map((x) => x[1] as string),
        body: text.slice(bodyStart, end - 1),
        start: m.index,
        bodyStart,
      });
    }
  }
  known.set(project, found);
  return found;
}

/** Resource blocks whose type fits. */
export function resources(project: ProjectTexts, type: RegExp): readonly Block[] {
  return terraformBlocks(project).filter((b) => b.kind === 'resource' && type.test(b.labels[0] ?? ''));
}
