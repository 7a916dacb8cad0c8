import type { ProjectText, ProjectTexts } from '../project-texts';
import { documentsOf } from './read';
import { at, itemsOf, type Tree, textOf } from './tree';

/** One object of Kubernetes: a document of a manifest or a chart's template, or an item of a `List`. */
export interface Manifest {
  readonly file: ProjectText;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly body: Tree;
  readonly at: number;
}

const known = new WeakMap<ProjectTexts, readonly Manifest[]>();

/** Every object of the project's manifests that could be read. */
export function manifests(project: ProjectTexts): readonly Manifest[] {
  let list = known.get(project);
  if (!list) {
    list = project
      .of('k8s')
      .flatMap((file) => documentsOf(file).trees.flatMap((tree) => objects(file, tree)))
      .filter((m) => m.kind !== '');
    known.set(project, list);
  }
  return list;
}

function objects(file: ProjectText, body: Tree): readonly Manifest[] {
  const kind = textOf(at(body, 'kind'));
  if (kind === 'List') {
    return itemsOf(at(body, 'items')).flatMap((item) => objects(file, item));
  }
  const named = at(body, 'metadata');
  return [
    { file, kind, body, at: body.at, name: textOf(at(named, 'name')), namespace: textOf(at(named, 'namespace')) },
  ];
}

/** The pod that a workload runs; undefined for other objects. */
export function podOf({ kind, body }: Manifest): Tree | undefined {
  switch (kind) {
    case 'Pod':
      return at(body, 'spec');
    case 'CronJob':
      return at(body, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'Job':
    case 'Rollout':
      return at(body, 'spec', 'template', 'spec');
    default:
      return undefined;
  }
}

/** Containers of a pod, those that run first included. */
export function containersOf(pod: Tree | undefined): readonly Tree[] {
  return ['containers', 'initContainers', 'ephemeralContainers'].flatMap((key) => itemsOf(at(pod, key)));
}

/** Objects whose kind fits and that could not be read make a check undecided: paths of such files. */
export function unreadableManifests(project: ProjectTexts): readonly string[] {
  return project
    .of('k8s')
    .filter((f) => documentsOf(f).error !== undefined && !f.text.includes('{{'))
    .map((f) => f.path);
}
