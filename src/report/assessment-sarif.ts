import type { Assessment, CheckResult, Evidence } from '../checklist/assessment';
import { type CheckDefinition, definitions, standards } from '../checklist/definitions';

const LEVEL = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
const SCORE = { critical: '9.0', high: '7.0', medium: '4.0', low: '1.0' } as const;
/** Most tags of a rule that code-scanning services take. */
const MOST_TAGS = 20;

const weaknesses = Object.entries(standards.find((s) => s.id === 'cwe')?.controls ?? {}).map(([id, name]) => ({
  id,
  shortDescription: { text: name },
}));

const rules = definitions.map((d) => ({
  id: d.id,
  shortDescription: { text: d.title },
  fullDescription: { text: d.intent },
  help: { text: d.remediation },
  defaultConfiguration: { level: LEVEL[d.severity] },
  properties: { 'security-severity': SCORE[d.severity], tags: tagsOf(d) },
  relationships: controlsOf(d, 'cwe').map((id) => ({
    target: { id, index: weaknesses.findIndex((w) => w.id === id), toolComponent: { name: 'CWE', index: 0 } },
    kinds: ['superset'],
  })),
}));
const indexOf = new Map(rules.map((r, i) => [r.id, i]));

function controlsOf(d: CheckDefinition, standard: string): readonly string[] {
  return d.standards.filter((s) => s.standard === standard).map((s) => s.control);
}

/** `security`, and the controls that the check touches: the direct ones first. */
function tagsOf(d: CheckDefinition): readonly string[] {
  const others = d.standards.filter((s) => s.standard !== 'cwe');
  const ordered = [...others.filter((s) => s.direct), ...others.filter((s) => !s.direct)];
  return ['security', ...ordered.map((s) => `${s.standard}:${s.control}`)].slice(0, MOST_TAGS);
}

/** Failures and warnings as SARIF 2.1.0 (OASIS), a run a project and a result a place: services show every result they get. */
export function assessmentSarif(assessments: Assessment | readonly Assessment[]): string {
  const list: readonly Assessment[] = 'results' in assessments ? [assessments] : assessments;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: list.map(runOf),
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function runOf(assessment: Assessment) {
  const { tool, run, subject, notEvaluated } = assessment;
  return {
    tool: {
      driver: {
        name: 'Keyward checklist',
        semanticVersion: tool.version,
        informationUri: 'https://github.com/keyward/keyward',
        rules,
      },
    },
    automationDetails: { id: `keyward-checklist/${subject.project}/`, guid: run.id },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder of the project.' } } },
    taxonomies: [
      {
        name: 'CWE',
        organization: 'MITRE',
        shortDescription: { text: 'The MITRE Common Weakness Enumeration' },
        informationUri: 'https://cwe.mitre.org/',
        taxa: weaknesses,
      },
    ],
    invocations: [
      {
        executionSuccessful: true,
        startTimeUtc: run.startedAt,
        toolExecutionNotifications: [
          ...notEvaluated.map((n) => `${n.what}: ${n.why}`),
          ...assessment.results.filter((r) => r.status === 'error').map((r) => `${r.check}: ${r.message}`),
        ].map((text) => ({ level: 'warning', message: { text } })),
      },
    ],
    results: assessment.results
      .filter((r) => r.status === 'fail' || r.status === 'warn')
      .flatMap((r) => placesOf(assessment, r).map((e) => resultOf(assessment, r, e))),
  };
}

/** Where a result stands; one without a place points to the policy that should say it. */
function placesOf({ subject }: Assessment, r: CheckResult): readonly Evidence[] {
  return r.evidence.length
    ? r.evidence
    : [{ file: subject.policy.path ?? 'keyward.policy.jsonc', line: 1, fingerprint: r.check }];
}

function resultOf({ trend }: Assessment, r: CheckResult, e: Evidence) {
  return {
    ruleId: r.check,
    ruleIndex: indexOf.get(r.check),
    kind: 'fail',
    level: r.status === 'warn' ? 'note' : LEVEL[r.severity],
    message: { text: r.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: e.file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
          region: { startLine: e.line, ...(e.column ? { startColumn: e.column } : {}) },
        },
      },
    ],
    partialFingerprints: { 'keyward/v1': e.fingerprint },
    ...(trend ? { baselineState: trend.new.includes(r.check) ? 'new' : 'unchanged' } : {}),
    ...(r.accepted
      ? {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: `accepted by ${r.accepted.by} until ${r.accepted.until}`,
            },
          ],
        }
      : {}),
    properties: { status: r.status, ...(r.basis ? { basis: r.basis } : {}) },
  };
}
