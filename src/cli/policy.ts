import path from 'node:path';
import { referencedRecords } from '../checklist/referenced-records';
import { loadPolicy, policyPaths } from '../policy/load';
import { startingPolicy } from '../policy/starting-policy';
import { NodeFiles } from '../project/node-files';
import { writeText } from '../project/node-write';
import { type Io, UsageError } from './io';
import { common, deliver, oneOf, parsed, today } from './options';

/** `keyward policy init|validate`. */
export async function policyCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, common);
  const format = oneOf('--format', values.format, ['text', 'json'] as const, 'text');
  const [action, folder = '.'] = positionals;
  const root = path.resolve(io.cwd, folder);
  const files = new NodeFiles(root);
  if (action === 'init') {
    for (const present of policyPaths) {
      if (await files.read(present)) {
        throw new UsageError(`${present} exists already; nothing is overwritten.`);
      }
    }
    const keys = await referencedRecords(files, today());
    writeText(root, { file: 'keyward.policy.jsonc', text: startingPolicy(files.name, today(), keys), create: true });
    if (!values.quiet) {
      const found = keys.length
        ? ` It lists ${keys.length} ${keys.length === 1 ? 'key' : 'keys'} that the project reads.`
        : '';
      io.out(`Wrote keyward.policy.jsonc.${found} Put in the owner, then run keyward checklist.\n`);
    }
    return 0;
  }
  if (action !== 'validate') {
    throw new UsageError(`policy needs init or validate; found "${action ?? 'nothing'}".`);
  }
  const config = values.config
    ? path.relative(root, path.resolve(io.cwd, values.config)).replaceAll('\\', '/')
    : undefined;
  const loaded = await loadPolicy(files, config ? { path: config } : {});
  if (loaded.state === 'no-policy') {
    throw new UsageError(`there is no policy in ${folder}. Write one with keyward policy init.`);
  }
  if (format === 'json') {
    const problems = loaded.problems.map(({ code, file, line, column, message, fatal }) => ({
      code,
      file,
      line,
      column,
      message,
      fatal,
    }));
    deliver(
      io,
      `${JSON.stringify({ schemaVersion: 1, file: loaded.path, valid: loaded.state === 'ok', problems }, null, 2)}\n`,
      values.output,
    );
  } else if (!values.quiet || values.output) {
    const lines = loaded.problems.map((p) => `${p.file}:${p.line}:${p.column}: ${p.code} ${p.message}`);
    if (loaded.state === 'ok') {
      lines.push(`${loaded.path} is valid.`);
    }
    deliver(io, `${lines.join('\n')}\n`, values.output);
  }
  return loaded.state === 'ok' ? 0 : 2;
}
