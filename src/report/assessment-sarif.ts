import type { Assessment } from '../checklist/assessment';
import { definitions } from '../checklist/definitions';

const LEVEL = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
const SCORE = { critical: '9.0', high: '7.0', medium: '4.0', low: '1.0' } as const;

/** Failures and warnings as SARIF 2.1.0 (OASIS), a result a place: services that read it show every result they get. */
export function assessmentSarif(assessment: Assessment): string {
  const rules = definitions.map((d) => ({
    id: d.id,
    shortDescription: { text: d.title },
    fullDescription: { text: d.intent },
    help: { text: d.remediation },
    defaultConfiguration: { level: LEVEL[d.severity] },
    properties: {
      'security-severity': SCORE[d.severity],
      tags: ['security', ...d.standards.map((s) => `${s.standard}:${s.control}`)],
    },
  }));
  const index = new Map(rules.map((r, i) => [r.id, i]));
  const results = assessment.results
    .filter((r) => r.status === 'fail' || r.status === 'warn')
    .flatMap((r) => {
      const places = r.evidence.length
        ? r.evidence
        : [{ file: assessment.subject.policy.path ?? 'keyward.policy.jsonc', line: 1, fingerprint: r.check }];
      return places.map((e) => ({
        ruleId: r.check,
        ruleIndex: index.get(r.check),
        kind: 'fail',
        level: r.status === 'warn' ? 'note' : LEVEL[r.severity],
        message: { text: r.message },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: e.file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
              region: { startLine: e.line, ...('column' in e && e.column ? { startColumn: e.column } : {}) },
            },
          },
        ],
        partialFingerprints: { 'keyward/v1': e.fingerprint },
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
      }));
    });
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Keyward checklist',
            semanticVersion: assessment.tool.version,
            informationUri: 'https://github.com/keyward/keyward',
            rules,
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder of the project.' } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: assessment.notEvaluated.map((n) => ({
              level: 'warning',
              message: { text: `${n.what}: ${n.why}` },
            })),
          },
        ],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
