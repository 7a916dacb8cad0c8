// A language that nobody speaks, `qps-ploc`: English in brackets, its vowels with accents. What shows up without brackets can't be translated.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup.mjs';

export const pseudoLanguage = 'qps-ploc';
const ACCENTED = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú' };

/** `Move {0}` becomes `⟦Móvé {0}⟧`: holes, links and code stay as they are. */
export function pseudo(text) {
  const parts = text.split(/(\{\d+\}|`[^`]*`|\]\([^)]*\)|%\w+%|<[^>]*>)/);
  return `⟦${parts.map((part, i) => (i % 2 ? part : part.replace(/[aeiou]/gi, (c) => ACCENTED[c]))).join('')}⟧`;
}

function translated(file) {
  const texts = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  return JSON.stringify(Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudo(text)])));
}

/** The extension in a folder of its own, with the pseudo-language beside its English. */
export function extensionInPseudoLanguage(scratch) {
  const target = path.join(scratch, 'translated');
  mkdirSync(path.join(target, 'l10n'), { recursive: true });
  for (const part of ['package.json', 'package.nls.json', 'dist', 'media', 'syntaxes']) {
    cpSync(path.join(root, part), path.join(target, part), { recursive: true });
  }
  writeFileSync(path.join(target, `package.nls.${pseudoLanguage}.json`), translated('package.nls.json'));
  writeFileSync(path.join(target, `l10n/bundle.l10n.${pseudoLanguage}.json`), translated('l10n/bundle.l10n.json'));
  return target;
}
