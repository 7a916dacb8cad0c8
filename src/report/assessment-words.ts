import type { Assessment, CheckResult, Grade, Trend } from '../checklist/assessment';
import { type CheckDefinition, definitionOf, type Stage, stages } from '../checklist/definitions';
import { say } from '../words/say';

/** A status as people read it. */
export const statusWords: Readonly<Record<CheckResult['status'], string>> = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  'not-applicable': 'not applicable',
  'needs-attestation': 'needs attestation',
  error: 'could not look',
};

/** What every report ends with. */
export const disclaimer = say(
  'This is evidence about files and declarations at one commit and date. It is no certificate of any standard.',
);

/** One result with its definition. */
export interface Judged {
  readonly result: CheckResult;
  readonly definition: CheckDefinition;
}

/** Results by stage, in the order of a key's life; stages without results are left out. */
export function byStage(assessment: Assessment): { readonly stage: Stage; readonly judged: readonly Judged[] }[] {
  return stages
    .map((stage) => ({
      stage,
      judged: assessment.results
        .map((result) => ({ result, definition: definitionOf(result.check) }))
        .filter(({ definition }) => definition.stage === stage.id),
    }))
    .filter(({ judged }) => judged.length > 0);
}

const RANK = { critical: 0, high: 1, medium: 2, low: 3 } as const;

/** The five open failures to mend first: by severity, then by how many controls they touch. */
export function doFirst(assessment: Assessment): readonly Judged[] {
  return assessment.results
    .filter((r) => r.status === 'fail' && !r.accepted)
    .sort((a, b) => RANK[a.severity] - RANK[b.severity] || b.standards.length - a.standards.length)
    .slice(0, 5)
    .map((result) => ({ result, definition: definitionOf(result.check) }));
}

/** `grade C, score 71.4, coverage 100 %`, with what lowered the grade. */
export function gradeWords({ grade, score, coverage, cappedBy }: Grade): string {
  const caps = cappedBy?.length ? ` (lowered by ${cappedBy.join(', ')})` : '';
  return `${grade ? `grade ${grade}` : 'no grade'}, score ${score ?? 'none'}, coverage ${coverage ?? 0} %${caps}`;
}

/** `7 pass (7 observed), 2 fail, ...`: never a number of passes without what they rest on. */
export function countWords({ summary: { counts, passBasis } }: Assessment): string {
  const basis = Object.entries(passBasis)
    .filter(([, n]) => n > 0)
    .map(([b, n]) => `${n} ${b}`)
    .join(', ');
  return (Object.keys(statusWords) as CheckResult['status'][])
    .filter((s) => counts[s] > 0)
    .map((s) => `${counts[s]} ${statusWords[s]}${s === 'pass' && basis ? ` (${basis})` : ''}`)
    .join(', ');
}

/** What the policy is, in a few words. */
export function policyWords({ subject: { policy } }: Assessment): string {
  switch (policy.state) {
    case 'ok':
      return `policy ${policy.path}`;
    case 'no-policy':
      return 'no policy file';
    case 'policy-invalid':
      return `the policy ${policy.path} has errors and is not used`;
  }
}

/** What changed since a baseline, in a sentence. */
export function trendWords(trend: Trend): string {
  const said = (
    [
      ['new', trend.new],
      ['overdue', trend.overdue],
      ['known', trend.known],
      ['mended', trend.fixed],
    ] as const
  )
    .filter(([, checks]) => checks.length > 0)
    .map(([word, checks]) => `${word}: ${checks.join(', ')}`);
  return `Since the baseline of ${trend.since}: ${said.join('; ') || 'nothing failed then or now'}.`;
}

const REASONS = ['no-policy', 'policy-invalid', 'no-attestation', 'attestation-expired', 'no-ci'] as const;

/** Who can answer a question, by why it is open. */
function askedOf(reason: (typeof REASONS)[number]): string {
  switch (reason) {
    case 'no-policy':
      return say('The policy file can answer these: create it, and fill in what you know.');
    case 'policy-invalid':
      return say('The policy can answer these once its errors are mended.');
    case 'no-attestation':
      return say('A person can answer these with an attestation in the policy.');
    case 'attestation-expired':
      return say('These were attested, and the attestation has ended.');
    case 'no-ci':
      return say('There is no pipeline here; a person can say what runs elsewhere.');
  }
}

/** Open questions, grouped by why they are open. */
export function questions(
  assessment: Assessment,
): readonly { readonly who: string; readonly judged: readonly Judged[] }[] {
  return REASONS.map((reason) => ({
    who: askedOf(reason),
    judged: assessment.results
      .filter((r) => r.status === 'needs-attestation' && (r.reason ?? 'no-attestation') === reason)
      .map((result) => ({ result, definition: definitionOf(result.check) })),
  })).filter(({ judged }) => judged.length > 0);
}

/** The report's lists of statements and exceptions as rows of a table, with their heads. */
export function statementTables(assessment: Assessment): readonly {
  readonly name: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}[] {
  const rows = (list: Assessment['attestations'] | Assessment['suppressions'], fields: readonly string[]) =>
    list.map((entry) => fields.map((field) => String(entry[field] ?? '')));
  return [
    {
      name: say('Attestations'),
      heads: [say('check'), say('statement'), say('by'), say('on'), say('until'), say('state')],
      rows: rows(assessment.attestations, ['check', 'statement', 'by', 'at', 'expiresAt', 'state']),
    },
    {
      name: say('Suppressions'),
      heads: [say('check'), say('kind'), say('reason'), say('approved by'), say('until'), say('state'), say('matches')],
      rows: rows(assessment.suppressions, ['check', 'kind', 'reason', 'approvedBy', 'expiresAt', 'state', 'matched']),
    },
  ].filter((t) => t.rows.length > 0);
}
