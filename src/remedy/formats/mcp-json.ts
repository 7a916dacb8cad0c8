import { findNodeAtLocation } from 'jsonc-parser';
import { say } from '../../words/say';
import type { Idiom, Loading, Moved, Place, Rewrite } from '../idiom';
import type { Refusal, TextChange } from '../plan';
import { exported } from './interpolated-yaml';
import { type JsonPlace, jsonPlace, notInString, withoutMember } from './json-place';

/**
 * Configuration of MCP clients. VS Code asks for `${input:…}` once and keeps it encrypted, or loads `envFile` for a server
 * that it starts; Claude Code reads `${NAME}`; Cursor reads `${env:NAME}`. Others read no variable: no fix there.
 * Sources: code.visualstudio.com, "MCP configuration reference"; docs of Claude Code and Cursor.
 */
const VSCODE = /(?:^|\/)\.vscode\/mcp\.json$/;
const CURSOR = /(?:^|\/)\.cursor\/mcp\.json$/;
const CLAUDE_CODE = /(?:^|\/)\.mcp\.json$/;
const OTHERS =
  /(?:^|\/)(?:mcp\.json|mcp_config\.json|claude_desktop_config\.json|cline_mcp_settings\.json|mcp_settings\.json)$/;

/** VS Code's mark for the folder that is open. */
const FOLDER = `\${workspaceFolder}/`;

const inputId = (variable: string) => variable.toLowerCase().replaceAll('_', '-');

function rewrite(place: Place, variable: string): Rewrite | Refusal {
  const { file, text, finding } = place;
  const at = jsonPlace(text, finding);
  if (!at) {
    return notInString;
  }
  const put = (reference: string): TextChange => ({ start: finding.start, end: finding.end, text: reference });
  if (CLAUDE_CODE.test(file)) {
    return { change: put(`\${${variable}}`) };
  }
  if (CURSOR.test(file)) {
    return { change: put(`\${env:${variable}}`) };
  }
  if (!VSCODE.test(file)) {
    return {
      refused: say('This client fills no variables into its configuration.'),
      wayOut: say(
        'Start the server by a small script that loads {0} from an env file, and name the script as the command.',
        variable,
      ),
    };
  }
  if (isEnv(at)) {
    return envFileFor(text, at);
  }
  const id = inputId(variable);
  return { change: put(`\${input:${id}}`), once: addedInput(text, at, id, variable) };
}

/** A whole member of a started server's `env`: its env file can give it. */
const isEnv = (at: JsonPlace) =>
  at.whole && at.path.at(-2) === 'env' && at.path.at(-4) === 'servers' && typeof at.path.at(-1) === 'string';

/** Takes the member out and lets the server's `envFile` give it: nothing is asked for. */
function envFileFor(text: string, at: JsonPlace): Rewrite | Refusal {
  const env = at.node.parent?.parent;
  const change = withoutMember(text, at.node);
  if (!env?.parent || !change) {
    return notInString;
  }
  if (findNodeAtLocation(at.root, [...at.path.slice(0, -2), 'envFile'])) {
    return { change };
  }
  const member = `"envFile": "${FOLDER}.env"`;
  const { offset, length } = env.parent;
  if (env.children?.length === 1) {
    return { change: { start: offset, end: offset + length, text: member } };
  }
  const indent = /\n([ \t]*)$/.exec(text.slice(0, offset))?.[1];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    change,
    once: [{ start: offset, end: offset, text: `${member},${indent === undefined ? ' ' : eol + indent}` }],
  };
}

/** The password prompt that `inputs` lacks for an id. */
function addedInput(text: string, at: JsonPlace, id: string, variable: string): TextChange[] {
  const inputs = findNodeAtLocation(at.root, ['inputs']);
  if (inputs?.children?.some((i) => findNodeAtLocation(i, ['id'])?.value === id)) {
    return [];
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const first = at.root.children?.[0];
  const indent = first ? (/\n([ \t]+)$/.exec(text.slice(0, first.offset))?.[1] ?? '') : '';
  const entry = `{ "id": "${id}", "type": "promptString", "description": "${variable}", "password": true }`;
  if (inputs?.type === 'array') {
    const last = inputs.children?.at(-1);
    const put = last ? last.offset + last.length : inputs.offset + 1;
    const lead = indent ? `${eol}${indent}${indent}` : last ? ' ' : '';
    const tail = !last && indent ? `${eol}${indent}` : '';
    return [{ start: put, end: put, text: `${last ? ',' : ''}${lead}${entry}${tail}` }];
  }
  const start = at.root.offset + 1;
  return indent
    ? [{ start, end: start, text: `${eol}${indent}"inputs": [${eol}${indent}${indent}${entry}${eol}${indent}],` }]
    : [{ start, end: start, text: `"inputs": [${entry}], ` }];
}

function loading({ file, text }: Place, envFile: string, { variables }: Moved): Loading {
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  if (VSCODE.test(file)) {
    const asked = variables.filter((v) => text.includes(`\${input:${inputId(v)}}`));
    return {
      loaded: asked.length === 0,
      until: say('VS Code asks for it when the server starts'),
      commands: asked.map((v) => ({
        line: `grep '^${v}=' ${name}`,
        shell: 'posix' as const,
        why: say('shows the value that VS Code asks for at the next start of the server'),
      })),
    };
  }
  return { loaded: false, commands: exported(envFile, CURSOR.test(file) ? 'cursor .' : 'claude') };
}

export const mcpJson: Idiom = {
  id: 'mcp-json',
  applies: (file) => VSCODE.test(file) || CURSOR.test(file) || CLAUDE_CODE.test(file) || OTHERS.test(file),
  variable: (place) => {
    const at = VSCODE.test(place.file) ? jsonPlace(place.text, place.finding) : undefined;
    return at && isEnv(at) ? String(at.path.at(-1)) : undefined;
  },
  suggestion: ({ text, finding }) => {
    const key = jsonPlace(text, finding)?.path.at(-1);
    return typeof key === 'string' && /^[A-Z][A-Z0-9_]*$/.test(key) ? key : undefined;
  },
  rewrite,
  loading,
  envFile: ({ file, text, finding }) => {
    const at = VSCODE.test(file) ? jsonPlace(text, finding) : undefined;
    const named =
      at && isEnv(at) && (findNodeAtLocation(at.root, [...at.path.slice(0, -2), 'envFile'])?.value as unknown);
    if (typeof named === 'string' && named.startsWith(FOLDER)) {
      return named.slice(FOLDER.length);
    }
    return VSCODE.test(file) ? '.env' : undefined;
  },
  takesEnvFileAsIs: true,
  reader: 'dotenv',
};
