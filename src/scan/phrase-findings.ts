import type { CredentialType } from '../catalog/credential-type';
import type { Reason } from './finding';
import type { Pass } from './pass';
import { findPhrases } from './phrases';
import { type RawFinding, rawFinding } from './raw-finding';
import { readSite } from './site';

/** A match may begin this many characters before the value that they lead to. */
export const LEAD = 2100;

const PROSE = /(?:title|description|headline|caption|summary|keywords|tags|subject|slogan)$/;

/** A name that says of its value that it is read by people. */
function isProse(name: string | undefined): boolean {
  return name !== undefined && PROSE.test(name);
}

/** Recovery phrases that start in `[from, to)`. */
export function scanPhrases(pass: Pass, from: number, to: number): RawFinding[] {
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
    // Without a label a 12-word run passes by chance 1 in 16: it must fill its literal, line or list, and be drawn at random,
    // which repeats three words of twelve once in 150,000 phrases.
    const isDrawn = hit.bits >= 8 || new Set(hit.words).size >= hit.words.length - 2;
    if (!labelled && (hit.bits < 4 || !isDrawn || isProse(site.names[0]?.flat))) {
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
