import { minimatch } from 'minimatch';
import type { Suppression } from '../policy/policy';
import type { CheckResult } from './assessment';
import { type Draft, evidenceOf, type Observation } from './observation';

const DROPS = new Set<Suppression['kind']>(['false-positive', 'test-data', 'not-applicable']);

/** A suppression and what it did in this run. */
export interface SuppressionUse {
  readonly suppression: Suppression;
  readonly state: 'live' | 'expired' | 'unused';
  readonly matched: number;
}

/** Suppressions of a policy at a date. Expired ones stop working on the day after `expiresAt`. */
export class Suppressions {
  readonly #matched = new Map<Suppression, number>();

  constructor(
    readonly list: readonly Suppression[],
    readonly asOf: string,
    readonly forbidden: readonly string[],
  ) {}

  #live(check: string): readonly Suppression[] {
    return this.list.filter((s) => s.check === check && s.expiresAt >= this.asOf && !this.forbidden.includes(check));
  }

  #match(s: Suppression, check: string, o: Observation): boolean {
    const { path, fingerprint, contains, keyId } = s.match ?? {};
    return (
      (path === undefined || minimatch(o.file, path, { dot: true })) &&
      (fingerprint === undefined || evidenceOf(check, o).fingerprint.startsWith(fingerprint)) &&
      (contains === undefined || (o.snippet ?? '').includes(contains)) &&
      (keyId === undefined || o.key === keyId)
    );
  }

  /** Takes false alarms out of a draft and marks accepted risks. */
  apply(draft: Draft): { draft: Draft; accepted?: CheckResult['accepted']; suppressed: number } {
    const live = this.#live(draft.check);
    if (live.length === 0 || (draft.status !== 'fail' && draft.status !== 'warn')) {
      return { draft, suppressed: 0 };
    }
    let suppressed = 0;
    let left = draft.observations;
    for (const s of live.filter((x) => DROPS.has(x.kind))) {
      const kept = left.filter((o) => o.outcome === 'pass' || !this.#match(s, draft.check, o));
      const gone = left.length - kept.length;
      if (gone > 0) {
        this.#matched.set(s, (this.#matched.get(s) ?? 0) + gone);
        suppressed += gone;
        left = kept;
      }
    }
    const after = suppressed > 0 && draft.again ? draft.again(left) : draft;
    const bad = after.observations.filter((o) => o.outcome === after.status);
    const accepting = live.filter((x) => !DROPS.has(x.kind));
    const covering = bad.map((o) => accepting.find((s) => this.#match(s, draft.check, o)));
    for (const s of covering) {
      if (s) {
        this.#matched.set(s, (this.#matched.get(s) ?? 0) + 1);
      }
    }
    const [first] = covering;
    if (bad.length > 0 && first && covering.every((s) => s !== undefined)) {
      const until = covering.map((s) => (s as Suppression).expiresAt).sort()[0] as string;
      return { draft: after, accepted: { until, by: first.approvedBy }, suppressed };
    }
    return { draft: after, suppressed };
  }

  /** What became of each suppression. */
  uses(): SuppressionUse[] {
    return this.list.map((suppression) => {
      const matched = this.#matched.get(suppression) ?? 0;
      const state = suppression.expiresAt < this.asOf ? 'expired' : matched > 0 ? 'live' : 'unused';
      return { suppression, state, matched };
    });
  }
}
