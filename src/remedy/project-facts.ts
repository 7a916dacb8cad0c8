import { type ParseError, parse } from 'jsonc-parser';
import type { FileEntry, GitFacts, ProjectFiles } from '../project/files';
import { decodeText } from '../project/text-encoding';

/** A package.json, as far as fixes read it. */
export interface Manifest {
  readonly path: string;
  readonly text: string;
  readonly name?: string;
  /** What is published, where the package says so. */
  readonly files?: readonly string[];
  readonly dependencies: ReadonlySet<string>;
  readonly scripts: Readonly<Record<string, string>>;
}

/** What the project around a file does already. Read once for a fix. */
export interface ProjectFacts {
  /** Folder of the nearest package (package.json, pyproject.toml, ...), without a trailing slash; empty for the root. */
  readonly packageRoot: string;
  readonly manifest?: Manifest;
  /** Text of pyproject.toml, requirements.txt and the like of the package, joined. */
  readonly pythonDependencies: string;
  /** Every path of the project. */
  readonly paths: ReadonlySet<string>;
  /** Text of a file of the project, from memory. */
  readonly text: (path: string) => string | undefined;
  /** Files of the package that may declare its variables with types. */
  readonly schemas: readonly string[];
  readonly git: GitFacts | undefined;
  /** The project is on no disk: see ProjectFiles. */
  readonly isVirtual?: boolean;
  /** The project is on a machine that runs Windows: see ProjectFiles. */
  readonly onWindows?: boolean;
}

const ROOT_MARKS = [
  'package.json',
  'pyproject.toml',
  'requirements.txt',
  'go.mod',
  'Cargo.toml',
  'deno.json',
  'deno.jsonc',
  'Gemfile',
  'composer.json',
  'setup.py',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'build.sbt',
  'Package.swift',
  'pubspec.yaml',
  'mix.exs',
  'foundry.toml',
];
const READ =
  /(?:^|\/)(?:package\.json|pyproject\.toml|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|build\.sbt|[\w.-]+\.[cf]sproj|Gemfile|composer\.json|Package\.swift|pubspec\.yaml|mix\.exs|requirements[\w.-]*\.txt|Pipfile|deno\.jsonc?|bun\.lockb?|bunfig\.toml|\.env[\w.-]*|\.gitignore|\.dockerignore|\.npmignore|Dockerfile|Makefile|(?:docker-)?compose[\w.-]*\.ya?ml|(?:next|vite|nuxt|astro)\.config\.\w+|(?:launch|tasks)\.json)$/;

/** Where programs declare their variables with types. */
const SCHEMAS =
  /(?:^|\/)(?:env|environment|settings|config)(?:\.(?:server|schema))?\.(?:[cm]?[jt]s|py)$|(?:^|\/)(?:env|settings|config)\/(?:index|server|schema)\.(?:[cm]?[jt]s|py)$/;

/** Where a Kubernetes operator is told which values to fetch. */
const OPERATORS = /external-?secrets?[\w.-]*\.ya?ml$/i;

/** The names that facts are read from, as glob patterns of file names: a project that can't be listed cheaply lists these. */
export const factNames: readonly string[] = [
  ...ROOT_MARKS,
  '*.csproj',
  '*.fsproj',
  'requirements*.txt',
  'Pipfile',
  'bun.lock',
  'bun.lockb',
  'bunfig.toml',
  '.env',
  '.env.*',
  '*.env',
  'env.example',
  'example.env',
  '.envrc',
  '.gitignore',
  '.dockerignore',
  '.npmignore',
  'Dockerfile',
  'Makefile',
  'compose*.yml',
  'compose*.yaml',
  'docker-compose*.yml',
  'docker-compose*.yaml',
  '*.config.ts',
  '*.config.js',
  '*.config.mjs',
  'launch.json',
  'tasks.json',
  // what stores leave in a project
  'doppler.yaml',
  'doppler.yml',
  '.infisical.json',
  '.sops.yaml',
  'vault-agent*.hcl',
  '.op/plugins.sh',
  // spelt out, for VS Code's globs have no braces within braces
  ...['env', 'env.server', 'env.schema', 'environment', 'settings', 'config'].flatMap((name) =>
    ['ts', 'mts', 'js', 'mjs', 'py'].map((kind) => `${name}.${kind}`),
  ),
  ...['env', 'settings', 'config'].flatMap((folder) =>
    ['index', 'server', 'schema'].flatMap((name) => ['ts', 'js', 'py'].map((kind) => `${folder}/${name}.${kind}`)),
  ),
  ...['externalsecret', 'external-secret'].flatMap((name) => [`*${name}*.yml`, `*${name}*.yaml`]),
];

/** Reads the facts for a file. Texts of open documents win over the disk. */
export async function readProjectFacts(
  files: ProjectFiles,
  file: string,
  openTexts?: ReadonlyMap<string, string>,
): Promise<ProjectFacts> {
  const entries: readonly FileEntry[] = await files.list();
  const paths = new Set(entries.map((e) => e.path));
  const texts = new Map<string, string>();
  for (const e of entries) {
    if ([READ, SCHEMAS, OPERATORS].some((r) => r.test(e.path)) && e.size < 4_000_000) {
      const bytes = await files.read(e.path);
      const text = bytes ? decodeText(bytes)?.text : undefined;
      if (text !== undefined) {
        texts.set(e.path, text);
      }
    }
  }
  for (const [path, text] of openTexts ?? []) {
    texts.set(path, text);
    paths.add(path);
  }
  let packageRoot = '';
  for (
    let dir = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
    ;
    dir = dir.includes('/') ? dir.slice(0, dir.lastIndexOf('/')) : ''
  ) {
    const marked = [...ROOT_MARKS, '.env', '.env.local'].some((m) => paths.has(dir ? `${dir}/${m}` : m));
    if (marked) {
      packageRoot = dir;
      break;
    }
    if (!dir) {
      break;
    }
  }
  const inRoot = (name: string) => (packageRoot ? `${packageRoot}/${name}` : name);
  const manifest = readManifest(inRoot('package.json'), texts.get(inRoot('package.json')));
  const python = [...texts]
    .filter(([p]) => /pyproject\.toml$|requirements[\w.-]*\.txt$|Pipfile$/.test(p) && p.startsWith(packageRoot))
    .map(([, t]) => t);
  return {
    packageRoot,
    ...(manifest ? { manifest } : {}),
    pythonDependencies: python.join('\n'),
    paths,
    text: (p) => texts.get(p),
    schemas: [...texts.keys()].filter((p) => SCHEMAS.test(p) && (!packageRoot || p.startsWith(`${packageRoot}/`))),
    git: await files.git(),
    ...(files.isVirtual ? { isVirtual: true } : {}),
    ...(files.onWindows ? { onWindows: true } : {}),
  };
}

function readManifest(path: string, text: string | undefined): Manifest | undefined {
  if (text === undefined) {
    return undefined;
  }
  const errors: ParseError[] = [];
  const value = parse(text, errors) as
    | {
        name?: unknown;
        files?: unknown;
        dependencies?: object;
        devDependencies?: object;
        scripts?: Record<string, string>;
      }
    | undefined;
  if (!value || typeof value !== 'object') {
    return undefined;
  }
  return {
    path,
    text,
    ...(typeof value.name === 'string' ? { name: value.name } : {}),
    ...(Array.isArray(value.files) ? { files: value.files.filter((f) => typeof f === 'string') } : {}),
    dependencies: new Set([...Object.keys(value.dependencies ?? {}), ...Object.keys(value.devDependencies ?? {})]),
    scripts: value.scripts ?? {},
  };
}
