import type { Category, Part, Severity } from '../catalog/credential-type';

/** `test-key`: published and worthless; `public`: made to be public; `encrypted`: a keystore or an encrypted key. */
export type State = 'secret' | 'test-key' | 'encrypted' | 'public';

/** `certain`: a checksum or a pair proves it; `likely`: shape and context agree; `possible`: worth a look. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** Why the scanner thinks so, most telling first. */
export type Reason =
  | 'checksum'
  | 'prefix'
  | 'pair'
  | 'name'
  | 'header'
  | 'parameter'
  | 'host'
  | 'call'
  | 'option'
  | 'parent'
  | 'label'
  | 'provider-near'
  | 'shape'
  | 'entropy'
  | 'custom-rule';

/**
 * One credential in one text. It never holds the value: whoever needs the characters slices them from the text it was
 * made from (`start`, `end`), so that a finding can be logged, stored and sent without leaking.
 */
export interface Finding {
  readonly ruleId: string;
  readonly provider: string;
  readonly system: string;
  readonly category: Category | 'custom';
  readonly what: string;
  readonly part: Part;
  readonly severity: Severity;
  readonly state: State;
  readonly confidence: Confidence;
  readonly why: readonly Reason[];
  /** Offsets in UTF-16 units: exactly the secret's characters, without quotes. */
  readonly start: number;
  readonly end: number;
  /** Published prefix and length only, for example `CG-… (27 characters)`. */
  readonly redacted: string;
  /** 32 hex digits; absent for low-entropy values when there is no pepper. See fingerprint.ts. */
  readonly fingerprint?: string;
  /** Environment variable to use: the catalog's suggestion, or a name that the context already uses. */
  readonly variable: string;
  /** The same for the parts of one credential in one text. */
  readonly group?: string;
  /** One plain sentence for a person, without the value. */
  readonly message: string;
  /** Name of a published test key ("Anvil account 0") or of a key shared by a library's users (state `public`). */
  readonly testKeyName?: string;
  /** Public address derived from a wallet key, for the hover. */
  readonly address?: { readonly chain: string; readonly value: string };
  /** The value stands behind a name that bundlers ship to browsers (NEXT_PUBLIC_ and the like). */
  readonly shipped?: string;
  /** The literal is the fallback of an environment lookup: `process.env.X ?? "literal"`; holds X when it is known. */
  readonly fallbackOf?: string;
  /** An ignore directive covers it; such findings are only returned when asked for. */
  readonly ignored?: IgnoreNote;
}

/** An ignore directive that was honoured. */
export interface IgnoreNote {
  readonly directive: string;
  readonly reason?: string;
  /** YYYY-MM-DD, inclusive. */
  readonly until?: string;
  /** Zero-based line of the directive. */
  readonly line: number;
}

/** Why an ignore silences nothing: its date has passed, nothing stands where it points, or it gives no reason though one is asked for. */
export type StaleWhy = 'expired' | 'unused' | 'no-reason';

/** A directive that silences nothing any more. */
export interface StaleIgnore {
  readonly line: number;
  readonly directive: string;
  readonly why: StaleWhy;
}

/** An ignore that stands outside of the text, for formats without comments. The caller passes those of this very file. */
export interface IgnoreEntry {
  /** Rule id; a `*` at its end stands for any rest. */
  readonly rule: string;
  readonly fingerprint?: string;
  readonly reason: string;
  /** YYYY-MM-DD, inclusive. */
  readonly until?: string;
  /** Zero-based line in the file that holds it. */
  readonly line: number;
  /** That file, relative to the project: what a note calls the directive. */
  readonly source: string;
}

/**
 * Finds where a custom rule's expression matches: starts in `[from, to)`, as offsets in the text. A host that can stop an
 * expression that runs too long gives its own.
 */
export type RuleMatcher = (
  rule: CustomRule,
  text: string,
  from: number,
  to: number,
) => readonly (readonly [number, number])[];

/** What the scanner may be told. Plain data: it knows no policy file and no settings. */
export interface ScanOptions {
  /** Path or name of the text (`src/bot.ts`, `.env`): gives the language and some context. Forward slashes. */
  readonly fileName?: string;
  /** VS Code language id, when it is known better than by the name. */
  readonly languageId?: string;
  /** YYYY-MM-DD; ignores with `until` before it have expired. Without it none expires. */
  readonly today?: string;
  /** Key for the fingerprints of low-entropy values. */
  readonly pepper?: string;
  /** Return ignored findings too, marked. */
  readonly showIgnored?: boolean;
  /** Severity overrides by rule id; `off` drops the rule. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** Fingerprints that are allowed (from the policy). */
  readonly allowed?: ReadonlySet<string>;
  /** Additional rules, already checked for linear time. */
  readonly customRules?: readonly CustomRule[];
  readonly matchRule?: RuleMatcher;
  /** An ignore without a reason ignores nothing. */
  readonly requireReason?: boolean;
  readonly ignoreEntries?: readonly IgnoreEntry[];
}

/** A rule from the policy file's `detection` section. */
export interface CustomRule {
  readonly id: string;
  readonly provider?: string;
  readonly what: string;
  readonly pattern: string;
  readonly names?: readonly string[];
  readonly severity: Severity;
  readonly env?: string;
}

export interface ScanResult {
  /** Sorted by position; no two overlap. */
  readonly findings: readonly Finding[];
  readonly staleIgnores: readonly StaleIgnore[];
}
