import { type Baseline, baselineId } from '../policy/baseline';
import { type FindingsReport, type LocatedFinding, locate } from '../report/located-finding';
import type { Finding, ScanOptions } from '../scan/finding';
import { scanText } from '../scan/scan';

/** How each text is scanned, by its path. */
export type OptionsOf = (file: string) => ScanOptions;

/** What a scan adds up, file by file. */
export interface Tally {
  files: number;
  bytes: number;
  skipped: number;
  findings: LocatedFinding[];
  errors: { file: string; message: string }[];
  stale: FindingsReport['staleIgnores'][number][];
  /** What a value is known by, where that is asked for. */
  readonly identify?: (rule: string, value: string) => Pick<LocatedFinding, 'baselineId' | 'valueId'>;
}

/** Findings of a text with their file, their places and what a baseline knows them by. */
export function placed(
  text: string,
  findings: readonly Finding[],
  file: string,
  local: boolean,
  { identify }: Tally,
): LocatedFinding[] {
  const list = locate(text, findings, file, local);
  return identify ? list.map((f) => ({ ...f, ...identify(f.ruleId, text.slice(f.start, f.end)) })) : list;
}

/** A tally that gives findings the ids of a baseline, where there is one, and ids by which equal values of one run are known. */
export function emptyTally(baseline?: Baseline, run?: Baseline): Tally {
  return {
    files: 0,
    bytes: 0,
    skipped: 0,
    findings: [],
    errors: [],
    stale: [],
    ...(baseline || run
      ? {
          identify: (rule: string, value: string) => ({
            ...(baseline ? { baselineId: baselineId(baseline, rule, value) } : {}),
            ...(run ? { valueId: baselineId(run, rule, value) } : {}),
          }),
        }
      : {}),
  };
}

/** Adds what another thread has counted and found. */
export function merge(into: Tally, more: Tally): void {
  into.files += more.files;
  into.bytes += more.bytes;
  into.skipped += more.skipped;
  for (const f of more.findings) {
    into.findings.push(f);
  }
  into.errors.push(...more.errors);
  into.stale.push(...more.stale);
}

/** Scans a text; undefined is a binary one's. */
export function scanDecoded(
  text: string | undefined,
  bytes: number,
  file: string,
  local: boolean,
  options: OptionsOf,
  tally: Tally,
): void {
  if (text === undefined) {
    tally.skipped++;
    return;
  }
  tally.files++;
  tally.bytes += bytes;
  const { findings, staleIgnores } = scanText(text, options(file));
  if (findings.length > 0) {
    tally.findings.push(...placed(text, findings, file, local, tally));
  }
  for (const s of staleIgnores) {
    tally.stale.push({ ...s, file });
  }
}
