import { credentialTypes } from '../../src/catalog/all';
import type { CredentialType } from '../../src/catalog/credential-type';

/** Words that names of credentials are made of, beside those that the catalog's variables are made of. */
const COMMON =
  'api key secret private passphrase password pass phrase token access auth id project app client wallet rpc url endpoint ' +
  'signing public seed mnemonic account user name bearer jwt webhook bot admin read write master deployer';

const costs = new Map<string, number>();
for (const word of [...COMMON.split(' '), ...credentialTypes.flatMap((t) => t.env.toLowerCase().split('_'))]) {
  if (word.length > 1 && !/^(?:api|secret).+key$|apikey$/.test(word)) {
    costs.set(word, 1);
  }
}

/** `krakenapisecret` in words: kraken, api, secret. */
export function wordsIn(flat: string): string[] {
  const best: { cost: number; words: string[] }[] = [{ cost: 0, words: [] }];
  for (let end = 1; end <= flat.length; end++) {
    let found: { cost: number; words: string[] } | undefined;
    for (let start = Math.max(0, end - 24); start < end; start++) {
      const word = flat.slice(start, end);
      const cost = (best[start]?.cost ?? 0) + (costs.get(word) ?? (/^\d+$/.test(word) ? 2 : 4 + word.length));
      if (!found || cost < found.cost) {
        const before = best[start]?.words ?? [];
        // Letters that make no word stay with their neighbours.
        const known = costs.has(word) || word.length > 1;
        found = { cost, words: known ? [...before, word] : [...before.slice(0, -1), (before.at(-1) ?? '') + word] };
      }
    }
    best.push(found as { cost: number; words: string[] });
  }
  const words = best[flat.length]?.words ?? [flat];
  return /^\d/.test(words[0] ?? '') ? [flat] : words;
}

const title = (w: string) => w.charAt(0).toUpperCase() + w.slice(1);

/** The forms in which a name is written. */
export interface Rendered {
  readonly camel: string;
  readonly pascal: string;
  readonly snake: string;
  readonly kebab: string;
  readonly dotted: string;
  readonly screaming: string;
  readonly spoken: string;
}

export function rendered(words: readonly string[]): Rendered {
  return {
    camel: words.map((w, i) => (i === 0 ? w : title(w))).join(''),
    pascal: words.map(title).join(''),
    snake: words.join('_'),
    kebab: words.join('-'),
    dotted: words.join('.'),
    screaming: words.join('_').toUpperCase(),
    spoken: words.map((w, i) => (w === 'api' ? 'API' : i === 0 ? title(w) : w)).join(' '),
  };
}

const ROLES = /^(?:api|key|secret|private|passphrase|password|token|access|auth|id|client|app|project|signing|user)$/;

/** The variable's words as a provider and what it holds: KRAKEN_FUTURES_API_KEY is `kraken_futures` and `api_key`. */
export function splitByProvider(type: CredentialType): { parent: string[]; child: string[] } | undefined {
  const words = type.env.toLowerCase().split('_');
  const at = words.findIndex((w) => ROLES.test(w));
  return at > 0 ? { parent: words.slice(0, at), child: words.slice(at) } : undefined;
}
