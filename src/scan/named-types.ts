import type { CredentialType } from '../catalog/credential-type';
import { alphabetOf } from './alphabet';
import { roleOf, squash, wordsOf } from './names';
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

/** A free value counts only when its name is a catalog's, or its holder names a provider (or may lead to one). */
export function isHeldByProvider(index: TypeIndex, site: Site): boolean {
  if (site.names.some((n) => index.names.has(n.flat))) {
    return true;
  }
  const holders = [...site.names.map((n) => n.text), ...site.parents, ...site.calls.map((c) => c.callee)];
  return (
    site.parents.some((p) => /^[A-Za-z_$][\w$]{1,60}$/.test(p)) ||
    holders.some((h) => wordsOf(h).some((w) => index.words.has(w)))
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
