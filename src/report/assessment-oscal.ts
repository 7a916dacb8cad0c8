import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Assessment, CheckResult } from '../checklist/assessment';
import { definitionOf } from '../checklist/definitions';
import { disclaimer, gradeWords } from './assessment-words';

const NS = 'urn:keyward:oscal';
/** What a verdict rests on, in OSCAL's words. */
const METHOD = { observed: 'TEST', declared: 'EXAMINE', attested: 'INTERVIEW' } as const;

/**
 * A run as OSCAL assessment results 1.1.3 (NIST): an observation and a finding for each check that applies, a risk for each
 * failure. The findings answer the checklist's own objectives and not those of a standard: `satisfied` means completely
 * satisfied there, which files of one repository never show. The plan that OSCAL asks for is the checklist.
 */
export function assessmentOscal(assessment: Assessment): string {
  const { subject, run, tool, summary, results } = assessment;
  const id = (name: string) => uuid(`${run.id}\0${name}`);
  const when = run.startedAt.replace('Z', '+00:00');
  const applicable = results.filter((r) => r.status !== 'not-applicable');
  const excluded = results.filter((r) => r.status === 'not-applicable');
  const controls = (list: readonly CheckResult[]) => list.map((r) => ({ 'control-id': r.check.toLowerCase() }));
  const result = {
    uuid: id('result'),
    title: 'Checklist run',
    description: `${gradeWords(summary.overall)}. ${disclaimer}`,
    start: when,
    end: when,
    'local-definitions': {
      components: [
        {
          uuid: id('project'),
          type: 'software',
          title: subject.project,
          description: subject.vcs?.commit ? `git ${String(subject.vcs.commit)}` : 'files as they were read',
          status: { state: 'operational' },
        },
      ],
      'assessment-assets': {
        components: [
          {
            uuid: id('tool'),
            type: 'software',
            title: `keyward ${tool.version}`,
            description: 'Checks of how a project keeps its keys',
            status: { state: 'operational' },
          },
        ],
        'assessment-platforms': [{ uuid: id('platform'), 'uses-components': [{ 'component-uuid': id('tool') }] }],
      },
    },
    'reviewed-controls': {
      'control-selections': [
        {
          description: 'All checks that apply to the project.',
          ...(applicable.length ? { 'include-controls': controls(applicable) } : {}),
          ...(excluded.length ? { 'exclude-controls': controls(excluded) } : {}),
        },
      ],
    },
    ...(assessment.attestations.length ? { attestations: [{ parts: assessment.attestations.map(assertion) }] } : {}),
    ...(applicable.length ? { observations: applicable.map((r) => observation(r, id, when)) } : {}),
    ...(results.some((r) => r.status === 'fail')
      ? { risks: results.filter((r) => r.status === 'fail').map((r) => risk(r, id)) }
      : {}),
    ...(applicable.length ? { findings: applicable.map((r) => finding(r, id)) } : {}),
  };
  const document = {
    'assessment-results': {
      uuid: id('document'),
      metadata: {
        title: `Keyward key-lifecycle checklist, ${subject.project}`,
        'last-modified': when,
        version: run.asOf,
        'oscal-version': '1.1.3',
      },
      'import-ap': { href: `#${id('plan')}`, remarks: 'The plan is the checklist itself, see back-matter.' },
      results: [result],
      'back-matter': {
        resources: [
          {
            uuid: id('plan'),
            title: `Keyward checklist ${tool.checklistVersion}`,
            description: `SHA-256 of the definitions: ${tool.checklistSha256}`,
          },
        ],
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A UUID of OSCAL's form made from the run's own random one, so that the same run gives the same document. */
function uuid(name: string): string {
  const hex = bytesToHex(sha256(utf8ToBytes(name)));
  const variant = ((Number.parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const prop = (name: string, value: string) => ({ name, ns: NS, value });
const titleOf = (r: CheckResult) => `${r.check} ${definitionOf(r.check).title}`;

function assertion(a: Assessment['attestations'][number]) {
  return {
    name: 'assertion',
    ns: NS,
    title: a.check,
    prose: `${a.statement} By ${a.by} on ${a.at}, until ${a.expiresAt}, ${a.state}.`,
  };
}

function observation(r: CheckResult, id: (name: string) => string, when: string) {
  const evidence = r.evidence.map((e) => ({
    href: `${e.file.split('/').map(encodeURIComponent).join('/')}#L${e.line}`,
    description: e.snippet ?? r.check,
  }));
  return {
    uuid: id(`observation ${r.check}`),
    title: titleOf(r),
    description: r.message,
    props: [
      prop('status', r.status),
      ...(r.basis ? [prop('basis', r.basis)] : []),
      ...(r.reason ? [prop('reason', r.reason)] : []),
    ],
    methods: [r.basis ? METHOD[r.basis] : 'UNKNOWN'],
    types: ['control-objective'],
    origins: [{ actors: [{ type: 'tool', 'actor-uuid': id('tool') }] }],
    subjects: [{ 'subject-uuid': id('project'), type: 'component' }],
    collected: when,
    ...(evidence.length ? { 'relevant-evidence': evidence } : {}),
  };
}

function risk(r: CheckResult, id: (name: string) => string) {
  const { title, intent, remediation } = definitionOf(r.check);
  return {
    uuid: id(`risk ${r.check}`),
    title,
    description: r.message,
    statement: intent,
    status: r.accepted ? 'deviation-approved' : 'open',
    props: [prop('severity', r.severity)],
    remediations: [
      {
        uuid: id(`remediation ${r.check}`),
        lifecycle: 'recommendation',
        title: 'Remediation',
        description: remediation,
      },
    ],
    'related-observations': [{ 'observation-uuid': id(`observation ${r.check}`) }],
  };
}

function finding(r: CheckResult, id: (name: string) => string) {
  const state = r.status === 'pass' ? 'satisfied' : 'not-satisfied';
  const reason = r.status === 'pass' ? 'pass' : r.status === 'fail' ? 'fail' : 'other';
  return {
    uuid: id(`finding ${r.check}`),
    title: titleOf(r),
    description: r.message,
    props: [prop('status', r.status)],
    target: { type: 'objective-id', 'target-id': `${r.check.toLowerCase()}_obj`, status: { state, reason } },
    'related-observations': [{ 'observation-uuid': id(`observation ${r.check}`) }],
    ...(r.status === 'fail' ? { 'related-risks': [{ 'risk-uuid': id(`risk ${r.check}`) }] } : {}),
  };
}
