import type { CredentialType } from '../catalog/credential-type';
import { isBareName } from './bare-names';
import { findBlocks } from './blocks';
import { compose, textLines } from './compose';
import { scanCustom } from './custom-rules';
import { isNamedBefore, ownTypes } from './deciding-names';
import type { Reason, ScanOptions, ScanResult } from './finding';
import { fittingTypes, isKnown } from './fitting-types';
import { isGenerated } from './generated-form';
import { readDirectives } from './ignore';
import { isWorthJudging, judge } from './judge';
import { fitsSome, hostedTypes, isHeldByProvider, isSentOnly, isTelling, mayBeHosted, namedTypes } from './named-types';
import { eachNamed } from './named-values';
import { squash } from './names';
import { catalogIndex, type Head, mayBeNamed, mayHavePassphrase, type Pass, preparePass, typesAround } from './pass';
import { LEAD, scanPhrases } from './phrase-findings';
import { isPlaceholder, isStandIn } from './placeholders';
import { headWords, Near } from './provider-words';
import { type RawFinding, rawFinding } from './raw-finding';
import { isReference } from './references';
import { readSite } from './site';
import { Surroundings } from './surroundings';
import { keyAndSecretBefore, passphrasesAfter } from './third-arguments';
import { eachToken, type Token } from './tokens';
import { findInUrls } from './urls';
import { base64Text, eachWrittenForm } from './written-forms';

const NONE: ReadonlySet<CredentialType> = new Set();

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
  for (const block of findBlocks(pass.index, pass.text, pass.codes, Math.max(0, from - LEAD), to)) {
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

  eachWrittenForm(text, codes, lead, to, pass.fileName, (start, end, value) => {
    if (mine(start) && !isPlaceholder(value)) {
      const isList = value.startsWith('[');
      const types = isList ? index.blockTypes(value) : fittingTypes(pass, { start, end }, value);
      if (types.length > 0 || !isList) {
        consider(pass, raws, start, end, value, types, NONE, false, WHOLE);
      }
    }
  });

  const naming = {
    telling: (name: string) => isTelling(index, name),
    deciding: (start: number, end: number) => isDecided(pass, start, end),
    following: (start: number, end: number) =>
      keyAndSecretBefore(text, start) !== undefined && mayHavePassphrase(pass, start, end),
  };
  eachNamed(text, codes, Math.max(0, from - LEAD), to, pass.fileName, naming, (token, value) => {
    if (mine(token.start)) {
      considerNamed(pass, raws, token, value);
    }
  });
  return raws;
}

/** Judges a value by its name, by the host that it is sent to, or by the arguments before it. */
function considerNamed(pass: Pass, raws: RawFinding[], { start, end }: Token, value: string): void {
  const { index, text } = pass;
  if (isReference(value) || /\s/.test(value) || index.names.has(squash(value))) {
    return;
  }
  if (!fitsSome(pass, typesAround(pass, start, end), value) || isStandIn(value)) {
    return;
  }
  const site = readSite(text, start, end);
  if (isSentOnly(index, site) && !isGenerated(value)) {
    return;
  }
  const isHeld =
    isHeldByProvider(index, site) ||
    (site.role === 'passphrase' && site.names[0]?.bond === 'name' && pass.head().size > 0);
  const isCarried = mayBeHosted(site, value);
  const before = site.calls[0]?.index === 2 ? keyAndSecretBefore(text, start) : undefined;
  const isThird = site.role === 'passphrase' && mayHavePassphrase(pass, start, end);
  if (!isHeld && !isCarried && !before && !isThird) {
    return;
  }
  const around = new Surroundings(pass, site, start, end);
  const placed = new Map<CredentialType, Reason>();
  if (isCarried) {
    hostedTypes(site, around).forEach((t) => placed.set(t, 'host'));
  }
  if (before) {
    passphrasesAfter(pass, before, around, value).forEach((t) => placed.set(t, 'call'));
  }
  const thirds = isThird ? index.passphrases.filter((t) => around.of(t) >= Near.Region) : [];
  if (!isHeld && placed.size === 0 && thirds.length === 0) {
    return;
  }
  const candidates = [...namedTypes(index, site, around), ...placed.keys(), ...thirds].filter((t) =>
    index.fits(t, value),
  );
  const verdict = candidates.length > 0 ? judge(candidates, value, site, around, NONE, placed) : undefined;
  if (verdict) {
    raws.push(rawFinding(verdict, site, start + pass.base, end + pass.base, value, pass.text, pass.options));
  }
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
      const lists = part.startsWith('[') ? pass.index.blockTypes(part) : [];
      const types = lists.length > 0 ? lists : fittingTypes(pass, { start, end }, part);
      consider(pass, raws, start, end, part, types, NONE, false, WHOLE);
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
  return compose(() => textLines(text), raws, directives, options);
}
