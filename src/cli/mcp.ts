import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Severity } from '../catalog/credential-type';
import { type AgentTool, agentTools } from '../report/agent-tools';
import { severities } from '../report/located-finding';
import { AgentSession } from './agent-session';
import { type Io, UsageError, version } from './io';
import { parsed } from './options';

type Input = Readonly<Record<string, unknown>>;

/** A tool with what it does; `changes` is what clients ask the person about. */
interface Offer {
  readonly tool: AgentTool;
  readonly title: string;
  readonly changes: boolean;
  readonly run: (session: AgentSession, input: Input) => Promise<object>;
}

const OFFERS: readonly Offer[] = [
  {
    tool: agentTools.list,
    title: 'List hard-coded keys',
    changes: false,
    run: (session, input) => {
      const file = text(input, 'file');
      const severity = text(input, 'severity', severities) as Severity | undefined;
      return session.list({ ...(file === undefined ? {} : { file }), ...(severity ? { severity } : {}) });
    },
  },
  {
    tool: agentTools.fix,
    title: 'Move a hard-coded key',
    changes: true,
    run: (session, input) => {
      const [file, rule, store] = [text(input, 'file'), text(input, 'rule'), text(input, 'store')];
      const { line } = input;
      if (file === undefined || rule === undefined || !Number.isInteger(line)) {
        throw new UsageError('file, line and rule are needed, as list_findings gives them.');
      }
      return session.fix({ file, rule, line: line as number, ...(store === undefined ? {} : { store }) });
    },
  },
  {
    tool: agentTools.checklist,
    title: 'Run the key lifecycle checklist',
    changes: false,
    run: (session, { passed }) => session.check(passed === true),
  },
];

const INSTRUCTIONS =
  'Keyward finds hard-coded crypto API keys and wallet secrets in this folder, moves them out of the source and checks how the project keeps its keys. It never gives a value: do not read, print or move one yourself.';

/** `keyward mcp`: the agents' tools over standard input and output, until the client ends. */
export async function mcpCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, { 'read-only': { type: 'boolean' } });
  if (positionals.length > 0) {
    throw new UsageError('mcp takes no path: it works in the folder that it is started in.');
  }
  const session = new AgentSession(io);
  const offers = OFFERS.filter((o) => !o.changes || !values['read-only']);
  const server = new Server(
    { name: 'keyward', title: 'Keyward', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: offers.map(({ tool, title, changes }) => ({
      name: tool.name,
      title,
      description: tool.description,
      inputSchema: tool.inputSchema as { type: 'object' },
      annotations: { readOnlyHint: !changes, destructiveHint: changes, idempotentHint: true, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const offer = offers.find((o) => o.tool.name === params.name);
    try {
      if (!offer) {
        throw new UsageError(`there is no tool ${params.name}.`);
      }
      const answer = await offer.run(session, params.arguments ?? {});
      return { content: [{ type: 'text' as const, text: JSON.stringify(answer) }] };
    } catch (error) {
      // The message of an unknown error may quote a text.
      const said = error instanceof UsageError ? error.message : 'Keyward could not do it.';
      return { content: [{ type: 'text' as const, text: said }], isError: true };
    }
  });
  const ended = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.once('end', () => void server.close());
  });
  await server.connect(new StdioServerTransport());
  await ended;
  return 0;
}

function text(input: Input, name: string, words?: readonly string[]): string | undefined {
  const value = input[name];
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'string' || (words && !words.includes(value))) {
    throw new UsageError(words ? `${name} must be ${words.join(', ')}.` : `${name} must be a text.`);
  }
  return value;
}
