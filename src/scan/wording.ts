import type { CredentialType, Part, Severity } from '../catalog/credential-type';
import type { State } from './finding';

const CAN: Readonly<Record<Severity, string>> = {
  critical: 'Its holder can move funds.',
  high: 'Its holder can trade or read private data.',
  medium: 'Its holder can spend your quota.',
  low: 'Its holder can read free data in your name.',
};

/** What the holder of a credential of this severity can do, as a sentence. */
export function holderCan(severity: Severity): string {
  return CAN[severity];
}

const RAISED: Readonly<Record<Severity, Severity>> = {
  critical: 'critical',
  high: 'critical',
  medium: 'high',
  low: 'medium',
};

/** One step up: for values that are shipped to browsers. */
export function raised(severity: Severity): Severity {
  return RAISED[severity];
}

/** Published prefix and length, never a character of the value. */
export function redacted(type: Pick<CredentialType, 'shape'>, value: string): string {
  const prefix =
    type.shape.prefix && value.startsWith(type.shape.prefix) ? type.shape.prefix : value.startsWith('0x') ? '0x' : '';
  return `${prefix}… (${value.length} characters)`;
}

const BY_PART: Readonly<Record<Part, string>> = {
  key: 'API key',
  secret: 'API secret',
  passphrase: 'API passphrase',
  token: 'token',
  'private-key': 'private key',
  phrase: 'recovery phrase',
  url: 'URL with a key',
  id: 'key id',
  other: 'credential',
};

/** `Binance API secret`: the provider and what it is, without remarks. */
export function credentialName({ provider, what, part }: Pick<CredentialType, 'provider' | 'what' | 'part'>): string {
  const short =
    what
      .replace(/^\([^)]*\)\s*/, '')
      .replace(/(?:: |, | \(|; ).*$/s, '')
      .replace(/^(?:Raw|Self-made|Private|Shared|Basic-auth|User)\b/, (w) => w.toLowerCase()) || BY_PART[part];
  const bare = provider.replace(/\s*\(.*$/, '').replace(/ \/ .*$/, '');
  if (short.toLowerCase().startsWith(bare.toLowerCase())) {
    return short;
  }
  const last = bare.slice(bare.lastIndexOf(' ') + 1);
  return short.startsWith(`${last} `) ? `${bare}${short.slice(last.length)}` : `${bare} ${short}`;
}

/** One plain sentence for the Problems list, without the value. */
export function message(
  type: Pick<CredentialType, 'provider' | 'what' | 'part' | 'pairedWith'>,
  severity: Severity,
  state: State,
  extra: { readonly testKeyName?: string; readonly shipped?: string; readonly fallbackOf?: string },
): string {
  const name = credentialName(type);
  switch (state) {
    case 'test-key':
      return `${extra.testKeyName ?? name}: a published test key, worthless.`;
    case 'public':
      return extra.testKeyName
        ? `${extra.testKeyName}: shipped for everyone to share, so its limits are small. Use a key of your own.`
        : `${name}: made to be public.`;
    case 'encrypted':
      return `${name}: encrypted, but kept in the source. Keep the file and its password apart.`;
    case 'secret':
      if (extra.testKeyName) {
        return `${extra.testKeyName} on a main network: everyone knows this key and can take what it holds.`;
      }
      if (extra.shipped) {
        return `Hard-coded ${name} behind ${extra.shipped}: bundlers write it into what browsers download. ${CAN[severity]}`;
      }
      if (extra.fallbackOf) {
        return `Hard-coded ${name} as the fallback of ${extra.fallbackOf}. ${CAN[severity]}`;
      }
      return `Hard-coded ${name}. ${(type.part === 'key' || type.part === 'id') && type.pairedWith.length > 0 ? 'It is the public half of a pair.' : CAN[severity]}`;
  }
}
