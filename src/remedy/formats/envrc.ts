import { say } from '../../words/say';
import { readEnvFile } from '../env-file';
import type { Idiom, Place, Rewrite } from '../idiom';
import { shell } from '../languages/shell';
import type { Refusal, TextChange } from '../plan';
import { inYamlComment, isYamlComment } from './yaml-comment';

/** direnv's script: `dotenv` loads the env file beside it. Source: direnv.net, stdlib. */
const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '');

/** The assignment whose whole value the finding is. */
function assignment({ text, finding }: Pick<Place, 'text' | 'finding'>) {
  return readEnvFile(text).find(
    (e) => e.start <= finding.start && finding.end <= e.end && e.value === text.slice(finding.start, finding.end),
  );
}

function rewrite(place: Place, variable: string): Rewrite | Refusal {
  const { text, finding } = place;
  if (isYamlComment(text, finding)) {
    return inYamlComment;
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const once: TextChange[] = [];
  if (!/^[ \t]*(?:dotenv|dotenv_if_exists|source_env)\b/m.test(text)) {
    const start = /^(?:#[^\n]*\n)*/.exec(text)?.[0].length ?? 0;
    once.push({ start, end: start, text: `dotenv${eol}` });
  }
  const own = assignment(place);
  if (!own) {
    const plain = shell.rewrite(place, variable);
    return 'refused' in plain ? plain : { change: plain.change, once };
  }
  const start = text.lastIndexOf('\n', own.start - 1) + 1;
  const end = text.indexOf('\n', own.end);
  return { change: { start, end: end < 0 ? text.length : end + 1, text: '' }, once };
}

export const envrc: Idiom = {
  id: 'envrc',
  applies: (file) => /(?:^|\/)\.envrc$/.test(file),
  variable: (place) => assignment(place)?.name,
  rewrite,
  fetch: (place, variable, command) => {
    const own = assignment(place);
    return own
      ? { change: { start: own.start, end: own.end, text: `export ${variable}="$(${command})"` } }
      : {
          refused: say('The value is a part of a longer text here.'),
          wayOut: say('Set {0} on a line of its own, and use it here.', variable),
        };
  },
  loading: () => ({ loaded: true, commands: [] }),
  envFile: ({ file }) => `${folderOf(file)}.env`,
  reader: 'dotenv',
};
