import type { Idiom } from '../idiom';
import { exported } from './interpolated-yaml';
import { propertyLine } from './property-line';
import { inYamlComment } from './yaml-comment';

/** npm replaces `${NAME}` in values. Source: docs.npmjs.com, npmrc. */
export const npmrc: Idiom = {
  id: 'npmrc',
  applies: (file) => /(?:^|\/)\.npmrc$/.test(file),
  rewrite: ({ text, finding }, variable) =>
    propertyLine(text, finding)
      ? { change: { start: finding.start, end: finding.end, text: `\${${variable}}` } }
      : inYamlComment,
  loading: (_place, envFile) => ({ loaded: false, commands: exported(envFile, 'npm install') }),
  reader: 'dotenv',
};
