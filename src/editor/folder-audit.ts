import * as vscode from 'vscode';
import type { ReadProblem } from '../project/node-problems';
import type { AuditProgress } from '../report/audit-stream';
import type { LocatedFinding } from '../report/located-finding';
import type { Engine } from './engine';
import type { FolderContext, FolderContexts } from './folder-contexts';

/** Files above this are left to the command line, which reads them in parts. */
const LARGEST = 16 * 1024 * 1024;
/** Milliseconds of work before keystrokes and other extensions may run. */
const SLICE_MS = 15;

/** A folder that is audited in this thread: in the browser, and where only `workspace.fs` reaches it. */
export interface FolderAudit {
  readonly engine: Engine;
  readonly contexts: FolderContexts;
  readonly context: FolderContext;
  readonly folder: vscode.WorkspaceFolder;
  readonly take: (found: readonly LocatedFinding[]) => void;
  readonly tell: (now: AuditProgress) => void;
  readonly problem: (problem: ReadProblem) => void;
  readonly signal: AbortSignal;
}

/** Scans the files of a folder a slice at a time. */
export async function auditHere(audit: FolderAudit): Promise<void> {
  const { engine, contexts, context, folder, take, tell, problem, signal } = audit;
  const project = await contexts.files(folder, context.effective.exclude);
  const entries = await project.list();
  const known = entries.length;
  const done = { files: 0, bytes: 0, skipped: 0 };
  let sliceEnd = Date.now() + SLICE_MS;
  for (const entry of entries) {
    if (Date.now() > sliceEnd) {
      tell({ ...done, known });
      await new Promise((resolve) => setTimeout(resolve, 0));
      sliceEnd = Date.now() + SLICE_MS;
    }
    if (signal.aborted) {
      return;
    }
    if (entry.size > LARGEST) {
      problem({ file: entry.path, message: vscode.l10n.t('it is larger than 16 MB; scan it with keyward scan') });
      continue;
    }
    try {
      const bytes = await project.read(entry.path);
      const text = bytes && engine.decodeText(bytes)?.text;
      if (text === undefined) {
        done.skipped++;
        continue;
      }
      done.files++;
      done.bytes += entry.size;
      const { findings } = engine.scanText(text, contexts.fileOptions(engine, context, entry.path));
      if (findings.length > 0) {
        take(engine.locate(text, findings, entry.path, entry.ignored));
      }
    } catch (error) {
      problem({
        file: entry.path,
        message: error instanceof Error ? error.message : vscode.l10n.t('it could not be read'),
      });
    }
  }
  tell({ ...done, known });
}
