import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { credentialTypes } from '../catalog/all';
import { credentialName, holderCan } from '../scan/wording';
import { type FindingsReport, type LocatedFinding, standing } from './located-finding';

/** Version of GitLab's schema that the report keeps to. */
const SCHEMA = '15.2.1';
/** What GitLab's own analyzer writes for a finding of the work tree, as a location must name a commit. */
const NO_COMMIT = '0000000';
const SEVERITY = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' } as const;

/** An id of the form of a UUID (RFC 9562, version 8) that is the same whenever the same is found. */
function idOf(words: readonly string[]): string {
  const hex = bytesToHex(sha256(utf8ToBytes(words.join('\0'))));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Findings as GitLab's secret detection report (`artifacts: reports: secret_detection`). It has no excerpt of the source, for
 * that would hold the value.
 * https://gitlab.com/gitlab-org/security-products/security-report-schemas
 */
export function findingsGitlab(report: FindingsReport): string {
  const byId = new Map(credentialTypes.map((type) => [type.id, type]));
  const tool = {
    id: 'keyward',
    name: 'Keyward',
    url: 'https://github.com/keyward/keyward',
    version: report.toolVersion,
    vendor: { name: 'Keyward' },
  };
  const occurrences = new Map<string, number>();
  const vulnerability = (f: LocatedFinding) => {
    const type = byId.get(f.ruleId);
    const words = [f.file, f.ruleId, f.fingerprint ?? '', f.commit ?? ''];
    const before = occurrences.get(words.join('\0')) ?? 0;
    occurrences.set(words.join('\0'), before + 1);
    const name = `Hard-coded ${credentialName(f)}`;
    return {
      id: idOf([...words, String(before)]),
      name: name.length > 255 ? `${name.slice(0, 254)}…` : name,
      description: `${f.message} ${holderCan(f.severity)}`,
      severity: SEVERITY[f.severity],
      solution: `Move the value to an environment variable (${f.variable}) or a secret store, and rotate it at the provider.`,
      identifiers: [
        { type: 'keyward_rule_id', name: `Keyward rule ${f.ruleId}`, value: f.ruleId },
        { type: 'cwe', name: 'CWE-798', value: '798', url: 'https://cwe.mitre.org/data/definitions/798.html' },
      ],
      ...(type?.facts.rotateUrl?.startsWith('http')
        ? { links: [{ name: 'Rotate it here', url: type.facts.rotateUrl }] }
        : {}),
      location: {
        file: f.file,
        start_line: f.range.start.line + 1,
        end_line: f.range.end.line + 1,
        commit: { sha: f.commit ?? NO_COMMIT, ...(f.history ? { date: f.history.date } : {}) },
      },
    };
  };
  const ended = new Date(Date.parse(report.startedAt) + report.milliseconds).toISOString();
  const object = {
    version: SCHEMA,
    schema: `https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v${SCHEMA}/dist/secret-detection-report-format.json`,
    scan: {
      analyzer: tool,
      scanner: tool,
      type: 'secret_detection',
      status: 'success',
      start_time: report.startedAt.slice(0, 19),
      end_time: ended.slice(0, 19),
      messages: report.errors.map((e) => ({ level: 'warn', value: `${e.file}: ${e.message}` })),
    },
    vulnerabilities: standing(report).map(vulnerability),
  };
  return `${JSON.stringify(object, null, 2)}\n`;
}
