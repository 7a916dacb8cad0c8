import { installHook, uninstallHook } from '../project/node-hooks';
import { type Io, UsageError } from './io';
import { common, parsed } from './options';

/** `keyward hook install|uninstall`: a pre-commit hook that scans what is staged. */
export async function hookCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, common);
  const [action, ...more] = positionals;
  if ((action !== 'install' && action !== 'uninstall') || more.length > 0) {
    throw new UsageError('hook takes install or uninstall.');
  }
  const result = action === 'install' ? installHook(io.cwd) : uninstallHook(io.cwd);
  if (!result) {
    throw new UsageError('this folder is in no git work tree.');
  }
  if (!values.quiet) {
    const done = action === 'install' ? 'Written' : 'Taken out of';
    io.out([...result.changed.map((f) => `${done}: ${f}`), ...result.notes, ''].join('\n'));
  }
  return 0;
}
