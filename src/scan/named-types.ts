import type { CredentialType } from '../catalog/credential-type';
import { alphabetOf } from './alphabet';
import { roleFits } from './evidence';
import { isGenerated } from './generated-form';
import { IDENTIFIER } from './linked-calls';
import { type Role, roleOf, squash, wordsOf } from './names';
import { isNameable, type Pass } from './pass';
import { Near } from './provider-words';
import type { Site } from './site';
import type { Surroundings } from './surroundings';
import type { TypeBits } from './type-bits';
import type { TypeIndex } from './type-index';

/** Whether a value has the shape of one of these types, as far as a name can mean it, or of one that needs no evidence. */
export function fitsSome({ index }: Pass, types: TypeBits, value: string): boolean {
  for (const shape of index.shapes(value.length, value.charCodeAt(0), alphabetOf(value))) {
    if (shape.needless && shape.matches(value)) {
      return true;
    }
  }
  for (let i = 0; i < types.length; i++) {
    for (let rest = types[i] as number; rest !== 0; rest &= rest - 1) {
      const type = index.types[i * 32 + (31 - Math.clz32(rest & -rest))] as CredentialType;
      if (isNameable(index, type) && index.fits(type, value)) {
        return true;
      }
    }
  }
  return false;
}

/** Types that a name alone can mean: by their own names, or by the provider that holds it. */
export function namedTypes(index: TypeIndex, site: Site, around: Surroundings): CredentialType[] {
  const found = new Set<CredentialType>();
  for (const name of site.names) {
    index.names.get(name.flat)?.forEach((t) => found.add(t));
    index.headers.get(name.flat)?.forEach((t) => found.add(t));
    index.params.get(name.flat)?.forEach((t) => found.add(t));
  }
  for (const type of around.typesNear(Near.Holder)) {
    found.add(type);
  }
  return [...found].filter((t) => isNameable(index, t));
}

/** A token of a chain has an address too. */
const MINT = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/;

/** Roles that a header, a parameter or a setting gives a credential. */
const CARRIED: ReadonlySet<Role | undefined> = new Set(['key', 'token', 'secret', 'private-key', 'passphrase']);

/** Names of the list that any setting may have: only a header or a parameter carries a credential under them. */
const COMMON = /^(?:key|keys|id|k|value|auth|sk|pk|ak)$/;

/**
 * Whether a value stands where a request or a client's settings carry credentials, and looks like nothing that has a name:
 * then the host that it is sent to tells whose it is.
 */
export function mayBeHosted(site: Site, value: string): boolean {
  const [name] = site.names;
  if (!name || !CARRIED.has(roleOf(name.text)) || !isGenerated(value)) {
    return false;
  }
  const isSent = name.bond === 'header' || name.bond === 'parameter';
  return (isSent || !COMMON.test(name.flat)) && !(name.flat === 'token' && MINT.test(value));
}

/** Types of the provider whose host is the nearest, for a value that may be hosted. */
export function hostedTypes(site: Site, around: Surroundings): readonly CredentialType[] {
  const role = site.names[0] && roleOf(site.names[0].text);
  return around
    .hosted()
    .filter((t) => t.part !== 'id' && t.part !== 'phrase' && isNameable(around.index, t) && roleFits(role, t));
}

/** The value's name is a header or a parameter, and no type's own: `Authorization`. */
export function isSentOnly(index: TypeIndex, site: Site): boolean {
  const flat = site.names[0]?.flat ?? '';
  return (index.headers.has(flat) || index.params.has(flat)) && !index.names.has(flat);
}

/** A free value counts only when its name is a catalog's, or its holder names a provider (or may lead to one). */
export function isHeldByProvider(index: TypeIndex, site: Site): boolean {
  if (site.names.some((n) => index.names.has(n.flat))) {
    return true;
  }
  const holders = [...site.names.map((n) => n.text), ...site.parents, ...site.calls.map((c) => c.callee)];
  return (
    site.parents.some((p) => IDENTIFIER.test(p)) || holders.some((h) => wordsOf(h).some((w) => index.words.has(w)))
  );
}

const telling = new Map<string, boolean>();

/** Whether a name by itself can lead to a credential: a catalog's name, or one with a role. */
export function isTelling(index: TypeIndex, name: string): boolean {
  let known = telling.get(name);
  if (known === undefined) {
    const role = roleOf(name.split('.').at(-1) ?? name);
    known = (role !== undefined && role !== 'public' && role !== 'url') || index.names.has(squash(name));
    if (telling.size > 20_000) {
      telling.clear();
    }
    telling.set(name, known);
  }
  return known;
}
