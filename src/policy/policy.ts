import type { Severity } from '../catalog/credential-type';
import type { KeyRecord } from './key-record';

export type { KeyRecord, KeyState, StateChange } from './key-record';

/** An exception for findings of the checklist. */
export interface Suppression {
  readonly check: string;
  readonly match?: {
    readonly path?: string;
    readonly contains?: string;
    readonly fingerprint?: string;
    readonly keyId?: string;
  };
  readonly kind: 'false-positive' | 'test-data' | 'not-applicable' | 'accepted-risk' | 'compensating-control';
  readonly reason: string;
  readonly approvedBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** A statement of a person. */
export interface Attestation {
  readonly check: string;
  readonly scope?: {
    readonly kind?: 'internal' | 'third-party';
    readonly keys?: readonly string[];
    readonly environments?: readonly string[];
  };
  readonly statement: string;
  /** Id of an owner. */
  readonly by: string;
  readonly role?: string;
  readonly at: string;
  readonly evidence?: readonly Readonly<Record<string, string>>[];
  readonly expiresAt: string;
  readonly [more: string]: unknown;
}

/** A longer limit than the rules give, for one key or class. */
export interface RotationException {
  readonly keyId?: string;
  readonly class?: string;
  readonly maxAgeDays: number;
  readonly reason: string;
  readonly approvedBy: string;
  readonly expiresAt: string;
}

/** How often keys are replaced. Numbers are days, except `overlapHours` and `withinHours`. */
export interface RotationRules {
  readonly defaultMaxAgeDays?: number;
  readonly byEnvironment?: Readonly<Record<string, number>>;
  readonly byClass?: Readonly<Record<string, number>>;
  readonly warnBeforeDays?: number;
  readonly requireExpiry?: boolean;
  readonly maxLifetimeDays?: number;
  readonly unusedAfterDays?: number;
  readonly overlapHours?: number;
  readonly reminder?: 'none' | 'editor' | 'calendar' | 'ticket' | 'ci';
  readonly onDemand?: { readonly triggers: readonly string[]; readonly runbook: string; readonly withinHours?: number };
  readonly exceptions?: readonly RotationException[];
}

/** One incident. */
export interface Incident {
  readonly id: string;
  readonly openedAt: string;
  readonly closedAt?: string;
  readonly keyIds?: readonly string[];
  readonly rootCause?: string;
  readonly correctiveActions?: readonly {
    readonly action: string;
    readonly dueAt?: string;
    readonly doneAt?: string;
  }[];
}

/** What happens when a key leaks. */
export interface IncidentRules {
  readonly playbook?: string;
  readonly revokeWithinMinutes?: number;
  readonly contacts?: readonly { readonly role: string; readonly channel: string }[];
  readonly notify?: readonly { readonly whom: string; readonly withinHours: number }[];
  readonly drillEveryDays?: number;
  readonly incidents?: readonly Incident[];
}

/** The form of the keys that the project issues to its customers. */
export interface OwnKeyFormat {
  readonly id: string;
  readonly what?: string;
  readonly pattern: string;
  readonly prefix?: string;
  /** Id of an environment. */
  readonly environment?: string;
  readonly checksum?: 'none' | 'crc32' | 'adler32' | 'luhn' | 'hmac' | 'other';
  readonly severity?: Severity;
}

/** How keys are kept that the project issues to its customers. */
export interface IssuedKeyRules {
  readonly entropyBits?: number;
  readonly storedAs?: 'hash' | 'encrypted' | 'plaintext';
  readonly shownOnce?: boolean;
  readonly scopes?: readonly string[];
  readonly maxLifetimeDays?: number;
  readonly rateLimit?: 'per-key' | 'per-account' | 'per-address' | 'none';
  readonly monitored?: boolean;
  readonly revokeWithinMinutes?: number;
  readonly logged?: readonly ('issue' | 'use' | 'deactivate')[];
  readonly inUrl?: boolean;
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
  readonly project?: {
    readonly name: string;
    readonly team?: 'solo' | 'team' | 'organisation';
    readonly personalData?: boolean;
    readonly regulated?: 'none' | 'casp' | 'financial-entity' | 'ict-provider';
    readonly jurisdictions?: readonly string[];
    readonly [more: string]: unknown;
  };
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
    readonly deputy?: string;
  }[];
  readonly rotation?: RotationRules;
  readonly issuedKeys?: IssuedKeyRules;
  readonly incident?: IncidentRules;
  readonly logging?: {
    readonly minRetentionDays?: number;
    readonly auditLog?: {
      readonly location: string;
      readonly events: readonly string[];
      readonly retentionDays?: number;
      readonly immutable?: boolean;
    };
  };
  readonly monitoring?: {
    readonly tool: string;
    readonly signals: readonly string[];
    readonly alertChannel?: string;
    readonly config?: readonly string[];
  };
  readonly audits?: {
    readonly internalEveryDays?: number;
    readonly thirdPartyEveryDays?: number;
    readonly thirdPartyRequired?: boolean;
  };
  readonly training?: { readonly everyDays?: number };
  readonly review?: { readonly lastReviewedAt: string; readonly everyDays?: number };
  readonly network?: { readonly allowPlaintextHosts?: readonly { readonly host: string; readonly reason?: string }[] };
  readonly storage?: {
    readonly allowedStores?: readonly string[];
    readonly forbidPlaintextEnv?: boolean;
    readonly [more: string]: unknown;
  };
  readonly inventory?: {
    readonly scope?: 'crypto' | 'all';
    readonly ignoreNames?: readonly string[];
    readonly files?: readonly string[];
    /** With those of `files`, once the policy is loaded. */
    readonly keys?: readonly KeyRecord[];
    readonly [more: string]: unknown;
  };
  readonly attestations?: readonly Attestation[];
  readonly suppressions?: readonly Suppression[];
  readonly suppressionRules?: {
    readonly maxDays?: number;
    readonly requireSecondPerson?: boolean;
    readonly forbidFor?: readonly string[];
  };
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
    readonly ownKeyFormats?: readonly OwnKeyFormat[];
  };
  readonly fixes?: {
    readonly store?: string;
    readonly referenceTemplate?: string;
    readonly envFile?: string;
    readonly names?: Readonly<Record<string, string>>;
  };
  readonly [more: string]: unknown;
}
