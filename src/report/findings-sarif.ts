import { credentialTypes } from '../catalog/all';
import { holderCan } from '../scan/wording';
import type { FindingsReport } from './located-finding';

const LEVEL = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
const SCORE = { critical: '9.0', high: '7.0', medium: '4.0', low: '1.0' } as const;

/** A relative path as a URI reference. Names on Windows may hold halves of surrogate pairs, which no URI can. */
function uriOf(file: string): string {
  const wellFormed = file.replace(/\p{Surrogate}/gu, '\ufffd');
  return wellFormed.split('/').map(encodeURIComponent).join('/');
}

/** Findings as SARIF 2.1.0 (OASIS). Fingerprints hold no line numbers, so that they survive moves. */
export function findingsSarif(report: FindingsReport): string {
  const used = new Set(report.findings.map((f) => f.ruleId));
  const rules = [...used].sort().map((id) => {
    const type = credentialTypes.find((t) => t.id === id);
    const name = type ? `${type.provider} ${type.what}` : id;
    return {
      id,
      name: id.replace(/(?:^|-)(\w)/g, (_, c: string) => c.toUpperCase()),
      shortDescription: { text: `Hard-coded ${name}` },
      fullDescription: { text: `${name}. ${type ? holderCan(type.severity) : ''}`.trim() },
      help: {
        text: `Move the value to an environment variable (${type?.env ?? 'for example API_KEY'}) or a secret store, and rotate it at the provider${type?.facts.rotateUrl ? `: ${type.facts.rotateUrl}` : ''}.`,
      },
      ...(type?.facts.docsUrl?.startsWith('http') ? { helpUri: type.facts.docsUrl } : {}),
      defaultConfiguration: { level: LEVEL[type?.severity ?? 'medium'] },
      properties: { 'security-severity': SCORE[type?.severity ?? 'medium'], tags: ['security', 'secret'] },
    };
  });
  const index = new Map(rules.map((r, i) => [r.id, i]));
  const occurrence = new Map<string, number>();
  const results = report.findings.map((f) => {
    const key = `${f.file}:${f.ruleId}:${f.fingerprint ?? ''}`;
    const n = (occurrence.get(key) ?? 0) + 1;
    occurrence.set(key, n);
    const counts = f.state === 'secret' && !f.local;
    return {
      ruleId: f.ruleId,
      ruleIndex: index.get(f.ruleId),
      level: counts ? LEVEL[f.severity] : 'none',
      kind: counts ? 'fail' : 'informational',
      message: { text: f.message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(f.file), uriBaseId: '%SRCROOT%' },
            region: {
              startLine: f.range.start.line + 1,
              startColumn: f.range.start.character + 1,
              endLine: f.range.end.line + 1,
              endColumn: f.range.end.character + 1,
            },
          },
        },
      ],
      partialFingerprints: { 'keyward/v1': `${f.fingerprint ?? f.ruleId}:${n}` },
      properties: {
        confidence: f.confidence,
        why: f.why,
        state: f.state,
        variable: f.variable,
        ...(f.commit ? { commit: f.commit, ...f.history } : {}),
      },
      ...(f.ignored
        ? { suppressions: [{ kind: 'inSource', ...(f.ignored.reason ? { justification: f.ignored.reason } : {}) }] }
        : {}),
    };
  });
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Keyward',
            semanticVersion: report.toolVersion,
            informationUri: 'https://github.com/keyward/keyward',
            rules,
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          '%SRCROOT%': { description: { text: 'The folder in which Keyward ran, or the checkout in a workflow.' } },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.errors.map((e) => ({
              level: 'warning',
              message: { text: `${e.file}: ${e.message}` },
            })),
          },
        ],
        results: results.map((r) => (r.kind === 'fail' ? r : { ...r, level: 'none' })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
