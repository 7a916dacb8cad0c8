import * as vscode from 'vscode';
import type { Finding } from '../scan/finding';
import { say } from '../words/say';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import { planFor } from './fix-request';
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
      line(vscode.l10n.t('Its {0} address is {1}.', finding.address.chain, finding.address.value));
    }
    if (finding.ignored) {
      const { line: at, reason } = finding.ignored;
      line(
        reason
          ? vscode.l10n.t('Ignored in line {0}: {1}.', at + 1, reason)
          : vscode.l10n.t('Ignored in line {0}, without a reason.', at + 1),
      );
    }
    const plan = await planFor(engine, this.contexts, scanned, [finding]);
    if (engine.isRefusal(plan)) {
      line(vscode.l10n.t('No fix here: {0} {1}', plan.refused, plan.wayOut));
    } else {
      const [destination] = plan.destinations;
      const store = engine.storeNamed(destination?.store ?? 'env');
      line(
        typeof store === 'object'
          ? vscode.l10n.t('Quick Fix (Ctrl+.) moves it to {0} as {1}.', store.title, destination?.variable ?? '')
          : vscode.l10n.t(
              'Quick Fix (Ctrl+.) moves it to {0} in {1}, plaintext that is kept out of git.',
              destination?.variable ?? '',
              destination?.file ?? '',
            ),
      );
    }
    if (scanned.local) {
      line(vscode.l10n.t('Git ignores this file: the value is on this disk only.'));
    }
    const { rotateUrl, permissions, expiry } = type?.facts ?? {};
    const history = await this.histories.within(HISTORY_MS, scanned, finding);
    if (history) {
      const day = history.date.slice(0, 10);
      line(
        history.pushed
          ? vscode.l10n.t('Pushed: a remote branch holds it since {0}. Moving it is not enough.', day)
          : vscode.l10n.t('Committed on {0}, not pushed: the history of this clone holds it.', day),
      );
    }
    if (history?.pushed && isWallet(finding)) {
      line(vscode.l10n.t('It can not be rotated: move the funds to a new wallet first.'));
    }
    if (rotateUrl) {
      const when = history
        ? vscode.l10n.t('Rotate it first:')
        : vscode.l10n.t('Was it ever committed or shared? Rotate it:');
      md.appendMarkdown(`${escaped(when)} [${escapeLink(rotateUrl)}](${rotateUrl})\n\n`);
    }
    if (permissions) {
      line(vscode.l10n.t('Permissions: {0}', firstSentence(say(permissions))));
    }
    if (expiry) {
      line(vscode.l10n.t('Expiry: {0}', firstSentence(say(expiry))));
    }
    return md;
  }

  dispose(): void {
    this.#registration.dispose();
  }
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
