import { hasKeys, keyReferences } from './key-references';
import { shipsCode } from './probes/client-bundle';
import { hasBotFramework, usesExchange } from './probes/exchange-code';
import { servesNetwork } from './probes/interfaces';
import { productionSigningKeys } from './probes/key-records';
import { signers } from './probes/signers';
import type { ProjectTexts } from './project-texts';
import { isOtherService } from './shared-names';

/** What a project has: decides which checks apply to it. Worked out once. */
export interface Facts {
  /** A repository, or a folder that is meant to become one. */
  readonly isGit: boolean;
  readonly trackedFiles: number;
  /** A key is referenced, found or listed. */
  readonly hasKeys: boolean;
  /** A key moves funds in production, by the inventory or by code that signs for a network of value. */
  readonly hasSigningKeys: boolean;
  /** A key of an exchange or custodian. */
  readonly hasExchangeKeys: boolean;
  readonly hasContainer: boolean;
  readonly hasK8s: boolean;
  readonly hasIac: boolean;
  readonly hasCi: boolean;
  readonly hasFrontend: boolean;
  readonly hasServer: boolean;
  readonly policyState: 'ok' | 'no-policy' | 'policy-invalid';
  /** YYYY-MM-DD. */
  readonly asOf: string;
  readonly files: number;
}

const EXCHANGE =
  /(?:^|_)(?:BINANCE|COINBASE|KRAKEN|BYBIT|OKX|KUCOIN|BITGET|GATEIO|HTX|HUOBI|BITFINEX|BITMEX|DERIBIT|GEMINI|FIREBLOCKS|BITGO|COPPER|TURNKEY)(?:_|$)|^FREQTRADE__EXCHANGE__/;
const EXCHANGE_PROVIDER =
  /binance|coinbase|kraken|bybit|okx|kucoin|bitget|gate\.?io|htx|huobi|bitfinex|bitmex|deribit|gemini|fireblocks|bitgo|copper|turnkey|bitstamp|crypto\.?com|mexc|upbit|bithumb|anchorage/i;
const EXCHANGE_CLASS = /^(?:trading|account-read|withdrawal|custody)$/;

const known = new WeakMap<ProjectTexts, Facts>();

/** The facts of a project. */
export function factsOf(project: ProjectTexts): Facts {
  let facts = known.get(project);
  if (!facts) {
    facts = collected(project);
    known.set(project, facts);
  }
  return facts;
}

function collected(project: ProjectTexts): Facts {
  const { policy, entries } = project;
  const isSigning = (s: ReturnType<typeof signers>) => s.raw.length > 0 || s.managed.length > 0;
  return {
    isGit: project.git !== undefined || project.text('.gitignore') !== undefined,
    trackedFiles: entries.filter((e) => project.isTracked(e.path)).length,
    hasKeys: hasKeys(project),
    hasSigningKeys: productionSigningKeys(project).length > 0 || isSigning(signers(project)),
    hasExchangeKeys: hasExchangeKeys(project),
    hasContainer: project.of('container').some((f) => !f.path.endsWith('.dockerignore')),
    hasK8s: project.of('k8s').length > 0,
    hasIac: project.of('iac').length > 0,
    hasCi: project.of('ci').length > 0,
    hasFrontend: shipsCode(project).frontEnd,
    hasServer: servesNetwork(project),
    policyState: policy.state,
    asOf: project.asOf,
    files: entries.length,
  };
}

function hasExchangeKeys(project: ProjectTexts): boolean {
  const records = project.policy.policy?.inventory?.keys ?? [];
  return (
    records.some(
      (r) => EXCHANGE_CLASS.test(r.class) || (EXCHANGE_PROVIDER.test(r.provider) && !/google/i.test(r.provider)),
    ) ||
    keyReferences(project).some((r) => EXCHANGE.test(r.name) && !isOtherService(project, r.name)) ||
    usesExchange(project)
  );
}

/** Whether a key can trade, withdraw or sign: a valid inventory says it, else what the project uses. Public data takes no key. */
export function movesFunds(project: ProjectTexts): boolean {
  const facts = factsOf(project);
  const records = project.policy.policy?.inventory?.keys ?? [];
  return (
    facts.hasSigningKeys ||
    (records.length > 0
      ? records.some((r) => /^(?:trading|withdrawal|custody|signing)$/.test(r.class))
      : facts.hasExchangeKeys && (facts.hasKeys || hasBotFramework(project)))
  );
}
