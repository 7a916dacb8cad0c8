import type { CredentialType, Part } from '../catalog/credential-type';
import { type Proof, prove } from '../encodings/proof';
import { isDenied } from './denied-names';
import type { Confidence, Reason } from './finding';
import { isIdentifier } from './identifiers';
import { type Role, roleOf, squash, wordsOf } from './names';
import { looksGenerated } from './placeholders';
import { isPublicForm } from './public-forms';
import type { Site, SiteName } from './site';
import { Near, type Surroundings } from './surroundings';
import type { TypeIndex } from './type-index';

/** The verdict on one value. */
export interface Verdict {
  readonly type: CredentialType;
  readonly confidence: Confidence;
  readonly why: readonly Reason[];
  readonly score: number;
  readonly proof?: Proof;
  /** Weaker than `possible`: only the other half of its pair can save it. */
  readonly needsPair?: true;
  /** Types that the evidence fits nearly as well, this one included: the other half of a pair decides between them. */
  readonly others?: readonly CredentialType[];
}

/** A type whose score is at most this much lower may still be the right one. */
const NEARLY = 20;

/** Scores: at or above it is reported as likely, possible, or kept only for its pair. */
const LIKELY = 60;
const POSSIBLE = 50;
const FOR_PAIR = 40;

/** Which parts a role may stand for. */
const FITS: Readonly<Record<string, readonly Part[]>> = {
  key: ['key', 'token', 'id', 'other'],
  secret: ['secret', 'private-key', 'token'],
  'private-key': ['private-key', 'secret'],
  token: ['token', 'key', 'secret'],
  passphrase: ['passphrase'],
  phrase: ['phrase'],
  id: ['id', 'key'],
  url: ['url'],
};

/** Parts in the order in which clients take them: Client("key", "secret", "passphrase"). */
const PLACES: readonly (readonly Part[])[] = [['key'], ['secret', 'private-key'], ['passphrase']];

/** Methods that ask something and whose arguments are ids, hashes and addresses: `getTransaction(...)`. */
const QUESTION =
  /^(?:get|is|has|find|fetch|wait|watch|query|lookup|equals?|includes|test|match|log|parse|decode)(?![a-z])/;

/** Libraries and bots that take the keys of any exchange. */
const FOR_ANY_EXCHANGE: ReadonlySet<string> = new Set(['ccxt', 'freqtrade', 'hummingbot']);

const WEAK_ROLE = /^(?:key|keys|id|token|auth|authorization|value|k|apis?|user|username|login|uid|pk|sk|x?apikey)$/;

function roleFits(role: Role | undefined, type: CredentialType): boolean {
  if (role === undefined || role === 'public' || role === 'denied') {
    return false;
  }
  if (FITS[role]?.includes(type.part)) {
    return true;
  }
  // One credential without a second half goes by any of these names.
  const single = type.pairedWith.length === 0;
  return (
    single &&
    (role === 'key' || role === 'secret' || role === 'token') &&
    !['passphrase', 'phrase', 'url'].includes(type.part)
  );
}

/**
 * An id of one thing is no id of another: `projectId` fits a type whose own names speak of a project. `id` alone is any
 * record's: only inside the provider's own object can it be the id of a credential.
 */
function idFits(name: SiteName | undefined, type: CredentialType, near: Near): boolean {
  const words = name ? wordsOf(name.text) : [];
  const of = words.at(-2);
  return of === undefined
    ? type.part === 'id' && near >= Near.Holder
    : words.at(-1) !== 'id' || type.names.some((n) => n.includes(of));
}

/** A name that is the provider's, perhaps with a network or an environment, and nothing else: `alchemy`, `INFURA_MAINNET`. */
function isProviderAlone(name: SiteName, type: CredentialType): boolean {
  return type.words.some(
    (w) =>
      name.flat.includes(w) &&
      /^(?:|main(?:net)?|test(?:net)?|sepolia|polygon|base|arbitrum|prod(?:uction)?|live|dev|pro|my|the|v?\d*|auth|credentials?)$/.test(
        name.flat.replace(w, ''),
      ),
  );
}

/** Points by nearness of the provider when the role agrees. */
const NEAR_POINTS = [0, 52, 72, 86, 93] as const;

