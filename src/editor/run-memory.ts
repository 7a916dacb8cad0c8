import * as vscode from 'vscode';
import type { Assessment } from '../checklist/assessment';
import type { Changes } from '../checklist/changes';

/** One folder's last run, as it is kept between two windows. It holds what a report holds: places and states, no values. */
export interface KeptRun {
  readonly assessment: Assessment;
  readonly changes?: Changes;
}

const VERSION = 1;

/** The last run of each folder, in VS Code's own storage for this workspace: never in the project. */
export class RunMemory {
  constructor(readonly storage: vscode.Uri | undefined) {}

  /** The runs that are kept, by the folder's URI; none where they can't be read. */
  async read(): Promise<ReadonlyMap<string, KeptRun>> {
    const uri = this.#file();
    if (!uri) {
      return new Map();
    }
    try {
      const kept = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
      return new Map<string, KeptRun>(kept.version === VERSION ? kept.runs : []);
    } catch {
      return new Map();
    }
  }

  /** Keeps the runs in place of those before. */
  async write(runs: readonly (readonly [folder: string, run: KeptRun])[]): Promise<void> {
    const uri = this.#file();
    if (uri && this.storage) {
      await vscode.workspace.fs.createDirectory(this.storage);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(JSON.stringify({ version: VERSION, runs })));
    }
  }

  #file(): vscode.Uri | undefined {
    return this.storage && vscode.Uri.joinPath(this.storage, 'checklist-runs.json');
  }
}
