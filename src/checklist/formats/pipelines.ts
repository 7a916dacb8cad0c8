import { withoutComments } from '../probes/code';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { documentsOf } from './read';
import { at, type Entry, entriesOf, itemsOf, mapsIn, scalarsIn, type Tree, textOf, textsOf } from './tree';

/** Systems that run pipelines, by the files that they read. */
export type PipelineSystem = 'github' | 'action' | 'gitlab' | 'circleci' | 'azure' | 'bitbucket' | 'jenkins' | 'other';

/** One thing a job does. */
export interface PipelineStep {
  readonly at: number;
  readonly body: Tree;
  /** The action, orb or template that is used, with its version. */
  readonly uses?: string;
  /** Shell text, and the offset of its value. */
  readonly run?: string;
  readonly runAt?: number;
}

/** One job of a pipeline. */
export interface PipelineJob {
  readonly name: string;
  readonly at: number;
  readonly body: Tree;
  readonly steps: readonly PipelineStep[];
  /** The environment that it deploys to. */
  readonly environment?: string;
  readonly environmentAt?: number;
}

/** A pipeline file and what it runs. */
export interface Pipeline {
  readonly file: ProjectText;
  readonly system: PipelineSystem;
  readonly root: Tree | undefined;
  readonly jobs: readonly PipelineJob[];
  readonly error?: string;
  /** What starts it: GitHub's names of events; for others `push`, `pull_request`, `schedule` where files show it. */
  readonly events: ReadonlySet<string>;
}

function systemOf(path: string): PipelineSystem {
  return /^\.github\/workflows\//.test(path)
    ? 'github'
    : /^\.github\/actions\//.test(path)
      ? 'action'
      : /gitlab/.test(path)
        ? 'gitlab'
        : path.startsWith('.circleci/')
          ? 'circleci'
          : /azure-pipelines/.test(path)
            ? 'azure'
            : /bitbucket-pipelines/.test(path)
              ? 'bitbucket'
              : /Jenkinsfile/.test(path)
                ? 'jenkins'
                : 'other';
}

const known = new WeakMap<ProjectTexts, readonly Pipeline[]>();

/** The pipelines of a project. Files that could not be read are there, with `error` and no jobs. */
export function pipelines(project: ProjectTexts): readonly Pipeline[] {
  let list = known.get(project);
  if (!list) {
    list = project
      .of('ci')
      .filter((f) => /\.ya?ml$|Jenkinsfile/.test(f.path))
      .map(pipeline);
    known.set(project, list);
  }
  return list;
}

function pipeline(file: ProjectText): Pipeline {
  const system = systemOf(file.path);
  const { trees, error } = documentsOf(file);
  const root = trees.find((t) => system !== 'gitlab' || at(t, 'spec') === undefined) ?? trees[0];
  const jobs = system === 'jenkins' ? jenkinsJobs(file) : jobsOf(system, root);
  return {
    file,
    system,
    root,
    jobs,
    events: eventsOf(system, root, file),
    ...(error === undefined ? {} : { error }),
  };
}

function jobsOf(system: PipelineSystem, root: Tree | undefined): readonly PipelineJob[] {
  if (system === 'action') {
    return [{ name: 'runs', at: root?.at ?? 0, body: root as Tree, steps: stepsIn(at(root, 'runs', 'steps')) }].filter(
      (j) => j.body !== undefined,
    );
  }
  if (system === 'gitlab') {
    return entriesOf(root)
      .filter((e) => e.value.kind === 'map' && !GITLAB_WORDS.has(e.key))
      .map((e) => job(e, gitlabSteps(e.value)));
  }
  if (system === 'github') {
    return entriesOf(at(root, 'jobs')).map((e) => job(e, stepsIn(at(e.value, 'steps'))));
  }
  if (system === 'circleci') {
    return entriesOf(at(root, 'jobs')).map((e) => job(e, circleSteps(at(e.value, 'steps'))));
  }
  // Azure, Bitbucket and the like nest: every map with steps or a script is a job.
  return mapsIn(root)
    .filter((m) => ['steps', 'script', 'commands'].some((key) => at(m, key) !== undefined))
    .map((body) => {
      const name = ['job', 'deployment', 'stage', 'name', 'displayName'].map((k) => textOf(at(body, k))).find(Boolean);
      const steps = ['steps', 'script', 'commands'].flatMap((key) => looseSteps(at(body, key)));
      return job({ key: name ?? 'job', at: body.at, value: body }, steps);
    });
}

/** Keys of a `.gitlab-ci.yml` that are no jobs. Source: GitLab's CI/CD YAML reference. */
const GITLAB_WORDS = new Set(['default', 'include', 'stages', 'variables', 'workflow', 'image', 'services', 'cache']);

