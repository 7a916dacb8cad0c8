import type { CheckResult, StandardView } from './assessment';
import { definitions, standards } from './definitions';
import { isOpen } from './scoring';

/** The ten checks of a developer who works alone. */
export const soloChecks: readonly string[] = [
  'KW-GEN-02',
  'KW-GEN-04',
  'KW-STO-01',
  'KW-STO-02',
  'KW-DIS-01',
  'KW-DIS-02',
  'KW-ROT-02',
  'KW-REV-06',
  'KW-ACC-04',
  'KW-ACC-09',
];

/** Results that a profile shows: ten for `solo`, else those that touch the standard, with its controls only. */
export function resultsFor(results: readonly CheckResult[], profile: string): readonly CheckResult[] {
  return profile === 'solo'
    ? results.filter((r) => soloChecks.includes(r.check))
    : results
        .map((r) => ({ ...r, standards: r.standards.filter((s) => s.startsWith(`${profile}:`)) }))
        .filter((r) => r.standards.length > 0);
}

/**
 * The controls of standards, each with the checks that touch it and what they say together. A control is supported by
 * checks and never fulfilled by them: most ask for more than a repository can show.
 */
export function standardViews(
  results: readonly CheckResult[],
  ids: readonly string[],
): Readonly<Record<string, StandardView>> {
  const views: Record<string, StandardView> = {};
  for (const id of ids) {
    const controls = Object.keys(standards.find((s) => s.id === id)?.controls ?? {});
    const view: Record<string, StandardView[string]> = {};
    for (const control of controls) {
      const mapped = definitions.filter((d) => d.standards.some((s) => s.standard === id && s.control === control));
      const direct = new Set(
        mapped
          .filter((d) => d.standards.some((s) => s.standard === id && s.control === control && s.direct))
          .map((d) => d.id),
      );
      const own = results.filter((r) => mapped.some((d) => d.id === r.check));
      if (own.length > 0) {
        view[control] = { state: stateOf(own, direct), checks: own.map((r) => r.check) };
      }
    }
    views[id] = view;
  }
  return views;
}

function stateOf(results: readonly CheckResult[], direct: ReadonlySet<string>): StandardView[string]['state'] {
  const applicable = results.filter((r) => r.status !== 'not-applicable');
  if (applicable.length === 0) {
    return 'not-applicable';
  }
  if (applicable.some((r) => isOpen(r) && direct.has(r.check))) {
    return 'gap';
  }
  if (applicable.every((r) => r.status === 'needs-attestation')) {
    return 'not-observable';
  }
  return applicable.every((r) => r.status === 'pass') ? 'supported' : 'partial';
}
