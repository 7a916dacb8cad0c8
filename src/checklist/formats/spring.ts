import type { ProjectText, ProjectTexts } from '../project-texts';
import { documentsOf } from './read';
import { type Tree, textOf } from './tree';

/** One setting of a Spring Boot application. */
export interface SpringSetting {
  /** `management.endpoints.web.exposure.include`: lower case, without hyphens, whichever file it stands in. */
  readonly name: string;
  readonly value: string;
  readonly file: ProjectText;
  readonly at: number;
}

const FILES = /(?:^|\/)(?:application|bootstrap)(?:-[\w.-]+)?\.(?:properties|ya?ml)$/;

const known = new WeakMap<ProjectTexts, readonly SpringSetting[]>();

/** Settings of Spring Boot, from properties and YAML alike. Source: Spring Boot's reference, "Externalized Configuration". */
export function springSettings(project: ProjectTexts): readonly SpringSetting[] {
  let list = known.get(project);
  if (!list) {
    list = project.texts
      .filter((f) => f.class === 'config' && FILES.test(f.path))
      .flatMap((file) => documentsOf(file).trees.flatMap((tree) => flattened(file, tree, '')));
    known.set(project, list);
  }
  return list;
}

function flattened(file: ProjectText, tree: Tree, prefix: string): readonly SpringSetting[] {
  switch (tree.kind) {
    case 'map':
      return tree.entries.flatMap((e) => flattened(file, e.value, prefix ? `${prefix}.${e.key}` : e.key));
    case 'list':
      return tree.items.flatMap((item) => flattened(file, item, prefix));
    case 'scalar':
      return [{ name: prefix.toLowerCase().replaceAll('-', ''), value: textOf(tree), file, at: tree.at }];
  }
}
