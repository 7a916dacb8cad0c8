import * as vscode from 'vscode';
import type { Plan } from '../remedy/plan';
import type { Finding } from '../scan/finding';
import { credentialName } from '../scan/wording';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import { isAlarm } from './findings-model';
import { planFor } from './fix-request';
import type { FixRunner } from './fix-runner';
import { targetsOf } from './fix-targets';
import type { FolderContexts } from './folder-contexts';
import type { OpenDocuments } from './open-documents';
import { demandTrust, Refused } from './refused';
import { type ScannedFile, scannedFile } from './scanned-file';

/** A finding as an agent names it, and where its value shall go. */
export interface FixWish {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly store?: string;
}

interface Planned extends ScannedFile {
  readonly engine: Engine;
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  readonly store: string | undefined;
}

/** Moves a finding for an agent, with the other parts of its pair, once the person has agreed to it in so many words. */
export class AgentFix {
  constructor(
    readonly engine: EngineLoader,
    readonly contexts: FolderContexts,
    readonly documents: OpenDocuments,
    readonly fixes: FixRunner,
  ) {}

  /** What the person is asked before anything changes. */
  async announce(wish: FixWish): Promise<vscode.PreparedToolInvocation> {
    const { plan, path, findings, engine, store } = await this.#plan(wish);
    const names = findings.map((f) => credentialName(f)).join(', ');
    const [destination] = plan.destinations;
    const title = store && engine.storeNamed(store);
    const place = typeof title === 'object' ? title.title : (destination?.file ?? '');
    const variables = [...new Set(plan.destinations.map((d) => d.variable))].join(', ');
    const files = [...new Set(plan.changes.map((c) => c.file))].join(', ');
    return {
      invocationMessage: vscode.l10n.t('Moving {0} to {1}', names, place),
      confirmationMessages: {
        title: vscode.l10n.t('Move {0} out of {1}?', names, path),
        message: vscode.l10n.t(
          'Keyward writes the value to {0} as {1} and makes {2} read it from there. The model does not see the value. These files change and are saved: {3}.',
          place,
          variables,
          path,
          files,
        ),
      },
    };
  }

  /** Does it, and says where the value is now. */
  async run(wish: FixWish): Promise<object> {
    const { plan, path, findings, scanned, engine, store } = await this.#plan(wish);
    const { document } = scanned;
    const wasClean = !document.isDirty;
    const moved = await this.fixes.run({
      uri: document.uri.toString(),
      targets: targetsOf(findings),
      addLoader: false,
      preview: false,
      ...(store ? { store } : {}),
    });
    if (!moved) {
      throw new Refused(vscode.l10n.t('Nothing was moved. The person has been told why.'));
    }
    const pages = [...new Set(findings.flatMap((f) => engine.credentialType(f.ruleId)?.facts.rotateUrl ?? []))];
    const saved = wasClean && (await document.save());
    return {
      moved: findings.map((f) => f.ruleId),
      from: path,
      variables: [...new Set(plan.destinations.map((d) => d.variable))],
      destination: plan.destinations[0]?.file ?? store,
      changed: [...new Set(plan.changes.map((c) => c.file))],
      saved,
      ...(saved ? {} : { note: vscode.l10n.t('{0} has other unsaved changes; the person must save it.', path) }),
      ...(plan.warnings.length ? { warnings: plan.warnings } : {}),
      ...(plan.followUp.length ? { todo: plan.followUp.map((c) => `${c.line} (${c.why})`) } : {}),
      ...(pages.length ? { rotateAt: pages } : {}),
    };
  }

  async #plan({ file, line, rule, store }: FixWish): Promise<Planned> {
    demandTrust();
    const engine = await this.engine.load();
    const named = store === undefined ? undefined : engine.storeNamed(store);
    if (store !== undefined && !named) {
      throw new Refused(vscode.l10n.t('{0} is no secret store that Keyward knows.', store));
    }
    const found = await scannedFile(file, this.documents);
    const { document, findings, context } = found.scanned;
    const lineOf = (f: Finding) => document.positionAt(f.start).line + 1;
    const finding = findings.find((f) => isAlarm(f) && f.ruleId === rule && lineOf(f) === line);
    if (!finding) {
      throw new Refused(
        vscode.l10n.t('There is no finding {0} in line {1} of {2}. List the findings again.', rule, line, found.path),
      );
    }
    const all = findings.filter(
      (f) => f === finding || (isAlarm(f) && f.group !== undefined && f.group === finding.group),
    );
    const id = named === 'env' ? 'env' : named?.id;
    const plan = await planFor(engine, this.contexts, found.scanned, all, id ? { store: id } : {});
    if (engine.isRefusal(plan)) {
      throw new Refused(`${plan.refused} ${plan.wayOut}`);
    }
    const chosen = id ?? context.effective.store;
    return { ...found, engine, findings: all, plan, store: chosen === 'env' ? undefined : chosen };
  }
}
