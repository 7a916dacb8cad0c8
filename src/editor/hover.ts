import * as vscode from 'vscode';
import type { Finding, Reason } from '../scan/finding';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import { planFor } from './fix-request';
import type { FolderContexts } from './folder-contexts';
import type { OpenDocuments, ScannedDocument } from './open-documents';

const WHY: Readonly<Record<Reason, string>> = {
  checksum: 'its checksum is right',
  prefix: 'its prefix is the published one',
  pair: 'its other half stands beside it',
  name: 'it is named so',
  header: 'it is sent in that header',
  parameter: 'it is that query parameter',
  host: "the provider's host stands beside it",
  call: 'it is handed to that function',
  option: 'it is that option',
  parent: 'the section around it says so',
  label: 'a label says so',
  'provider-near': 'the provider is named near it',
  shape: 'it has the exact shape',
  entropy: 'it looks random',
  'custom-rule': "a rule of the team's policy matches it",
};

const SURE = { certain: 'Certain', likely: 'Likely', possible: 'Possible' } as const;

/** What a credential is, how sure that is and why, and what to do. Never its value. */
export class FindingHover implements vscode.HoverProvider, vscode.Disposable {
  readonly #registration: vscode.Disposable;

  constructor(
    readonly documents: OpenDocuments,
    readonly contexts: FolderContexts,
    readonly engine: EngineLoader,
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
    const half = (finding.part === 'key' || finding.part === 'id') && (type?.pairedWith.length ?? 0) > 0;
    line(
      `${finding.severity[0]?.toUpperCase()}${finding.severity.slice(1)}: ${half ? 'the public half of a pair; with the other half it signs requests.' : engine.holderCan(finding.severity)}`,
    );
    line(`${SURE[finding.confidence]}: ${finding.why.map((w) => WHY[w]).join(', ')}.`);
    if (finding.address) {
      line(`Its ${finding.address.chain} address is ${finding.address.value}.`);
    }
    if (finding.ignored) {
      line(
        `Ignored in line ${finding.ignored.line + 1}${finding.ignored.reason ? `: ${finding.ignored.reason}` : ', without a reason'}.`,
      );
    }
    const plan = await planFor(engine, this.contexts, scanned, [finding]);
    if (engine.isRefusal(plan)) {
      line(`No fix here: ${plan.refused} ${plan.wayOut}`);
    } else {
      const [destination] = plan.destinations;
      line(
        `Quick Fix (Ctrl+.) moves it to ${destination?.variable} in ${destination?.file}, plaintext that is kept out of git.`,
      );
    }
    if (scanned.local) {
      line('Git ignores this file: the value is on this disk only.');
    }
    const { rotateUrl, permissions, expiry } = type?.facts ?? {};
    for (const fact of [permissions, expiry]) {
      if (fact) {
        line(firstSentence(fact));
      }
    }
    if (rotateUrl) {
      md.appendMarkdown(`Was it ever committed or shared? Rotate it: [${escapeLink(rotateUrl)}](${rotateUrl})`);
    }
    return md;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Text as Markdown that shows it as it is. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&');
}

/** The first sentence: a hover is read in a glance, the provider's page has the rest. */
function firstSentence(text: string): string {
  return /^.*?[.;](?=\s|$)/s.exec(text)?.[0].replace(/;$/, '.') ?? text;
}

function escapeLink(url: string): string {
  return url
    .replace(/^https:\/\//, '')
    .replace(/[[\]()<>]/g, '')
    .replace(/\/$/, '');
}
