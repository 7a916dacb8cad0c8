import type { Finding } from '../scan/finding';

/** One finding as a command names it: what it is, and where it stood when the command was made. */
export interface Target {
  readonly start: number;
  readonly rule: string;
  readonly fingerprint?: string;
}

/** The findings that targets name, in a text as it is now: the same rule and value, nearest to where it stood. Undefined when one is gone. */
export function findingsOf(targets: readonly Target[], findings: readonly Finding[]): Finding[] | undefined {
  const found = new Set<Finding>();
  for (const target of targets) {
    const [nearest] = findings
      .filter((f) => f.ruleId === target.rule && f.fingerprint === target.fingerprint && !found.has(f))
      .sort((a, b) => Math.abs(a.start - target.start) - Math.abs(b.start - target.start));
    if (!nearest) {
      return undefined;
    }
    found.add(nearest);
  }
  return [...found].sort((a, b) => a.start - b.start);
}

/** Findings as commands name them. */
export function targetsOf(findings: readonly Finding[]): Target[] {
  return findings.map(({ start, ruleId, fingerprint }) => ({
    start,
    rule: ruleId,
    ...(fingerprint ? { fingerprint } : {}),
  }));
}

/** Names what goes to a store that the person picks. */
export type StoreArguments = Pick<FixArguments, 'uri' | 'targets'> & { readonly store?: string };

/** Names a fix without carrying a value. */
export interface FixArguments {
  readonly uri: string;
  readonly targets: readonly Target[];
  readonly addLoader: boolean;
  readonly preview: boolean;
  /** Where the values go; absent: where the policy or the settings say. */
  readonly store?: string;
}

/** Names one finding. */
export interface FindingArguments {
  readonly uri: string;
  readonly version: number;
  readonly start: number;
  /** Why it is ignored, for callers that need not ask. */
  readonly reason?: string;
}
