import path from 'node:path';
import { referencedRecords } from '../checklist/referenced-records';
import { loadPolicy, policyPaths } from '../policy/load';
import { choicesOf, type PolicyChoices, policyQuestions, profileQuestion, profiles } from '../policy/policy-choices';
import { startingPolicy } from '../policy/starting-policy';
import { NodeFiles } from '../project/node-files';
import { writeText } from '../project/node-write';
import { askAll, wrongWith } from './ask';
import { type Io, UsageError } from './io';
import { common, deliver, type Options, oneOf, parsed, today } from './options';

/** What `init` may be told instead of asking. */
const CHOICES = {
  profile: { type: 'string' },
  owner: { type: 'string' },
  contact: { type: 'string' },
  environments: { type: 'string' },
  'max-age-days': { type: 'string' },
  stores: { type: 'string' },
} as const satisfies Options;

/** The choices of the options; what they leave open is asked at a terminal, and is as usual elsewhere. */
async function chosen(io: Io, values: Readonly<Record<string, unknown>>): Promise<PolicyChoices> {
  const profile = oneOf('--profile', values.profile as string | undefined, profiles, 'solo');
  const first = values.profile === undefined && io.ask ? await askAll(io, [profileQuestion()]) : { profile };
  const known = profiles.find((p) => p === first.profile) ?? 'solo';
  const given: Record<string, string> = {};
  const open = policyQuestions(known).filter((question) => {
    const option = question.id === 'days' ? 'max-age-days' : question.id;
    const answer = values[option];
    if (typeof answer !== 'string') {
      return true;
    }
    const wrong = wrongWith(question, answer);
    if (wrong !== undefined) {
      throw new UsageError(`--${option}: ${wrong}`);
    }
    given[question.id] = answer;
    return false;
  });
  return choicesOf({ profile: known, ...given, ...(io.ask ? await askAll(io, open) : {}) });
}

/** `keyward policy init|validate`. */
export async function policyCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, { ...common, ...CHOICES });
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
    const choices = await chosen(io, values);
    const keys = await referencedRecords(files, today(), choices);
    const text = startingPolicy(files.name, today(), keys, choices);
    writeText(root, { file: 'keyward.policy.jsonc', text, create: true });
    if (!values.quiet) {
      const found = keys.length
        ? ` It lists ${keys.length} ${keys.length === 1 ? 'key' : 'keys'} that the project reads.`
        : '';
      io.out(`Wrote keyward.policy.jsonc.${found} Read it through, then run keyward checklist.\n`);
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
    throw new UsageError(`${folder}: there is no policy file. Write one with keyward policy init.`);
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
