import { appended } from '../../remedy/env-file';
import { say } from '../../words/say';
import { created, type Fix, lineAt, newFile, replaced } from './offered-fix';
import { githubScan, gitlabScan, PRE_COMMIT_REPOSITORY, preCommit, rotationReminder } from './templates/automation';

/** Work that needs more of the token than reading: a narrower one would break it. */
const WRITES =
  /GITHUB_TOKEN|github\.token|\bgit push\b|\bgh\s+(?:pr|release|issue|api|workflow)\b|ghcr\.io|id-token|upload-sarif|codeql-action|deploy-pages|release-action|action-gh-release|create-pull-request|semantic-release|changesets\/action|stale@|labeler@|github-script@|dependabot/i;

/** Gives a workflow a token that may read only, where nothing in it writes. */
export const readOnlyToken: Fix = (place) => {
  const text = place.text ?? '';
  const jobs = /^jobs:/m.exec(text);
  if (!jobs || WRITES.test(text) || /^permissions:/m.test(text)) {
    return undefined;
  }
  return {
    id: 'qf.ci.permissions',
    title: say('Let the token of this workflow read only (permissions: contents: read)'),
    changes: () => replaced(place, jobs.index, jobs.index, 'permissions:\n  contents: read\n\n'),
  };
};

/** Pins a third-party action to a commit. Which one a tag stands for, only its repository says: the person looks it up. */
export const pinAction: Fix = (place) => {
  const text = place.text ?? '';
  const { line, start } = lineAt(text, place.at);
  const m = /uses:\s*["']?([\w.-]+\/[\w.-]+)((?:\/[\w./-]+)?)@([\w./-]+)["']?/.exec(line);
  if (!m || /^[0-9a-f]{40}$/.test(m[3] as string)) {
    return undefined;
  }
  const [whole, repository, path, tag] = m;
  return {
    id: 'qf.ci.pinAction',
    title: say('Pin {0} to a commit…', repository),
    questions: [
      {
        id: 'commit',
        prompt: say('The commit that {0} stands for: git ls-remote https://github.com/{1} {2}', tag, repository, tag),
        placeholder: say('40 hexadecimal digits'),
        pattern: '[0-9a-f]{40}',
      },
    ],
    changes: ({ commit = '' }) =>
      replaced(
        place,
        start + m.index,
        start + line.length,
        `uses: ${repository}${path}@${commit} # ${tag}${line.slice(m.index + whole.length).replace(/^\s*#.*$/, '')}`,
      ),
  };
};

/** A git hook that scans what is staged: in the project's own hook manager, or by the pre-commit framework. */
export const addPreCommit: Fix = async ({ project }) => {
  const id = 'qf.hook.addPreCommit';
  const husky = await project.text('.husky/pre-commit');
  const command = 'npx --yes keyward scan --staged';
  if (husky !== undefined) {
    return husky.includes('keyward')
      ? undefined
      : {
          id,
          title: say('Scan for secrets in .husky/pre-commit'),
          changes: () => [{ file: '.husky/pre-commit', purpose: 'source', changes: [appended(husky, [command])] }],
        };
  }
  const name = project.paths.has('.pre-commit-config.yml') ? '.pre-commit-config.yml' : '.pre-commit-config.yaml';
  const present = await project.text(name);
  if (present === undefined) {
    return { id, title: say('Create {0} with a secret scanner', name), changes: () => [newFile(name, preCommit)] };
  }
  const list = /^repos:[ \t]*(?:\[\][ \t]*)?\r?\n?/m.exec(present);
  return list &&
    !present.includes('keyward') &&
    !/^repos:[ \t]*\[\s*\S/m.test(present.replace(/^repos:[ \t]*\[\]/m, 'repos:'))
    ? {
        id,
        title: say('Add a secret scanner to {0}', name),
        changes: () => [
          {
            file: name,
            purpose: 'source',
            changes: [
              { start: list.index, end: list.index + list[0].length, text: `repos:\n${PRE_COMMIT_REPOSITORY}` },
            ],
          },
        ],
      }
    : undefined;
};

/** A pipeline that scans each change and, once a week, everything again. */
export const addScan: Fix = async ({ project }) => {
  const id = 'qf.ci.addScan';
  const gitlab = await project.text('.gitlab-ci.yml');
  if (gitlab !== undefined && ![...project.paths].some((p) => p.startsWith('.github/workflows/'))) {
    return /^secret-scan:/m.test(gitlab)
      ? undefined
      : {
          id,
          title: say('Add a secret scan to .gitlab-ci.yml'),
          changes: () => [
            {
              file: '.gitlab-ci.yml',
              purpose: 'source',
              changes: [appended(gitlab, gitlabScan.trimEnd().split('\n'))],
            },
          ],
        };
  }
  const file = '.github/workflows/secret-scan.yml';
  return created(project, id, file, () => githubScan);
};

/** A weekly job that opens an issue when a key falls due. */
export const remindOfRotation: Fix = ({ project }) => {
  const file = '.github/workflows/key-due-dates.yml';
  return created(
    project,
    'qf.ci.addRotationReminder',
    file,
    () => rotationReminder,
    say('Create {0}, which opens an issue when a key falls due', file),
  );
};
