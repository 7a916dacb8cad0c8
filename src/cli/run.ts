import { helpFor } from './help';
import { type Io, UsageError, version } from './io';

type Command = (args: readonly string[], io: Io) => Promise<number>;

/** The commands. Each is loaded when it is called, so that none waits for what another needs. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  scan: async () => (await import('./scan')).scanCommand,
  fix: async () => (await import('./fix')).fixCommand,
  checklist: async () => (await import('./checklist')).checklistCommand,
  policy: async () => (await import('./policy')).policyCommand,
  baseline: async () => (await import('./baseline')).baselineCommand,
  hook: async () => (await import('./hook')).hookCommand,
  mcp: async () => (await loadMcp()).mcpCommand,
  'audit-log': async () => (await import('./audit-log')).auditLogCommand,
};

/** The agents' tools are in the npm package only: the extension has its own. */
function loadMcp() {
  return import('./mcp').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND'
      ? new UsageError('keyward mcp is in the npm package: run npx keyward mcp.')
      : error;
  });
}

/** Runs the command line and gives its exit status: 0 nothing at the failing level, 1 something, 2 a mistake to mend. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [command, ...rest] = argv;
  try {
    if (!command || command === '--help' || command === '-h' || command === 'help') {
      io.out(helpFor(rest[0] ?? ''));
      return command ? 0 : 2;
    }
    if (command === '--version' || command === '-V') {
      io.out(`${version}\n`);
      return 0;
    }
    const load = COMMANDS[command];
    if (!load) {
      throw new UsageError(
        `unknown command "${command}". Commands: ${Object.keys(COMMANDS).join(', ')}. See keyward --help.`,
      );
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(helpFor(command));
      return 0;
    }
    return await (await load())(rest, io);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    io.err(`keyward: ${text.split('\n')[0]}\n`);
    return 2;
  }
}
