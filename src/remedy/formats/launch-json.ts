import { findNodeAtLocation } from 'jsonc-parser';
import { say } from '../../words/say';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { jsonPlace, notInString, withoutMember } from './json-place';

/** Debuggers of VS Code load `envFile`; `${env:NAME}` is what VS Code itself was started with. Source: code.visualstudio.com, "Variables reference". */
const FILES = /(?:^|\/)\.vscode\/(?:launch|tasks)\.json$|\.code-workspace$/;
/** Debug types whose adapters document `envFile`. */
const READS_ENV_FILE = new Set([
  'node',
  'pwa-node',
  'debugpy',
  'python',
  'go',
  'cppdbg',
  'cppvsdbg',
  'java',
  'coreclr',
  'php',
]);

interface Configuration {
  readonly path: readonly (string | number)[];
  readonly envFile: string | undefined;
}

/** The debug configuration around a member of its `env`, where its debugger loads env files. */
function configuration({ text, finding }: Place): (Configuration & { member: string }) | undefined {
  const at = jsonPlace(text, finding);
  const member = at?.path.at(-1);
  if (!at?.whole || at.path.at(-2) !== 'env' || typeof member !== 'string' || at.path.at(-4) !== 'configurations') {
    return undefined;
  }
  const path = at.path.slice(0, -2);
  const type = findNodeAtLocation(at.root, [...path, 'type'])?.value as unknown;
  if (typeof type !== 'string' || !READS_ENV_FILE.has(type)) {
    return undefined;
  }
  const envFile = findNodeAtLocation(at.root, [...path, 'envFile'])?.value as unknown;
  return { path, member, envFile: typeof envFile === 'string' ? envFile : undefined };
}

const FOLDER = /^\$\{workspaceFolder\}\//;

function rewrite(place: Place, variable: string): Rewrite | Refusal {
  const { text, finding, facts } = place;
  const at = jsonPlace(text, finding);
  if (!at) {
    return notInString;
  }
  const debug = configuration(place);
  if (!debug) {
    return { change: { start: finding.start, end: finding.end, text: `\${env:${variable}}` } };
  }
  const env = at.node.parent?.parent;
  const alone = env?.children?.length === 1;
  const file = envFile(place) ?? (facts.packageRoot ? `${facts.packageRoot}/.env` : '.env');
  const member = `"envFile": "\${workspaceFolder}/${file}"`;
  const change = withoutMember(text, at.node);
  if (!change || !env?.parent) {
    return notInString;
  }
  if (debug.envFile !== undefined) {
    return { change };
  }
  if (alone) {
    return { change: { start: env.parent.offset, end: env.parent.offset + env.parent.length, text: member } };
  }
  const start = env.parent.offset;
  const indent = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, start))?.[1];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    change,
    once: [{ start, end: start, text: indent === undefined ? `${member}, ` : `${member},${eol}${indent}` }],
  };
}

/** The env file that the configuration names, relative to the workspace. */
function envFile(place: Place): string | undefined {
  const named = configuration(place)?.envFile;
  return named && FOLDER.test(named) ? named.replace(FOLDER, '') : undefined;
}

export const launchJson: Idiom = {
  id: 'launch-json',
  applies: (file) => FILES.test(file),
  variable: (place) => configuration(place)?.member,
  suggestion: ({ text, finding }) => {
    const key = jsonPlace(text, finding)?.path.at(-1);
    return typeof key === 'string' && /^[A-Z][A-Z0-9_]*$/.test(key) ? key : undefined;
  },
  rewrite,
  loading: (place, file) => ({
    loaded: /"envFile"\s*:/.test(place.text),
    commands: [
      {
        line: `set -a; . ./${file.slice(file.lastIndexOf('/') + 1)}; set +a; code .`,
        shell: 'posix',
        why: say('VS Code fills in env variables from the environment that it was started with'),
      },
    ],
  }),
  envFile,
  takesEnvFileAsIs: true,
  reader: 'dotenv',
};