/** Words that any service's header may be made of. */
const GENERIC = new Set(
  (
    'x api apis key keys apikey token tokens secret auth authorization access accesskey accesstoken accessid rest client ' +
    'id user app project passphrase pass public private session account sign signature bearer open biz'
  ).split(' '),
);

/** A header that many services use: it needs its provider beside it. */
function isSharedHeader(index: TypeIndex, name: SiteName, type: CredentialType): boolean {
  return (
    !type.words.some((w) => name.flat.includes(w)) &&
    ((index.headers.get(name.flat)?.length ?? 0) > 2 || wordsOf(name.text).every((w) => GENERIC.has(w)))
  );
}

interface Evidence {
  score: number;
  /** One of the names is the type's own. */
  exact: boolean;
  why: Set<Reason>;
}

function nameEvidence(type: CredentialType, site: Site, around: Surroundings, e: Evidence): void {
  // `exchange.secret` is every program's; that of a bot needs the bot's own words near it.
  const isOurs = (path: string) =>
    !FOR_ANY_EXCHANGE.has(type.system) || type.words.some((w) => path.includes(w)) || around.of(type) >= Near.Lines;
  if (site.paths.some((p) => type.names.includes(p) && isOurs(p))) {
    e.exact = true;
    raise(e, 95, 'parent');
  }
  for (const [depth, name] of site.names.entries()) {
    const exact = type.names.includes(name.flat);
    // A name that many types share says less; one that only this type has decides.
    const shared = (around.index.names.get(name.flat)?.length ?? 0) > 1 || type.category === 'wallet-key';
    const generic =
      exact &&
      shared &&
      !type.words.some((w) => name.flat.includes(w)) &&
      !type.names.some((n) => n.length > 12 && n === name.flat && n.includes(type.system));
    if (exact) {
      e.exact = true;
      raise(
        e,
        (generic ? 76 : 100) - depth * 2,
        name.bond === 'header' ? 'header' : name.bond === 'parameter' ? 'parameter' : 'name',
      );
    } else if (name.flat.length > 8) {
      const inner = type.names.find((n) => n.length >= 9 && name.flat.includes(n) && atWordBounds(name.text, n));
      if (inner) {
        const isGeneric = !type.words.some((w) => inner.includes(w));
        raise(e, (isGeneric ? 70 : 90) - depth * 2, 'name');
      }
    }
    if (
      name.bond === 'header' ||
      name.bond === 'option' ||
      name.bond === 'argument' ||
      name.bond === 'name' ||
      name.bond === 'flag'
    ) {
      const header = type.headers.find((h) => squash(h) === name.flat);
      if (header) {
        const common = isSharedHeader(around.index, name, type);
        raise(
          e,
          common ? (around.of(type) >= Near.Lines ? 82 : around.of(type) === Near.Region ? 55 : 0) : 92,
          'header',
        );
      }
    }
    if (
      (name.bond === 'parameter' || name.bond === 'option' || name.bond === 'name') &&
      type.params.some((p) => squash(p) === name.flat)
    ) {
      const near = around.of(type);
      const telling = type.words.some((w) => name.flat.includes(w));
      raise(
        e,
        telling ? 92 : near >= Near.Holder ? 88 : near >= Near.Lines && name.bond !== 'name' ? 72 : 0,
        'parameter',
      );
    }
  }
}

function atWordBounds(text: string, flat: string): boolean {
  const words = wordsOf(text);
  for (let i = 0; i < words.length; i++) {
    let joined = '';
    for (let j = i; j < words.length && joined.length < flat.length; j++) {
      joined += words[j];
      if (joined === flat) {
        return true;
      }
    }
  }
  return false;
}

function raise(e: Evidence, points: number, reason: Reason): void {
  if (points > 0) {
    e.why.add(reason);
    e.score = Math.max(e.score, points);
  }
}

