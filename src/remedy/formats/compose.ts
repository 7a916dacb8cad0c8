import { say } from '../../words/say';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { inYamlComment, isYamlComment } from './yaml-comment';
import { spliced, unreadable, yamlPlace } from './yaml-place';

/** Compose files read `.env` beside them for `${...}`, whatever `env_file` says. Source: docs.docker.com, "Set variables within your Compose file". */
const FILES = /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/;

function rewrite({ text, finding }: Place, variable: string): Rewrite | Refusal {
  if (isYamlComment(text, finding)) {
    return inYamlComment;
  }
  const place = yamlPlace(text, finding);
  if (!place) {
    return unreadable;
  }
  const required = (name: string) => `\${${name}:?${name} is not set}`;
  const { start, end } = finding;
  const fallback = /\$\{(\w+):?-$/.exec(text.slice(place.start, start));
  if (fallback && text[end] === '}') {
    const whole = { start: start - fallback[0].length, end: end + 1 };
    return { change: spliced(text, place, whole, required(fallback[1] as string)) };
  }
  const name = /^["']?([\w.-]+=)$/.exec(text.slice(place.start, start))?.[1] ?? '';
  const rest = text.slice(end, place.end);
  if (place.whole || (name && /^["']?\s*$/.test(rest))) {
    return place.style === 'plain'
      ? { change: { start: place.start, end: place.end, text: `"${name}${required(variable)}"` } }
      : { change: { start, end, text: required(variable) } };
  }
  return { change: spliced(text, place, finding, `\${${variable}}`) };
}

export const compose: Idiom = {
  id: 'docker-compose',
  applies: (file) => FILES.test(file),
  suggestion: ({ text, finding }) => {
    const place = yamlPlace(text, finding);
    const listed = place && /^["']?([A-Z][A-Z0-9_]*)=$/.exec(text.slice(place.start, finding.start))?.[1];
    const key = place?.path.at(-1);
    return listed ?? (place?.whole && typeof key === 'string' && /^[A-Z][A-Z0-9_]*$/.test(key) ? key : undefined);
  },
  rewrite,
  loading: ({ file }) => ({
    loaded: true,
    commands: [
      {
        line: `docker compose -f ${file.slice(file.lastIndexOf('/') + 1)} up`,
        shell: 'any',
        why: say('compose reads .env beside the file'),
      },
    ],
  }),
  reader: 'compose',
  envFile: ({ file }) => `${file.includes('/') ? `${file.slice(0, file.lastIndexOf('/'))}/` : ''}.env`,
};
