import type { ProjectText, ProjectTexts } from '../project-texts';
import { documentOf } from './read';
import { at, type Tree, textOf } from './tree';

/** The values that a chart's templates are filled with, by its own `values.yaml`; undefined outside of a chart. */
export function chartValues(project: ProjectTexts, file: ProjectText): Tree | undefined {
  const folder = /^(.*?)templates\//.exec(file.path)?.[1];
  return folder === undefined ? undefined : documentOf(project.text(`${folder}values.yaml`));
}

/** A scalar of a template as text, with `{{ .Values.a.b }}` filled in where the chart's values say it. */
export function filledText(project: ProjectTexts, file: ProjectText, tree: Tree | undefined): string {
  return textOf(tree).replace(/\{\{-?\s*\.Values\.([\w.]+)[^}]*\}\}/g, (whole, path: string) => {
    const value = textOf(at(chartValues(project, file), ...path.split('.')));
    return value || whole;
  });
}
