import fs from 'node:fs';
import path from 'node:path';
import type { GitFile } from '../project/git-objects';
import { readBlobs } from '../project/node-git-blobs';
import { changedSince, stagedFiles } from '../project/node-git-objects';
import { decodeText } from '../project/text-encoding';
import type { ScanOptions } from '../scan/finding';
import { KnownValues } from '../scan/known-values';
import { scanText } from '../scan/scan';
import type { Io } from './io';
import { placed, type Tally } from './tally';

type OptionsOf = (file: string) => ScanOptions;

/** Scans what a change brings: the new side of each file, without what stood on its old sides already. */
async function scanChange(
  root: string,
  files: readonly GitFile[],
  options: OptionsOf,
  tally: Tally,
  wanted: (path: string) => boolean,
): Promise<void> {
  const chosen = files.filter((f) => wanted(f.path));
  const known = new KnownValues();
  const pathOf = new Map(chosen.map((f) => [f.before, f.path]));
  await readBlobs(root, [...new Set(chosen.flatMap((f) => (f.before ? [f.before] : [])))], (oid, bytes) => {
    const text = decodeText(bytes)?.text;
    if (text !== undefined) {
      known.add(text, scanText(text, options(pathOf.get(oid) ?? '')).findings);
    }
  });
  const scan = (file: string, bytes: Uint8Array) => {
    const text = decodeText(bytes)?.text;
    if (text === undefined) {
      tally.skipped++;
      return;
    }
    tally.files++;
    tally.bytes += bytes.length;
    const { findings } = scanText(text, options(file));
    const fresh = findings.filter((f) => !known.take(text, f));
    tally.findings.push(...placed(text, fresh, file, false, tally));
  };
  const byOid = new Map<string, string[]>();
  for (const { oid, path: file } of chosen) {
    if (oid) {
      byOid.set(oid, [...(byOid.get(oid) ?? []), file]);
      continue;
    }
    try {
      if (fs.lstatSync(path.join(root, file)).isFile()) {
        scan(file, fs.readFileSync(path.join(root, file)));
      }
    } catch (error) {
      tally.errors.push({ file, message: `it could not be read (${(error as NodeJS.ErrnoException).code})` });
    }
  }
  await readBlobs(root, [...byOid.keys()], (oid, bytes) => {
    for (const file of byOid.get(oid) ?? []) {
      scan(file, bytes);
    }
  });
}

/** `keyward scan --staged`: what the index holds and HEAD does not. */
export async function scanStaged(
  io: Io,
  options: OptionsOf,
  tally: Tally,
  wanted: (path: string) => boolean,
): Promise<void> {
  await scanChange(io.cwd, await stagedFiles(io.cwd), options, tally, wanted);
}

/** `keyward scan --since REV`: what the work tree holds and the point where REV and HEAD parted did not. */
export async function scanSince(
  io: Io,
  revision: string,
  options: OptionsOf,
  tally: Tally,
  wanted: (path: string) => boolean,
): Promise<void> {
  await scanChange(io.cwd, await changedSince(io.cwd, revision), options, tally, wanted);
}
