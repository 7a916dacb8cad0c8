import type { CredentialType } from '../catalog/credential-type';
import { lineStart } from './literal';
import { squash } from './names';
import type { Site } from './site';
import type { TypeIndex } from './type-index';

const NAME = /[A-Za-z_][\w.-]{4,80}/g;
/** Places of values that say nothing of the value: its name stands farther off. */
const CARRIER = /(?:default|value|string)["']?\s{0,4}[:=>]\s{0,4}["']?$/i;
/** Characters before a value, and after one behind `value=`, in which its name is looked for. */
const NEAR = 100;
const FAR = 240;
const AHEAD = 200;

const deciding = new Map<string, boolean>();

function decides(index: TypeIndex, name: string): boolean {
  let known = deciding.get(name);
  if (known === undefined) {
    const last = name.split('.').at(-1) ?? name;
    const bare = last.replace(/^(?:set|with|use|add|k)(?=[A-Z])|^(?:x|data)-/i, '');
    known = [last, name, bare]
      .map(squash)
      .some((n) => index.names.has(n) || index.headers.has(n) || index.params.has(n));
    if (deciding.size > 20_000) {
      deciding.clear();
    }
    deciding.set(name, known);
  }
  return known;
}

/** Whether a catalog's name stands before a value: on its line or the line above, farther off where it is a `default` or a `value`. */
export function isNamedBefore(index: TypeIndex, text: string, at: number): boolean {
  const isCarried = CARRIER.test(text.slice(Math.max(0, at - 24), at));
  const floor = Math.max(0, at - (isCarried ? FAR : NEAR));
  let line = at;
  for (let n = isCarried ? 4 : 2; n > 0 && line > floor; n--) {
    line = lineStart(text, line === at ? line : line - 1, floor);
  }
  const around = text.slice(line, at) + (isCarried ? text.slice(at, at + AHEAD) : '');
  return (around.match(NAME) ?? []).some((name) => decides(index, name)) || isLabelled(index, text.slice(line, at));
}

const LABEL = /((?:[A-Za-z][\w'-]*[ \t]+){1,5}[A-Za-z][\w'-]*)[ \t*`]*(?::|=|\bis\b)[ \t*`"']*$/;

/** `Kraken API key: ...`: the last words before a colon are a catalog's name. */
function isLabelled(index: TypeIndex, left: string): boolean {
  const words = LABEL.exec(left)?.[1]?.split(/[ \t]+/) ?? [];
  return words.some((_, i) => index.names.has(squash(words.slice(i).join(''))));
}

/** Types whose shape says little but whose very name, header or parameter the value has. */
export function ownTypes(index: TypeIndex, site: Site, value: string): CredentialType[] {
  const named = [...site.names.map((n) => n.flat), ...site.paths].flatMap((flat) => index.names.get(flat) ?? []);
  const sent = site.names.flatMap(({ flat, bond }) =>
    bond === 'header' || bond === 'option' || bond === 'argument'
      ? (index.headers.get(flat) ?? [])
      : bond === 'parameter'
        ? (index.params.get(flat) ?? [])
        : [],
  );
  return [...new Set([...named, ...sent])].filter((t) => t.need === 'own' && index.fits(t, value));
}
