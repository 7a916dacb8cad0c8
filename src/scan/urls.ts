import type { CredentialType } from '../catalog/credential-type';
import type { TypeIndex } from './type-index';

/** A credential inside a URL: its path, host or user part. */
export interface UrlHit {
  readonly start: number;
  readonly end: number;
  readonly type: CredentialType;
}

const REST = /[^\s"'`<>\\)\]}|]{4,2000}/y;

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
  for (let at = text.indexOf('://', from); at >= 0 && at < to + 30; at = text.indexOf('://', at + 3)) {
    let begin = at;
    while (begin > 0 && at - begin < 25 && /[a-zA-Z+]/.test(text[begin - 1] as string)) {
      begin--;
    }
    REST.lastIndex = at + 3;
    const rest = REST.exec(text);
    if (!rest || begin === at) {
      continue;
    }
    const url = text.slice(begin, at + 3) + rest[0];
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
        hits.push({ start: begin + span[0], end: begin + span[1], type: rule.type });
      }
    }
  }
  return hits;
}
