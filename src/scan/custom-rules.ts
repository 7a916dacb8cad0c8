import type { CredentialType } from '../catalog/credential-type';
import { say } from '../words/say';
import type { CustomRule, RuleMatcher, ScanOptions } from './finding';
import { squash } from './names';
import { isPlaceholder } from './placeholders';
import { type RawFinding, rawFinding } from './raw-finding';
import { readSite } from './site';

/** Matches without a time limit: for expressions that were checked, on hosts that can't stop one. */
export const matchFreely: RuleMatcher = (rule, text, from, to) => {
  const expression = new RegExp(rule.pattern, 'g');
  expression.lastIndex = from;
  const found: [number, number][] = [];
  for (let m = expression.exec(text); m && m.index < to; m = expression.exec(text)) {
    if (m[0] === '') {
      expression.lastIndex++;
    } else {
      found.push([m.index, m.index + m[0].length]);
    }
  }
  return found;
};

/** Findings of the policy file's own rules that start in `[from, to)`; matches are looked for from `lead` on, so that none is cut. */
export function scanCustom(
  { text, options, base }: { readonly text: string; readonly options: ScanOptions; readonly base: number },
  lead: number,
  from: number,
  to: number,
): RawFinding[] {
  const raws: RawFinding[] = [];
  const match = options.matchRule ?? matchFreely;
  for (const rule of options.customRules ?? []) {
    const type = customType(rule);
    for (const [start, end] of match(rule, text, lead, to)) {
      const value = text.slice(start, end);
      if (start < from || value.length > type.shape.max || isPlaceholder(value)) {
        continue;
      }
      const site = readSite(text, start, end);
      if (!rule.names?.length || site.names.some((n) => type.names.includes(n.flat))) {
        const verdict = { type, confidence: 'likely', why: ['custom-rule'], score: 90 } as const;
        raws.push(rawFinding(verdict, site, start + base, end + base, value, text, options));
      }
    }
  }
  return raws;
}

const types = new WeakMap<CustomRule, CredentialType>();

function customType(rule: CustomRule): CredentialType {
  let type = types.get(rule);
  if (!type) {
    type = {
      id: rule.id,
      provider: rule.provider ?? say('Own rule'),
      system: squash(rule.provider ?? rule.id),
      category: 'defi-tooling',
      what: rule.what,
      part: 'token',
      shape: { pattern: rule.pattern, min: 1, max: 4096 },
      need: 'none',
      names: (rule.names ?? []).map(squash),
      words: [],
      hosts: [],
      headers: [],
      params: [],
      pairedWith: [],
      severity: rule.severity,
      env: rule.env ?? rule.id.toUpperCase().replaceAll('-', '_'),
      facts: { source: 'documented' },
    };
    types.set(rule, type);
  }
  return type;
}
