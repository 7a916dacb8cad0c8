import fs from 'node:fs';
import path from 'node:path';
import type { Severity } from '../catalog/credential-type';
import { runChecklist } from '../checklist/run';
import { loadPolicy } from '../policy/load';
import { NodeFiles } from '../project/node-files';
import { storeNamed, stores } from '../remedy/stores/all';
import { agentAssessment, agentFindings } from '../report/agent-answers';
import { locate } from '../report/located-finding';
import type { Finding } from '../scan/finding';
import { scanText } from '../scan/scan';
import { fixOne, newWork, readText } from './fix-work';
import { type Io, UsageError, version } from './io';
import { today } from './options';
import { scanTarget } from './scan-files';
import { emptyTally } from './tally';
import { demandValid, openWorkspace, readPepper, scanOptions, scanPlan, walkOptions } from './workspace';

/** A finding as an agent names it, and where its value shall go. */
export interface FixWish {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly store?: string;
}

/** What a coding agent can have done in the folder that the program was started in, and nowhere else. A refusal is a UsageError. */
export class AgentSession {
  readonly #root: string;

  constructor(readonly io: Io) {
    this.#root = fs.realpathSync(io.cwd);
  }

  /** Findings of a file or folder, or of all. */
  async list({ file, severity }: { readonly file?: string; readonly severity?: Severity }): Promise<object> {
    const workspace = await openWorkspace(this.io, this.#root);
    demandValid(workspace.policy);
    const plan = scanPlan(workspace, { showIgnored: true });
    const tally = emptyTally();
    const { minConfidence } = workspace.effective;
    const io = { ...this.io, cwd: this.#root };
    const target = file === undefined ? '.' : this.#inside(file);
    await scanTarget(io, target, walkOptions(workspace.effective), plan, tally);
    return agentFindings(tally.findings, { minConfidence, ...(severity ? { severity } : {}) });
  }

  /** Moves one finding, with the other parts of its pair and wherever else in the file its value stands. */
  async fix({ file: named, line, rule, store: to }: FixWish): Promise<object> {
    const file = this.#inside(named);
    const workspace = await openWorkspace(this.io, this.#root);
    demandValid(workspace.policy);
    const store = storeNamed(to ?? workspace.effective.store);
    if (!store) {
      throw new UsageError(`store must be env, ${stores.map((s) => s.id).join(', ')}; found "${to}".`);
    }
    const values = new Set<string>();
    const work = newWork(this.io, workspace, {
      dryRun: false,
      addLoader: false,
      stored: false,
      store: store === 'env' ? store : store.id,
      wanted: (f, text) => values.has(text.slice(f.start, f.end)),
    });
    const text = readText(work, file) ?? '';
    const findings = scanText(text, scanOptions(this.io, workspace)(file)).findings.filter(
      (f) => f.state === 'secret' && !f.ignored,
    );
    const finding = locate(text, findings, file, false).find(
      (f) => f.ruleId === rule && f.range.start.line + 1 === line,
    );
    if (!finding) {
      throw new UsageError(`there is no finding ${rule} in line ${line} of ${file}. List the findings again.`);
    }
    const isPart = (f: Finding) => f.start === finding.start || (f.group !== undefined && f.group === finding.group);
    for (const f of findings.filter(isPart)) {
      values.add(text.slice(f.start, f.end));
    }
    await fixOne(work, file);
    const [stays] = work.remaining;
    if (work.moved.length === 0) {
      throw new UsageError(
        stays ? `nothing was moved. ${stays.refused} ${stays.wayOut}` : `${file} is kept out of git already.`,
      );
    }
    return {
      moved: work.moved.map((m) => ({ file: m.file, line: m.line, rule: m.ruleId, variable: m.variable })),
      destination: work.moved[0]?.destination,
      changed: [...work.originals.keys()],
      ...(stays
        ? { stays: work.remaining.map((r) => `${r.file}:${r.line}: ${r.ruleId}. ${r.refused} ${r.wayOut}`) }
        : {}),
      ...(work.warnings.size ? { warnings: [...work.warnings] } : {}),
      ...(work.followUp.size ? { todo: [...work.followUp.values()].map((c) => `${c.line} (${c.why})`) } : {}),
    };
  }

  /** The lifecycle checklist. */
  async check(passed: boolean): Promise<object> {
    const files = new NodeFiles(this.#root);
    const pepper = this.io.env.KEYWARD_PEPPER ?? readPepper(this.#root);
    const assessment = await runChecklist({
      files,
      policy: await loadPolicy(files),
      asOf: today(),
      trigger: 'cli',
      toolVersion: version,
      ...(pepper ? { pepper } : {}),
    });
    return agentAssessment(assessment, passed);
  }

  /** A path as the folder knows it; what lies outside, through links too, is refused. */
  #inside(file: string): string {
    const full = path.resolve(this.#root, file);
    if (!fs.existsSync(full)) {
      throw new UsageError(`${file}: there is no such file or folder.`);
    }
    const relative = path.relative(this.#root, fs.realpathSync(full)).replaceAll('\\', '/');
    if (relative.startsWith('..') || path.isAbsolute(relative)) {
      throw new UsageError(`${file} lies outside of the folder that keyward mcp was started in.`);
    }
    return relative || '.';
  }
}
