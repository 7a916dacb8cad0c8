import type { ProjectText, ProjectTexts } from '../project-texts';
import { documentsOf } from './read';
import { entriesOf, type MapTree, type Tree } from './tree';

/** One block of Terraform: `kind "label" "label" { … }`, in its own language or in JSON. */
export interface TerraformBlock {
  readonly file: ProjectText;
  readonly kind: string;
  readonly labels: readonly string[];
  readonly body: MapTree;
  readonly at: number;
}

/** Terraform and OpenTofu configuration files; not their state. */
export function terraformFiles(project: ProjectTexts): readonly ProjectText[] {
  return project.of('iac').filter((f) => /\.(?:tf|tofu)(?:\.json)?$/.test(f.path));
}

const known = new WeakMap<ProjectTexts, readonly TerraformBlock[]>();

/** The top-level blocks of all Terraform files that could be read. */
export function terraformBlocks(project: ProjectTexts): readonly TerraformBlock[] {
  let blocks = known.get(project);
  if (!blocks) {
    blocks = terraformFiles(project).flatMap((file) =>
      documentsOf(file).trees.flatMap((tree) =>
        entriesOf(tree).flatMap(({ key, at, value }) => unfold(file, key, at, value, [])),
      ),
    );
    known.set(project, blocks);
  }
  return blocks;
}

/** How many labels a block has in JSON, where they are names of nested objects. */
const LABELS: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  variable: 1,
  output: 1,
  provider: 1,
  module: 1,
};

function unfold(
  file: ProjectText,
  kind: string,
  at: number,
  value: Tree,
  labels: readonly string[],
): readonly TerraformBlock[] {
  if (value.kind !== 'map') {
    return [];
  }
  if (value.labels) {
    return [{ file, kind, labels: value.labels, body: value, at }];
  }
  return labels.length < (LABELS[kind] ?? 0)
    ? value.entries.flatMap((e) => unfold(file, kind, e.at, e.value, [...labels, e.key]))
    : [{ file, kind, labels, body: value, at }];
}

/** Resource blocks whose type fits. */
export function resources(project: ProjectTexts, type: RegExp): readonly TerraformBlock[] {
  return terraformBlocks(project).filter((b) => b.kind === 'resource' && type.test(b.labels[0] ?? ''));
}
