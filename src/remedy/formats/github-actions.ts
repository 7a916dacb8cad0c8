import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { environmentKey, inYamlComment, isYamlComment } from './yaml-comment';
import { spliced, unreadable, yamlPlace } from './yaml-place';

/** Workflows of GitHub Actions. Source: docs.github.com, "Using secrets in GitHub Actions". */
const FILES = /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/;

function rewrite({ text, finding }: Place, variable: string): Rewrite | Refusal {
  if (isYamlComment(text, finding)) {
    return inYamlComment;
  }
  const place = yamlPlace(text, finding);
  if (!place) {
    return unreadable;
  }
  const [section] = place.path;
  if (section === 'on' || section === 'true' || (place.path.at(-1) === 'default' && place.path.includes('inputs'))) {
    return {
      refused: 'Inputs of a workflow can not read secrets.',
      wayOut: 'Pass the secret where the input is used.',
    };
  }
  if (place.path.at(-1) === 'if' || section === 'name' || section === 'run-name' || section === 'concurrency') {
    return { refused: `GitHub gives no secrets to "${place.path.at(-1)}".`, wayOut: 'Remove the value.' };
  }
  return { change: spliced(text, place, finding, `\${{ secrets.${variable} }}`) };
}

export const githubActions: Idiom = {
  id: 'github-actions',
  applies: (file) => FILES.test(file),
  suggestion: ({ text, finding }) => {
    const key = environmentKey(text, finding);
    // GitHub reserves this prefix for its own.
    return key?.startsWith('GITHUB_') ? undefined : key;
  },
  rewrite,
  loading: (_place, envFile, { variables }) => ({
    loaded: false,
    until: `then set ${variables.length > 1 ? 'them' : 'it'} in GitHub`,
    commands: variables.map((v) => ({
      line: `gh secret set ${v}`,
      shell: 'any' as const,
      why: `asks for the value, which is in ${envFile}`,
    })),
  }),
  store: 'github',
  reader: 'dotenv',
};
