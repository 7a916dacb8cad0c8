import { effectiveSettings } from '../policy/effective';
import type { LoadedPolicy } from '../policy/load';
import type { FileEntry, GitFacts, ProjectFiles } from '../project/files';
import { decodeText } from '../project/text-encoding';
import type { Finding } from '../scan/finding';
import { lineAt } from '../scan/line-starts';
import { scanText } from '../scan/scan';
import { say } from '../words/say';
import { type FileClass, fileClass, isVendored } from './file-class';

/** One file of the project, read once. */
export interface ProjectText {
  readonly path: string;
  readonly text: string;
  readonly class: FileClass;
  /** Kept out of the repository: untracked, and an ignore rule covers it. */
  readonly local: boolean;
  /** In git's index; without git, a file that no ignore rule covers. */
  readonly tracked: boolean;
  /** What the scanner finds in it: secrets and published test keys, ignored ones too (marked). */
  readonly findings: readonly Finding[];
  /** One-based line and column of an offset. */
  at(offset: number): { readonly line: number; readonly column: number };
}

/** Everything that probes look at. */
export interface ProjectTexts {
  readonly texts: readonly ProjectText[];
  /** Every path, also of files that were not read. */
  readonly entries: readonly FileEntry[];
  readonly git: GitFacts | undefined;
  readonly policy: LoadedPolicy;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** Key of the inventory's fingerprints, where it is at hand. */
  readonly pepper?: string;
  readonly bytes: number;
  readonly notRead: readonly { readonly what: string; readonly why: string }[];
  of(...classes: readonly FileClass[]): readonly ProjectText[];
  /** Paths of files of these classes that are there and could not be read. */
  unread(...classes: readonly FileClass[]): readonly string[];
  text(path: string): ProjectText | undefined;
  isTracked(path: string): boolean;
}

/** Files above this are listed as not evaluated. */
const LARGEST = 1024 * 1024;

/** Called between files and between checks, so that an editor stays quick and tells how far it is; it may throw to cancel. */
export type Pause = (what: 'files' | 'checks', done: number, of: number) => Promise<void>;

/** Reads a project. */
export async function readProject(
  files: ProjectFiles,
  policy: LoadedPolicy,
  asOf: string,
  pause: Pause = async () => {},
): Promise<ProjectTexts> {
  const entries = (await files.list()).filter((e) => !isVendored(e.path));
  const git = await files.git();
  const policyPaths = new Set([
    ...(policy.path ? [policy.path] : []),
    ...policy.extendsPaths,
    ...inventoryFiles(policy),
  ]);
  const charts = entries
    .filter((e) => /(?:^|\/)Chart\.yaml$/.test(e.path))
    .map((e) => e.path.slice(0, -'Chart.yaml'.length));
  const options = { ...effectiveSettings(policy.policy, {}, asOf).scan, today: asOf, showIgnored: true };
  const notRead: { what: string; why: string }[] = [];
  // a folder that nobody can look into may hold anything
  const unread: { path: string; classes: readonly FileClass[] | 'any' }[] = (files.closed ?? []).map((path) => ({
    path,
    classes: 'any',
  }));
  const texts: ProjectText[] = [];
  let bytes = 0;
  for (const [done, entry] of entries.entries()) {
    await pause('files', done, entries.length);
    if (entry.size > LARGEST) {
      notRead.push({ what: entry.path, why: say('larger than 1 MiB ({0} bytes)', entry.size) });
      continue;
    }
    let decoded: string | undefined;
    try {
      const content = await files.read(entry.path);
      decoded = content && decodeText(content)?.text;
    } catch (error) {
      notRead.push({ what: entry.path, why: error instanceof Error ? error.message : say('it could not be read') });
      const kind = fileClass(entry.path, '', policyPaths, charts);
      // without its text nobody knows whether it is a manifest
      const others: readonly FileClass[] =
        /\.(?:ya?ml|json)$/.test(entry.path) && kind === 'config' ? ['k8s', 'iac'] : [];
      unread.push({ path: entry.path, classes: [kind, ...others] });
      continue;
    }
    if (decoded === undefined) {
      continue;
    }
    bytes += entry.size;
    const kind = fileClass(entry.path, decoded, policyPaths, charts);
    const tracked = git ? git.isTracked(entry.path) : !entry.ignored;
    const text = decoded;
    texts.push({
      path: entry.path,
      text,
      class: kind,
      tracked,
      local: entry.ignored && !tracked,
      findings: kind === 'lock' ? [] : scanText(text, { ...options, fileName: entry.path }).findings,
      at: places(text),
    });
  }
  const byPath = new Map(texts.map((t) => [t.path, t]));
  return {
    texts,
    entries,
    git,
    policy,
    asOf,
    bytes,
    notRead,
    unread: (...classes) =>
      unread.filter((f) => f.classes === 'any' || f.classes.some((c) => classes.includes(c))).map((f) => f.path),
    of: (...classes) => texts.filter((t) => classes.includes(t.class)),
    text: (path) => byPath.get(path),
    isTracked: (path) => (git ? git.isTracked(path) : entries.some((e) => e.path === path && !e.ignored)),
  };
}

function inventoryFiles(policy: LoadedPolicy): readonly string[] {
  const list = policy.policy?.inventory?.files;
  return Array.isArray(list) ? list.filter((f) => typeof f === 'string') : [];
}

function places(text: string): ProjectText['at'] {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= [0, ...[...text.matchAll(/\n/g)].map((m) => m.index + 1)];
    const line = lineAt(starts, offset);
    return { line: line + 1, column: offset - (starts[line] as number) + 1 };
  };
}
