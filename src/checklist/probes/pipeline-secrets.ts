import { type Pipeline, type PipelineJob, type PipelineStep, pipelines } from '../formats/pipelines';
import { at, entriesOf, isTrue, mapsIn, scalarsIn, type Tree, textOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { isSecretName } from '../secret-names';
import { literalObservations } from './literals';

const SECRET = /\$\{\{[^}]*\b(?:secrets(?:\.|\[)(?!\s*["']?GITHUB_TOKEN\b)|toJSON\(\s*secrets\s*\))/;

/** Whether any text under a tree takes a secret of the pipeline's store; the token that every job has is none. */
function takesSecret(tree: Tree | undefined): boolean {
  return scalarsIn(tree).some((t) => SECRET.test(textOf(t)));
}

/** Names of variables that are filled from the secret store. */
function filled(env: Tree | undefined): readonly string[] {
  return entriesOf(env)
    .filter((e) => /\$\{\{[^}]*\bsecrets\b/.test(textOf(e.value)))
    .map((e) => e.key);
}

/** Literals in pipeline files. */
export function literalsInPipelines(project: ProjectTexts): readonly Observation[] {
  return project.of('ci').flatMap((file) => literalObservations(file, 'ciLiteralSecret', () => 'fail'));
}

/** Secrets that a step writes to its log, or hands on as an output. */
export function printedSecrets(project: ProjectTexts): readonly Observation[] {
  return pipelines(project).flatMap((pipeline) => [
    ...debugging(pipeline),
    ...pipeline.jobs.flatMap((job) =>
      job.steps.flatMap((step) => {
        const names = secretNames(pipeline, job, step);
        const run = step.run ?? '';
        const has = names.length > 0 || SECRET.test(run);
        return printedIn(run, names, has).map((offset) =>
          seen(pipeline.file, placeOf(pipeline, step, run, offset), 'ciSecretPrinted', 'fail'),
        );
      }),
    ),
  ]);
}

/** Switches that make the runner write everything that it does. */
function debugging({ file, root }: Pipeline): Observation[] {
  return takesSecret(root)
    ? mapsIn(root)
        .flatMap((m) => m.entries)
        .filter((e) => /^ACTIONS_(?:STEP|RUNNER)_DEBUG$/.test(e.key) && isTrue(e.value))
        .map((e) => seen(file, e.at, 'ciSecretPrinted', 'fail'))
    : [];
}

/** Secret variables that a step can read. Where a system hands variables out by itself, names tell. */
function secretNames({ system, root, file }: Pipeline, job: PipelineJob, step: PipelineStep): readonly string[] {
  if (system === 'github' || system === 'action') {
    return [root, job.body, step.body].flatMap((t) => filled(at(t, 'env')));
  }
  const scope = system === 'jenkins' ? file.text : scalarsIn(job.body).map(textOf).join('\n');
  return [...new Set([...scope.matchAll(/\$[{(]?([A-Za-z_]\w+)/g)].map((m) => m[1] as string).filter(isSecretName))];
}

const PRINTERS = /^\s*(?:sudo\s+)?(?:echo|printf|cat|print|Write-(?:Host|Output))\b/;
/** A secret's length or presence is no secret. */
const HARMLESS = /\$\{#|::add-mask::|\$\{\w+:\+/;

function printedIn(run: string, names: readonly string[], has: boolean): number[] {
  const found: number[] = [];
  let offset = 0;
  for (const line of run.split('\n')) {
    for (const command of line.split(/&&|;(?!;)/)) {
      const text = command.replace(/^["'\s]+|["'\s]+$/g, '');
      const mentions =
        SECRET.test(text) || names.some((n) => new RegExp(String.raw`\$(?:[{(]?${n}\b|env:${n}\b)`).test(text));
      const toOutput = />>\s*["']?\$\{?(?:GITHUB_OUTPUT|GITHUB_STEP_SUMMARY)|::set-output/.test(text);
      const elsewhere =
        (/[^|]\|[^|]/.test(text) || /(?<![0-9&])>{1,2}/.test(text)) &&
        !toOutput &&
        (!/\|\s*(?:tee|base64|cat|rev)\b/.test(text) ||
          (!/\|\s*tee\b/.test(text) && /\|[^|]*(?<![0-9&])>{1,2}\s*[^&|]+$/.test(text)));
      const printed = (PRINTERS.test(text) && mentions && !elsewhere && !HARMLESS.test(text)) || (mentions && toOutput);
      const dumped =
        has &&
        /^(?:printenv|env|set)(?:\s*\|.*)?$|\bset\s+-[a-wyz]*x|\bset\s+-o\s+xtrace\b|\b(?:ba)?sh\s+-[a-wyz]*x\b/.test(
          text,
        );
      const verbose = mentions && /\s--debug\b/.test(text);
      if (printed || dumped || verbose) {
        found.push(offset);
        break;
      }
    }
    offset += line.length + 1;
  }
  return found;
}

/** A line of a step's script in the file: the characters of a block scalar are found again by their text. */
function placeOf(pipeline: Pipeline, step: PipelineStep, run: string, offset: number): number {
  const start = step.runAt ?? step.at;
  const end = run.indexOf('\n', offset);
  const line = run.slice(offset, end < 0 ? undefined : end).trim();
  const found = pipeline.file.text.indexOf(line, start);
  return line !== '' && found >= 0 ? found : start;
}

const PRIVILEGED = [
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
];
const FORK =
  /github\.event\.pull_request\.head|github\.head_ref|github\.event\.workflow_run\.head_(?:sha|branch)|refs\/pull\//;
const FORK_COMMAND =
  /\bgh\s+pr\s+checkout\b|\bgit\s+(?:fetch|checkout|pull)\b[^\n]*(?:pull\/|github\.(?:event\.pull_request\.head|head_ref))/;
const INJECTED =
  /\$\{\{[^}]*\bgithub\.(?:event\.[\w.]*\b(?:title|body|head\.ref|head\.label|message|head_branch|page_name|default_branch)|head_ref)\b[^}]*\}\}/;

/** Workflows in which code or words of a stranger run with the repository's secrets. */
export function untrustedCode(project: ProjectTexts): readonly Observation[] {
  return pipelines(project)
    .filter((p) => p.system === 'github')
    .flatMap((pipeline) => {
      const privileged = PRIVILEGED.filter((e) => pipeline.events.has(e));
      const forks = privileged.some((e) => e === 'pull_request_target' || e === 'workflow_run');
      const exposed = privileged.length > 0 || takesSecret(pipeline.root);
      return pipeline.jobs.flatMap((job) =>
        job.steps.flatMap((step): Observation[] => {
          const run = step.run ?? '';
          const ref = at(step.body, 'with', 'ref');
          const script = at(step.body, 'with', 'script');
          const checkout = forks && /^actions\/checkout@/.test(step.uses ?? '') && FORK.test(textOf(ref));
          const words = [run, textOf(script)].find((t) => exposed && INJECTED.test(t));
          const place = checkout
            ? (ref?.at ?? step.at)
            : forks && FORK_COMMAND.test(run)
              ? placeOf(pipeline, step, run, run.search(FORK_COMMAND))
              : words === undefined
                ? undefined
                : pipeline.file.text.indexOf(INJECTED.exec(words)?.[0] ?? '', step.at);
          return place === undefined || place < 0 ? [] : [seen(pipeline.file, place, 'ciUntrustedCheckout', 'fail')];
        }),
      );
    });
}

/** Actions of strangers that jobs with secrets use by a name that may move. */
export function unpinnedActions(project: ProjectTexts): readonly Observation[] {
  return pipelines(project)
    .filter((p) => p.system === 'github')
    .flatMap(({ file, root, jobs }) => {
      const everywhere = takesSecret(at(root, 'env')) || mayIdentify(at(root, 'permissions'));
      return jobs.flatMap((job) => {
        const inherits = textOf(at(job.body, 'secrets')) === 'inherit';
        if (!everywhere && !inherits && !takesSecret(job.body) && !mayIdentify(at(job.body, 'permissions'))) {
          return [];
        }
        const used = [
          ...job.steps.map((s) => ({ uses: s.uses ?? '', place: at(s.body, 'uses')?.at ?? s.at })),
          { uses: textOf(at(job.body, 'uses')), place: at(job.body, 'uses')?.at ?? job.at },
        ];
        return used
          .filter(({ uses }) => /^[^./][^/]*\/[^@]+@/.test(uses) && !/^(?:actions|github)\/|^docker:/.test(uses))
          .filter(({ uses }) => !/@[0-9a-f]{40}$|@sha256:[0-9a-f]{64}$/.test(uses))
          .map(({ place }) => seen(file, place, 'ciUnpinnedAction', 'warn'));
      });
    });
}

function mayIdentify(permissions: Tree | undefined): boolean {
  return textOf(at(permissions, 'id-token')) === 'write' || textOf(permissions) === 'write-all';
}

/** Secrets that reach more of a pipeline than the step that needs them. */
export function wideSecrets(project: ProjectTexts): readonly Observation[] {
  return pipelines(project).flatMap(({ file, root, jobs, system }) => {
    const out: Observation[] = [];
    const warn = (offset: number) => out.push(seen(file, offset, 'ciSecretScope', 'warn'));
    if (system === 'github') {
      for (const entry of entriesOf(at(root, 'env'))) {
        if (SECRET.test(textOf(entry.value))) {
          warn(entry.at);
        }
      }
    }
    for (const map of jobs.flatMap((j) => mapsIn(j.body))) {
      for (const { key, at: place, value } of map.entries) {
        if (key === 'secrets' && textOf(value) === 'inherit') {
          warn(place);
        }
        if (key === 'build-args' && takesSecret(value)) {
          warn(place);
        }
      }
    }
    for (const step of jobs.flatMap((j) => j.steps)) {
      if (/--build-arg[= ]["']?\w+=["']?\$\{\{[^}]*\bsecrets\./.test(step.run ?? '')) {
        warn(placeOf({ file } as Pipeline, step, step.run ?? '', (step.run ?? '').indexOf('--build-arg')));
      }
    }
    return out;
  });
}
