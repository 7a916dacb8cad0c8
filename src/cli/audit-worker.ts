// The thread that audits a folder or its history for the editor: it walks, hands files to threads of its own, and tells what they
// find as it comes, so that the extension's thread is free for who types.
import { parentPort, workerData } from 'node:worker_threads';
import { GitProblem } from '../project/git-objects';
import { matchesGlob } from '../project/globs';
import type { AuditMessage, AuditRequest } from '../report/audit-stream';
import { scanFolder } from './folder-scan';
import { auditHistory } from './history-audit';
import type { ScanPlan } from './scan-plan';
import { emptyTally, type Tally } from './tally';

const { audit, root, exclude, hidden, ...rest } = workerData as AuditRequest;
const plan: ScanPlan = rest;
const tell = (message: AuditMessage) => parentPort?.postMessage(message);
const note = (line: string) => tell({ told: 'note', line: line.trim() });

/** Milliseconds between two words on how far it is. */
const EVERY = 100;

function tellFound({ findings, errors }: Pick<Tally, 'findings' | 'errors'>): void {
  if (findings.length > 0) {
    tell({ told: 'found', findings });
  }
  for (const e of errors) {
    tell({ told: 'error', ...e });
  }
}

async function auditFolder(): Promise<void> {
  const sum = emptyTally();
  let told = 0;
  let known: number | undefined;
  const progress = () => {
    const { files, bytes, skipped } = sum;
    tell({ told: 'progress', progress: { files, bytes, skipped, ...(known === undefined ? {} : { known }) } });
  };
  const errors = await scanFolder({
    root,
    walk: { exclude, hidden },
    prefix: '',
    plan,
    script: __filename,
    note,
    counts: true,
    take: (more) => {
      sum.files += more.files;
      sum.bytes += more.bytes;
      sum.skipped += more.skipped;
      tellFound(more);
    },
    progress: (all) => {
      known = all;
      if (Date.now() - told > EVERY) {
        told = Date.now();
        progress();
      }
    },
  });
  tellFound({ findings: [], errors });
  progress();
}

async function auditCommits(): Promise<void> {
  const tally = await auditHistory({
    root,
    plan,
    wanted: (path) => !exclude.some((glob) => matchesGlob(path, glob)),
    script: __filename,
    note,
    progress: (done, all) =>
      tell({ told: 'progress', progress: { ...done, skipped: 0, known: all.files, knownBytes: all.bytes } }),
  });
  tellFound(tally);
}

(audit === 'folder' ? auditFolder() : auditCommits()).catch((error) => {
  if (!(error instanceof GitProblem)) {
    throw error;
  }
  tell({ told: 'refused', message: error.message });
});
