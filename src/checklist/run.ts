import type { Severity } from '../catalog/credential-type';
import type { LoadedPolicy } from '../policy/load';
import type { ProjectFiles } from '../project/files';
import { say } from '../words/say';
import type { Assessment, CheckResult, Evidence, Gate } from './assessment';
import { answered, attestationList } from './attestations';
import { noteFailing } from './baseline';
import { checklistSha256, checklistVersion, definitionOf, definitions } from './definitions';
import { factsOf } from './facts';
import { type Draft, evidenceOf, type Observation, withoutSecrets } from './observation';
import { issuingOf } from './probes/issued-keys';
import { ignoredIn } from './probes/literals';
import { type Pause, type ProjectTexts, readProject } from './project-texts';
import { unlessUnreadable } from './reads';
import { weights } from './scoring';
import { access } from './stages/access';
import { distribution } from './stages/distribution';
import { generation } from './stages/generation';
import { exceptions, governance } from './stages/governance';
import { incidentResponse } from './stages/incident-response';
import { issuance } from './stages/issuance';
import { revocation } from './stages/revocation';
import { rotation } from './stages/rotation';
import { storage } from './stages/storage';
import { vaults } from './stages/vaults';
import { resultsFor, standardViews } from './standards';
import { summaryOf } from './summary';
import { Suppressions } from './suppressions';

/** What a run is asked. */
export interface ChecklistRequest {
  readonly files: ProjectFiles;
  readonly policy: LoadedPolicy;
  /** YYYY-MM-DD: the date on which ages are computed. */
  readonly asOf: string;
  readonly trigger: Assessment['run']['trigger'];
  readonly toolVersion: string;
  /** Severity at which an open failure breaks the gate; the policy's `profile.failOn` otherwise, else high. */
  readonly failOn?: Gate;
  /** `solo`, or the id of a standard: the report shows its checks only. */
  readonly profile?: string;
  /** Key of the inventory's fingerprints, where this machine has it. */
  readonly pepper?: string;
  readonly pause?: Pause;
}

const CHECKS: readonly ((project: ProjectTexts) => Draft)[] = [
  ...generation,
  ...storage,
  ...vaults,
  ...distribution,
  ...rotation,
  ...revocation,
  ...access,
  ...incidentResponse,
  ...governance,
];
/** Most evidence of one check that a report lists. */
const MOST_EVIDENCE = 200;

