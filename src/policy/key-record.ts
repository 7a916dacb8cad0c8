/** States of a key's life: NIST SP 800-57 Part 1 Rev. 5, chapter 7. */
export type KeyState = 'pre-activation' | 'active' | 'suspended' | 'deactivated' | 'compromised' | 'destroyed';

/** One change of a key's state. Dates here and below are YYYY-MM-DD, UTC. */
export interface StateChange {
  readonly at: string;
  readonly from?: KeyState;
  readonly to: KeyState;
  readonly by: string;
  readonly reason?: string;
}

/** One key of the inventory. Never a value: `storage.ref` says where that is. */
export interface KeyRecord {
  readonly id: string;
  readonly provider: string;
  readonly kind: string;
  readonly class: string;
  readonly environment: string;
  readonly owner: string;
  readonly deputy?: string;
  readonly holders?: readonly string[];
  readonly purpose: string;
  readonly status: KeyState;
  readonly createdAt: string;
  readonly activatedAt?: string;
  readonly rotatedAt?: string;
  readonly expiresAt?: string;
  readonly expiryExempt?: { readonly reason: string; readonly approvedBy: string };
  readonly lastUsedAt?: string;
  readonly suspendedAt?: string;
  readonly deactivatedAt?: string;
  readonly compromisedAt?: string;
  readonly revokedAt?: string;
  readonly destroyedAt?: string;
  readonly references?: readonly { readonly name: string; readonly where?: string }[];
  readonly usedOutsideRepo?: boolean;
  readonly storage: { readonly store: string; readonly ref?: string };
  readonly rotation?: {
    readonly maxAgeDays?: number;
    readonly method?: 'automatic' | 'manual';
    readonly automation?: string;
  };
  readonly revocation?: { readonly procedure: string; readonly contact?: string; readonly withinMinutes?: number };
  readonly permissions?: readonly string[];
  readonly fingerprint?: { readonly alg: string; readonly pepperId: string; readonly value: string };
  readonly replaces?: string;
  readonly replacedBy?: string;
  /** Id of an incident. */
  readonly incident?: string;
  readonly history?: readonly StateChange[];
  readonly [more: string]: unknown;
}
