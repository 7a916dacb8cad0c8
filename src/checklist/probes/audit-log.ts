import { say } from '../../words/say';
import { manifests } from '../formats/kubernetes';
import { resources, type TerraformBlock } from '../formats/terraform';
import { at, entryOf, isTrue, scalarsIn, textOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

const TRAIL =
  /^(?:aws_cloudtrail|google_(?:project|folder|organization)_iam_audit_config|azurerm_monitor_diagnostic_setting|vault_audit)$/;
/** Calls of an audit logger in code. */
const CALL = /\b(?:audit[._]?log(?:ger)?|AuditLog(?:ger)?|AuditEvent|audit)\s*(?:\.\s*\w+\s*)?\(/;
const LIFE = /issu|revok|rotat|deactivat|(?:create|delete|disable)\w*(?:api)?_?key|key_?(?:created|deleted|used)/i;
/** Lines around an audit call in which it must say what happened to a key. */
const NEAR = 6;

/** Audit logs that files show. */
export function auditLogs(project: ProjectTexts): Observation[] {
  const probe = 'auditLogSeen';
  const trails = resources(project, TRAIL).map((b) => seen(b.file, b.at, probe, 'pass'));
  const vault = project.of('iac', 'config', 'other', 'source').flatMap((file) => {
    const at = /\.(?:hcl|sh|ya?ml)$/.test(file.path)
      ? withoutComments(file).search(/^\s*audit\s+"|audit_device|\bvault audit enable\b/m)
      : -1;
    return at < 0 ? [] : [seen(file, at, probe, 'pass')];
  });
  const policies = manifests(project)
    .filter((m) => m.kind === 'Policy' && textOf(at(m.body, 'apiVersion')).startsWith('audit.k8s.io'))
    .map((m) => seen(m.file, m.at, probe, 'pass'));
  return [...trails, ...vault, ...policies, ...auditCalls(project)];
}

/** Calls of an audit logger near what happens to a key: the first of each file. */
export function auditCalls(project: ProjectTexts): Observation[] {
  return project.of('source').flatMap((file) => {
    if (!/audit/i.test(file.text)) {
      return [];
    }
    const lines = withoutComments(file).split('\n');
    const i = lines.findIndex(
      (line, n) => CALL.test(line) && LIFE.test(lines.slice(Math.max(0, n - NEAR), n + NEAR + 1).join('\n')),
    );
    if (i < 0) {
      return [];
    }
    const offset = lines.slice(0, i).reduce((sum, l) => sum + l.length + 1, 0);
    return [seen(file, offset + (lines[i] as string).search(/\S/), 'auditLogSeen', 'pass')];
  });
}

/** How long a project keeps audit logs when its policy names no minimum. Days. */
const RETENTION = 365;
const AUDIT = /audit|trail|vault|access[-_/]?log/i;

/** Settings in infrastructure code that contradict or confirm that audit logs last and can't be altered. */
export function logRetention(project: ProjectTexts): Observation[] {
  const logging = project.policy.policy?.logging;
  const least = logging?.minRetentionDays ?? RETENTION;
  const location = logging?.auditLog?.location ?? '';
  const probe = 'retentionSeen';
  const out: Observation[] = [];
  const note = (b: TerraformBlock, field: string, outcome: Observation['outcome'], detail: string) =>
    out.push({ ...seen(b.file, entryOf(b.body, field)?.at ?? b.at, probe, outcome), detail });
  for (const b of resources(project, /^aws_cloudwatch_log_group$|^google_logging_project_bucket_config$/)) {
    const field = b.labels[0] === 'aws_cloudwatch_log_group' ? 'retention_in_days' : 'retention_days';
    const days = Number(textOf(at(b.body, field)) || Number.NaN); // 0 means for ever
    if (!Number.isNaN(days) && isAuditLog(b, location)) {
      note(
        b,
        field,
        days > 0 && days < least ? 'fail' : 'pass',
        say('{0} keeps its logs for {1} days', b.labels.join('.'), days),
      );
    }
  }
  for (const b of resources(project, /^aws_cloudtrail$/)) {
    const field = 'enable_log_file_validation';
    const validation = at(b.body, field);
    if (validation?.kind === 'scalar' && !validation.computed) {
      note(
        b,
        field,
        isTrue(validation) ? 'pass' : 'fail',
        say('{0} does not validate its log files', b.labels.join('.')),
      );
    }
  }
  for (const b of resources(project, /^aws_s3_bucket_(?:object_lock_configuration|versioning)$/)) {
    if (AUDIT.test([...b.labels, ...scalarsIn(b.body).map((s) => String(s.value))].join(' '))) {
      out.push(seen(b.file, b.at, probe, 'pass'));
    }
  }
  return out;
}

/** Not every log group is an audit log: its name says so, or the policy places the audit log there. */
function isAuditLog(b: TerraformBlock, location: string): boolean {
  const name = textOf(at(b.body, 'name') ?? at(b.body, 'bucket_id'));
  return (
    AUDIT.test(`${b.labels[1]} ${name}`) ||
    /cloudwatch|log group|cloud logging/i.test(location) ||
    (name.length > 3 && location.includes(name))
  );
}