function callEvidence(type: CredentialType, site: Site, around: Surroundings, e: Evidence): void {
  for (const [depth, call] of site.calls.entries()) {
    const last = squash(call.callee.split(/[.:>\\]+/).at(-1) ?? '');
    if (type.calls?.includes(last) && depth < 3) {
      raise(e, 82, 'call');
    }
    // Client("key", "secret"): the place of the argument tells the part.
    if (
      site.names.every((n) => n.bond !== 'argument' && n.bond !== 'option') &&
      depth === 0 &&
      around.of(type) >= Near.Lines
    ) {
      const byPlace = PLACES[call.index];
      const method = call.callee.split(/[.:>]+/).at(-1) ?? '';
      const known =
        (around.of(type) >= Near.Holder && !QUESTION.test(method)) ||
        /client|exchange|session|connect|api|auth|provider|wallet/i.test(method) ||
        (/^[A-Z]\w+$/.test(method) && type.pairedWith.length > 0 && type.shape.max - type.shape.min < 16);
      if (
        known &&
        site.role === undefined &&
        (byPlace?.includes(type.part) || (call.index === 0 && type.pairedWith.length === 0))
      ) {
        raise(e, around.of(type) >= Near.Holder ? 80 : 62, 'call');
      }
    }
  }
}

/** The value has the type's shape by accident: it is a name made of words, or published by its form. */
function isOtherForm(type: CredentialType, value: string): boolean {
  return (
    type.part !== 'passphrase' &&
    type.part !== 'phrase' &&
    ((isIdentifier(value) && !looksGenerated(value)) || (!type.public && isPublicForm(value)))
  );
}

/** A prefix of two or three letters and words with dashes are an algorithm's or a package's name: `sk-ssh-ed25519-cert`. */
function isWordy(type: CredentialType, value: string): boolean {
  if (!type.shape.prefix && isIdentifier(value) && !looksGenerated(value)) {
    return true;
  }
  const parts = value.split(/[-_]/);
  return type.shape.max > type.shape.min && parts.length > 3 && parts.every((p) => /^[a-z]{0,11}[0-9]{0,5}$/.test(p));
}

/** Judges a value against one type. Undefined: it is not that. */
function judgeOne(
  type: CredentialType,
  value: string,
  site: Site,
  around: Surroundings,
  byUrl: boolean,
): Verdict | undefined {
  const e: Evidence = { score: 0, exact: false, why: new Set() };
  const near = around.of(type);
  if (byUrl) {
    raise(e, 94, 'host');
  }
  nameEvidence(type, site, around, e);
  callEvidence(type, site, around, e);
  const telling = site.names[0];
  const strictest = telling ? roleOf(telling.text) : undefined;
  const role = strictest ?? site.role;
  const exactName = e.exact || e.score >= 90;
  if (roleFits(role, type) && (role !== 'id' || idFits(telling, type, near))) {
    const alone = near === Near.Region && around.systems(Near.Region) === 1 ? 60 : NEAR_POINTS[near];
    const weak = telling !== undefined && WEAK_ROLE.test(telling.flat) && near < Near.Holder ? 12 : 0;
    raise(e, alone - weak, near === Near.Holder ? 'parent' : near === Near.Name ? 'name' : 'provider-near');
  } else if (role !== undefined && !exactName && role !== 'public') {
    // The name says another part: an API key is no API secret.
    if (e.score < 90 && type.need !== 'none') {
      e.score = Math.min(e.score, 45);
    }
  } else if (role === undefined && telling && isProviderAlone(telling, type)) {
    raise(e, type.need === 'own' || type.part === 'passphrase' || type.part === 'id' ? 0 : 62, 'name');
  }
  if (type.need === 'none') {
    raise(e, type.shape.prefix ? 66 : 62, type.shape.prefix ? 'prefix' : 'shape');
    if (type.shape.prefix) {
      e.why.add('prefix');
    }
  }
  if (e.score < FOR_PAIR || telling?.flat === squash(value)) {
    return undefined;
  }
  const denied = site.names.length > 0 && site.names.every((n) => isDenied(wordsOf(n.text)));
  if ((denied || role === 'public' || site.algorithm !== undefined) && !exactName && !byUrl && type.need !== 'none') {
    return undefined;
  }
  if (type.need === 'own' && e.score < 76) {
    return undefined;
  }
  const proof = type.shape.proof ? prove(type.shape.proof, value) : undefined;
  if (proof && !proof.ok) {
    return undefined;
  }
  if (type.need === 'none' && type.shape.proof && proof === undefined) {
    return undefined;
  }
  if (!proof && (type.need === 'none' ? isWordy(type, value) : isOtherForm(type, value))) {
    return undefined;
  }
  let score = e.score;
  const why = [...e.why];
  if (proof && proof.bits >= 4) {
    why.unshift('checksum');
    score += Math.min(30, proof.bits);
  }
  if (why.length === 0 || (why.length === 1 && why[0] === 'provider-near')) {
    why.push('shape');
  }
  // A sandbox's type needs the word, and wins where it stands.
  const isSandbox = /testnet|sandbox|-demo-|-test-/.test(type.id) && type.shape.proof === undefined;
  if (isSandbox !== around.sandbox && (isSandbox || type.pairedWith.some((p) => p.includes('testnet')))) {
    score -= isSandbox && e.score < 100 ? 25 : 0;
  } else if (isSandbox) {
    score += 6;
  }
  if (type.system === 'ccxt' && around.systems(Near.Holder) > 0) {
    score -= 12;
  }
  const certain = proof?.ok && proof.bits >= 15;
  const confidence: Confidence = certain ? 'certain' : score >= LIKELY ? 'likely' : 'possible';
  return {
    type,
    confidence,
    why,
    score,
    ...(proof ? { proof } : {}),
    ...(score < POSSIBLE ? { needsPair: true as const } : {}),
  };
}

