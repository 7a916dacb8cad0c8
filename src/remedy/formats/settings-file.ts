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
          refused: `Whether the program that reads ${file.slice(file.lastIndexOf('/') + 1)} fills in variables is not known.`,
          wayOut: `Let the program read ${variable} from its environment, and remove the line here.`,
        },
  loading: () => ({ loaded: true, commands: [] }),
  reader: 'dotenv',
};
