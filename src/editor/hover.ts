import * as vscode from 'vscode';
import type { ValueHistory } from '../project/git-objects';
import type { Finding } from '../scan/finding';
import { say } from '../words/say';
import { commandIds } from './command-ids';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import { planFor } from './fix-request';
import { type FindingArguments, type FixArguments, targetsOf } from './fix-targets';
import type { FolderContexts } from './folder-contexts';
import { severityWord } from './level-words';
import { escaped } from './markdown';
import type { OpenDocuments, ScannedDocument } from './open-documents';
import { REASONS } from './reasons';
import type { ValueHistories } from './value-history';

/** Milliseconds that a hover waits for git. */
const HISTORY_MS = 400;

const SURE = {
  certain: (why: string) => vscode.l10n.t('Certain: {0}.', why),
  likely: (why: string) => vscode.l10n.t('Likely: {0}.', why),
  possible: (why: string) => vscode.l10n.t('Possible: {0}.', why),
};

/** What a credential is, how sure that is and why, and what to do. Never its value. */
export class FindingHover implements vscode.HoverProvider, vscode.Disposable {
  readonly #registration: vscode.Disposable;

  constructor(
    readonly documents: OpenDocuments,
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
    readonly histories: ValueHistories,
  ) {
    this.#registration = vscode.languages.registerHoverProvider({ scheme: '*' }, this);
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const scanned = this.documents.known(document);
    const at = document.offsetAt(position);
    const finding = scanned?.findings.find((f) => f.start <= at && at <= f.end);
    if (!scanned || !finding) {
      return undefined;
    }
    const engine = await this.engine.load();
    const text = await this.#text(engine, scanned, finding);
    const range = new vscode.Range(document.positionAt(finding.start), document.positionAt(finding.end));
    return new vscode.Hover(text, range);
  }

  async #text(engine: Engine, scanned: ScannedDocument, finding: Finding): Promise<vscode.MarkdownString> {
    const type = engine.credentialType(finding.ruleId);
    const md = new vscode.MarkdownString('', false);
    const line = (text: string) => md.appendMarkdown(`${escaped(text)}\n\n`);
    md.appendMarkdown(`**${escaped(engine.credentialName(finding))}** (Keyward)\n\n`);
    if (finding.state !== 'secret') {
      line(finding.message);
      return md;
    }
    const can =
      type && engine.isHalf(type)
        ? vscode.l10n.t('the public half of a pair; with the other half it signs requests.')
        : engine.holderCan(type?.severity ?? finding.severity);
    line(`${capitalised(severityWord(finding.severity))}: ${can}`);
    line(SURE[finding.confidence](finding.why.map((w) => REASONS[w]).join(', ')));
    if (finding.address) {
      line(vscode.l10n.t('This is the key of {0} ({1}).', finding.address.value, finding.address.chain));
    }
    if (finding.ignored) {
      const { line: at, reason } = finding.ignored;
      line(
        reason
          ? vscode.l10n.t('Ignored in line {0}: {1}.', at + 1, reason)
          : vscode.l10n.t('Ignored in line {0}, without a reason.', at + 1),
      );
    }
    if (scanned.local) {
      line(vscode.l10n.t('Git ignores this file: the value is on this disk only.'));
    }
    const history = await this.histories.within(HISTORY_MS, scanned, finding);
    if (history) {
      const day = history.date.slice(0, 10);
      line(
        history.pushed
          ? vscode.l10n.t('Pushed: a remote branch holds it since {0}. Moving it is not enough.', day)
          : vscode.l10n.t('Committed on {0}, not pushed: the history of this clone holds it.', day),
      );
    }
    md.isTrusted = { enabledCommands: LINKED };
    const steps = await this.#steps(engine, scanned, finding, history);
    md.appendMarkdown(`${steps.map((step, i) => `${i + 1}. ${step}`).join('\n')}\n\n`);
    const { permissions, expiry } = type?.facts ?? {};
    if (permissions) {
      line(vscode.l10n.t('Permissions: {0}', firstSentence(say(permissions))));
    }
    if (expiry) {
      line(vscode.l10n.t('Expiry: {0}', firstSentence(say(expiry))));
    }
    return md;
  }

  /** What to do now, the most needed first, as Markdown. */
  async #steps(
    engine: Engine,
    scanned: ScannedDocument,
    finding: Finding,
    history: ValueHistory | undefined,
  ): Promise<string[]> {
    const { document } = scanned;
    const uri = document.uri.toString();
    const named: FindingArguments = { uri, version: document.version, start: finding.start };
    const page = engine.credentialType(finding.ruleId)?.facts.rotateUrl;
    const first =
      history?.pushed && isWallet(finding)
        ? [escaped(vscode.l10n.t('It can not be rotated: move the funds to a new wallet first.'))]
        : [];
    const when = history
      ? vscode.l10n.t('Rotate it first:')
      : vscode.l10n.t('Was it ever committed or shared? Rotate it:');
    const rotate = page ? [`${escaped(when)} [${escapeLink(page)}](${page})`] : [];
    const plan = await planFor(engine, this.contexts, scanned, [finding]);
    const fix: FixArguments = { uri, targets: targetsOf([finding]), addLoader: false, preview: false };
    const move = engine.isRefusal(plan)
      ? escaped(vscode.l10n.t('No fix here: {0} {1}', plan.refused, plan.wayOut))
      : plan.destinations[0]?.store
        ? link(plan.title, commandIds.applyFix, fix)
        : `${link(plan.title, commandIds.applyFix, fix)} ${escaped(vscode.l10n.t('(plaintext that is kept out of git)'))}`;
    const other = [
      link(vscode.l10n.t('Ignore it with a reason…'), commandIds.ignoreFinding, named),
      link(vscode.l10n.t('More about this key…'), commandIds.moreActions, named),
    ].join(' · ');
    // What git holds is not safe once it has moved.
    return [...first, ...(history ? [...rotate, move] : [move, ...rotate]), other];
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Commands that a link of the hover may run; none of them acts without the person. */
const LINKED = [commandIds.applyFix, commandIds.ignoreFinding, commandIds.moreActions];

function link(title: string, command: string, argument: object): string {
  return `[${escaped(title)}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}

/** Keys of wallets belong to addresses: most can't be replaced. */
export function isWallet({ part, category }: Finding): boolean {
  return category === 'wallet-key' && (part === 'private-key' || part === 'phrase');
}

/** The first sentence: a hover is read in a glance, the provider's page has the rest. */
function firstSentence(text: string): string {
  return /^.*?[.;](?=\s|$)/s.exec(text)?.[0].replace(/;$/, '.') ?? text;
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function escapeLink(url: string): string {
  return url
    .replace(/^https:\/\//, '')
    .replace(/[[\]()<>]/g, '')
    .replace(/\/$/, '');
}
