import { FileReader } from '../project/node-reader';
import type { ContentScan } from './content-scan';

/** A file to scan. */
export interface FileTask {
  /** Where it lies on the disk. */
  readonly full: string;
  /** What reports call it. */
  readonly name: string;
  /** Git ignores it. */
  readonly local: boolean;
}

/** Scans files one after the other, each read and forgotten before the next. */
export class FileScan {
  readonly #reader = new FileReader();

  constructor(readonly contents: ContentScan) {}

  /** Scans one file; false when it can't be read, which `errors` says then. */
  scan(task: FileTask): boolean {
    const problem = this.#reader.open(task.full, (file) => this.contents.scan(file, task.name, task.local));
    if (problem !== undefined) {
      this.contents.tally.errors.push({ file: task.name, message: problem });
    }
    return problem === undefined;
  }
}