/** How much a shape says by itself, to choose between types with equal evidence. */
function exactness(v: Verdict, around: Surroundings): number {
  const { shape } = v.type;
  const spread = shape.max - shape.min;
  return (
    (v.proof?.bits ?? 0) +
    (shape.prefix ? 20 : 0) +
    (spread === 0 ? 8 : spread < 8 ? 4 : 0) +
    Math.min(8, around.exactness(v.type, Near.Lines) / 2) +
    (around.host(v.type) >= Near.Lines ? 6 : 0) +
    (v.type.need === 'own' ? -4 : 0) -
    // A key in a common container (PEM) is a provider's own only where the provider is named.
    (v.type.need === 'none' && v.type.words.length > 0 && around.of(v.type) === Near.Nowhere ? 12 : 0)
  );
}

/** Chooses the type of a value, or says that it is none. */
export function judge(
  candidates: Iterable<CredentialType>,
  value: string,
  site: Site,
  around: Surroundings,
  urlTypes: ReadonlySet<CredentialType>,
): Verdict | undefined {
  const verdicts: Verdict[] = [];
  for (const type of new Set(candidates)) {
    const verdict = judgeOne(type, value, site, around, urlTypes.has(type));
    if (verdict) {
      verdicts.push(verdict);
    }
  }
  const rank = (v: Verdict) => v.score * 4 + exactness(v, around);
  const ranked = verdicts.sort((a, b) => rank(b) - rank(a));
  // What a program for any exchange takes belongs to the exchange that is named beside it.
  const named =
    ranked[0] && FOR_ANY_EXCHANGE.has(ranked[0].type.system)
      ? ranked.find((v) => !FOR_ANY_EXCHANGE.has(v.type.system) && !v.needsPair && around.of(v.type) >= Near.Lines)
      : undefined;
  const best = named ?? ranked[0];
  const least = (best?.score ?? 0) - NEARLY;
  const near = verdicts.filter((v) => v.score >= least && !v.needsPair);
  return best && near.length > 1 ? { ...best, others: near.map((v) => v.type) } : best;
}

/** A cheap look before the surroundings are read: can anything near this site make a needy shape count? */
export function isWorthJudging(index: TypeIndex, site: Site): boolean {
  const known = (n: SiteName) => index.names.has(n.flat) || index.headers.has(n.flat) || index.params.has(n.flat);
  if (site.names.length > 0 && site.names.every((n) => isDenied(wordsOf(n.text)) && !known(n))) {
    return false;
  }
  if (site.role !== undefined && site.role !== 'public') {
    return true;
  }
  return site.calls.length > 0 || site.names.some((n) => known(n) || wordsOf(n.text).some((w) => index.words.has(w)));
}
