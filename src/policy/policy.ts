import type { Severity } from '../catalog/credential-type';

/** One key of the inventory. Never a value: `storage.ref` says where that is. */
export interface KeyRecord {
  readonly id: string;
  readonly provider: string;
  readonly kind: string;
  readonly class: string;
  readonly environment: string;
  readonly owner: string;
  readonly purpose: string;
  readonly status: 'pre-activation' | 'active' | 'suspended' | 'deactivated' | 'compromised' | 'destroyed';
  readonly createdAt: string;
  readonly rotatedAt?: string;
  readonly expiresAt?: string;
  readonly references?: readonly { readonly name: string }[];
  readonly storage: { readonly store: string; readonly ref?: string };
  readonly rotation?: { readonly maxAgeDays?: number };
  readonly permissions?: readonly string[];
  readonly fingerprint?: string;
  readonly [more: string]: unknown;
}

/** An exception for findings of the checklist. */
export interface Suppression {
  readonly check: string;
  readonly match?: { readonly path?: string; readonly fingerprint?: string; readonly rule?: string };
  readonly kind: 'false-positive' | 'test-data' | 'not-applicable' | 'accepted-risk' | 'compensating-control';
  readonly reason: string;
  readonly approvedBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** A statement of a person. */
export interface Attestation {
  readonly check: string;
  readonly statement: string;
  readonly by: string;
  readonly at: string;
  readonly expiresAt: string;
  readonly [more: string]: unknown;
}

/** A rule of the `detection` section. */
export interface PolicyRule {
  readonly id: string;
  readonly what: string;
  readonly pattern: string;
  readonly severity: Severity;
  readonly provider?: string;
  readonly names?: readonly string[];
  readonly env?: string;
}

/** The policy file, as its schema has it; sections that only a check reads are left open. */
export interface Policy {
  readonly version: number;
  readonly kind?: 'project' | 'organisation';
  readonly project?: { readonly name: string; readonly team?: string; readonly [more: string]: unknown };
  readonly profile?: {
    readonly standards?: readonly string[];
    readonly failOn?: 'critical' | 'high' | 'medium' | 'low' | 'never';
    readonly severityOverrides?: Readonly<Record<string, Severity>>;
    readonly [more: string]: unknown;
  };
  readonly environments?: readonly { readonly id: string; readonly kind: string; readonly paths?: readonly string[] }[];
  readonly owners?: readonly {
    readonly id: string;
    readonly kind: string;
    readonly status?: string;
    readonly departedAt?: string;
  }[];
  readonly network?: { readonly plaintextAllowed?: readonly { readonly host: string; readonly reason?: string }[] };
  readonly storage?: {
    readonly allowedStores?: readonly string[];
    readonly forbidPlaintextEnv?: boolean;
    readonly [more: string]: unknown;
  };
  readonly inventory?: { readonly keys?: readonly KeyRecord[]; readonly [more: string]: unknown };
  readonly attestations?: readonly Attestation[];
  readonly suppressions?: readonly Suppression[];
  readonly detection?: {
    readonly include?: readonly string[];
    readonly exclude?: readonly string[];
    readonly severities?: Readonly<Record<string, Severity | 'off'>>;
    readonly minConfidence?: 'certain' | 'likely' | 'possible';
    readonly failOnLocal?: boolean;
    readonly requireReason?: boolean;
    readonly allowedFingerprints?: readonly {
      readonly fingerprint: string;
      readonly reason: string;
      readonly until?: string;
    }[];
    readonly customRules?: readonly PolicyRule[];
  };
  readonly fixes?: {
    readonly store?: string;
    readonly referenceTemplate?: string;
    readonly envFile?: string;
    readonly names?: Readonly<Record<string, string>>;
  };
  readonly [more: string]: unknown;
}
