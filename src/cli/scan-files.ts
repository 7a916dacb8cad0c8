import fs from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { NodeFiles, type WalkOptions } from '../project/node-files';
import { FileScan, type FileTask } from './file-scan';
import type { Io } from './io';
import { Progress } from './progress';
import type { ScanPlan } from './scan-plan';
import { merge, type OptionsOf, type Tally } from './tally';
import { WorkerPool } from './worker-pool';

/** Files in a list for a worker. */
const LIST = 128;
/** Milliseconds of work in this thread before signals are seen. */
const SLICE = 50;
/** Below this, starting threads takes longer than the scan: files and bytes. */
const FEW = 400;
const LITTLE = 4_000_000;

/** How to use several threads. */
export interface Threads {
  readonly plan: ScanPlan;
  /** As the person asked; undefined for as many as the machine has. */
  readonly jobs?: number;
}

/** Scans a file or a folder that the person named; false when it can't be read. */
export async function scanTarget(
  io: Io,
  target: string,
  walk: WalkOptions,
  options: OptionsOf,
  tally: Tally,
  threads?: Threads,
): Promise<boolean> {
  const full = path.resolve(io.cwd, target);
  let stat: fs.Stats;
  try {
    stat = fs.statSync(full);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    tally.errors.push({
      file: target,
      message: code === 'ENOENT' ? 'there is no such file or folder' : `it could not be read (${code})`,
    });
    return false;
  }
  const shown = (file: string) => path.relative(io.cwd, path.join(full, file)).replaceAll('\\', '/');
  if (stat.isFile()) {
    const git = await new NodeFiles(path.dirname(full)).git();
    const local = git?.isIgnored(path.basename(full)) ?? false;
    return new FileScan(options, tally, threads?.plan.noArchives).scan({ full, name: shown(''), local });
  }
  if (!stat.isDirectory()) {
    tally.errors.push({ file: target, message: 'it is neither a file nor a folder' });
    return false;
  }
  const files = new NodeFiles(full, walk);
  // Paths are put together by hand: the walk gives them clean.
  const prefix = shown('') === '' ? '' : `${shown('')}/`;
  const tasks = (function* (): Generator<FileTask> {
    for (const { path: file, ignored } of files.walk()) {
      yield { full: `${full}/${file}`, name: `${prefix}${file}`, local: ignored };
    }
  })();
  await scanAll(io, tasks, options, tally, threads);
  tally.errors.push(...files.problems.map((p) => ({ ...p, file: shown(p.file) })));
  tally.errors.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  tally.stale.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  return true;
}

async function scanAll(
  io: Io,
  tasks: Generator<FileTask>,
  options: OptionsOf,
  tally: Tally,
  threads: Threads | undefined,
): Promise<void> {
  const progress = new Progress(io);
  const jobs = threads?.jobs ?? availableParallelism();
  const first: FileTask[] = [];
  const few = jobs < 2 || !threads || !io.worker || isLittle(tasks, first);
  if (few) {
    await scanHere(first, tasks, new FileScan(options, tally, threads?.plan.noArchives), progress);
  } else {
    await scanInThreads(first, tasks, new WorkerPool(io.worker, threads.plan, jobs, io.err), tally, progress);
  }
  progress.end();
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

async function scanHere(
  first: readonly FileTask[],
  rest: Generator<FileTask>,
  scan: FileScan,
  progress: Progress,
): Promise<void> {
  let pause = Date.now() + SLICE;
  for (const task of chained(first, rest)) {
    scan.scan(task);
    if (Date.now() > pause) {
      progress.show(scan.tally);
      await new Promise((resolve) => setImmediate(resolve));
      pause = Date.now() + SLICE;
    }
  }
}

async function scanInThreads(
  first: readonly FileTask[],
  rest: Generator<FileTask>,
  pool: WorkerPool,
  tally: Tally,
  progress: Progress,
): Promise<void> {
  let list: FileTask[] = [];
  for (const task of chained(first, rest)) {
    list.push(task);
    if (list.length === LIST) {
      await pool.scan(list);
      list = [];
      progress.show(pool.tally);
    }
  }
  if (list.length > 0) {
    await pool.scan(list);
  }
  await pool.end();
  merge(tally, pool.tally);
}
