import fs from 'node:fs';
import path from 'node:path';
import { NodeFiles, type WalkOptions } from '../project/node-files';
import { ContentScan } from './content-scan';
import { FileScan } from './file-scan';
import { scanFolder } from './folder-scan';
import type { Io } from './io';
import { Progress } from './progress';
import { optionsOf, type ScanPlan } from './scan-plan';
import { merge, type Tally } from './tally';

/** Scans a file or a folder that the person named; false when it can't be read. */
export async function scanTarget(
  io: Io,
  target: string,
  walk: WalkOptions,
  plan: ScanPlan,
  tally: Tally,
  jobs?: number,
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
  const shown = path.relative(io.cwd, full).replaceAll('\\', '/');
  if (stat.isFile()) {
    const git = await new NodeFiles(path.dirname(full)).git();
    const local = git?.isIgnored(path.basename(full)) ?? false;
    const contents = new ContentScan(optionsOf(plan, io.err), tally, plan.noArchives);
    return new FileScan(contents).scan({ full, name: shown, local });
  }
  if (!stat.isDirectory()) {
    tally.errors.push({ file: target, message: 'it is neither a file nor a folder' });
    return false;
  }
  const progress = new Progress(io);
  const before = tally.files + tally.skipped;
  const problems = await scanFolder({
    root: full,
    walk,
    prefix: shown === '' ? '' : `${shown}/`,
    plan,
    script: io.worker,
    jobs,
    note: io.err,
    counts: io.terminal,
    take: (found) => merge(tally, found),
    progress: (known) =>
      progress.show(
        { files: tally.files + tally.skipped - before, bytes: tally.bytes },
        known === undefined ? undefined : { files: known, bytes: 0 },
      ),
  });
  progress.end();
  tally.errors.push(...problems);
  tally.errors.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  tally.stale.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  return true;
}
