import assert from 'node:assert/strict';
import type { Basis, Status } from '../../src/checklist/assessment';
import { type Lying, resultOf } from './judging';

/** One project and what a check says of it. */
export interface Case {
  readonly why: string;
  readonly status: Status;
  readonly files: Readonly<Record<string, string>>;
  readonly lying?: Lying;
  readonly basis?: Basis;
  readonly reason?: string;
  /** `file:line` of the first place that is shown. */
  readonly at?: string;
}

/** A project and its expected verdict, in one line. */
export function project(
  status: Status,
  why: string,
  files: Readonly<Record<string, string>>,
  more: Omit<Case, 'why' | 'status' | 'files'> = {},
): Case {
  return { status, why, files, ...more };
}

/** Declares a test for each case of a check. */
export function describeCases(check: string, cases: readonly Case[]): void {
  describe(check, () => {
    for (const { why, status, files, lying, basis, reason, at } of cases) {
      it(`${status}: ${why}`, async () => {
        const result = await resultOf(check, files, lying);
        const places = result.evidence.map((e) => `${e.file}:${e.line}`);
        const said = `${result.message} ${JSON.stringify(result.evidence.map((e) => `${e.file}:${e.line} ${e.snippet}`))}`;
        assert.equal(result.status, status, said);
        if (basis) {
          assert.equal(result.basis, basis, said);
        }
        if (reason) {
          assert.equal(result.reason, reason, said);
        }
        if (at) {
          assert.equal(places[0], at, said);
        }
        assert.ok(result.message.length > 0 && !/undefined|NaN|\[object/.test(result.message), result.message);
        const snippets = JSON.stringify(result.evidence.map((e) => e.snippet));
        assert.ok(
          !/(?=[A-Za-z0-9+]*\d)(?=[A-Za-z0-9+]*[A-Za-z])[A-Za-z0-9+]{24,}/.test(snippets),
          'a value in a snippet',
        );
      });
    }
  });
}
