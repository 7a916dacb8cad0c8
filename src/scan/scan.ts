import type { CredentialType } from '../catalog/credential-type';
import { prove } from '../encodings/proof';
import { testKeyName } from '../encodings/test-keys';
import { alphabetOf } from './alphabet';
import { isBareName } from './bare-names';
import { findBlocks } from './blocks';
import { compose } from './compose';
import { scanCustom } from './custom-rules';
import { isNamedBefore, ownTypes } from './deciding-names';
import type { Reason, ScanOptions, ScanResult } from './finding';
import { isFragment } from './fragments';
import { readDirectives } from './ignore';
import { isWorthJudging, judge } from './judge';
import { eachNamed } from './named-values';
import { roleOf, squash, wordsOf } from './names';
import { catalogIndex, type Head, isNameable, isNear, mayBeNamed, type Pass, preparePass, typesAround } from './pass';
import { findPhrases } from './phrases';
import { isPlaceholder, isStandIn } from './placeholders';
import type { RawFinding } from './raw-finding';
import { rawFinding } from './raw-finding';
import { isReference } from './references';
import { readSite, type Site } from './site';
import { headWords, Near, Surroundings } from './surroundings';
import { eachToken, type Token } from './tokens';
import type { TypeIndex } from './type-index';
import { findInUrls } from './urls';
import type { TypeBits } from './vocabulary';
import { base64Text, eachWrittenForm } from './written-forms';

const NONE: ReadonlySet<CredentialType> = new Set();

/** A match may begin this many characters before the value that they lead to. */
export const LEAD = 2100;

/** The nearest place at or before `at` where no run of token characters is cut. */
function aligned(text: string, at: number): number {
  let i = Math.max(0, Math.min(at, text.length));
  const floor = Math.max(0, i - 70_000);
  while (i > floor && /[A-Za-z0-9_+/=~.:@-]/.test(text[i - 1] as string)) {
    i--;
  }
  return i;
}

/** Blocks (PEM, arrays, JSON members, phrases) that start in `[from, to)`. */
export function scanBlocks(pass: Pass, from: number, to: number): RawFinding[] {
  const raws: RawFinding[] = scanPhrases(pass, from, to);
  for (const block of findBlocks(pass.index, pass.text, Math.max(0, from - LEAD), to)) {
    if (block.start >= from && block.start < to) {
      const before = raws.length;
      consider(pass, raws, block.start, block.end, block.value, block.types, NONE, true);
      const raw = raws[before];
      if (raw && block.types.length > 1) {
        raws[before] = { ...raw, others: block.types };
      }
    }
  }
  return raws;
}

/** Recovery phrases that start in `[from, to)`. */
function scanPhrases(pass: Pass, from: number, to: number): RawFinding[] {
  const raws: RawFinding[] = [];
  for (const hit of findPhrases(pass.text, pass.codes, Math.max(0, from - LEAD), to)) {
    const general = pass.index.byId.get(hit.ruleId);
    if (!general || hit.start < from || hit.start >= to) {
      continue;
    }
    const site = readSite(pass.text, hit.start, hit.end);
    // A chain that uses the same scheme has its own rule where its own name stands.
    const named = (t: CredentialType) => site.names.some((n) => t.names.includes(n.flat));
    const type =
      pass.index.phrases.find((t) => t.need === 'near' && t.shape.proof === general.shape.proof && named(t)) ?? general;
    const labelled = hit.labelled || site.role === 'phrase' || named(type);
    // Without a label a 12-word run passes by chance 1 in 16: it must fill its literal, line or list.
    if (!labelled && hit.bits < 4) {
      continue;
    }
    const confidence = labelled || hit.bits >= 8 ? 'certain' : 'likely';
    const why: Reason[] = labelled ? ['checksum', 'label'] : ['checksum'];
    const proof = { ok: true, bits: hit.bits, ...(hit.key ? { key: hit.key } : {}) };
    const verdict = { type, confidence, why, score: labelled ? 96 : 70, proof } as const;
    raws.push(
      rawFinding(
        verdict,
        site,
        hit.start + pass.base,
        hit.end + pass.base,
        hit.words.join(' '),
        pass.text,
        pass.options,
      ),
    );
  }
  return raws;
}

/** Tokens, named values and keys in URLs that start in `[from, to)`; the result depends on the head of the text and on the
 * characters within LOOK_BACK and LOOK_AHEAD of each value only. */
