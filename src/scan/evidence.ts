import type { CredentialType, Part } from '../catalog/credential-type';
import { isDenied } from './denied-names';
import type { Reason } from './finding';
import { type Role, squash, wordsOf } from './names';
import { Near } from './provider-words';
import type { Site, SiteName } from './site';
import type { Surroundings } from './surroundings';
import type { TypeIndex } from './type-index';

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
export const FOR_ANY_EXCHANGE: ReadonlySet<string> = new Set(['ccxt', 'freqtrade', 'hummingbot']);

/** Roles that a value of any kind may have. */
export const WEAK_ROLE =
  /^(?:key|keys|id|token|auth|authorization|value|k|apis?|user|username|login|uid|pk|sk|x?apikey)$/;

/** Whether a name of this role may hold a value of this type. */
export function roleFits(role: Role | undefined, type: CredentialType): boolean {
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
export function idFits(name: SiteName | undefined, type: CredentialType, near: Near): boolean {
  const words = name ? wordsOf(name.text) : [];
  const of = words.at(-2);
  return of === undefined
    ? type.part === 'id' && near >= Near.Holder
    : words.at(-1) !== 'id' || type.names.some((n) => n.includes(of));
}

/** A name that is the provider's, perhaps with a network or an environment, and nothing else: `alchemy`, `INFURA_MAINNET`. */
export function isProviderAlone(name: SiteName, type: CredentialType): boolean {
  return type.words.some(
    (w) =>
      name.flat.includes(w) &&
      /^(?:|main(?:net)?|test(?:net)?|sepolia|polygon|base|arbitrum|prod(?:uction)?|live|dev|pro|my|the|v?\d*|auth|credentials?)$/.test(
        name.flat.replace(w, ''),
      ),
  );
}

/** Points by nearness of the provider when the role agrees. */
export const NEAR_POINTS = [0, 52, 72, 86, 93] as const;

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

/** What speaks for one type, so far. */
export interface Evidence {
  score: number;
  /** One of the names is the type's own. */
  exact: boolean;
  why: Set<Reason>;
}

/** What the names of a value say: its own, its header, its parameter. */
export function nameEvidence(type: CredentialType, site: Site, around: Surroundings, e: Evidence): void {
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

/** Evidence of this many points, for this reason; the strongest counts. */
export function raise(e: Evidence, points: number, reason: Reason): void {
  if (points > 0) {
    e.why.add(reason);
    e.score = Math.max(e.score, points);
  }
}

/** What the call says that gets a value: by its name, or by the place of the argument. */
export function callEvidence(type: CredentialType, site: Site, around: Surroundings, e: Evidence): void {
  for (const [depth, call] of site.calls.entries()) {
    const last = squash(call.callee.split(/[.:>\\]+/).at(-1) ?? '');
    if (type.calls?.includes(last) && depth < 3) {
      raise(e, 82, 'call');
    }
    // Client("key", "secret"): the place of the argument tells the part.
    const near = around.of(type);
    if (
      site.names.every((n) => n.bond !== 'argument' && n.bond !== 'option') &&
      depth === 0 &&
      (near >= Near.Lines || (near === Near.Region && around.systems(Near.Region) === 1))
    ) {
      const byPlace = PLACES[call.index];
      const method = call.callee.split(/[.:>]+/).at(-1) ?? '';
      const known =
        (near >= Near.Holder && !QUESTION.test(method)) ||
        /client|exchange|session|connect|api|auth|provider|wallet/i.test(method) ||
        (/^[A-Z]\w+$/.test(method) && type.pairedWith.length > 0 && type.shape.max - type.shape.min < 16);
      if (
        known &&
        // `new PublicKey("...")`: what a class makes is no secret.
        !isDenied(wordsOf(method)) &&
        site.role === undefined &&
        (byPlace?.includes(type.part) || (call.index === 0 && type.pairedWith.length === 0))
      ) {
        // With the provider among the imports only, the other half of the pair must follow.
        raise(e, near >= Near.Holder ? 80 : near === Near.Lines ? 62 : type.pairedWith.length > 0 ? 45 : 0, 'call');
      }
    }
  }
}
