import { severities } from './located-finding';

/** A tool as a coding agent is shown it. */
export interface AgentTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its input. */
  readonly inputSchema: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly required?: readonly string[];
    readonly additionalProperties: false;
  };
}

/**
 * What coding agents can do with Keyward, the same in VS Code (with `keyward_` before the name) and over MCP. A test keeps the manifest in
 * step. No tool takes or gives a value.
 */
export const agentTools = {
  list: {
    name: 'list_findings',
    description:
      'Lists hard-coded crypto API keys and wallet secrets of the open project: file, line, what it is, how severe, how sure, and the environment variable that would replace it. Never gives a value. Use it instead of searching the files for secrets, and before keyward fixes one.',
    inputSchema: {
      type: 'object',
      properties: {
        file: {
          type: 'string',
          description: 'Only this file, relative to the project. Without it, the whole project.',
        },
        severity: { type: 'string', enum: severities, description: 'Leave out what is less severe.' },
      },
      additionalProperties: false,
    },
  },
  fix: {
    name: 'fix_finding',
    description:
      'Moves one hard-coded key, with the other parts of its pair, out of the source: the value goes to the env file or to a secret store, and the source reads it from there. You never see the value; do not read it, print it or move it yourself. Name the finding as list_findings gives it.',
    inputSchema: {
      type: 'object',
      properties: {
        file: { type: 'string', description: 'The file, as list_findings gives it.' },
        line: { type: 'integer', minimum: 1, description: 'The line, from 1, as list_findings gives it.' },
        rule: { type: 'string', description: 'The rule, as list_findings gives it.' },
        store: {
          type: 'string',
          description:
            'Where the value goes: env (the env file) or a secret store such as 1password, vault, keyring. Without it, where the project keeps its values.',
        },
      },
      required: ['file', 'line', 'rule'],
      additionalProperties: false,
    },
  },
  checklist: {
    name: 'run_checklist',
    description:
      'Checks how the project keeps its keys over their life: generation, storage, distribution, access, rotation, revocation. Gives the grade, and for each check that is not passed its status, why, where, and what to do. Changes nothing and never gives a value.',
    inputSchema: {
      type: 'object',
      properties: {
        passed: { type: 'boolean', description: 'List the checks that are passed or not applicable, too.' },
      },
      additionalProperties: false,
    },
  },
  value: {
    name: 'add_env_value',
    description:
      'Asks the person for the value of an environment variable in a masked input and writes it to the env file that the project keeps out of git. You are told only whether it was stored. Use it whenever code that you write needs a key, a secret or a password; never ask for one in the chat.',
    inputSchema: {
      type: 'object',
      properties: {
        name: {
          type: 'string',
          pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
          description: 'Name of the variable, such as BINANCE_API_SECRET.',
        },
        for: { type: 'string', maxLength: 200, description: 'What it is for, in a few words; the person is shown it.' },
      },
      required: ['name'],
      additionalProperties: false,
    },
  },
} as const satisfies Readonly<Record<string, AgentTool>>;
