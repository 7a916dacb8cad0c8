import { lineStart } from '../../scan/literal';
import { say } from '../../words/say';
import type { Idiom, Loading, Moved, Place, Rewrite } from '../idiom';
import type { Refusal, TextChange } from '../plan';

/**
 * Dockerfiles: `ENV` and `ARG` stay in layers and history, so the line loses the variable, and the value comes when the container
 * starts (`--env-file`) or, for a step of the build, as a build secret. Source: docs.docker.com, "Build secrets".
 */
const FILES = /(?:^|\/)(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$|\.(?:dockerfile|containerfile)$/i;

interface Instruction {
  readonly keyword: string;
  readonly start: number;
  /** After the line end. */
  readonly end: number;
}

/** The instruction around an offset, with its continued lines. */
function instruction(text: string, at: number): Instruction | undefined {
  let start = lineStart(text, at, 0);
  while (start > 0 && /[\\`][ \t]*\r?\n$/.test(text.slice(Math.max(0, start - 8), start))) {
    start = lineStart(text, start - 1, 0);
  }
  let eol = text.indexOf('\n', at);
  while (eol >= 0 && /\\[ \t]*\r?$/.test(text.slice(Math.max(0, eol - 8), eol))) {
    eol = text.indexOf('\n', eol + 1);
  }
  const end = eol < 0 ? text.length : eol + 1;
  const keyword = /^[ \t]*([A-Za-z]+)[ \t]/.exec(text.slice(start, start + 40))?.[1]?.toUpperCase();
  return keyword ? { keyword, start, end } : undefined;
}

const PAIR = /([A-Za-z_]\w*)=("(?:[^"\\]|\\[\s\S])*"|'[^']*'|(?:[^\s"'\\]|\\[^\r\n])*)/g;

/** The variable of `ENV`, `ARG` or `LABEL` whose text holds the value. */
function pairAt(
  text: string,
  { start, end }: Instruction,
  at: number,
): { name: string; start: number; end: number; alone: boolean } | undefined {
  const body = text.slice(start, end);
  const old = /^[ \t]*ENV[ \t]+(\w+)[ \t]+(?!=)/i.exec(body);
  if (old) {
    return { name: old[1] as string, start, end, alone: true };
  }
  const pairs = [...body.matchAll(PAIR)];
  const pair = pairs.find((p) => start + p.index <= at && at < start + p.index + p[0].length);
  return pair
    ? {
        name: pair[1] as string,
        start: start + pair.index,
        end: start + pair.index + pair[0].length,
        alone: pairs.length === 1,
      }
    : undefined;
}

function rewrite({ text, finding }: Place, variable: string): Rewrite | Refusal {
  const line = text.slice(lineStart(text, finding.start, finding.start - 2000), finding.start);
  if (/^\s*#/.test(line)) {
    return { refused: say('The value stands in a comment.'), wayOut: say('Delete the comment, and rotate the key.') };
  }
  const at = instruction(text, finding.start);
  if (at?.keyword === 'RUN') {
    return inRun(text, at, finding.start, finding.end, variable);
  }
  const pair = at && (at.keyword === 'ENV' || at.keyword === 'ARG') ? pairAt(text, at, finding.start) : undefined;
  if (!at || !pair) {
    return {
      refused: at?.keyword
        ? say('{0} keeps what it says in the image.', at.keyword)
        : say('This instruction keeps what it says in the image.'),
      wayOut: say(
        'Let the program read {0} when it starts (docker run --env-file .env), and remove the value.',
        variable,
      ),
    };
  }
  const once = mounts(text, pair.name);
  if (at.keyword === 'ARG' && once.length === 0) {
    // A build without a default still accepts --build-arg; the value itself must not be one.
    return { change: { start: pair.start + pair.name.length, end: pair.end, text: '' } };
  }
  if (pair.alone) {
    return { change: { start: at.start, end: at.end, text: '' }, once };
  }
  // The pair goes with the blanks and the continuation before it, or behind it when it is the first.
  const before = /(?:[ \t]|\\[ \t]*\r?\n)+$/.exec(text.slice(at.start, pair.start))?.[0] ?? '';
  const first = /^[ \t]*(?:ENV|ARG)[ \t]*$/i.test(`${text.slice(at.start, pair.start - before.length)} `);
  if (first) {
    const after = /^(?:[ \t]|\\[ \t]*\r?\n)+/.exec(text.slice(pair.end))?.[0] ?? '';
    return { change: { start: pair.start, end: pair.end + after.length, text: '' }, once };
  }
  return { change: { start: pair.start - before.length, end: pair.end, text: '' }, once };
}

/** Steps of the build that use a variable which `ENV` or `ARG` gave them get it as a build secret. */
function mounts(text: string, name: string): TextChange[] {
  const used = new RegExp(`\\$(?:${name}\\b|\\{${name}\\b)`);
  const changes: TextChange[] = [];
  for (const m of text.matchAll(/^[ \t]*RUN[ \t]+/gim)) {
    const run = instruction(text, m.index);
    const body = run ? text.slice(run.start, run.end) : '';
    if (run && used.test(body) && !body.includes(mountOf(name))) {
      const start = m.index + m[0].length;
      changes.push({ start, end: start, text: `${mountOf(name)} ` });
    }
  }
  return changes;
}

const mountOf = (name: string) => `--mount=type=secret,id=${name},env=${name}`;

/** A step of the build reads a build secret as a variable that exists in this step only. */
function inRun(text: string, at: Instruction, start: number, end: number, variable: string): Rewrite | Refusal {
  const body = text.slice(at.start, at.end);
  const json = /^[ \t]*RUN[ \t]+(?:--\S+[ \t]+)*\[/i.test(body);
  if (json || /<<-?["']?\w+/.test(body)) {
    return {
      refused: say('This form of RUN expands no variables.'),
      wayOut: say('Write it as a shell command with --mount=type=secret,id={0},env={0}.', variable),
    };
  }
  let quote = '';
  for (let i = at.start; i < start; i++) {
    const c = text[i] as string;
    if (c === '\\' && quote !== "'") {
      i++;
    } else if (quote) {
      quote = c === quote ? '' : quote;
    } else if (c === '"' || c === "'") {
      quote = c;
    }
  }
  const name = `\${${variable}}`;
  const mount = mountOf(variable);
  const after = at.start + (/^[ \t]*RUN[ \t]+/i.exec(body)?.[0].length ?? 4);
  return {
    change: { start, end, text: quote === "'" ? `'"${name}"'` : quote ? name : `"${name}"` },
    once: body.includes(mount) ? [] : [{ start: after, end: after, text: `${mount} ` }],
  };
}

const builtIn = (text: string, variables: readonly string[]) =>
  variables.filter((v) => text.includes(`id=${v},env=${v}`));
const buildLine = (built: readonly string[]) =>
  `docker build ${built.map((v) => `--secret id=${v},env=${v}`).join(' ')} .`;

function loading({ text }: Place, envFile: string, { variables }: Moved): Loading {
  const built = builtIn(text, variables);
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const run = {
    line: `docker run --env-file ${name} IMAGE`,
    shell: 'any' as const,
    why: say('gives the container the value when it starts; no layer of the image holds it'),
  };
  const build = {
    line: `set -a; . ./${name}; set +a; ${buildLine(built)}`,
    shell: 'posix' as const,
    why: say('gives the build step the value; no layer of the image holds it'),
  };
  return {
    loaded: false,
    until: built.length > 0 ? say('then docker build --secret') : say('then docker run --env-file {0}', name),
    commands: built.length === 0 ? [run] : built.length < variables.length ? [build, run] : [build],
  };
}

export const dockerfile: Idiom = {
  id: 'dockerfile',
  applies: (file, languageId) => FILES.test(file) || languageId === 'dockerfile',
  variable: ({ text, finding }) => {
    const at = instruction(text, finding.start);
    return at && (at.keyword === 'ENV' || at.keyword === 'ARG') ? pairAt(text, at, finding.start)?.name : undefined;
  },
  rewrite,
  loading,
  starts: ({ text }, variables) => {
    const built = builtIn(text, variables);
    return built.length > 0 ? buildLine(built) : `docker run ${variables.map((v) => `-e ${v}`).join(' ')} IMAGE`;
  },
  reader: 'docker',
};
