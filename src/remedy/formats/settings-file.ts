import { say } from '../../words/say';
import type { Idiom, Place } from '../idiom';
import { inYamlComment, isYamlComment } from './yaml-comment';

/** INI, properties and conf files whose reader is not known: most read no variables, so nothing is rewritten. */
export const settingsFile: Idiom = {
  id: 'settings-file',
  applies: (file) => /\.(?:ini|cfg|conf|properties)$/.test(file),
  rewrite: ({ file, text, finding }: Place, variable) =>
    isYamlComment(text, finding, '#;!')
      ? inYamlComment
      : {
          refused: say(
            'Whether the program that reads {0} fills in variables is not known.',
            file.slice(file.lastIndexOf('/') + 1),
          ),
          wayOut: say('Let the program read {0} from its environment, and remove the line here.', variable),
        },
  loading: () => ({ loaded: true, commands: [] }),
  reader: 'dotenv',
};
