import type { ProjectTexts } from './project-texts';

/** A name that a crypto service shares with another one, and what in a project tells which of them is meant. */
interface SharedName {
  readonly name: RegExp;
  readonly crypto: RegExp;
  readonly other: RegExp;
  /** Who is meant where neither is seen. */
  readonly presumed: 'crypto' | 'other';
}

const SHARED: readonly SharedName[] = [
  {
    // the exchange signs with a key and a secret; Google's models take a lone key
    name: /(?:^|_)GEMINI(?:_|$)/,
    crypto:
      /\bapi(?:\.sandbox)?\.gemini\.com\b|\bX-GEMINI-|\bGEMINI_(?:API_)?SECRET|\bccxt(?:\.\w+)*\.gemini\b|["']gemini["']\s*:\s*\{|GEMINI_SANDBOX/i,
    other:
      /generativelanguage\.googleapis\.com|@google\/(?:generative-ai|genai)|google[-._]generativeai|google[-.]genai|\bgoogle\.genai\b|langchain[-_]google|\bgemini-(?:\d|pro|flash|ultra|nano|exp)|GoogleGenerativeAI|aistudio\.google/i,
    presumed: 'other',
  },
  {
    name: /(?:^|_)KRAKEN(?:_|$)/,
    crypto: /\bkraken\.com\b|\bccxt\b|krakenex|KRAKEN_(?:API_)?(?:SECRET|PRIVATE)/i,
    other: /\bapi\.kraken\.io\b|\bkrakend?\b.{0,20}\bgateway\b|api\.octopus\.energy/i,
    presumed: 'crypto',
  },
  {
    name: /(?:^|_)COPPER(?:_|$)/,
    crypto: /\bcopper\.co\b(?!m)|COPPER_(?:API_)?SECRET/i,
    other: /\bapi\.(?:copper|prosperworks)\.com\b/i,
    presumed: 'crypto',
  },
];

const known = new WeakMap<ProjectTexts, Map<SharedName, boolean>>();

/** Whether a name is that of another service than the crypto one of the same name, by what else the project holds. */
export function isOtherService(project: ProjectTexts, name: string): boolean {
  const shared = SHARED.find((s) => s.name.test(name));
  if (!shared) {
    return false;
  }
  const records = project.policy.policy?.inventory?.keys ?? [];
  if (records.some((r) => (r.references ?? []).some((x) => x.name === name))) {
    return false; // the team says that it is one of its keys
  }
  let decided = known.get(project);
  if (!decided) {
    decided = new Map();
    known.set(project, decided);
  }
  let other = decided.get(shared);
  if (other === undefined) {
    const holds = (rule: RegExp) => project.texts.some((f) => f.class !== 'docs' && rule.test(f.text));
    other = !holds(shared.crypto) && (shared.presumed === 'other' || holds(shared.other));
    decided.set(shared, other);
  }
  return other;
}
