import { say } from '../../words/say';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { environmentKey, inYamlComment, isYamlComment } from './yaml-comment';
import { spliced, unreadable, yamlPlace } from './yaml-place';

/** Workflows of GitHub Actions. Source: docs.github.com, "Using secrets in GitHub Actions". */
const FILES = /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/;

/** Keys of a job that can't read secrets. Source: docs.github.com, "Context availability". */
const WITHOUT = new Set(['strategy', 'runs-on', 'name', 'concurrency', 'environment', 'if', 'with', 'timeout-minutes']);

function placeWithoutSecrets(path: readonly (string | number)[]): string | undefined {
  const [section, , key] = path;
  if (section === 'jobs') {
    return typeof key === 'string' && WITHOUT.has(key) ? key : path.at(-1) === 'if' ? 'if' : undefined;
  }
  return section === 'env' ? undefined : String(section);
}

function rewrite({ text, finding }: Place, variable: string): Rewrite | Refusal {
  if (isYamlComment(text, finding)) {
    return inYamlComment;
  }
  const place = yamlPlace(text, finding);
  if (!place) {
    return unreadable;
  }
  const where = placeWithoutSecrets(place.path);
  if (where) {
    return {
      refused: say('GitHub gives no secrets to "{0}".', where),
      wayOut: say(
        'Remove the value, and read {0} in the env of the step that needs it.',
        `\${{ secrets.${variable} }}`,
      ),
    };
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
    until: variables.length > 1 ? say('then set them in GitHub') : say('then set it in GitHub'),
    commands: variables.map((v) => ({
      line: `gh secret set ${v}`,
      shell: 'any' as const,
      why: say('asks for the value, which is in {0}', envFile),
    })),
  }),
  store: 'github',
  reader: 'dotenv',
};
