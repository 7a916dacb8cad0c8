import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { credentialTypes } from '../catalog/all';
import { emptyBaseline } from '../policy/baseline';
import { GitProblem } from '../project/git-objects';
import {
  type HistoryBlob,
  type HistoryRepository,
  historyObjects,
  historyRepository,
  introductions,
  submodulesOf,
} from '../project/node-git-history';
import { type BlobOutcome, HistoryProgress } from '../project/node-history-progress';
import type { LocatedFinding } from '../report/located-finding';
import { type BlobList, type BlobTask, scanBlobs } from './blob-scan';
import { ContentScan } from './content-scan';
import { version } from './io';
import type { Amount } from './progress';
import { optionsOf, type ScanPlan } from './scan-plan';
import { emptyTally, merge, type Tally } from './tally';
import { type WorkerAnswer, WorkerPool } from './worker-pool';

/** Blobs in a list for a worker: enough that starting git for it is little beside the scan. */
const LIST_BLOBS = 4000;
const LIST_BYTES = 16_000_000;
/** Below this, starting threads takes longer than the scan: blobs and bytes. */
const FEW = 400;
const LITTLE = 4_000_000;

/** What an audit of the history is told, and whom it tells. */
export interface HistoryAudit {
  readonly root: string;
  /** Commits, as `git rev-list` takes them; without it everything that a ref or a work tree reaches. */
  readonly range?: string | undefined;
  readonly plan: ScanPlan;
  readonly wanted: (path: string) => boolean;
  /** Threads: script and number. Without a script all is scanned in this one. */
  readonly script?: string | undefined;
  readonly jobs?: number | undefined;
  /** Forget what an interrupted audit has scanned. */
  readonly anew?: boolean | undefined;
  readonly note: (line: string) => void;
  readonly progress: (done: Amount, known: Amount) => void;
}

/** One repository with the blobs that are left to scan. */
interface Part {
  readonly repository: HistoryRepository;
  readonly progress: HistoryProgress;
  readonly left: readonly HistoryBlob[];
}

/**
 * Scans every blob of a repository and of its submodules, each once, and says of each value where it came in first and where it
 * still stands. Goes on where one that was interrupted stopped. Throws a GitProblem.
 */
export async function auditHistory(audit: HistoryAudit): Promise<Tally> {
  const plan: ScanPlan = { ...audit.plan, run: emptyBaseline() };
  const tally = emptyTally(plan.baseline, plan.run);
  const parts: Part[] = [];
  const known = { files: 0, bytes: 0 };
  for (const repository of repositories(audit, tally)) {
    if (repository.isShallow) {
      const which = repository.seenAs ? repository.seenAs.slice(0, -1) : 'this';
      audit.note(
        `keyward: ${which} is a shallow clone: only the commits that it has are scanned (git fetch --unshallow).\n`,
      );
    }
    parts.push(await partOf(audit, plan, repository, tally, known));
  }
  const before = tally.files + tally.skipped;
  if (before > 0) {
    audit.note(
      `keyward: going on where the last run was interrupted: ${before} of ${known.files} blobs were scanned (--anew scans all).\n`,
    );
  }
  await scanParts(audit, plan, parts, tally, known);
  const found: LocatedFinding[] = [];
  for (const { repository, left } of parts) {
    const mine = new Set(left.map((b) => b.oid));
    found.push(
      ...(await placedInHistory(
        repository,
        tally.findings.filter((f) => f.blob && mine.has(f.blob)),
      )),
    );
  }
  tally.findings = found;
  for (const { progress } of parts) {
    progress.remove();
  }
  return tally;
}

/** The repository that was asked for, and the submodules below it. A range is one of the first alone. */
function* repositories({ root, range }: HistoryAudit, tally: Tally): Generator<HistoryRepository> {
  const first = historyRepository(root);
  yield first;
  const waiting = range === undefined ? submodulesOf(first) : [];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    try {
      const repository = historyRepository(next.root, next.seenAs);
      waiting.push(...submodulesOf(repository));
      yield repository;
    } catch (error) {
      if (!(error instanceof GitProblem)) {
        throw error;
      }
      tally.errors.push({ file: next.seenAs.slice(0, -1), message: error.message.replace(/\.$/, '') });
    }
  }
}

