import { lineStart } from '../../scan/literal';
import { say } from '../../words/say';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { inYamlComment, isYamlComment } from './yaml-comment';

/** `Environment=` can be read by every user of the machine; `EnvironmentFile=` has the file's mode. Source: man systemd.exec. */
const FILES = /\.service$/;

const unitOf = (file: string) => file.slice(file.lastIndexOf('/') + 1).replace(/@?\.service$/, '');

const ASSIGNMENT = /"(\w+)=((?:[^"\\\n]|\\.)*)"|'(\w+)=([^'\n]*)'|(\w+)=([^\s"']*)/g;

function assignment(text: string, at: number) {
  const start = lineStart(text, at, at - 8000);
  const eol = text.indexOf('\n', at);
  const line = text.slice(start, eol < 0 ? text.length : eol);
  const head = /^[ \t]*Environment[ \t]*=[ \t]*/.exec(line);
  if (!head) {
    return undefined;
  }
  const all = [...line.slice(head[0].length).matchAll(ASSIGNMENT)];
  const from = start + head[0].length;
  const own = all.find((m) => from + m.index <= at && at < from + m.index + m[0].length);
  return own
    ? {
        name: (own[1] ?? own[3] ?? own[5]) as string,
        start: from + own.index,
        end: from + own.index + own[0].length,
        alone: all.length === 1,
        line: { start, end: eol < 0 ? text.length : eol + 1 },
      }
    : undefined;
}

function rewrite({ file, text, finding }: Place, variable: string): Rewrite | Refusal {
  if (isYamlComment(text, finding, '#;')) {
    return inYamlComment;
  }
  const own = assignment(text, finding.start);
  if (!own) {
    return {
      refused: say('systemd fills in variables in commands only, and shows the command line to every user.'),
      wayOut: say('Let the program read {0} from its environment, and add EnvironmentFile= to the unit.', variable),
    };
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const named = `EnvironmentFile=/etc/${unitOf(file)}.env`;
  const add = text.includes(named) ? '' : `${named}${eol}`;
  if (own.alone) {
    return { change: { ...own.line, text: add } };
  }
  const after = /^[ \t]+/.exec(text.slice(own.end))?.[0].length ?? 0;
  const before = after ? 0 : (/[ \t]+$/.exec(text.slice(own.line.start, own.start))?.[0].length ?? 0);
  const change = { start: own.start - before, end: own.end + after, text: '' };
  return add ? { change, once: [{ start: own.line.start, end: own.line.start, text: add }] } : { change };
}

export const systemd: Idiom = {
  id: 'systemd',
  applies: (file) => FILES.test(file),
  variable: ({ text, finding }) => assignment(text, finding.start)?.name,
  rewrite,
  loading: ({ file }, envFile) => ({
    loaded: false,
    until: say('then install it for the unit'),
    commands: [
      {
        line: `sudo install -m 600 ${envFile} /etc/${unitOf(file)}.env && sudo systemctl daemon-reload && sudo systemctl restart ${unitOf(file)}`,
        shell: 'posix',
        why: say('puts the values where the unit reads them, for root only'),
      },
    ],
  }),
  takesEnvFileAsIs: true,
  reader: 'systemd',
};
