import type { CredentialType } from '../catalog/credential-type';
import { sharedBy } from '../encodings/shared-keys';
import { testKeyName } from '../encodings/test-keys';
import { say } from '../words/say';
import type { Confidence, Finding, Reason, ScanOptions, State } from './finding';
import { fingerprint } from './fingerprint';
import type { Verdict } from './judge';
import { isOnMainNetwork } from './main-network';
import { shippedPrefix, wordsOf } from './names';
import type { Site } from './site';
import { message, raised, redacted } from './wording';

/** A finding before its text as a whole has been looked at (pairs, overlaps, ignores). It holds no value. */
export interface RawFinding {
  readonly type: CredentialType;
  readonly start: number;
  readonly end: number;
  readonly confidence: Confidence;
  readonly why: readonly Reason[];
  readonly score: number;
  readonly needsPair: boolean;
  readonly state: State;
  readonly redacted: string;
  readonly variable: string;
  readonly fingerprint?: string;
  readonly testKeyName?: string;
  readonly address?: Finding['address'];
  readonly shipped?: string;
  readonly fallbackOf?: string;
  /** Name of the object or table that holds it, for pairing. */
  readonly holder: string;
  /** Types that the value has the shape of as well: the other half of a pair decides between them. */
  readonly others?: readonly CredentialType[];
}

/** Condenses a verdict on a value in a text; the value goes no farther. */
export function rawFinding(
  verdict: Verdict,
  site: Site,
  start: number,
  end: number,
  value: string,
  text: string,
  options: ScanOptions,
): RawFinding {
  const { type } = verdict;
  const project = sharedBy(value);
  const known =
    testKeyName(value, verdict.proof?.key) ??
    (type.publicValues?.includes(value) ? say('{0} documentation value', type.provider) : undefined);
  const state: State =
    type.public || project !== undefined
      ? 'public'
      : known !== undefined && !isOnMainNetwork(text, site, options.fileName ?? '')
        ? 'test-key'
        : verdict.proof?.encrypted
          ? 'encrypted'
          : 'secret';
  const env = site.names.find((n) => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(n.text))?.text;
  const shipped = [site.fallbackOf, ...site.names.map((n) => n.text)].map((n) => n && shippedPrefix(n)).find(Boolean);
  const print = fingerprint(type, value, options.pepper);
  const address = verdict.proof?.address?.();
  return {
    type,
    start,
    end,
    confidence: verdict.confidence,
    why: verdict.why,
    score: verdict.score,
    needsPair: verdict.needsPair ?? false,
    state,
    redacted: redacted(type, value),
    variable: variableFor(type, env),
    ...(print ? { fingerprint: print } : {}),
    ...(project ? { testKeyName: say('Default key of {0}', project) } : known ? { testKeyName: known } : {}),
    ...(address ? { address } : {}),
    ...(shipped && state === 'secret' ? { shipped } : {}),
    ...(site.fallbackOf ? { fallbackOf: site.fallbackOf } : {}),
    holder: site.parents[0] ?? '',
    ...(verdict.others ? { others: verdict.others } : {}),
  };
}

/** A name that the context already uses wins over the catalog's suggestion when it names the same thing. */
function variableFor(type: CredentialType, env: string | undefined): string {
  if (env && !shippedPrefix(env)) {
    const words = new Set(wordsOf(env));
    const telling = wordsOf(type.env).some((w) => words.has(w) && !['api', 'key', 'secret', 'token', 'id'].includes(w));
    if (telling) {
      return env;
    }
  }
  return type.env;
}

/** The same finding as another type that it has the shape of. */
export function retyped(raw: RawFinding, type: CredentialType): RawFinding {
  return { ...raw, type, variable: type.env, score: raw.score + 10 };
}

/** Turns a raw finding into what the world sees. */
export function finished(
  raw: RawFinding,
  options: ScanOptions,
  extra: { group?: string; confidence: Confidence; why: readonly Reason[] },
): Finding {
  const { type } = raw;
  const override = options.severities?.[type.id];
  const base = override && override !== 'off' ? override : type.severity;
  const severity = raw.shipped && raw.state === 'secret' && !override ? raised(base) : base;
  return {
    ruleId: type.id,
    provider: type.provider,
    system: type.system,
    category: type.category,
    what: type.what,
    part: type.part,
    severity,
    state: raw.state,
    confidence: extra.confidence,
    why: extra.why,
    start: raw.start,
    end: raw.end,
    redacted: raw.redacted,
    variable: raw.variable,
    message: message(type, type.severity, raw.state, raw),
    ...(raw.fingerprint ? { fingerprint: raw.fingerprint } : {}),
    ...(extra.group ? { group: extra.group } : {}),
    ...(raw.testKeyName ? { testKeyName: raw.testKeyName } : {}),
    ...(raw.address ? { address: raw.address } : {}),
    ...(raw.shipped ? { shipped: raw.shipped } : {}),
    ...(raw.fallbackOf ? { fallbackOf: raw.fallbackOf } : {}),
  };
}
