import { readDirectives } from '../../scan/ignore';
import { stated, statements } from '../attestations';
import { daysAfter } from '../days';
import { declared } from '../declared';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import type { SuppressionUse } from '../suppressions';
import { languageOf, withoutComments } from './code';

/** Days before an end in which it is a warning. */
const SOON = 14;
const LONGEST = 365;

/** Owners who may approve or attest: those that exist and have not left. */
function approvers(project: ProjectTexts): ReadonlySet<string> {
  return new Set((project.policy.policy?.owners ?? []).filter((o) => o.status !== 'departed').map((o) => o.id));
}

/** Suppressions that have ended, silence nothing, or that nobody could approve. */
export function suppressionProblems(project: ProjectTexts, uses: readonly SuppressionUse[]): Observation[] {
  const { policy } = project.policy;
  const known = approvers(project);
  const rules = policy?.suppressionRules;
  const isAlone =
    policy?.project?.team !== 'solo' && (rules?.requireSecondPerson ?? true) && (policy?.owners ?? []).length === 1;
  const longest = rules?.maxDays ?? LONGEST;
  return uses.flatMap(({ suppression: s, state }, i) => {
    const at = (outcome: Observation['outcome'], detail: string) =>
      declared(
        project,
        ['suppressions', i, 'check'],
        'suppressionHygiene',
        outcome,
        `The suppression of ${s.check} ${detail}`,
      );
    if (state === 'expired') {
      return [at('fail', `ended on ${s.expiresAt} and is still listed`)];
    }
    const out: Observation[] = [];
    if (rules?.forbidFor?.includes(s.check)) {
      out.push(at('fail', 'is forbidden by suppressionRules.forbidFor'));
    }
    if (!known.has(s.approvedBy)) {
      out.push(at('fail', `is approved by ${s.approvedBy}, who is not an active owner`));
    } else if (isAlone) {
      out.push(at('fail', 'is approved by the only owner; a second person is required'));
    }
    if (s.expiresAt > daysAfter(s.createdAt, longest)) {
      out.push(at('fail', `lasts longer than ${longest} days`));
    }
    if (out.length === 0 && state === 'unused') {
      out.push(at('warn', 'matches nothing'));
    }
    if (out.length === 0 && s.expiresAt <= daysAfter(project.asOf, SOON)) {
      out.push(at('warn', `ends on ${s.expiresAt}`));
    }
    return out;
  });
}

/** Exceptions from rotation limits and permission rules, held to the same. */
export function exceptionProblems(project: ProjectTexts): Observation[] {
  const { policy } = project.policy;
  const known = approvers(project);
  const lists = [
    ['rotation', policy?.rotation?.exceptions ?? []],
    ['permissions', (policy?.permissions as { exceptions?: readonly Exception[] } | undefined)?.exceptions ?? []],
  ] as const;
  return lists.flatMap(([section, list]) =>
    list.flatMap((e, i) => {
      const at = (outcome: Observation['outcome'], detail: string) =>
        declared(
          project,
          [section, 'exceptions', i],
          'suppressionHygiene',
          outcome,
          `The exception for ${e.keyId ?? ('class' in e ? e.class : '')} in ${section}.exceptions ${detail}`,
        );
      return e.expiresAt < project.asOf
        ? [at('fail', `ended on ${e.expiresAt} and is still listed`)]
        : !known.has(e.approvedBy)
          ? [at('fail', `is approved by ${e.approvedBy}, who is not an active owner`)]
          : e.expiresAt <= daysAfter(project.asOf, SOON)
            ? [at('warn', `ends on ${e.expiresAt}`)]
            : [];
    }),
  );
}

interface Exception {
  readonly keyId?: string;
  readonly approvedBy: string;
  readonly expiresAt: string;
}

/** Statements by people who are not owners, and statements that have ended or end soon. One that was renewed is history. */
export function attestationProblems(project: ProjectTexts): Observation[] {
  const known = approvers(project);
  const all = statements(project);
  return all.flatMap((s) => {
    const { check, by, expiresAt, scope } = s.attestation;
    const renewed = all.some(
      (o) =>
        o.attestation.check === check &&
        o.attestation.scope?.kind === scope?.kind &&
        o.attestation.expiresAt > expiresAt,
    );
    const at = (outcome: Observation['outcome'], detail: string) => ({
      ...stated(project, s, 'attestationHygiene', outcome),
      detail: `The attestation of ${check} ${detail}`,
    });
    if (renewed) {
      return [];
    }
    if (!known.has(by)) {
      return [at('fail', `is by ${by}, who is not an active owner`)];
    }
    return s.state === 'expired'
      ? [at('warn', `ended on ${expiresAt}`)]
      : expiresAt <= daysAfter(project.asOf, SOON)
        ? [at('warn', `ends on ${expiresAt}`)]
        : [];
  });
}

/** What begins a comment, right before the directive; the comments of other formats are known by it alone. */
const OPENER = /(?:\/\/|\/\*+|^\s*\*|#|--|<!--|;|%|\{#|\(\*|\bREM)\s*$/;

/** Whether a directive stands in a comment: the word in a string, or in the data of a file without comments, is none. */
function isComment(file: ProjectText, at: number): boolean {
  const line = file.text.slice(file.text.lastIndexOf('\n', at - 1) + 1, at);
  const blanked = withoutComments(file);
  const isKnown = languageOf(file.path) !== 'other' || /\.(?:jsonc?|json5|ya?ml|toml|ini|tf|env)$/.test(file.path);
  return OPENER.test(line) && (!isKnown || blanked[at] === ' ' || blanked[at] === undefined);
}

/** Ignore comments in files, and those without a reason or past their date. */
export function inlineIgnores(project: ProjectTexts): { readonly total: number; readonly observations: Observation[] } {
  const observations: Observation[] = [];
  let total = 0;
  for (const file of project.texts) {
    if (file.class === 'docs' || !file.text.includes('keyward-ignore')) {
      continue;
    }
    for (const d of readDirectives(file.text)) {
      const at = file.text.indexOf(d.directive, d.lineStart);
      if (!d.directive.startsWith('keyward') || !isComment(file, at)) {
        continue;
      }
      total++;
      if (!d.reason) {
        observations.push({
          ...seen(file, at, 'suppressionHygiene', 'fail'),
          detail: `An ignore comment in ${file.path} gives no reason`,
        });
      } else if (d.until !== undefined && d.until < project.asOf) {
        observations.push({
          ...seen(file, at, 'suppressionHygiene', 'fail'),
          detail: `An ignore comment in ${file.path} ended on ${d.until}`,
        });
      }
    }
  }
  return { total, observations };
}