/** Counts what was scanned before, and lists what is left. */
async function partOf(
  { range, wanted, anew }: HistoryAudit,
  plan: ScanPlan,
  repository: HistoryRepository,
  tally: Tally,
  known: { files: number; bytes: number },
): Promise<Part> {
  const progress = new HistoryProgress(repository.commonDir, keyOf(plan), anew);
  const left: HistoryBlob[] = [];
  const { blobs, missing } = await historyObjects(repository, range);
  for (const oid of missing) {
    const message = `git has lost object ${oid.slice(0, 12)}; the history is read without it`;
    tally.errors.push({ file: `${repository.seenAs}.git`, message });
  }
  for (const blob of blobs) {
    if (!wanted(blob.path)) {
      continue;
    }
    known.files++;
    known.bytes += blob.size;
    const outcome = progress.done.get(blob.oid);
    if (outcome === 'clean') {
      tally.files++;
      tally.bytes += blob.size;
    } else if (outcome === 'binary') {
      tally.skipped++;
    } else {
      left.push(blob);
    }
  }
  return { repository, progress, left };
}

/** Everything that decides what is found in a text, but its date: ignores that end are judged when all is scanned. */
function keyOf({ options, ignores, noArchives }: ScanPlan): string {
  const { today: _, pepper: __, matchRule: ___, ...rest } = options;
  const hash = createHash('sha256');
  for (const part of [
    version,
    credentialTypes,
    { ...rest, allowed: [...(rest.allowed ?? [])] },
    ignores,
    !noArchives,
  ]) {
    hash.update(JSON.stringify(part));
  }
  return hash.digest('hex');
}

function* listsOf({ repository, left }: Part): Generator<BlobList> {
  let blobs: BlobTask[] = [];
  let bytes = 0;
  for (const { oid, size, path } of left) {
    blobs.push({ oid, size, name: path });
    bytes += size;
    if (blobs.length >= LIST_BLOBS || bytes >= LIST_BYTES) {
      yield { root: repository.root, blobs };
      blobs = [];
      bytes = 0;
    }
  }
  if (blobs.length > 0) {
    yield { root: repository.root, blobs };
  }
}

async function scanParts(
  { script, jobs = availableParallelism(), note, progress: show }: HistoryAudit,
  plan: ScanPlan,
  parts: readonly Part[],
  tally: Tally,
  known: Amount,
): Promise<void> {
  const left = parts.flatMap((p) => p.left);
  const little = left.length < FEW && left.reduce((sum, b) => sum + b.size, 0) < LITTLE;
  const pool = script && jobs > 1 && !little ? new WorkerPool(script, plan, jobs, note) : undefined;
  const options = optionsOf(plan, note);
  for (const part of parts) {
    const take = ({ tally: more, outcomes }: Omit<WorkerAnswer, 'notes'>) => {
      merge(tally, more);
      part.progress.add(outcomes as ReadonlyMap<string, BlobOutcome>);
      show({ files: tally.files + tally.skipped, bytes: tally.bytes }, known);
    };
    for (const list of listsOf(part)) {
      if (pool) {
        await pool.scan({ list }, take);
      } else {
        const more = emptyTally(plan.baseline, plan.run);
        take({ outcomes: await scanBlobs(list, new ContentScan(options, more, plan.noArchives)), tally: more });
      }
    }
  }
  await pool?.end();
}

const REACHES = ['local', 'remote', 'head'] as const;

/** One finding for each value and path: the oldest, with where any version of it still stands. */
async function placedInHistory(
  repository: HistoryRepository,
  findings: readonly LocatedFinding[],
): Promise<LocatedFinding[]> {
  if (findings.length === 0) {
    return [];
  }
  const from = await introductions(repository, new Set(findings.map((f) => f.blob as string)));
  const oldest = new Map<string, { finding: LocatedFinding; order: number }>();
  for (const f of findings) {
    const at = from.get(f.blob as string);
    const member = f.file.indexOf('!');
    const file = (at?.path ?? f.file) + (at && member >= 0 ? f.file.slice(member) : '');
    const finding: LocatedFinding = {
      ...f,
      file,
      ...(repository.seenAs ? { submodule: repository.seenAs } : {}),
      ...(f.group ? { group: `${f.group}-${f.blob?.slice(0, 8)}` } : {}),
      ...(at ? { commit: at.commit, history: { date: at.date, reach: at.reach, pushed: at.pushed } } : {}),
    };
    const key = `${f.ruleId}\0${f.valueId}\0${file}\0${f.ignored === undefined}`;
    const other = oldest.get(key);
    const order = at?.order ?? -1;
    const first = other && other.order >= order ? other.finding : finding;
    oldest.set(key, { finding: together(first, other?.finding, finding), order: Math.max(order, other?.order ?? -1) });
  }
  return [...oldest.values()].map((o) => o.finding);
}

function together(first: LocatedFinding, one: LocatedFinding | undefined, other: LocatedFinding): LocatedFinding {
  if (!first.history) {
    return first;
  }
  const all = [one, other].flatMap((f) => (f?.history ? [f.history] : []));
  const reach = REACHES[Math.max(...all.map((h) => REACHES.indexOf(h.reach)))] ?? first.history.reach;
  return { ...first, history: { date: first.history.date, reach, pushed: all.some((h) => h.pushed) } };
}