/** Judges a project. Two runs over the same files, policy and date differ in `run.id`, `run.startedAt` and `run.durationMs` only. */
export async function runChecklist(request: ChecklistRequest): Promise<Assessment> {
  const started = new Date();
  const { files, policy, asOf, trigger, toolVersion } = request;
  const read = await readProject(files, policy, asOf, request.pause);
  const project: ProjectTexts = request.pepper === undefined ? read : { ...read, pepper: request.pepper };
  const suppressions = new Suppressions(
    policy.policy?.suppressions ?? [],
    asOf,
    policy.policy?.suppressionRules?.forbidFor ?? [],
  );
  const overrides = policy.policy?.profile?.severityOverrides ?? {};
  const results: CheckResult[] = [];
  const faults: string[] = [];
  const ask = (check: () => Draft) => {
    try {
      results.push(judged(check(), project, suppressions, overrides));
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  };
  // the stage of those who issue keys is shown only to them
  const asked = issuingOf(project) ? [...CHECKS, ...issuance] : CHECKS;
  for (const [done, check] of asked.entries()) {
    await request.pause?.('checks', done, asked.length);
    ask(() => check(project));
  }
  ask(() => exceptions(project, suppressions.uses()));
  results.push(...unanswered(results, faults, asked === CHECKS));
  results.sort((a, b) => order(a.check) - order(b.check));
  const failOn = request.failOn ?? policy.policy?.profile?.failOn ?? 'high';
  const { profile } = request;
  const shown = profile === undefined ? results : resultsFor(results, profile);
  const views = standardViews(shown, profile === undefined ? (policy.policy?.profile?.standards ?? []) : [profile]);
  return {
    $schema: 'urn:keyward:schema:report:1',
    tool: { name: 'keyward', version: toolVersion, checklistVersion, checklistSha256: checklistSha256() },
    run: {
      id: crypto.randomUUID(),
      startedAt: started.toISOString(),
      asOf,
      durationMs: Date.now() - started.getTime(),
      trigger,
      filesRead: project.texts.length,
      bytesRead: project.bytes,
      network: 'none',
    },
    subject: subjectOf(project, policy, files.name),
    facts: { ...factsOf(project) },
    summary: summaryOf(shown, { policyIsValid: policy.state === 'ok', failOn, isGraded: request.profile !== 'solo' }),
    ...(Object.keys(views).length ? { standards: views } : {}),
    results: shown,
    attestations: attestationList(project),
    suppressions: suppressions.uses().map(({ suppression: s, state, matched }) => ({
      check: s.check,
      kind: s.kind,
      reason: withoutSecrets(s.reason),
      approvedBy: s.approvedBy,
      expiresAt: s.expiresAt,
      state,
      matched,
    })),
    notEvaluated: project.notRead,
  };
}

/** Checks that broke down, each as one that could not look: a fault of ours is never a pass, and stops no other check. */
function unanswered(results: readonly CheckResult[], faults: readonly string[], issuesNoKeys: boolean): CheckResult[] {
  const answered = new Set(results.map((r) => r.check));
  const missing = definitions.filter((d) => !answered.has(d.id) && !(issuesNoKeys && d.stage === 'ISS'));
  return faults.length === 0
    ? []
    : missing.map((d) => ({
        check: d.id,
        status: 'error',
        severity: d.severity,
        weight: weights[d.severity],
        message: say('This check broke down: {0}', withoutSecrets(faults[0] as string)),
        evidence: [],
        standards: d.standards.map((s) => `${s.standard}:${s.control}`),
      }));
}

function order(check: string): number {
  return definitions.findIndex((d) => d.id === check);
}

function judged(
  raw: Draft,
  project: ProjectTexts,
  suppressions: Suppressions,
  overrides: Readonly<Record<string, Severity>>,
): CheckResult {
  const { draft, accepted, suppressed } = suppressions.apply(answered(unlessUnreadable(raw, project), project));
  const definition = definitionOf(draft.check);
  const severity = overrides[draft.check] ?? draft.severity ?? definition.severity;
  const shown = draft.status === 'pass' ? draft.observations : draft.observations.filter((o) => o.outcome !== 'pass');
  const ignored = draft.check === 'KW-GEN-02' ? ignoredIn(project.of('source')) : 0;
  const bad = draft.status === 'fail' || draft.status === 'warn';
  const result: CheckResult = {
    check: draft.check,
    status: draft.status,
    ...(draft.basis && draft.status !== 'not-applicable' ? { basis: draft.basis } : {}),
    ...(draft.reason ? { reason: draft.reason } : {}),
    ...(accepted ? { accepted } : {}),
    ...(suppressed + ignored > 0 ? { suppressedFindings: suppressed + ignored } : {}),
    severity,
    weight: weights[severity],
    message: withoutSecrets(draft.message),
    evidence: evidenceList(draft.check, shown),
    ...(bad ? { remediation: say(definition.remediation), quickFixes: definition.quickFixes.map((q) => q.id) } : {}),
    standards: definition.standards.map((s) => `${s.standard}:${s.control}`),
  };
  const failures = shown.filter((o) => o.outcome === 'fail');
  noteFailing(
    result,
    failures.map((o) => evidenceOf(draft.check, o).fingerprint),
  );
  return result;
}

/** Evidence by weight and place, each place once. */
function evidenceList(check: string, observations: readonly Observation[]): readonly Evidence[] {
  const sorted = [...observations].sort(
    (a, b) =>
      rank(a.outcome) - rank(b.outcome) ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column),
  );
  const places = new Map(sorted.map((o) => [`${o.file}:${o.line}:${o.column}:${o.probe}`, o]));
  return [...places.values()].slice(0, MOST_EVIDENCE).map((o) => evidenceOf(check, o));
}

function rank(outcome: 'fail' | 'warn' | 'pass'): number {
  return outcome === 'fail' ? 0 : outcome === 'warn' ? 1 : 2;
}

function subjectOf(project: ProjectTexts, policy: LoadedPolicy, name: string): Assessment['subject'] {
  const { git } = project;
  return {
    project: policy.policy?.project?.name ?? name,
    ...(git
      ? {
          vcs: {
            kind: 'git',
            ...(git.commit ? { commit: git.commit } : {}),
            ...(git.branch ? { branch: git.branch } : {}),
            ...(git.dirty === undefined ? {} : { dirty: git.dirty }),
          },
        }
      : {}),
    policy: {
      state: policy.state,
      ...(policy.path ? { path: policy.path } : {}),
      ...(policy.sha256 ? { sha256: policy.sha256 } : {}),
      ...(policy.extendsPaths.length ? { extends: policy.extendsPaths } : {}),
    },
  };
}
