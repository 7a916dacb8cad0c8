import type { Assessment } from './assessment';
import { resultsFor, standardViews } from './standards';
import { summaryOf } from './summary';

/** Standards that a report can be cut to, besides `solo`: ids. */
export const profileStandards: readonly string[] = [
  'soc2',
  'iso27001-2022',
  'gdpr',
  'ccss-9',
  'nist-csf-2.0',
  'pci-dss-4.0.1',
  'dora',
];

/** The assessment cut to a standard's checks, or to the ten of `solo`, as a run with that profile would have given it. */
export function seenBy(assessment: Assessment, profile: string): Assessment {
  const results = resultsFor(assessment.results, profile);
  const { policy } = assessment.subject;
  const { standards: _all, ...rest } = assessment;
  const shown = new Set(results.map((r) => r.check));
  const about = <T extends Readonly<Record<string, unknown>>>(list: readonly T[]) =>
    list.filter((entry) => shown.has(String(entry.check)));
  return {
    ...rest,
    results,
    attestations: about(assessment.attestations),
    suppressions: about(assessment.suppressions),
    summary: summaryOf(results, {
      policyIsValid: policy.state === 'ok',
      failOn: assessment.summary.gate.failOn,
      isGraded: profile !== 'solo',
    }),
    ...(profile === 'solo' ? {} : { standards: standardViews(results, [profile]) }),
  };
}
