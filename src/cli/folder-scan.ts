import fs from 'node:fs';
import { availableParallelism } from 'node:os';
import { NodeFiles, type WalkOptions } from '../project/node-files';
import { ContentScan } from './content-scan';
import { FileScan, type FileTask } from './file-scan';
import { optionsOf, type ScanPlan } from './scan-plan';
import { emptyTally, type Tally } from './tally';
import { WorkerPool } from './worker-pool';

/** Files in a list for a worker. */
const LIST = 128;
/** Milliseconds of work in this thread before signals are seen. */
const SLICE = 50;
/** Below this, starting threads takes longer than the scan: files and bytes. */
const FEW = 400;
const LITTLE = 4_000_000;
/** Files are counted ahead once a scan takes longer than that, a slice at a time: milliseconds. */
const COUNT_AFTER = 1000;
const COUNT_SLICE = 10;

/** A folder to scan, and who takes what is found. */
export interface FolderScan {
  readonly root: string;
  readonly walk: WalkOptions;
  /** Before the paths of files in reports. */
  readonly prefix: string;
  readonly plan: ScanPlan;
  /** Threads: script and number. Without a script all is scanned in this one. */
  readonly script?: string | undefined;
  readonly jobs?: number | undefined;
  readonly note: (line: string) => void;
  /** Somebody wants to know how many files there are. */
  readonly counts: boolean;
  readonly take: (found: Tally) => void;
  /** Files in all, once they are known. */
  readonly progress: (known: number | undefined) => void;
}

/** Scans the files of a folder and gives what the walk could not read. */
export async function scanFolder(scan: FolderScan): Promise<{ file: string; message: string }[]> {
  const { root, prefix, walk, script, jobs = availableParallelism() } = scan;
  const files = new NodeFiles(root, walk);
  // Paths are put together by hand: the walk gives them clean.
  const tasks = (function* (): Generator<FileTask> {
    for (const { path: file, ignored } of files.walk()) {
      yield { full: `${root}/${file}`, name: `${prefix}${file}`, local: ignored };
    }
  })();
  const first: FileTask[] = [];
  if (isLittle(tasks, first)) {
    await scanHere(scan, first, first.length);
  } else if (jobs < 2 || !script) {
    await scanHere(scan, chained(first, tasks));
  } else {
    await scanInThreads(scan, chained(first, tasks), new WorkerPool(script, scan.plan, jobs, scan.note));
  }
  return files.problems.map((p) => ({ ...p, file: `${prefix}${p.file}` }));
}

/** Takes the first tasks, until they are all or are enough for threads. */
function isLittle(tasks: Generator<FileTask>, taken: FileTask[]): boolean {
  let bytes = 0;
  for (let next = tasks.next(); !next.done; next = tasks.next()) {
    taken.push(next.value);
    bytes += fs.lstatSync(next.value.full, { throwIfNoEntry: false })?.size ?? 0;
    if (taken.length > FEW || bytes > LITTLE) {
      return false;
    }
  }
  return true;
}

function* chained(first: readonly FileTask[], rest: Generator<FileTask>): Generator<FileTask> {
  yield* first;
  yield* rest;
}

/** Counts the files of a folder beside the scan, a little at a time; undefined until it is done. */
function counter({ root, walk, counts }: FolderScan): () => number | undefined {
  const from = Date.now() + COUNT_AFTER;
  let files: ReturnType<NodeFiles['walk']> | undefined;
  let count = 0;
  let done = false;
  return () => {
    if (!counts || done || Date.now() < from) {
      return done ? count : undefined;
    }
    files ??= new NodeFiles(root, walk).walk();
    for (const end = Date.now() + COUNT_SLICE; Date.now() < end && !done; ) {
      for (let i = 0; i < 50 && !done; i++) {
        done = files.next().done === true;
        count += done ? 0 : 1;
      }
    }
    return done ? count : undefined;
  };
}

async function scanHere(scan: FolderScan, tasks: Iterable<FileTask>, known?: number): Promise<void> {
  const options = optionsOf(scan.plan, scan.note);
  const count = counter(scan);
  const begin = () => {
    const tally = emptyTally(scan.plan.baseline);
    return { tally, files: new FileScan(new ContentScan(options, tally, scan.plan.noArchives)) };
  };
  let { tally, files } = begin();
  let pause = Date.now() + SLICE;
  for (const task of tasks) {
    files.scan(task);
    if (Date.now() > pause) {
      scan.take(tally);
      scan.progress(known ?? count());
      ({ tally, files } = begin());
      await new Promise((resolve) => setImmediate(resolve));
      pause = Date.now() + SLICE;
    }
  }
  scan.take(tally);
}

async function scanInThreads(scan: FolderScan, tasks: Iterable<FileTask>, pool: WorkerPool): Promise<void> {
  const count = counter(scan);
  let list: FileTask[] = [];
  for (const task of tasks) {
    list.push(task);
    if (list.length === LIST) {
      await pool.scan({ files: list }, ({ tally }) => scan.take(tally));
      list = [];
      scan.progress(count());
    }
  }
  if (list.length > 0) {
    await pool.scan({ files: list }, ({ tally }) => scan.take(tally));
  }
  await pool.end();
}
