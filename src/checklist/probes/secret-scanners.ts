import { dependencies } from '../formats/dependencies';
import { pipelines } from '../formats/pipelines';
import { documentOf } from '../formats/read';
import { at, entriesOf, scalarsIn, type Tree, textOf } from '../formats/tree';
import { type Observation, seen, seenFile } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

/** Programs that look for secrets. */
const SCANNERS = [
  'gitleaks',
  'betterleaks',
  'detect-secrets',
  'trufflehog',
  'ggshield',
  'gitguardian',
  'talisman',
  'secretlint',
  'kingfisher',
  'git-secrets',
  'ripsecrets',
  'noseyparker',
  'titus',
  'keyward',
];
const SCANNER = new RegExp(String.raw`(?<![\w-])(?:${SCANNERS.join('|')}|git\s+secrets)(?![\w])`, 'i');
/** Platform features and options of other tools that scan for secrets, in pipelines. */
const PIPELINE_SCANNER = new RegExp(
  `${SCANNER.source}|Secret-Detection\\.(?:latest\\.)?gitlab-ci|secret-detection@|\\bscanners?["']?[=:\\s]+["']?[\\w,]*\\bsecret\\b|semgrep[^\\n]*\\bsecrets\\b|--security-checks[= ][\\w,]*secret`,
  'i',
);
/** Where a scanner's name says nothing about it being run. */
const NO_RUN = /^\s*(?:echo|printf|rm|mkdir|#)/;

const HOOK_FILES =
  /(?:^|\/)(?:\.pre-commit-config\.ya?ml|\.?lefthook(?:-local)?\.(?:ya?ml|toml|json)|\.?overcommit\.yml|\.lintstagedrc(?:\.\w+)?|lint-staged\.config\.\w+|\.simple-git-hooks\.\w+)$|(?:^|\/)(?:\.husky|\.githooks|\.git-hooks|\.hooks|githooks|hooks)\/(?:pre-commit|pre-push|common\.sh|_\/pre-commit)$/;

function firstIn(file: ProjectText, pattern: RegExp): number | undefined {
  const found = withoutComments(file).search(pattern);
  return found < 0 ? undefined : found;
}

/** Scanners that a git hook runs. */
export function hookScanners(project: ProjectTexts): readonly Observation[] {
  const hooks = project.texts.filter((f) => HOOK_FILES.test(f.path) && !/\/node_modules\//.test(f.path));
  const inHooks = hooks.flatMap((file) => {
    const place = firstIn(file, SCANNER);
    return place === undefined ? [] : [seen(file, place, 'preCommitScanner', 'pass')];
  });
  const packages = project.texts.filter((f) => /(?:^|\/)package\.json$/.test(f.path) && f.class !== 'test');
  return [...inHooks, ...packages.flatMap((file) => inPackage(file, hooks))];
}

/** `package.json` says what hooks run, itself or through a script that a hook calls. */
function inPackage(file: ProjectText, hooks: readonly ProjectText[]): Observation[] {
  const root = documentOf(file);
  const sections = ['lint-staged', 'simple-git-hooks', 'pre-commit', 'husky', 'gitHooks', 'precommit'];
  const called = entriesOf(at(root, 'scripts')).filter((e) =>
    hooks.some((h) =>
      new RegExp(String.raw`\b(?:run(?:-script)?|yarn|pnpm|bun)\s+${e.key.replace(/[^\w:-]/g, '.')}(?![\w:-])`).test(
        h.text,
      ),
    ),
  );
  const trees: (Tree | undefined)[] = [
    ...sections.map((s) => at(root, s)),
    ...called.map((e) => e.value),
    at(root, 'scripts', 'precommit'),
  ];
  return trees.flatMap((tree) =>
    scalarsIn(tree)
      .filter((t) => SCANNER.test(textOf(t)))
      .map((t) => seen(file, t.at, 'preCommitScanner', 'pass')),
  );
}

const CONFIGURATION =
  /(?:^|\/)(?:\.?gitleaks\.toml|\.betterleaks\.toml|\.secrets\.baseline|\.secretlintrc[\w.-]*|\.trufflehog[\w.-]*|\.gitguardian\.ya?ml|\.talismanrc|\.gitallowed)$/;

/** Scanners that are configured or installed, whether or not something runs them. */
export function configuredScanners(project: ProjectTexts): readonly Observation[] {
  const files = project.entries
    .filter((e) => CONFIGURATION.test(e.path))
    .map((e) => seenFile(e.path, 'scannerConfigOnly', 'warn'));
  const installed = dependencies(project)
    .filter((d) => SCANNER.test(d.name))
    .map((d) => seen(d.file, d.at, 'scannerConfigOnly', 'warn'));
  return [...files, ...installed];
}

const CHANGE = /^(?:push|pull_request|pull_request_target|merge_group)$/;
const HISTORY =
  /\bgitleaks\s+(?:git|detect)\b(?![^\n]*(?:--no-git|--log-opts))|\btrufflehog3?\s+git\b(?![^\n]*--since-commit)|\bkeyward\b[^\n]*--history|\bnoseyparker\s+scan\b|\bkingfisher\s+scan\b/;

/** Scanners in pipelines: those that run on a change, and those that look at everything again. */
export function pipelineScanners(project: ProjectTexts): {
  readonly onChange: readonly Observation[];
  readonly again: readonly Observation[];
} {
  const onChange: Observation[] = [];
  const again: Observation[] = [];
  for (const pipeline of pipelines(project)) {
    const { file, events } = pipeline;
    const place = scannerIn(pipeline.root, file);
    if (place === undefined) {
      continue;
    }
    if ([...events].some((e) => CHANGE.test(e))) {
      onChange.push(seen(file, place, 'ciScannerOnChange', 'pass'));
    }
    const whole =
      /fetch-depth["']?\s*:\s*["']?0\b|GIT_DEPTH["']?\s*:\s*["']?0\b|fetchDepth\s*:\s*0\b|depth\s*:\s*full/.test(
        file.text,
      );
    const history = whole && HISTORY.test(withoutComments(file));
    if (events.has('schedule') || history) {
      again.push(seen(file, place, 'ciScannerScheduled', 'pass'));
    }
  }
  return { onChange, again };
}

/** Where a pipeline runs a scanner. Names of jobs and files say nothing. */
function scannerIn(root: Tree | undefined, file: ProjectText): number | undefined {
  if (!root) {
    return /Jenkinsfile/.test(file.path) ? firstIn(file, PIPELINE_SCANNER) : undefined;
  }
  const found = scalarsIn(root).find((t) =>
    textOf(t)
      .split('\n')
      .some((l) => PIPELINE_SCANNER.test(l) && !NO_RUN.test(l)),
  );
  if (found) {
    return found.at;
  }
  const option = withoutComments(file).search(/\bscanners?["']?\s*[:=]\s*["']?[\w,]*\bsecret\b/);
  return option < 0 ? undefined : option;
}
