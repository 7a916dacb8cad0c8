import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { zipSync } from 'fflate';
import type { Assessment } from '../checklist/assessment';
import { secretsByName } from '../checklist/probes/policy-secrets';
import { auditLogPath } from '../policy/audit-log';
import { readJsonc } from '../policy/jsonc';
import type { LoadedPolicy } from '../policy/load';
import type { ProjectFiles } from '../project/files';
import { decodeText } from '../project/text-encoding';
import { scanText } from '../scan/scan';
import { assessmentForms } from './assessment-forms';
import { disclaimer } from './assessment-words';
import { runHistory } from './run-history';

/** What the archive is made from. */
export interface EvidenceRequest {
  readonly assessment: Assessment;
  readonly policy: LoadedPolicy;
  readonly files: ProjectFiles;
}

/** A file of the archive. */
interface Part {
  readonly path: string;
  readonly what: string;
  readonly bytes: Uint8Array;
}

/** A zip can't hold an earlier date. */
const FIRST_DAY = '1980-01-01';

/** Name of the archive's file: the project and the day. */
export function evidenceName({ subject, run }: Assessment): string {
  const project = subject.project
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `keyward-evidence-${project || 'project'}-${run.asOf}.zip`;
}

/**
 * One dated zip for an auditor: the report in every form, the policy that it was made under, the runs that are on record,
 * and the SHA-256 of each. The same files, policy, log, date and version give the same bytes, so that anybody can make it
 * again and compare: the run's random id, clock time and duration are left out. Throws when a report holds what looks like
 * a secret; a policy or a log that does is left out, and the manifest says so.
 */
export async function evidenceArchive({ assessment, policy, files }: EvidenceRequest): Promise<Uint8Array> {
  const report = reproducible(assessment);
  const leftOut: { path: string; why: string }[] = [];
  const parts: Part[] = Object.values(assessmentForms).map(({ label, extension, write }) => {
    const path = `report.${extension}`;
    const text = write(report);
    if (holdsSecret(path, text, false)) {
      throw new Error(`The archive was not made: ${path} holds what looks like a secret.`);
    }
    return { path, what: `the report as ${label}`, bytes: utf8ToBytes(text) };
  });
  const keep = async (path: string, what: string): Promise<string | undefined> => {
    const bytes = await files.read(path).catch(() => undefined);
    const text = bytes && decodeText(bytes)?.text;
    if (!bytes || text === undefined) {
      leftOut.push({ path, why: 'it could not be read' });
    } else if (holdsSecret(path, text, true)) {
      leftOut.push({ path, why: 'it holds what looks like a secret' });
    } else {
      parts.push({ path: `project/${path}`, what, bytes });
      return text;
    }
    return undefined;
  };
  for (const path of policyFiles(policy)) {
    await keep(path, path === policy.path ? 'the policy' : 'a file that the policy names');
  }
  if (await files.read(auditLogPath).catch(() => undefined)) {
    const log = await keep(auditLogPath, 'the audit log');
    if (log !== undefined) {
      parts.push({
        path: 'run-history.json',
        what: 'runs of the checklist in the audit log, and whether the log is whole',
        bytes: asJson(runHistory(log)),
      });
    }
  } else {
    leftOut.push({ path: auditLogPath, why: 'there is none: no run is on record' });
  }
  parts.push({ path: 'README.txt', what: 'what this is, and how to check it', bytes: utf8ToBytes(readme(report)) });
  parts.push({ path: 'manifest.json', what: 'this list', bytes: asJson(manifest(report, parts, leftOut)) });
  parts.sort((a, b) => (a.path < b.path ? -1 : 1));
  const sums = parts.map((p) => `${hashOf(p.bytes)}  ${p.path}\n`).join('');
  return zipped([...parts.map((p) => [p.path, p.bytes] as const), ['SHA256SUMS', utf8ToBytes(sums)]], report.run.asOf);
}

/** The report without what differs between two runs over the same files. */
function reproducible(assessment: Assessment): Assessment {
  const { run } = assessment;
  const fixed = { ...run, id: '', startedAt: `${run.asOf}T00:00:00.000Z`, durationMs: 0 };
  const hex = bytesToHex(sha256(utf8ToBytes(JSON.stringify({ ...assessment, run: fixed }))));
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return { ...assessment, run: { ...fixed, id } };
}

/** Reports are ours: what is merely possible there is a word. In people's files it is not let through. */
function holdsSecret(path: string, text: string, strict: boolean): boolean {
  const { findings } = scanText(text, { fileName: path, showIgnored: true });
  const byName = strict && /\.jsonc?$/.test(path) ? secretsByName(readJsonc(path, text).root) : [];
  return byName.length > 0 || findings.some((f) => f.state === 'secret' && (strict || f.confidence !== 'possible'));
}

function policyFiles({ path, extendsPaths, policy }: LoadedPolicy): readonly string[] {
  const inventory = policy?.inventory?.files ?? [];
  return [...new Set([...(path ? [path] : []), ...extendsPaths, ...inventory])];
}

function manifest(
  { tool, run, subject, summary }: Assessment,
  parts: readonly Part[],
  leftOut: readonly { readonly path: string; readonly why: string }[],
) {
  const { overall, gate, counts, passBasis } = summary;
  return {
    schemaVersion: 1,
    kind: 'keyward-evidence',
    asOf: run.asOf,
    tool,
    subject,
    result: { ...overall, gate: gate.result, failOn: gate.failOn, counts, passBasis },
    files: [...parts]
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, what, bytes }) => ({ path, what, bytes: bytes.length, sha256: hashOf(bytes) })),
    leftOut,
    note: disclaimer,
  };
}

function readme({ subject, run, tool }: Assessment): string {
  return `Evidence of the key-lifecycle checklist: ${subject.project}, ${run.asOf}

report.*            the report: for people (html, md), tools (json), code scanning (sarif), GRC tools (oscal.json)
project/            the policy that the report was made under, and the audit log, as they stood
run-history.json    runs of the checklist that are in the audit log
manifest.json       what is in here, what was left out and why, and by which tool it was made
SHA256SUMS          SHA-256 of every other file; sha256sum -c SHA256SUMS checks them

The archive can be made again from the same files with keyward ${tool.version}:
    keyward checklist --as-of ${run.asOf} --evidence ../again.zip
and has the same bytes then. It is not signed: to sign it, use cosign sign-blob or ssh-keygen -Y sign.

${disclaimer}
`;
}

function asJson(value: unknown): Uint8Array {
  return utf8ToBytes(`${JSON.stringify(value, null, 2)}\n`);
}

function hashOf(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** A zip whose bytes hang on the files and the day only: its dates are local times without a zone. */
function zipped(files: readonly (readonly [path: string, bytes: Uint8Array])[], day: string): Uint8Array {
  const [year, month, date] = (day < FIRST_DAY ? FIRST_DAY : day).split('-').map(Number) as [number, number, number];
  return zipSync(Object.fromEntries(files), { mtime: new Date(year, month - 1, date), level: 9 });
}
