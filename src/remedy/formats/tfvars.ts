import { say } from '../../words/say';
import type { Idiom } from '../idiom';
import { exported } from './interpolated-yaml';
import { propertyLine } from './property-line';
import { inYamlComment } from './yaml-comment';

/** Variable files of Terraform: the line goes, `TF_VAR_name` sets the variable. */
export const tfvars: Idiom = {
  id: 'tfvars',
  applies: (file) => /\.tfvars$/.test(file),
  variable: ({ text, finding }) => {
    const line = propertyLine(text, finding);
    return line?.whole && /^[A-Za-z_][\w-]*$/.test(line.key) ? `TF_VAR_${line.key}` : undefined;
  },
  rewrite: ({ text, finding }) => {
    const line = propertyLine(text, finding);
    if (!line) {
      return inYamlComment;
    }
    return line.whole && /^[A-Za-z_][\w-]*$/.test(line.key)
      ? { change: { start: line.start, end: line.end, text: '' } }
      : {
          refused: say('The value is a part of a longer value of this variable.'),
          wayOut: say('Give the part a variable of its own, and set it with TF_VAR_.'),
        };
  },
  loading: (_place, envFile) => ({ loaded: false, commands: exported(envFile, 'terraform plan') }),
  reader: 'shell',
};
