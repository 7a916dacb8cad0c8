import type { CredentialType } from '../catalog/credential-type';
import { type Proof, prove } from '../encodings/proof';
import { isDenied } from './denied-names';
import {
  callEvidence,
  type Evidence,
  FOR_ANY_EXCHANGE,
  idFits,
  isProviderAlone,
  NEAR_POINTS,
  nameEvidence,
  raise,
  roleFits,
  WEAK_ROLE,
} from './evidence';
import type { Confidence, Reason } from './finding';
import { isIdentifier } from './identifiers';
import { roleOf, squash, wordsOf } from './names';
import { looksGenerated } from './placeholders';
import { Near } from './provider-words';
import { isPublicForm } from './public-forms';
import type { Site, SiteName } from './site';
import type { Surroundings } from './surroundings';
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
  place: Reason | undefined,
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
  if (place) {
    raise(e, 80, place);
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
  // A passphrase by its role alone is one where its key and secret stand.
  const isThird = type.need === 'own' && e.score < 76;
  if (isThird && !(role === 'passphrase' && type.part === 'passphrase' && type.pairedWith.length > 1)) {
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
  let score = isThird ? FOR_PAIR : e.score;
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

const NONE: ReadonlyMap<CredentialType, Reason> = new Map();

/**
 * Chooses the type of a value, or says that it is none. `urlTypes` are those whose URL the value is a part of, `placed` those
 * that the place of the value alone tells: the host that it is sent to, the argument that it is.
 */
export function judge(
  candidates: Iterable<CredentialType>,
  value: string,
  site: Site,
  around: Surroundings,
  urlTypes: ReadonlySet<CredentialType>,
  placed: ReadonlyMap<CredentialType, Reason> = NONE,
): Verdict | undefined {
  const verdicts: Verdict[] = [];
  for (const type of new Set(candidates)) {
    const verdict = judgeOne(type, value, site, around, urlTypes.has(type), placed.get(type));
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
  const near = verdicts.filter((v) => v.score >= least && (!v.needsPair || best?.needsPair));
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
