import { credentialTypes } from '../catalog/all';
import { withoutComments } from './probes/code';
import type { ProjectText, ProjectTexts } from './project-texts';
import { isOtherService } from './shared-names';

/** A place where the project names a key: a variable that it reads, a secret that a manifest asks for. */
export interface KeyReference {
  readonly name: string;
  readonly file: ProjectText;
  readonly offset: number;
}

/** Classes of files that read or hand out keys. */
const CLASSES = ['source', 'env', 'template', 'config', 'container', 'k8s', 'iac', 'ci'] as const;

/** Lexicon CK: providers of exchanges, nodes, market data and custody, and words of signers. */
const OWNER =
  /(?:^|_)(?:BINANCE|COINBASE|KRAKEN|BYBIT|OKX|KUCOIN|BITGET|GATEIO|HTX|HUOBI|BITFINEX|BITMEX|DERIBIT|GEMINI|INFURA|ALCHEMY|QUICKNODE|MORALIS|ANKR|CHAINSTACK|TENDERLY|BLOCKFROST|HELIUS|ETHERSCAN|BSCSCAN|POLYGONSCAN|COINGECKO|COINMARKETCAP|CMC_PRO|CRYPTOCOMPARE|COINCAP|COINAPI|KAIKO|TOKENMETRICS|TMAI|MESSARI|GLASSNODE|NANSEN|DUNE|FIREBLOCKS|BITGO|COPPER|TURNKEY|ONEINCH|ZEROX)|(?:^|_)(?:DEPLOYER|RELAYER|OPERATOR|SIGNER|WALLET|PRIVATE_?KEY|MNEMONIC|SEED_?PHRASE)(?:_|$)|^FREQTRADE__EXCHANGE__/;
const SECRET = /KEY|SECRET|TOKEN|PASSPHRASE|MNEMONIC|SEED/;
/** Names of secrets in general (lexicon SN), for `inventory.scope: "all"`. */
const ANY_SECRET = /(?:^|_)(?:API_?KEY|KEY|SECRET|TOKEN|PASSPHRASE|PASSWORD|MNEMONIC|SEED(?:_PHRASE)?|CREDENTIALS?)S?$/;
/** Names around a key that hold none: an id, an address, a header, a length. */
const BESIDE =
  /PUBLIC_?KEY|PRIMARY_KEY|FOREIGN_KEY|PARTITION_KEY|KEYWORD|TOKENS?_PER|MAX_TOKENS|_(?:ID|IDS|ADDRESS|ADDR|HEADER|URL|URI|HOST|NAME|LABEL|PREFIX|SUFFIX|LENGTH|SIZE|BYTES|REGEX|PATTERN|TYPE|COUNT|LIMIT|DECIMALS|SYMBOL|TTL|EXPIRY|ERROR|INDEX|VERSION|FORMAT|ENABLED|COLUMN|FIELD|TABLE|PREFIXES|NAMES|STANDARD|LIST|ALGORITHM|ALG|CURVE|BITS|CLASS|MODE|PARAMS?|REQUIRED|INVALID|MISSING|NOT_FOUND|EXPIRED|MINT|SUPPLY|PRICE|AMOUNT|BALANCE|PAIR|ABI|CONTRACT)$/;
/** What every platform hands out by itself. */
const PLATFORM = /^(?:GITHUB_TOKEN|CI_JOB_TOKEN|ACTIONS_ID_TOKEN_REQUEST_TOKEN|SYSTEM_ACCESSTOKEN|VAULT_ID_TOKEN)$/;
const NAME = /\b[A-Z][A-Z0-9_]{3,79}\b/g;
/** A name that code reads: quoted, or behind `process.env.`, `$`, `${`. A bare constant is the project's own. */
const READ = /["'`.${%]$/;
const TAKEN_APART = /\{([^{}]{1,600})\}\s*(?::\s*[\w.]+\s*)?=\s*(?:process\.env|import\.meta\.env|Deno\.env|env)\b/g;

let catalogued: ReadonlySet<string> | undefined;

/** Names of the catalog's credentials that name their provider, squashed. */
function cataloguedNames(): ReadonlySet<string> {
  catalogued ??= new Set(
    credentialTypes
      .filter((t) => !t.public && t.part !== 'id')
      .flatMap((t) => t.names.filter((n) => t.words.some((w) => w.length > 3 && n.startsWith(w)))),
  );
  return catalogued;
}

/** Whether an upper-case name is that of a key: of a crypto service or signer, or with `all` of any secret. */
export function isKeyName(name: string, scope: 'crypto' | 'all'): boolean {
  if (BESIDE.test(name) || PLATFORM.test(name) || !(SECRET.test(name) || ANY_SECRET.test(name))) {
    return /^FREQTRADE__EXCHANGE__(?:KEY|SECRET|PASSWORD)$/.test(name);
  }
  return (
    (SECRET.test(name) && OWNER.test(name)) ||
    cataloguedNames().has(name.toLowerCase().replaceAll('_', '')) ||
    (scope === 'all' && ANY_SECRET.test(name))
  );
}

const known = new WeakMap<ProjectTexts, readonly KeyReference[]>();

/** Every name of a key that the project's files read, once a file. */
export function keyReferences(project: ProjectTexts): readonly KeyReference[] {
  const before = known.get(project);
  if (before) {
    return before;
  }
  const scope = project.policy.policy?.inventory?.scope ?? 'crypto';
  const found: KeyReference[] = [];
  for (const file of project.of(...CLASSES)) {
    if (!SECRET.test(file.text) && scope === 'crypto' && !file.text.includes('FREQTRADE__')) {
      continue;
    }
    const names = new Set<string>();
    const text = withoutComments(file);
    const code = file.class === 'source' && !/\.(?:sh|bash|zsh|ps1|psm1)$/.test(file.path);
    const apart = code ? [...text.matchAll(TAKEN_APART)].map((m) => [m.index, m.index + m[0].length] as const) : [];
    for (const m of text.matchAll(NAME)) {
      const name = m[0];
      if (names.has(name) || !isKeyName(name, scope) || (scope === 'crypto' && isOtherService(project, name))) {
        continue;
      }
      const isRead =
        !code ||
        READ.test(text.slice(Math.max(0, m.index - 1), m.index)) ||
        apart.some(([start, end]) => m.index > start && m.index < end);
      if (isRead) {
        names.add(name);
        found.push({ name, file, offset: m.index });
      }
    }
  }
  known.set(project, found);
  return found;
}

/** Where a name or reference stands as a whole word in files that read keys: the first place in each. */
export function placesOf(project: ProjectTexts, name: string): readonly KeyReference[] {
  const edge = /[A-Za-z0-9_]/;
  return project.of(...CLASSES).flatMap((file) => {
    if (!file.text.includes(name)) {
      return [];
    }
    const text = withoutComments(file);
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      if (!edge.test(text[at - 1] ?? '') && !edge.test(text[at + name.length] ?? '')) {
        return [{ name, file, offset: at }];
      }
    }
    return [];
  });
}

/** Whether the project has keys at all: a reference to one, a literal, or a record of the inventory. */
export function hasKeys(project: ProjectTexts): boolean {
  return (
    (project.policy.policy?.inventory?.keys ?? []).length > 0 ||
    project.texts.some((f) => f.findings.some((x) => x.state === 'secret' && !x.ignored)) ||
    keyReferences(project).length > 0
  );
}
