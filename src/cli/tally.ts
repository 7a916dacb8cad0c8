import { decodeText } from '../project/text-encoding';
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
  /** Id of a value under a baseline's salt, where a baseline is used. */
  readonly baselineId?: (rule: string, value: string) => string;
}

/** Findings of a text with their file, their places and what a baseline knows them by. */
export function placed(
  text: string,
  findings: readonly Finding[],
  file: string,
  local: boolean,
  { baselineId }: Tally,
): LocatedFinding[] {
  const list = locate(text, findings, file, local);
  return baselineId ? list.map((f) => ({ ...f, baselineId: baselineId(f.ruleId, text.slice(f.start, f.end)) })) : list;
}

/** Scans the bytes of one file; binary ones are counted as skipped. */
export function scanBytes(bytes: Uint8Array, file: string, local: boolean, options: OptionsOf, tally: Tally): void {
  const decoded = decodeText(bytes);
  if (!decoded) {
    tally.skipped++;
    return;
  }
  tally.files++;
  tally.bytes += bytes.length;
  const { findings, staleIgnores } = scanText(decoded.text, options(file));
  tally.findings.push(...placed(decoded.text, findings, file, local, tally));
  tally.stale.push(...staleIgnores.map((s) => ({ ...s, file })));
}
