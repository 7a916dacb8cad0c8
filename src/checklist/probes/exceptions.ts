import { readDirectives } from '../../scan/ignore';
import { say } from '../../words/say';
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
        say('The suppression of {0} {1}', s.check, detail),
      );
    if (state === 'expired') {
      return [at('fail', say('ended on {0} and is still listed', s.expiresAt))];
    }
    const out: Observation[] = [];
    if (rules?.forbidFor?.includes(s.check)) {
      out.push(at('fail', say('is forbidden by suppressionRules.forbidFor')));
    }
    if (!known.has(s.approvedBy)) {
      out.push(at('fail', say('is approved by {0}, who is not an active owner', s.approvedBy)));
    } else if (isAlone) {
      out.push(at('fail', say('is approved by the only owner; a second person is required')));
    }
    if (s.expiresAt > daysAfter(s.createdAt, longest)) {
      out.push(at('fail', say('lasts longer than {0} days', longest)));
    }
    if (out.length === 0 && state === 'unused') {
      out.push(at('warn', say('matches nothing')));
    }
    if (out.length === 0 && s.expiresAt <= daysAfter(project.asOf, SOON)) {
      out.push(at('warn', say('ends on {0}', s.expiresAt)));
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
          say('The exception for {0} in {1}.exceptions {2}', e.keyId ?? ('class' in e ? e.class : ''), section, detail),
        );
      return e.expiresAt < project.asOf
        ? [at('fail', say('ended on {0} and is still listed', e.expiresAt))]
        : !known.has(e.approvedBy)
          ? [at('fail', say('is approved by {0}, who is not an active owner', e.approvedBy))]
          : e.expiresAt <= daysAfter(project.asOf, SOON)
            ? [at('warn', say('ends on {0}', e.expiresAt))]
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
      detail: say('The attestation of {0} {1}', check, detail),
    });
    if (renewed) {
      return [];
    }
    if (!known.has(by)) {
      return [at('fail', say('is by {0}, who is not an active owner', by))];
    }
    return s.state === 'expired'
      ? [at('warn', say('ended on {0}', expiresAt))]
      : expiresAt <= daysAfter(project.asOf, SOON)
        ? [at('warn', say('ends on {0}', expiresAt))]
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
          detail: say('An ignore comment in {0} gives no reason', file.path),
        });
      } else if (d.until !== undefined && d.until < project.asOf) {
        observations.push({
          ...seen(file, at, 'suppressionHygiene', 'fail'),
          detail: say('An ignore comment in {0} ended on {1}', file.path, d.until),
        });
      }
    }
  }
  return { total, observations };
}
