import type { Severity } from '../catalog/credential-type';

export type Status = 'pass' | 'fail' | 'warn' | 'not-applicable' | 'needs-attestation' | 'error';
export type Basis = 'observed' | 'declared' | 'attested';

/** A place that a verdict rests on. `file` is relative to the project; line and column are one-based. */
export interface Evidence {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly probe?: string;
  /** The line without a value, at most 200 characters. */
  readonly snippet?: string;
  /** 32 hex digits over check, path and the line's text without the value: survives edits above it. */
  readonly fingerprint: string;
  readonly confidence?: 'high' | 'medium' | 'low';
}

/** The verdict on one check. */
export interface CheckResult {
  readonly check: string;
  readonly status: Status;
  readonly basis?: Basis;
  readonly reason?: 'no-policy' | 'policy-invalid' | 'no-attestation' | 'attestation-expired' | 'no-ci';
  readonly accepted?: { readonly until: string; readonly by: string };
  readonly suppressedFindings?: number;
  readonly severity: Severity;
  readonly weight: number;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly remediation?: string;
  readonly quickFixes?: readonly string[];
  readonly standards: readonly string[];
}

/** Score and coverage are percentages with one decimal, null where nothing was decided. */
export interface Grade {
  readonly score: number | null;
  readonly coverage: number | null;
  readonly grade?: 'A' | 'B' | 'C' | 'D' | 'F' | null;
  readonly cappedBy?: readonly string[];
}

export type Gate = 'critical' | 'high' | 'medium' | 'low' | 'never';

/** Controls of a standard, each with the checks that touch it and what they say together. */
export type StandardView = Readonly<
  Record<
    string,
    {
      readonly state: 'supported' | 'partial' | 'gap' | 'not-observable' | 'not-applicable';
      readonly checks: readonly string[];
    }
  >
>;

/** What changed since a baseline. Lists of checks. */
export interface Trend {
  readonly since: string;
  /** Open failures that the baseline has, and that do not break the gate. */
  readonly known: readonly string[];
  /** Open failures that it does not have, or that have more places now. */
  readonly new: readonly string[];
  /** Open failures whose time in the baseline is over. */
  readonly overdue: readonly string[];
  /** Failures of the baseline that are mended. */
  readonly fixed: readonly string[];
}

/** The result of one run over one project. Its form is `report.schema.json`; everything else is rendered from it. */
export interface Assessment {
  readonly $schema: string;
  readonly tool: {
    readonly name: string;
    readonly version: string;
    readonly checklistVersion: string;
    readonly checklistSha256: string;
  };
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    readonly asOf: string;
    readonly durationMs: number;
    readonly trigger: 'command' | 'save' | 'startup' | 'cli' | 'ci';
    readonly filesRead: number;
    readonly bytesRead: number;
    readonly network: 'none';
  };
  readonly subject: {
    readonly project: string;
    readonly vcs?: Readonly<Record<string, string | boolean>>;
    readonly policy: {
      readonly state: 'ok' | 'no-policy' | 'policy-invalid';
      readonly path?: string;
      readonly sha256?: string;
      readonly extends?: readonly string[];
    };
  };
  readonly facts: Readonly<Record<string, boolean | string | number>>;
  readonly summary: {
    readonly counts: Readonly<Record<Status, number>>;
    readonly passBasis: Readonly<Record<Basis, number>>;
    readonly acceptedRisks: number;
    readonly openCritical: readonly string[];
    readonly overall: Grade;
    readonly stages: Readonly<Record<string, Grade>>;
    readonly principles: Readonly<Record<string, Grade>>;
    readonly gate: { readonly failOn: Gate; readonly result: 'pass' | 'fail'; readonly because: readonly string[] };
  };
  /** By id of the standard: those of the policy's profile, or the one that was asked for. */
  readonly standards?: Readonly<Record<string, StandardView>>;
  /** What changed since a baseline, where the run was given one. */
  readonly trend?: Trend;
  readonly results: readonly CheckResult[];
  readonly attestations: readonly Readonly<Record<string, string>>[];
  readonly suppressions: readonly Readonly<Record<string, string | number>>[];
  readonly notEvaluated: readonly { readonly what: string; readonly why: string }[];
}
