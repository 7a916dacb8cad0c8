import type { CredentialType } from '../catalog/credential-type';
import type { TypeIndex } from './type-index';

/** A credential inside a URL: its path, host or user part. */
export interface UrlHit {
  readonly start: number;
  readonly end: number;
  readonly type: CredentialType;
}

const URL = /[a-zA-Z][a-zA-Z+]{1,24}:\/\/[^\s"'`<>\\)\]}|]{4,2000}/g;

interface UrlRule {
  readonly type: CredentialType;
  readonly find: RegExp;
  readonly captures: boolean;
}

const compiled = new WeakMap<TypeIndex, readonly UrlRule[]>();

function rulesOf(index: TypeIndex): readonly UrlRule[] {
  let rules = compiled.get(index);
  if (!rules) {
    rules = index.urls.map((type) => ({
      type,
      find: new RegExp(type.url ?? type.shape.pattern, 'd'),
      captures: type.url !== undefined,
    }));
    compiled.set(index, rules);
  }
  return rules;
}

function hostOf(url: string): string {
  return /^[a-z+]+:\/\/(?:[^/@]*@)?([A-Za-z0-9.-]+)/i.exec(url)?.[1] ?? '';
}

/** Keys in the URLs that start in `[from, to)`. */
export function findInUrls(index: TypeIndex, text: string, from: number, to: number): UrlHit[] {
  const hits: UrlHit[] = [];
  URL.lastIndex = from;
  for (let m = URL.exec(text); m && m.index < to; m = URL.exec(text)) {
    const url = m[0];
    const own = index.hostTypes(hostOf(url));
    const plain = /^https?$|^wss?$/i.test(url.slice(0, url.indexOf(':')));
    for (const rule of rulesOf(index)) {
      // Types with hosts only look at their own hosts; types without any look at odd schemes and user parts.
      const mine =
        rule.type.hosts.length === 0
          ? !plain || url.includes('@') || rule.type.shape.prefix !== undefined
          : own.includes(rule.type);
      if (!mine && !(rule.captures && rule.type.hosts.length > 0 && own.some((t) => t.system === rule.type.system))) {
        continue;
      }
      const hit = rule.find.exec(url);
      const span = hit?.indices?.[rule.captures ? 1 : 0];
      if (span && span[1] > span[0]) {
        hits.push({ start: m.index + span[0], end: m.index + span[1], type: rule.type });
      }
    }
  }
  return hits;
}
