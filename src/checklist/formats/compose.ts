import type { ProjectText, ProjectTexts } from '../project-texts';
import { documentOf } from './read';
import { at, type Entry, entriesOf, entryOf, itemsOf, type Tree, textOf, textsOf } from './tree';

/** A variable that a service is given; without a value it is taken from the shell that starts it. */
export interface ServiceVariable {
  readonly name: string;
  readonly value: string | undefined;
  readonly at: number;
}

/** A port that a service publishes. `address` is the host's, undefined when every interface is bound. */
export interface PublishedPort {
  readonly address: string | undefined;
  readonly target: string;
  readonly at: number;
}

/** A service of a compose file, with what `extends` gives it. */
export interface ComposeService {
  readonly file: ProjectText;
  readonly name: string;
  readonly at: number;
  readonly body: Tree;
  readonly variables: readonly ServiceVariable[];
  readonly envFiles: readonly { readonly path: string; readonly at: number }[];
  readonly ports: readonly PublishedPort[];
}

/** Compose files of a project. */
export function composeFiles(project: ProjectTexts): readonly ProjectText[] {
  return project.of('container').filter((f) => /\.ya?ml$/.test(f.path));
}

/** The services of all compose files that could be read. Source: the Compose specification. */
export function composeServices(project: ProjectTexts): readonly ComposeService[] {
  return composeFiles(project).flatMap((file) =>
    entriesOf(at(documentOf(file), 'services')).map((entry) => service(project, file, entry)),
  );
}

function service(project: ProjectTexts, file: ProjectText, entry: Entry): ComposeService {
  const body = extended(project, file, entry.value, 0);
  return {
    file,
    name: entry.key,
    at: entry.at,
    body,
    variables: variablesOf(at(body, 'environment')),
    envFiles: itemsOf(at(body, 'env_file')).map((t) => ({
      path: textOf(t) || textOf(at(t, 'path')),
      at: t.at,
    })),
    ports: itemsOf(at(body, 'ports')).map(portOf),
  };
}

const DEEPEST = 5;

function extended(project: ProjectTexts, file: ProjectText, body: Tree, depth: number): Tree {
  const base = at(body, 'extends');
  if (!base || body.kind !== 'map' || depth >= DEEPEST) {
    return body;
  }
  const name = textOf(base) || textOf(at(base, 'service'));
  const other = textOf(at(base, 'file'));
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  const from = other ? project.text(folder + other.replace(/^\.\//, '')) : file;
  const found = at(documentOf(from), 'services', name);
  if (!found || !from || found === body) {
    return body;
  }
  const rest = entriesOf(extended(project, from, found, depth + 1)).filter((e) => !entryOf(body, e.key));
  return { ...body, entries: [...body.entries, ...rest] };
}

/** `NAME: value` and `- NAME=value` alike. */
export function variablesOf(tree: Tree | undefined): readonly ServiceVariable[] {
  if (tree?.kind === 'map') {
    return tree.entries.map((e) => ({
      name: e.key,
      at: e.at,
      value: e.value.kind === 'scalar' && e.value.value === null ? undefined : textOf(e.value),
    }));
  }
  return itemsOf(tree).map((t) => {
    const [name = '', value] = textOf(t).split(/=(.*)/s);
    return { name, value, at: t.at };
  });
}

function portOf(tree: Tree): PublishedPort {
  if (tree.kind === 'map') {
    const address = textOf(at(tree, 'host_ip'));
    return { address: address || undefined, target: textOf(at(tree, 'target')), at: tree.at };
  }
  const parts = textOf(tree)
    .replace(/\/(?:tcp|udp)$/, '')
    .match(/\[[^\]]*\]|\$\{[^}]*\}|[^:]+/g);
  const target = parts?.at(-1) ?? '';
  const address = (parts?.length ?? 0) >= 3 ? parts?.[0] : undefined;
  return { address, target, at: tree.at };
}

/** Words of a service's command and entry point. */
export function commandOf(service: ComposeService): string {
  return ['entrypoint', 'command'].map((key) => textsOf(at(service.body, key)).join(' ')).join(' ');
}
