import type { CredentialType } from '../catalog/credential-type';
import { isGenerated } from './generated-form';
import { roleOf } from './names';
import type { Pass } from './pass';
import { Near } from './provider-words';
import type { Surroundings } from './surroundings';

/** A value or a variable's name is not longer. */
const LONGEST = 160;
const SHORTEST = 8;
const QUOTES = '"\'`';

/** What a client's third argument says besides: where it connects to, and how. */
const PLACE = /:\/\/|^(?:sandbox|futures|spot|margin|production|testnet|mainnet|live|demo|paper|prod|test)$/i;

/** What stands before a passphrase: the key's and the secret's values, or their names. */
export interface Before {
  readonly values?: readonly [string, string];
}

/** An argument and what stands before it. */
interface Argument {
  readonly text: string;
  readonly isLiteral: boolean;
  readonly before: number;
}

function backOverBlanks(text: string, at: number): number {
  let i = at;
  while (i >= 0 && at - i < LONGEST && /\s/.test(text[i] as string)) {
    i--;
  }
  return i;
}

/** Offset of the comma before the literal whose opening quote is at `quote`; -1 when another thing stands there. */
function commaBefore(text: string, quote: number): number {
  const i = backOverBlanks(text, /[rbuf]/.test(text[quote - 1] ?? '') ? quote - 2 : quote - 1);
  return text[i] === ',' ? i : -1;
}

/** The argument before the comma at `comma`: a literal without blanks, or a name. */
function argumentBefore(text: string, comma: number): Argument | undefined {
  const end = backOverBlanks(text, comma - 1);
  const last = text[end] ?? ' ';
  const isLiteral = QUOTES.includes(last);
  let i = isLiteral ? end - 1 : end;
  while (
    i >= 0 &&
    end - i <= LONGEST &&
    (isLiteral ? text[i] !== last && /[!-~]/.test(text[i] as string) : /[\w.>-]/.test(text[i] as string))
  ) {
    i--;
  }
  const found = text.slice(i + 1, isLiteral ? end : end + 1);
  return (isLiteral ? text[i] !== last || found.length < SHORTEST : found.length < 2)
    ? undefined
    : { text: found, isLiteral, before: isLiteral ? i : i + 1 };
}

/** Whether a literal whose content begins at `start` is the third argument after a key and a secret. */
export function keyAndSecretBefore(text: string, start: number): Before | undefined {
  const comma = commaBefore(text, start - 1);
  const secret = comma < 0 ? undefined : argumentBefore(text, comma);
  const between = secret ? commaBefore(text, secret.before) : -1;
  const key = between < 0 ? undefined : argumentBefore(text, between);
  if (!key || !secret || key.isLiteral !== secret.isLiteral) {
    return undefined;
  }
  if (key.isLiteral) {
    return { values: [key.text, secret.text] };
  }
  const [first, second] = [key, secret].map((a) => roleOf(a.text.replace(/^.*(?:\.|->)/, '')));
  return first === 'key' && (second === 'secret' || second === 'private-key') ? {} : undefined;
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