function job({ key, at: start, value }: Entry, steps: readonly PipelineStep[]): PipelineJob {
  const environment = at(value, 'environment');
  const named = at(environment, 'name') ?? environment ?? at(value, 'deployment');
  const name = textOf(named);
  return {
    name: key,
    at: start,
    body: value,
    steps,
    ...(name && named ? { environment: name, environmentAt: named.at } : {}),
  };
}

function stepsIn(list: Tree | undefined): readonly PipelineStep[] {
  return itemsOf(list).map((body) => {
    const uses = textOf(at(body, 'uses'));
    const run = at(body, 'run');
    return {
      at: body.at,
      body,
      ...(uses ? { uses } : {}),
      ...(run ? { run: textOf(run), runAt: run.at } : {}),
    };
  });
}

function lines(list: Tree | undefined): readonly PipelineStep[] {
  return scalarsIn(list)
    .filter((t) => !t.tag)
    .map((t) => ({ at: t.at, body: t, run: textOf(t), runAt: t.at }));
}

function gitlabSteps(body: Tree): readonly PipelineStep[] {
  return ['before_script', 'script', 'after_script'].flatMap((key) => lines(at(body, key)));
}

function circleSteps(list: Tree | undefined): readonly PipelineStep[] {
  return itemsOf(list).flatMap((body): readonly PipelineStep[] => {
    const run = at(body, 'run');
    const command = at(run, 'command') ?? run;
    return command?.kind === 'scalar'
      ? [{ at: body.at, body, run: textOf(command), runAt: command.at }]
      : [{ at: body.at, body, uses: textOf(body) || (entriesOf(body)[0]?.key ?? '') }];
  });
}

function looseSteps(list: Tree | undefined): readonly PipelineStep[] {
  return itemsOf(list).map((body) => {
    const run = body.kind === 'scalar' ? body : ['script', 'bash', 'pwsh', 'run'].map((k) => at(body, k)).find(Boolean);
    const uses = textOf(at(body, 'task')) || textOf(at(body, 'pipe')) || textOf(at(body, 'image'));
    return {
      at: body.at,
      body,
      ...(uses ? { uses } : {}),
      ...(run ? { run: textsOf(run).join('\n'), runAt: run.at } : {}),
    };
  });
}

/** `sh '…'` and the like of a Jenkinsfile, stage by stage. */
function jenkinsJobs(file: ProjectText): readonly PipelineJob[] {
  const text = withoutComments(file);
  const heads = [...text.matchAll(/\bstage\s*\(\s*["']([^"']+)["']\s*\)/g)];
  return heads.map((m, i) => {
    const end = heads[i + 1]?.index ?? text.length;
    const steps = [
      ...text
        .slice(m.index, end)
        .matchAll(/\b(?:sh|bat|powershell)\b[^\n"']*("""[\s\S]*?"""|'''[\s\S]*?'''|"[^"\n]*"|'[^'\n]*')/g),
    ].map((s) => {
      const start = m.index + s.index;
      const body: Tree = { kind: 'scalar', at: start, value: s[1] as string };
      return { at: start, body, run: s[1] as string, runAt: start + s[0].indexOf(s[1] as string) };
    });
    const body: Tree = { kind: 'scalar', at: m.index, value: text.slice(m.index, end) };
    return { name: m[1] as string, at: m.index, body, steps };
  });
}

function eventsOf(system: PipelineSystem, root: Tree | undefined, file: ProjectText): ReadonlySet<string> {
  const on = at(root, 'on');
  if (system === 'github') {
    return new Set(on?.kind === 'map' ? on.entries.map((e) => e.key) : textsOf(on));
  }
  const events = new Set<string>();
  if (
    /CI_PIPELINE_SOURCE\s*==\s*["']schedule|^\s*-?\s*["']?(?:schedules?|cron)["']?\s*:|\bcron\s*[(:]|scheduled[_ -]pipeline/m.test(
      file.text,
    )
  ) {
    events.add('schedule');
  }
  const branchRules = /CI_PIPELINE_SOURCE|CI_COMMIT_BRANCH|CI_DEFAULT_BRANCH/.test(file.text);
  const onlySchedule =
    system === 'gitlab' && branchRules && !/merge_request_event|["']push|CI_COMMIT_BRANCH/.test(file.text);
  if (!onlySchedule && !(system === 'azure' && textOf(at(root, 'trigger')) === 'none' && !at(root, 'pr'))) {
    events.add('push');
  }
  if (/merge_request|pull[-_]requests?\s*:|^pr\s*:|changeRequest/m.test(file.text)) {
    events.add('pull_request');
  }
  return events;
}

/** Paths of the pipelines that could not be read. */
export function unreadablePipelines(project: ProjectTexts): readonly string[] {
  return pipelines(project)
    .filter((p) => p.error !== undefined)
    .map((p) => p.file.path);
}
