import { isStandIn } from '../../scan/placeholders';
import { isReference } from '../../scan/references';
import { commandOf, composeServices } from '../formats/compose';
import { dockerfiles, instructions } from '../formats/dockerfile';
import { containersOf, manifests, podOf } from '../formats/kubernetes';
import { pipelines } from '../formats/pipelines';
import { at, textsOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { isSecretName } from '../secret-names';
import { withoutComments } from './code';

const PROBE = 'keyOnCommandLine';

const VALUE = String.raw`("[^"\n]*"|'[^'\n]*'|\\"[^"\n]*\\"|[^\s"'\\;|&)]+)`;

/** Switches that take a key. */
const SWITCH = new RegExp(
  String.raw`(?<![\w-])--(?!(?:no|disabled?|without|with|skip|enable|allow|require|ask|show|hide|initial-cluster)-)(?:[\w-]+-)?(?:private-key|api-?key|api-secret|secret-key|secret|mnemonic|passphrase|password|access-token|auth-token|token)(?:=|\s+)${VALUE}`,
  'g',
);
/** `docker run -e NAME=value`, `helm --set a.b=value`, `env NAME=value command`. */
const ASSIGNED = new RegExp(
  String.raw`(?:\bdocker\b[^\n]*?\s(?:-e|--env)(?:=|\s+)|\bhelm\b[^\n]*?\s--set(?:-string)?(?:=|\s+))["']?([\w.-]+)=${VALUE}`,
  'g',
);
/** Passwords that stand right behind a letter, and headers and users of curl. */
const SHORT = /\b(?:mysql|mysqldump|mysqladmin|sshpass)\b[^\n|;&]*?\s-p(\$\{?\w+\}?|[^\s-]\S*)/g;
const CURL =
  /\bcurl\b[^\n|;]*?\s(?:-H|--header|-u|--user)(?:=|\s+)\\?["']?[^"'\n]*?(\$\{\{\s*secrets\.\w+\s*\}\}|\$\{?\w*(?:KEY|SECRET|TOKEN|PASS|PASSWORD|CREDENTIALS?)\w*\}?)/g;

/** Text that a shell runs, and where it stands in its file. */
interface Commands {
  readonly file: ProjectText;
  readonly text: string;
  /** Offset of the text, when its characters are those of the file. */
  readonly start: number;
}

function commands(project: ProjectTexts): readonly Commands[] {
  const scripts = project
    .of('source')
    .filter((f) => /\.(?:sh|bash|zsh|ps1|psm1)$|(?:^|\/)(?:Makefile|justfile|Procfile)$/.test(f.path));
  const packages = project.texts.filter((f) => f.class === 'config' && /(?:^|\/)package\.json$/.test(f.path));
  return [
    ...[...scripts, ...packages].map((file) => ({ file, text: withoutComments(file), start: 0 })),
    ...pipelines(project).map(({ file }) => ({ file, text: withoutComments(file), start: 0 })),
    ...dockerfiles(project).flatMap((file) =>
      instructions(file.text)
        .filter((i) => /^(?:RUN|CMD|ENTRYPOINT)$/.test(i.name))
        .map((i) => ({ file, text: i.rest.replace(/",\s*"/g, ' '), start: i.start })),
    ),
    ...composeServices(project).map((s) => ({
      file: s.file,
      text: commandOf(s),
      start: (at(s.body, 'command') ?? at(s.body, 'entrypoint'))?.at ?? s.at,
    })),
    ...manifests(project).flatMap((m) =>
      containersOf(podOf(m)).flatMap((c) =>
        ['command', 'args'].map((key) => ({
          file: m.file,
          text: textsOf(at(c, key)).join(' '),
          start: at(c, key)?.at ?? 0,
        })),
      ),
    ),
  ];
}

const VARIABLE = /^["'\\]*(?:\$|%\w+%|\{\{)/;

/** Undefined for what is no value at all: another switch, a stand-in, a path of a file. */
function weigh(value: string): 'fail' | 'warn' | undefined {
  const bare = value.replace(/^[\\"']+|[\\"']+$/g, '');
  if (VARIABLE.test(value)) {
    return 'warn';
  }
  // a word behind the name of a switch in a message: "no --secret provided"
  return bare.length < 6 ||
    /^[a-z]+[)"']*$/.test(bare) ||
    /^[-<[./~@]/.test(bare) ||
    isReference(bare) ||
    isStandIn(bare)
    ? undefined
    : 'fail';
}

/** Keys that are handed to programs as arguments, which every user of the machine can read. */
export function keysOnCommandLines(project: ProjectTexts): readonly Observation[] {
  return commands(project).flatMap(({ file, text, start }) => {
    const whole = text.length === file.text.length;
    const told = new Set<number>();
    const found: { offset: number; outcome: 'fail' | 'warn' | undefined }[] = [
      ...[...text.matchAll(SWITCH)].map((m) => ({ offset: m.index, outcome: weigh(m[1] as string) })),
      ...[...text.matchAll(ASSIGNED)]
        .filter((m) => isSecretName((m[1] as string).replace(/^.*\./, '')))
        .map((m) => ({ offset: m.index, outcome: weigh(m[2] as string) })),
      ...[...text.matchAll(SHORT)].map((m) => ({ offset: m.index, outcome: weigh(m[1] as string) })),
      ...[...text.matchAll(CURL)].map((m) => ({ offset: m.index, outcome: 'warn' as const })),
    ];
    return found.flatMap(({ offset, outcome }) => {
      const place = whole ? offset : start;
      const { line } = file.at(place);
      if (!outcome || told.has(line)) {
        return [];
      }
      told.add(line);
      return [seen(file, place, PROBE, outcome)];
    });
  });
}