export function scanValues(pass: Pass, from: number, to: number): RawFinding[] {
  const { index, text, codes } = pass;
  const raws: RawFinding[] = scanCustom(pass, Math.max(0, from - LEAD), from, to);
  const lead = aligned(text, Math.max(0, from - LEAD));
  const mine = (start: number) => start >= from && start < to;

  const urls = new Map<string, { start: number; end: number; types: Set<CredentialType> }>();
  for (const hit of findInUrls(index, text, lead, to)) {
    if (mine(hit.start)) {
      const key = `${hit.start}:${hit.end}`;
      const entry = urls.get(key) ?? { start: hit.start, end: hit.end, types: new Set<CredentialType>() };
      entry.types.add(hit.type);
      urls.set(key, entry);
    }
  }
  for (const { start, end, types } of urls.values()) {
    const value = text.slice(start, end);
    if (!isPlaceholder(value)) {
      consider(pass, raws, start, end, value, [...types], types, true);
    }
  }

  eachToken(text, codes, lead, to, (token, value) => {
    if (!mine(token.start)) {
      return;
    }
    const fitting = fittingTypes(pass, token, value);
    if (
      (fitting.length > 0 || isDecided(pass, token.start, token.end)) &&
      (!isPlaceholder(value) || isKnown(fitting, value))
    ) {
      consider(pass, raws, token.start, token.end, value, fitting, NONE, false);
    }
    const plain = base64Text(value);
    if (plain !== undefined) {
      scanDecoded(pass, raws, token.start, token.end, plain);
    }
  });

  eachWrittenForm(text, lead, to, pass.fileName, (start, end, value) => {
    if (mine(start) && !isPlaceholder(value)) {
      consider(pass, raws, start, end, value, fittingTypes(pass, { start, end }, value), NONE, false, WHOLE);
    }
  });

  eachNamed(
    text,
    codes,
    Math.max(0, from - LEAD),
    to,
    pass.fileName,
    {
      telling: (name) => isTelling(index, name),
      deciding: (start, end) => isDecided(pass, start, end),
    },
    (token, value) => {
      if (!mine(token.start) || isReference(value) || /\s/.test(value) || index.names.has(squash(value))) {
        return;
      }
      const around = typesAround(pass, token.start, token.end);
      if (!fitsSome(pass, around, value) || isStandIn(value)) {
        return;
      }
      const site = readSite(text, token.start, token.end);
      if (
        !isHeldByProvider(index, site) &&
        !(site.role === 'passphrase' && site.names[0]?.bond === 'name' && pass.head().size > 0)
      ) {
        return;
      }
      const near = new Surroundings(pass, site, token.start, token.end);
      const candidates = namedTypes(index, site, near).filter((t) => index.fits(t, value));
      const verdict = candidates.length > 0 ? judge(candidates, value, site, near, NONE) : undefined;
      if (verdict) {
        raws.push(
          rawFinding(verdict, site, token.start + pass.base, token.end + pass.base, value, pass.text, pass.options),
        );
      }
    },
  );
  return raws;
}

/** A published test key, or a value with a checksum, is no stand-in, whatever it looks like. */
function isKnown(types: readonly CredentialType[], value: string): boolean {
  const proves = (t: CredentialType) => (t.shape.proof ? (prove(t.shape.proof, value)?.bits ?? 0) : 0) >= 15;
  return testKeyName(value) !== undefined || types.some(proves);
}

/** Types that a token has the shape of, and that may count where it stands. */
function fittingTypes(pass: Pass, { start, end }: Token, value: string): CredentialType[] {
  const { index, text } = pass;
  const fitting: CredentialType[] = [];
  let fragment: boolean | undefined;
  for (const shape of index.shapes(value.length, value.charCodeAt(0), alphabetOf(value))) {
    if (!shape.matches(value)) {
      continue;
    }
    const types = shape.types.filter((type) => !isEdged(text, start, end, type));
    if (types.length === 0) {
      continue;
    }
    fragment ??= isFragment(text, start, end);
    if (fragment || !isNear(pass, shape, start, end)) {
      fitting.push(...types.filter((t) => t.need === 'none'));
    } else {
      fitting.push(...types);
    }
  }
  return fitting;
}

/** Whether the name of a type that only names find stands before a value. */
function isDecided(pass: Pass, start: number, end: number): boolean {
  return mayBeNamed(pass, start, end) && isNamedBefore(pass.index, pass.text, start);
}

