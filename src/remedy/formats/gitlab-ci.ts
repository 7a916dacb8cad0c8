import { say } from '../../words/say';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { shellWord } from './shell-word';
import { environmentKey, inYamlComment, isYamlComment } from './yaml-comment';
import { isOnly, pairLines, spliced, unreadable, yamlPlace } from './yaml-place';

/** Pipelines of GitLab. Project variables win over those of the file. Source: docs.gitlab.com, "CI/CD variable precedence". */
const FILES = /(?:^|\/)(?:\.gitlab-ci|[\w.-]+\.gitlab-ci)\.ya?ml$|(?:^|\/)\.gitlab\/[\w./-]+\.ya?ml$/;

function rewrite({ text, finding }: Place, variable: string): Rewrite | Refusal {
  if (isYamlComment(text, finding)) {
    return inYamlComment;
  }
  const place = yamlPlace(text, finding);
  if (!place) {
    return unreadable;
  }
  const { path } = place;
  if (path.some((p) => p === 'script' || p === 'before_script' || p === 'after_script')) {
    return { change: shellWord(text, place, finding, variable) };
  }
  if (path.at(-2) === 'variables' && path.at(-1) === variable && place.whole) {
    // NAME: $NAME would be a circle: the project's variable comes by itself.
    const lines = isOnly(place) ? undefined : pairLines(text, place);
    if (lines) {
      return { change: { start: lines.start, end: lines.end, text: '' } };
    }
    return {
      refused: say('A variable can not be set to itself, and it is the only one here.'),
      wayOut: say("Remove {0} from the file: GitLab sets it from the project's CI/CD settings.", variable),
    };
  }
  return { change: spliced(text, place, finding, `\${${variable}}`) };
}

export const gitlabCi: Idiom = {
  id: 'gitlab-ci',
  applies: (file) => FILES.test(file),
  suggestion: ({ text, finding }) => environmentKey(text, finding),
  rewrite,
  loading: (_place, envFile, { variables }) => ({
    loaded: false,
    until: variables.length > 1 ? say('then set them in GitLab') : say('then set it in GitLab'),
    commands: variables.map((v) => ({
      line: `glab variable set ${v} --masked`,
      shell: 'any' as const,
      why: say('takes the value, which is in {0}, from standard input', envFile),
    })),
  }),
  store: 'gitlab',
  reader: 'dotenv',
};
