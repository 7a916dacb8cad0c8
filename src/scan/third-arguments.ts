import type { CredentialType } from '../catalog/credential-type';
import { isGenerated } from './generated-form';
import { roleOf } from './names';
import type { Pass } from './pass';
import { Near } from './provider-words';
import type { Surroundings } from './surroundings';

/** The two arguments before a literal are not looked for farther back. */
const REACH = 480;
const LITERAL = /(["'`])([!-~]{8,160})\1\s*,\s*[rbuf]?(["'`])([!-~]{8,160})\3\s*,\s*[rbuf]?["'`]$/;
const NAMES = /[(,]\s*&?\$?([\w.>-]{2,60})\s*,\s*&?\$?([\w.>-]{2,60})\s*,\s*[rbuf]?["'`]$/;
/** What a client's third argument says besides: where it connects to, and how. */
const PLACE = /:\/\/|^(?:sandbox|futures|spot|margin|production|testnet|mainnet|live|demo|paper|prod|test)$/i;

/** What stands before a passphrase: the key's and the secret's values, or their names. */
export interface Before {
  readonly values?: readonly [string, string];
}

/** Whether a literal whose content begins at `start` is the third argument after a key and a secret. */
export function keyAndSecretBefore(text: string, start: number): Before | undefined {
  const left = text.slice(Math.max(0, start - REACH), start);
  const literals = LITERAL.exec(left);
  if (literals) {
    return { values: [literals[2] as string, literals[4] as string] };
  }
  const names = NAMES.exec(left);
  const roles = names?.slice(1, 3).map((n) => roleOf(n.replace(/^.*(?:\.|->)/, '')));
  return roles?.[0] === 'key' && (roles[1] === 'secret' || roles[1] === 'private-key') ? {} : undefined;
}

/**
 * Passphrases that clients take as their third argument, `new Client("key", "secret", "passphrase")`: those of the provider
 * whose key and secret the first two may be, or, where these are variables, of the only one that is named.
 */
export function passphrasesAfter(pass: Pass, before: Before, around: Surroundings, value: string): CredentialType[] {
  if (PLACE.test(value) || (!before.values && !isGenerated(value))) {
    return [];
  }
  const { index } = pass;
  const [key, secret] = before.values ?? [];
  const fits = (type: CredentialType, part: CredentialType['part'], given: string | undefined) =>
    type.pairedWith.some((id) => {
      const other = index.byId.get(id);
      return other?.part === part && (given === undefined || index.fits(other, given));
    });
  const types = index.passphrases.filter(
    (t) => around.of(t) >= Near.Region && index.fits(t, value) && fits(t, 'key', key) && fits(t, 'secret', secret),
  );
  const systems = new Set(types.map((t) => t.system));
  return systems.size === 1 ? types : types.filter((t) => around.of(t) >= Near.Holder);
}
