import { say } from '../../words/say';
import { manifests } from '../formats/kubernetes';
import { type Pipeline, type PipelineJob, pipelines } from '../formats/pipelines';
import { resources } from '../formats/terraform';
import { at, entriesOf, scalarsIn, type Tree, textOf, textsOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

const ROTATION = /(?<!log[-_]?)rotat/i;
/** A job that reminds people is not one that rotates. */
const REMINDER = /remind/i;
const SCHEDULE = /CI_PIPELINE_SOURCE\s*==\s*["']?schedule/;
const probe = 'rotationAutomationSeen';

const says = (text: string) => ROTATION.test(text) && !REMINDER.test(text);
const words = (tree: Tree | undefined) =>
  scalarsIn(tree)
    .map((s) => String(s.value))
    .join('\n');

/** Automation that files show: scheduled jobs that rotate, and rotation that a cloud or a vault does by itself. */
export function rotationAutomation(project: ProjectTexts): Observation[] {
  return [...pipelines(project).flatMap(scheduledJob), ...cronJobs(project), ...managedRotation(project)];
}

/** A pipeline that runs on a schedule, and whose file, name, job or script says that it rotates. */
function scheduledJob(pipeline: Pipeline): Observation[] {
  const { file, system, root, events, jobs } = pipeline;
  if (!events.has('schedule')) {
    return [];
  }
  const wide = system !== 'gitlab' && (says(file.path) || says(textOf(at(root, 'name'))));
  const always = SCHEDULE.test(words(at(root, 'workflow')));
  const job = jobs.find(
    (j) => says(`${j.name}\n${words(j.body)}`) && (system !== 'gitlab' || always || isScheduledGitlab(j)),
  );
  return job || wide ? [seen(file, job?.at ?? 0, probe, 'pass')] : [];
}

function isScheduledGitlab({ body }: PipelineJob): boolean {
  return SCHEDULE.test(words(at(body, 'rules'))) || textsOf(at(body, 'only')).includes('schedules');
}

function cronJobs(project: ProjectTexts): Observation[] {
  return manifests(project)
    .filter(
      (m) =>
        (m.kind === 'CronJob' && says(words(m.body))) ||
        (m.kind === 'Certificate' && textOf(at(m.body, 'apiVersion')).startsWith('cert-manager.io')),
    )
    .map((m) => seen(m.file, m.at, probe, 'pass'));
}

const MANAGED =
  /^(?:aws_secretsmanager_secret_rotation|vault_(?:database|aws|pki|azure|gcp)_secret_backend(?:_static)?_(?:role|roleset))$/;
/** Resources that rotate only with a block inside. */
const WITH_BLOCK: readonly (readonly [type: RegExp, block: string])[] = [
  [/^google_secret_manager_secret$/, 'rotation'],
  [/^azurerm_key_vault_key$/, 'rotation_policy'],
];

function managedRotation(project: ProjectTexts): Observation[] {
  const found = [
    ...resources(project, MANAGED),
    ...WITH_BLOCK.flatMap(([type, block]) =>
      resources(project, type).filter((b) => entriesOf(b.body).some((e) => e.key === block)),
    ),
  ];
  const templates = project.of('iac').flatMap((file) => place(file, /AWS::SecretsManager::RotationSchedule/));
  return [...found.map((b) => seen(b.file, b.at, probe, 'pass')), ...templates];
}

function place(file: ProjectText, rule: RegExp): Observation[] {
  const offset = withoutComments(file).search(rule);
  return offset < 0 ? [] : [seen(file, offset, probe, 'pass')];
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
        out.push({ ...where, detail: say('CI uses a static cloud key in {0}', file.path) });
      }
    }
    return out;
  });
}
