import { say } from '../../words/say';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { shellWord } from './shell-word';
import { environmentKey, inYamlComment, isYamlComment } from './yaml-comment';
import { isOnly, pairLines, unreadable, yamlPlace } from './yaml-place';

/** CircleCI: `environment` is not interpolated; project and context variables come by themselves. Source: circleci.com/docs/env-vars. */
const FILES = /(?:^|\/)\.circleci\/[^/]+\.ya?ml$/;

function rewrite({ text, finding }: Place, variable: string): Rewrite | Refusal {
  if (isYamlComment(text, finding)) {
    return inYamlComment;
  }
  const place = yamlPlace(text, finding);
  if (!place) {
    return unreadable;
  }
  const { path } = place;
  if (path.at(-1) === 'run' || (path.at(-1) === 'command' && path.includes('run'))) {
    return { change: shellWord(text, place, finding, variable) };
  }
  const lines = isOnly(place) ? undefined : pairLines(text, place);
  if (path.at(-2) === 'environment' && path.at(-1) === variable && place.whole && lines) {
    return { change: { start: lines.start, end: lines.end, text: '' } };
  }
  return {
    refused: say('CircleCI puts no variable into this place.'),
    wayOut: say(
      "Remove the value, set {0} in a context or in the project's settings, and read it in the command.",
      variable,
    ),
  };
}

export const circleci: Idiom = {
  id: 'circleci',
  applies: (file) => FILES.test(file),
  suggestion: ({ text, finding }) => environmentKey(text, finding),
  rewrite,
  loading: (_place, envFile, { variables }) => ({
    loaded: false,
    until: variables.length > 1 ? say('then set them in CircleCI') : say('then set it in CircleCI'),
    commands: variables.map((v) => ({
      line: `circleci context store-secret <vcs> <organisation> <context> ${v}`,
      shell: 'any' as const,
      why: say('takes the value, which is in {0}, from standard input', envFile),
    })),
  }),
  store: 'circleci',
  reader: 'dotenv',
};
