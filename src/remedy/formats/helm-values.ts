import { isMap, isScalar } from 'yaml';
import { say } from '../../words/say';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal, TextChange } from '../plan';
import { inYamlComment, isYamlComment } from './yaml-comment';
import { unreadable, yamlPlace } from './yaml-place';

/**
 * Values of a Helm chart: the value becomes empty and is handed over at install time from a file that is no file, so that it
 * is in no argument; where the chart has `existingSecret` beside it, that names the Secret. Source: helm.sh, "Values Files".
 */
const FILES = /(?:^|\/)values(?:[.-][\w.-]+)?\.ya?ml$/;

const folderOf = (file: string) => (file.includes('/') ? `${file.slice(0, file.lastIndexOf('/'))}/` : '');

function rewrite({ text, finding, facts }: Place): Rewrite | Refusal {
  if (isYamlComment(text, finding)) {
    return inYamlComment;
  }
  const place = yamlPlace(text, finding);
  if (!place) {
    return unreadable;
  }
  if (!place.whole) {
    return {
      refused: say('The value is a part of a longer text here.'),
      wayOut: say('Give the whole text with --set-file when the chart is installed, and leave it empty here.'),
    };
  }
  const change = { start: place.start, end: place.end, text: '""' };
  const existing = existingSecret(place.document.getIn(place.path.slice(0, -1)));
  const once: TextChange[] = existing
    ? [{ ...existing, text: `${facts.packageRoot.split('/').at(-1) || 'app'}-secrets` }]
    : [];
  return { change, once };
}

/** An `existingSecret` beside the value that is still empty. */
function existingSecret(parent: unknown): { start: number; end: number } | undefined {
  const pair = isMap(parent)
    ? parent.items.find((p) => isScalar(p.key) && p.key.value === 'existingSecret')
    : undefined;
  const value = pair?.value;
  return isScalar(value) && value.value === '' && value.range
    ? { start: value.range[0], end: value.range[1] }
    : undefined;
}

export const helmValues: Idiom = {
  id: 'helm-values',
  applies: (file) => FILES.test(file),
  rewrite,
  loading: ({ file }, envFile, { text, values }) => ({
    loaded: false,
    until: say('then hand it to helm'),
    commands: values.map(({ variable, finding }) => ({
      line: `helm upgrade --install RELEASE ${folderOf(file) || '.'} --set-file ${(yamlPlace(text, finding)?.path ?? []).join('.')}=<(set -a; . ./${envFile}; printf %s "$${variable}")`,
      shell: 'posix' as const,
      why: say('gives the chart the value that {0} keeps, in no argument (bash or zsh)', envFile),
    })),
  }),
  store: 'kubernetes',
  reader: 'shell',
};