/** What a base64 token says: a credential (`data:` of a Kubernetes Secret), or a user and a password (Basic authorization). */
function scanDecoded(pass: Pass, raws: RawFinding[], start: number, end: number, plain: string): void {
  const urls = findInUrls(pass.index, plain, 0, plain.length);
  const [url] = urls;
  if (url) {
    const types = urls.filter((u) => u.start === url.start && u.end === url.end).map((u) => u.type);
    consider(pass, raws, start, end, plain.slice(url.start, url.end), types, new Set(types), true, WHOLE);
    return;
  }
  const colon = plain.indexOf(':');
  const parts = colon > 0 ? [plain, plain.slice(colon + 1), plain.slice(0, colon)] : [plain];
  for (const part of parts) {
    const before = raws.length;
    if (part.length >= 8 && !isPlaceholder(part)) {
      consider(pass, raws, start, end, part, fittingTypes(pass, { start, end }, part), NONE, false, WHOLE);
    }
    if (raws.length > before) {
      return;
    }
  }
}

/** Added to the score of a value in another form, so that it wins over what its characters look like as they are. */
const WHOLE = 30;

function consider(
  pass: Pass,
  raws: RawFinding[],
  start: number,
  end: number,
  value: string,
  candidates: readonly CredentialType[],
  urlTypes: ReadonlySet<CredentialType>,
  named: boolean,
  bonus = 0,
): void {
  const needy = candidates.every((t) => t.need !== 'none') && urlTypes.size === 0;
  const site = readSite(pass.text, start, end);
  if (needy && !named && !isWorthJudging(pass.index, site)) {
    return;
  }
  if (needy && site.literal.quote === '' && isBareName(pass.text, start, end, pass.fileName)) {
    return;
  }
  const around = new Surroundings(pass, site, start, end);
  const own = ownTypes(pass.index, site, value);
  const verdict = judge(own.length > 0 ? [...candidates, ...own] : candidates, value, site, around, urlTypes);
  if (verdict) {
    const scored = bonus > 0 ? { ...verdict, score: verdict.score + bonus } : verdict;
    raws.push(rawFinding(scored, site, start + pass.base, end + pass.base, value, pass.text, pass.options));
  }
}

function isEdged(text: string, start: number, end: number, type: CredentialType): boolean {
  const { edge } = type.shape;
  if (!edge || /[[{(]/.test(text[start] as string)) {
    return false; // a list of bytes has its own bounds
  }
  const touches = edgeTest(edge);
  // An equals sign before a value assigns it (only after one it is padding), and a shell's `:-` precedes a default.
  const isApart = text[start - 1] === '=' || text.startsWith(':-', start - 2);
  return (!isApart && touches(text[start - 1])) || touches(text[end]);
}

const edgeTests = new Map<string, (c: string | undefined) => boolean>();

function edgeTest(edge: string): (c: string | undefined) => boolean {
  let test = edgeTests.get(edge);
  if (!test) {
    const re = new RegExp(edge);
    test = (c) => c !== undefined && re.test(c);
    edgeTests.set(edge, test);
  }
  return test;
}

/** Whether a value has the shape of one of these types, as far as a name can mean it, or of one that needs no evidence. */
function fitsSome({ index }: Pass, types: TypeBits, value: string): boolean {
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
function namedTypes(index: TypeIndex, site: Site, around: Surroundings): CredentialType[] {
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
function isHeldByProvider(index: TypeIndex, site: Site): boolean {
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
function isTelling(index: TypeIndex, name: string): boolean {
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

/** Provider words of a text's head, where imports stand. */
export function readHead(text: string): Head {
  return headWords(catalogIndex(), text);
}

/** Finds the credentials in a text. Pure: the same text and options give the same result. A part of a text is given the head of
 * the whole. */
export function scanText(text: string, options: ScanOptions = {}, head?: Head): ScanResult {
  const pass = preparePass(text, options, 0, head && (() => head));
  const all = text.length + 1;
  const raws = [...scanBlocks(pass, 0, all), ...scanValues(pass, 0, all)];
  // Without findings a directive can only be stale, which is said of Keyward's own alone.
  const directives = raws.length > 0 || text.includes('keyward-ignore') ? readDirectives(text) : [];
  return compose(() => text, raws, directives, options);
}
