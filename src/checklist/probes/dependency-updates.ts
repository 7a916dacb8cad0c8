import { dependencies } from '../formats/dependencies';
import { pipelines } from '../formats/pipelines';
import { documentsOf } from '../formats/read';
import { type Observation, seen, seenFile } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

/** Package manifests by file name, with the lockfiles that pin them. */
const LOCKS: readonly (readonly [manifest: RegExp, locks: RegExp])[] = [
  [/^package\.json$/, /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/],
  [/^requirements[\w.-]*\.txt$/, /^(?:poetry|uv|pdm)\.lock$|^Pipfile\.lock$/],
  [/^pyproject\.toml$/, /^(?:(?:poetry|uv|pdm)\.lock|Pipfile\.lock|pylock\.toml|requirements[\w.-]*\.txt)$/],
  [/^Pipfile$/, /^Pipfile\.lock$/],
  [/^go\.mod$/, /^go\.sum$/],
  [/^Cargo\.toml$/, /^Cargo\.lock$/],
  [/^pom\.xml$/, /^$/],
  [/^build\.gradle(?:\.kts)?$/, /^gradle\.lockfile$/],
  [/^composer\.json$/, /^composer\.lock$/],
  [/^Gemfile$/, /^Gemfile\.lock$/],
  [/\.csproj$/, /^packages\.lock\.json$/],
  [/^foundry\.toml$/, /^(?:foundry\.lock|soldeer\.lock|\.gitmodules)$/],
];

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

/** A manifest, and whether a lockfile beside it or above pins what it asks for. */
export interface Manifest {
  readonly path: string;
  readonly isLocked: boolean;
}

/** The manifests of a project, those of tests and fixtures left out. */
export function manifests(project: ProjectTexts): readonly Manifest[] {
  const paths = project.entries.map((e) => e.path);
  return paths.flatMap((path) => {
    const kind = LOCKS.find(([manifest]) => manifest.test(nameOf(path)));
    const file = project.text(path);
    if (!kind || file?.class === 'test') {
      return [];
    }
    if (
      nameOf(path) === 'foundry.toml' &&
      !paths.some((p) => p.startsWith(`${folderOf(path)}lib/`) || p.endsWith('.gitmodules'))
    ) {
      return [];
    }
    const folder = folderOf(path);
    const isLocked =
      paths.some((p) => kind[1].test(nameOf(p)) && folder.startsWith(folderOf(p)) && isPinning(project.text(p))) ||
      (file !== undefined && (pinsItself(file) || asksForNothing(project, file)));
    return [{ path, isLocked }];
  });
}

/** A manifest that was read and names no package leaves nothing to pin. */
function asksForNothing(project: ProjectTexts, file: ProjectText): boolean {
  return (
    /(?:^|\/)(?:package\.json|composer\.json|pyproject\.toml|Pipfile|Cargo\.toml|go\.mod|Gemfile)$/.test(file.path) &&
    documentsOf(file).error === undefined &&
    !dependencies(project).some((d) => d.file === file)
  );
}

/** A requirements file counts as a lockfile only when every line is pinned. */
function isPinning(file: ProjectText | undefined): boolean {
  return !file || !/requirements[\w.-]*\.txt$/.test(file.path) || pinsItself(file);
}

function pinsItself(file: ProjectText): boolean {
  const name = nameOf(file.path);
  if (/^requirements[\w.-]*\.txt$/.test(name)) {
    const lines = file.text
      .replace(/\\\r?\n/g, ' ')
      .split('\n')
      .map((l) => l.replace(/(?:^|\s)#.*$/, '').trim())
      .filter((l) => l && !/^-(?:r|c|i|-)/.test(l));
    return (
      lines.length > 0 &&
      lines.every(
        (l) => /^[^=<>~!]+===?[^*=]+$/.test(l.split(/;|\s--hash/)[0] as string) || / @ .*[0-9a-f]{40}/.test(l),
      )
    );
  }
  if (name === 'pom.xml') {
    const versions = [...withoutComments(file).matchAll(/<version>([^<]*)<\/version>/g)].map((m) =>
      (m[1] as string).trim(),
    );
    return versions.length > 0 && versions.every((v) => !/LATEST|RELEASE|SNAPSHOT|[[(,]/.test(v));
  }
  return false;
}

const TOOL_FILE =
  /^(?:\.github\/dependabot\.ya?ml|(?:\.github\/|\.gitlab\/)?renovate\.json5?|\.renovaterc(?:\.json5?)?)$/;
const AUDIT =
  /\b(?:npm audit|yarn (?:npm )?audit|pnpm audit|pip-audit|govulncheck|cargo[ -]audit|cargo[ -]deny|osv-scanner|trivy|grype|snyk|dependency-check|bundle(?:r)?[ -]audit|safety check)\b/;

/** Tools that tell of outdated or vulnerable packages: Dependabot, Renovate, or an audit that CI runs on a schedule. */
export function updateTools(project: ProjectTexts): Observation[] {
  const probe = 'updateToolConfigured';
  const files = project.entries.filter((e) => TOOL_FILE.test(e.path)).map((e) => seenFile(e.path, probe, 'pass'));
  const embedded = project.texts
    .filter((f) => f.path === 'package.json' && /"renovate"\s*:\s*\{/.test(f.text))
    .map((f) => seen(f, f.text.indexOf('"renovate"'), probe, 'pass'));
  const audits = pipelines(project)
    .filter((p) => p.events.has('schedule'))
    .flatMap(({ file }) => {
      const offset = withoutComments(file).search(AUDIT);
      return offset < 0 ? [] : [seen(file, offset, probe, 'pass')];
    });
  return [...files, ...embedded, ...audits];
}
