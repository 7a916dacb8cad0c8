import { isEnvFile, isEnvTemplate } from '../../project/env-files';
import { readEnvFile } from '../env-file';
import type { Idiom, Place } from '../idiom';
import { inYamlComment } from './yaml-comment';

const entryAt = ({ text, finding }: Pick<Place, 'text' | 'finding'>) =>
  readEnvFile(text).find((e) => e.start <= finding.start && finding.end <= e.end);

/** `.env.example` and its like: the name stays, empty, and the value goes to the env file that the template is for. */
export const envTemplate: Idiom = {
  id: 'env-template',
  applies: (file) => isEnvTemplate(file) && (isEnvFile(file) || /(?:^|\/)(?:example\.env|env\.\w+)$/.test(file)),
  variable: (place) => entryAt(place)?.name,
  rewrite: ({ text, finding }) => {
    const entry = entryAt({ text, finding });
    if (!entry) {
      return inYamlComment;
    }
    const sign = text.indexOf('=', entry.start) + 1;
    return { change: { start: sign, end: entry.end, text: '' } };
  },
  whole: (place) => entryAt(place)?.value,
  loading: () => ({ loaded: true, commands: [] }),
  reader: 'dotenv',
};
