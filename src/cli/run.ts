import { auditLogCommand } from './audit-log';
import { baselineCommand } from './baseline';
import { checklistCommand } from './checklist';
import { fixCommand } from './fix';
import { helpFor } from './help';
import { hookCommand } from './hook';
import { type Io, UsageError, version } from './io';
import { policyCommand } from './policy';
import { scanCommand } from './scan';

const COMMANDS: Readonly<Record<string, (args: readonly string[], io: Io) => Promise<number>>> = {
  scan: scanCommand,
  fix: fixCommand,
  checklist: checklistCommand,
  policy: policyCommand,
  baseline: baselineCommand,
  hook: hookCommand,
  'audit-log': auditLogCommand,
};

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
    const action = COMMANDS[command];
    if (!action) {
      throw new UsageError(
        `unknown command "${command}". Commands: ${Object.keys(COMMANDS).join(', ')}. See keyward --help.`,
      );
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(helpFor(command));
      return 0;
    }
    return await action(rest, io);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    io.err(`keyward: ${text.split('\n')[0]}\n`);
    return 2;
  }
}
