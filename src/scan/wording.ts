import type { CredentialType, Part, Severity } from '../catalog/credential-type';
import { say } from '../words/say';
import type { State } from './finding';

const CAN: Readonly<Record<Severity, string>> = {
  critical: say('Its holder can move funds.'),
  high: say('Its holder can trade or read private data.'),
  medium: say('Its holder can spend your quota.'),
  low: say('Its holder can read free data in your name.'),
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
  return say('{0}… ({1} characters)', prefix, value.length);
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
    return say(short);
  }
  const last = bare.slice(bare.lastIndexOf(' ') + 1);
  return say(short.startsWith(`${last} `) ? `${bare}${short.slice(last.length)}` : `${bare} ${short}`);
}

/** Whether a credential is the half of a pair that signs nothing alone. */
export function isHalf({ part, pairedWith }: Pick<CredentialType, 'part' | 'pairedWith'>): boolean {
  return (part === 'key' || part === 'id') && pairedWith.length > 0;
}

/** What having a credential means, as a sentence. */
export function meaning(type: Pick<CredentialType, 'part' | 'pairedWith'>, severity: Severity): string {
  return isHalf(type) ? say('It is the public half of a pair.') : CAN[severity];
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
      return say('{0}: a published test key, worthless.', extra.testKeyName ?? name);
    case 'public':
      return extra.testKeyName
        ? say('{0}: shipped for everyone to share, so its limits are small. Use a key of your own.', extra.testKeyName)
        : say('{0}: made to be public.', name);
    case 'encrypted':
      return say('{0}: encrypted, but kept in the source. Keep the file and its password apart.', name);
    case 'secret':
      if (extra.testKeyName) {
        return say('{0} on a main network: everyone knows this key and can take what it holds.', extra.testKeyName);
      }
      if (extra.shipped) {
        return say(
          'Hard-coded {0} behind {1}: bundlers write it into what browsers download. {2}',
          name,
          extra.shipped,
          CAN[severity],
        );
      }
      if (extra.fallbackOf) {
        return say('Hard-coded {0} as the fallback of {1}. {2}', name, extra.fallbackOf, CAN[severity]);
      }
      return say('Hard-coded {0}. {1}', name, meaning(type, severity));
  }
}
