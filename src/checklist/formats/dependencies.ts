import { withoutComments } from '../probes/code';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { documentOf } from './read';
import { at, entriesOf, scalarsIn, type Tree, textOf } from './tree';

/** A package that a manifest asks for. */
export interface Dependency {
  /** Lower case, as its registry writes it; Java's as `group:artifact`. */
  readonly name: string;
  readonly file: ProjectText;
  readonly at: number;
  /** Needed by developers only. */
  readonly development: boolean;
}

const known = new WeakMap<ProjectTexts, readonly Dependency[]>();

/** Direct dependencies that the project's manifests name: npm, Python, Go, Rust, Ruby, PHP, Java and .NET. */
export function dependencies(project: ProjectTexts): readonly Dependency[] {
  let list = known.get(project);
  if (!list) {
    list = project.texts.filter((f) => f.class !== 'test' && f.class !== 'docs').flatMap(dependenciesOf);
    known.set(project, list);
  }
  return list;
}

/** Whether a dependency's name fits. */
export function dependsOn(project: ProjectTexts, name: RegExp): boolean {
  return dependencies(project).some((d) => name.test(d.name));
}

function dependenciesOf(file: ProjectText): readonly Dependency[] {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  if (name === 'package.json' || name === 'composer.json') {
    const root = documentOf(file);
    return [
      'dependencies',
      'devDependencies',
      'optionalDependencies',
      'peerDependencies',
      'require',
      'require-dev',
    ].flatMap((section) => named(file, at(root, section), /dev/i.test(section)));
  }
  if (name === 'pyproject.toml' || name === 'Pipfile') {
    return python(file);
  }
  if (name === 'Cargo.toml') {
    const root = documentOf(file);
    return ['dependencies', 'dev-dependencies', 'build-dependencies'].flatMap((section) =>
      named(file, at(root, section), section !== 'dependencies'),
    );
  }
  const rule = LINES.find(([path]) => path.test(file.path))?.[1];
  return rule
    ? [...withoutComments(file).matchAll(rule)].map((m) => ({
        name: (m[2] === undefined ? (m[1] as string) : `${m[1]}:${m[2]}`).toLowerCase(),
        file,
        at: m.index + m[0].indexOf(m[1] as string),
        development: /(?:^|\/)(?:dev|test)[\w-]*requirements|requirements[-_.](?:dev|test)/.test(file.path),
      }))
    : [];
}

/** Manifests that are read by line. */
const LINES: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:^|\/)(?:[\w-]*requirements[\w.-]*|constraints)\.(?:txt|in)$/, /^[ \t]*([A-Za-z0-9][\w.-]*)/gm],
  [/(?:^|\/)setup\.(?:py|cfg)$/, /^[ \t]*["']?([A-Za-z][\w.-]+)(?:\[[^\]]*\])?[ \t]*(?:[=<>~!]=|["'],?$)/gm],
  [/(?:^|\/)environment\.ya?ml$/, /^[ \t]*-[ \t]*([A-Za-z][\w.-]+)/gm],
  [/(?:^|\/)go\.mod$/, /^(?:require[ \t]+|[ \t]+)([\w.-]+\.[\w-]+\/[\w./-]+)[ \t]+v/gm],
  [/(?:^|\/)Gemfile$/, /^[ \t]*gem[ \t]+["']([\w-]+)["']/gm],
  [/(?:^|\/)pom\.xml$/, /<groupId>([^<]+)<\/groupId>\s*<artifactId>([^<]+)<\/artifactId>/g],
  [/(?:^|\/)build\.gradle(?:\.kts)?$/, /["']([\w.-]+):([\w.-]+)(?::[^"']*)?["']/g],
  [/\.(?:cs|fs|vb)proj$/, /<PackageReference\s+Include="([^"]+)"/g],
];

function named(file: ProjectText, section: Tree | undefined, development: boolean): Dependency[] {
  return entriesOf(section).map((e) => ({ name: e.key.toLowerCase(), file, at: e.at, development }));
}

function python(file: ProjectText): Dependency[] {
  const root = documentOf(file);
  const listed = [
    at(root, 'project', 'dependencies'),
    at(root, 'project', 'optional-dependencies'),
    at(root, 'dependency-groups'),
  ];
  const tables = [
    ...['dependencies', 'dev-dependencies'].map((s) => at(root, 'tool', 'poetry', s)),
    ...entriesOf(at(root, 'tool', 'poetry', 'group')).map((e) => at(e.value, 'dependencies')),
    at(root, 'packages'),
    at(root, 'dev-packages'),
  ];
  return [
    ...listed.flatMap((tree, i) =>
      scalarsIn(tree).map((t) => ({
        name: (/^[\w.-]+/.exec(textOf(t))?.[0] ?? '').toLowerCase(),
        file,
        at: t.at,
        development: i === 2,
      })),
    ),
    ...tables.flatMap((tree) => named(file, tree, false)),
  ];
}
