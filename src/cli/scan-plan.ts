import type { Baseline } from '../policy/baseline';
import { entriesFor, type IgnoreFile } from '../policy/ignore-file';
import { limitedMatcher } from '../project/node-rule-matcher';
import type { ScanOptions } from '../scan/finding';
import type { OptionsOf } from './tally';

/** How the texts of a workspace are scanned: plain data, which other threads can be given. */
export interface ScanPlan {
  readonly options: ScanOptions;
  readonly ignores: IgnoreFile;
  /** What messages call the policy. */
  readonly policy: string;
  /** Findings get the ids that this baseline knows them by. */
  readonly baseline?: Baseline;
  /** Findings get ids by which equal values are known, under the salt of this one. */
  readonly run?: Baseline;
  /** What is said, in the person's language; English without it. */
  readonly words?: Readonly<Record<string, string>>;
  /** Archives are binary files (`--no-archives`). */
  readonly noArchives?: boolean;
}

/** How each text is scanned, by its path. `note` is told what a person should know, a line each. */
export function optionsOf({ options, ignores, policy }: ScanPlan, note: (line: string) => void): OptionsOf {
  const slow = (rule: string) =>
    note(`keyward: ${policy}: custom rule ${rule} took too long on a text and was stopped.\n`);
  const all: ScanOptions = options.customRules ? { ...options, matchRule: limitedMatcher(slow) } : options;
  return (fileName) => {
    const ignoreEntries = entriesFor(ignores, fileName);
    return { ...all, fileName, ...(ignoreEntries.length ? { ignoreEntries } : {}) };
  };
}
