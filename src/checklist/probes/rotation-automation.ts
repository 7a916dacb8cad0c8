import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { listOf, objectOf, stringsIn, yamlOf } from '../yaml-texts';
import { withoutComments } from './code';
import { resources } from './terraform';

const ROTATION = /(?<!log[-_]?)rotat/i;
/** A job that reminds people is not one that rotates. */
const REMINDER = /remind/i;

const says = (text: string) => ROTATION.test(text) && !REMINDER.test(text);

/** Automation that files show: scheduled jobs that rotate, and rotation that a cloud or a vault does by itself. */
export function rotationAutomation(project: ProjectTexts): Observation[] {
  return [...scheduledJobs(project), ...cronJobs(project), ...managedRotation(project)];
}

function at(file: ProjectText, rule: RegExp): Observation {
  const offset = withoutComments(file).search(rule);
  return seen(file, Math.max(0, offset), 'rotationAutomationSeen', 'pass');
}

function scheduledJobs(project: ProjectTexts): Observation[] {
  return project.of('ci').flatMap((file) => {
    const root = objectOf(yamlOf(file)?.[0]);
    const rotates = file.path.includes('.gitlab-ci')
      ? Object.entries(root).some(([name, job]) => isScheduledGitlab(job, root) && says(jobWords(name, job)))
      : isScheduled(root) && (says(file.path) || says(String(root.name ?? '')) || jobsOf(root).some(says));
    return rotates ? [at(file, ROTATION)] : [];
  });
}

/** GitHub's `on.schedule`, CircleCI's and Azure's schedules. */
function isScheduled(root: Readonly<Record<string, unknown>>): boolean {
  const on = root.on;
  return (
    listOf(objectOf(on).schedule).length > 0 ||
    listOf(root.schedules).length > 0 ||
    Object.values(objectOf(root.workflows)).some((w) =>
      listOf(objectOf(w).triggers).some((t) => objectOf(t).schedule !== undefined),
    )
  );
}

function jobsOf(root: Readonly<Record<string, unknown>>): readonly string[] {
  return [
    ...Object.entries(objectOf(root.jobs)).map(([name, job]) => jobWords(name, job)),
    ...listOf(root.stages ?? root.steps).map((s) => jobWords('', s)),
  ];
}

function jobWords(name: string, job: unknown): string {
  return [name, ...stringsIn(job)].join('\n');
}

function isScheduledGitlab(job: unknown, root: Readonly<Record<string, unknown>>): boolean {
  const { rules, only } = objectOf(job);
  const own = stringsIn(rules).some((r) => /CI_PIPELINE_SOURCE\s*==\s*["']?schedule/.test(r));
  const always = stringsIn(objectOf(root.workflow).rules).some((r) =>
    /CI_PIPELINE_SOURCE\s*==\s*["']?schedule/.test(r),
  );
  return own || always || stringsIn(only).includes('schedules');
}

function cronJobs(project: ProjectTexts): Observation[] {
  return project.of('k8s').flatMap((file) => {
    const documents = (yamlOf(file) ?? []).map(objectOf);
    const rotating = documents.some((d) => d.kind === 'CronJob' && says(stringsIn(d).join('\n')));
    const renewed = documents.some(
      (d) => d.kind === 'Certificate' && String(d.apiVersion).startsWith('cert-manager.io'),
    );
    return [...(rotating ? [at(file, ROTATION)] : []), ...(renewed ? [at(file, /kind:\s*["']?Certificate/)] : [])];
  });
}

const MANAGED =
  /^(?:aws_secretsmanager_secret_rotation|vault_(?:database|aws|pki|azure|gcp)_secret_backend(?:_static)?_(?:role|roleset))$/;

function managedRotation(project: ProjectTexts): Observation[] {
  const found = [
    ...resources(project, MANAGED),
    ...resources(project, /^google_secret_manager_secret$/).filter((b) => /\brotation\s*\{/.test(b.body)),
    ...resources(project, /^azurerm_key_vault_key$/).filter((b) => /\brotation_policy\s*\{/.test(b.body)),
  ];
  const templates = project
    .of('iac')
    .filter((f) => /AWS::SecretsManager::RotationSchedule/.test(withoutComments(f)))
    .map((f) => at(f, /AWS::SecretsManager::RotationSchedule/));
  return [...found.map((b) => seen(b.file, b.start, 'rotationAutomationSeen', 'pass')), ...templates];
}

const STATIC =
  /\b(?:AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|aws-access-key-id|aws-secret-access-key|GOOGLE_CREDENTIALS|GCP_SA_KEY|credentials_json|AZURE_CLIENT_SECRET|AZURE_CREDENTIALS)\b/;

/** Cloud keys without an end that CI takes from its secrets or variables, a line each. */
export function staticCloudKeys(project: ProjectTexts): Observation[] {
  return project.of('ci').flatMap((file) => {
    const text = withoutComments(file);
    const out: Observation[] = [];
    for (const m of text.matchAll(/[^\n]+/g)) {
      const name = STATIC.exec(m[0]);
      if (name && /\bsecrets\b|\bvars\.|\$/.test(m[0])) {
        const where = seen(file, m.index + name.index, 'staticCloudKeyInCi', 'warn');
        out.push({ ...where, detail: `CI uses a static cloud key in ${file.path}` });
      }
    }
    return out;
  });
}
