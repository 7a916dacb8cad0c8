import fs from 'node:fs';
import path from 'node:path';
import { type Baseline, baselineText, emptyBaseline, recorded } from '../policy/baseline';
import { type Io, UsageError } from './io';
import { common, deliver, parsed, today } from './options';
import { baselineAt } from './scan';
import { scanTarget } from './scan-files';
import { emptyTally } from './tally';
import { demandValid, openWorkspace, scanPlan, walkOptions } from './workspace';

const OPTIONS = {
  ...common,
  baseline: { type: 'string' },
  include: { type: 'string', multiple: true },
  exclude: { type: 'string', multiple: true },
} as const;

/** Where a baseline stands when none is named. */
const USUAL = '.keyward/baseline.json';

/** `keyward baseline write|update`: records today's findings, so that only new ones fail. */
export async function baselineCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parsed(args, OPTIONS);
  const [action, ...targets] = positionals;
  if (action !== 'write' && action !== 'update') {
    throw new UsageError('baseline takes write or update.');
  }
  const name = values.baseline ?? USUAL;
  const file = path.resolve(io.cwd, name);
  if (action === 'write' && fs.existsSync(file)) {
    throw new UsageError(`${name} exists already; keyward baseline update renews it.`);
  }
  const before: Baseline = action === 'update' ? baselineAt(file) : emptyBaseline();
  const workspace = await openWorkspace(io, io.cwd, values.config);
  demandValid(workspace.policy);
  const tally = emptyTally(before);
  const plan = scanPlan(workspace, {}, before);
  const walk = walkOptions(workspace.effective, values);
  for (const target of targets.length ? targets : ['.']) {
    if (!(await scanTarget(io, target, walk, plan, tally))) {
      throw new UsageError(`${target}: there is no such file or folder.`);
    }
  }
  for (const e of tally.errors) {
    io.err(`keyward: ${e.file}: ${e.message}\n`);
  }
  const found = tally.findings.filter((f) => f.state === 'secret' && !f.local);
  const after = recorded(
    before,
    found.map((f) => ({ id: f.baselineId as string, rule: f.ruleId, file: f.file })),
    today(),
  );
  fs.mkdirSync(path.dirname(file), { recursive: true });
  deliver(io, baselineText(after), file);
  if (!values.quiet) {
    const known = new Set(before.entries.map((e) => e.id));
    const added = after.entries.filter((e) => !known.has(e.id)).length;
    const gone = before.entries.length - (after.entries.length - added);
    io.out(
      `${found.length} findings are in ${name}${action === 'update' ? ` (${added} new, ${gone} gone)` : ''}. keyward scan --baseline ${name} tells only of others.\n`,
    );
  }
  return 0;
}
