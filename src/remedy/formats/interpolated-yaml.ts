import { say } from '../../words/say';
import type { Idiom, Loading, Place } from '../idiom';
import { environmentKey, inYamlComment, isYamlComment } from './yaml-comment';
import { spliced, unreadable, yamlPlace } from './yaml-place';

/** A YAML file whose reader replaces a mark by a variable, wherever the mark stands. */
export function interpolatedYaml(format: {
  readonly id: string;
  readonly applies: Idiom['applies'];
  readonly mark: (variable: string) => string;
  readonly loading: (place: Place, envFile: string) => Loading;
}): Idiom {
  return {
    id: format.id,
    applies: format.applies,
    suggestion: ({ text, finding }) => environmentKey(text, finding),
    rewrite: ({ text, finding }, variable) => {
      if (isYamlComment(text, finding)) {
        return inYamlComment;
      }
      const place = yamlPlace(text, finding);
      return place ? { change: spliced(text, place, finding, format.mark(variable)) } : unreadable;
    },
    loading: format.loading,
    reader: 'dotenv',
  };
}

/** How a program is started with an env file's variables where nothing loads the file. */
export function exported(envFile: string, program: string): Loading['commands'] {
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  return [
    {
      line: `set -a; . ./${name}; set +a; ${program}`,
      shell: 'posix',
      why: say("loads {0} into the program's environment", name),
    },
  ];
}
