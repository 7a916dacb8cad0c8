import assert from 'node:assert/strict';
import type { Assessment } from '../../src/checklist/assessment';
import { changesSince, runRecord } from '../../src/checklist/changes';
import { alnum } from '../scan/specimens';
import { judge, type Lying } from './judging';
import { acceptedRisk, type Perfect, perfect, statement } from './perfect';

const leak = () => `new ccxt.binance({ apiKey: '${alnum(64)}', secret: '${alnum(64)}' });\n`;
const old = leak();
const leaking = (p: Perfect) => {
  p.files['src/old.ts'] = old;
};
const run = (change: (p: Perfect) => void = () => {}, lying?: Lying) => judge(perfect(change), lying);

/** As it is kept between two windows. */
const kept = (a: Assessment) => JSON.parse(JSON.stringify(runRecord(a)));
const kinds = async (before: Promise<Assessment>, after: Promise<Assessment>) =>
  Object.fromEntries(
    changesSince(kept(await before), runRecord(await after)).list.map((c) => [c.check, [c.kind, c.places]]),
  );

describe('what changed since the last run', () => {
  it('is nothing between two runs over the same files', async () => {
    const { list, cause } = changesSince(kept(await run(leaking)), runRecord(await run(leaking)));
    assert.deepEqual(list, []);
    assert.equal(cause, undefined);
  });

  it('names new failures first, and what was fixed', async () => {
    const both = (p: Perfect) => {
      p.files['a.py'] = 'requests.get(u, verify=False)\n';
    };
    assert.deepEqual(await kinds(run(leaking), run(both)), {
      'KW-DIS-02': ['new-failure', undefined],
      'KW-GEN-02': ['fixed', undefined],
    });
    assert.equal(changesSince(kept(await run(leaking)), runRecord(await run(both))).list[0]?.check, 'KW-DIS-02');
  });

  it('counts the places that a known failure has more or less, and bears lines that move', async () => {
    const more = (p: Perfect) => {
      leaking(p);
      p.files['src/new.ts'] = leak();
    };
    const moved = (p: Perfect) => {
      p.files['src/old.ts'] = `\n\n${old}`;
    };
    assert.equal((await kinds(run(leaking), run(more)))['KW-GEN-02']?.[0], 'more-places');
    assert.equal((await kinds(run(more), run(leaking)))['KW-GEN-02']?.[0], 'fewer-places');
    assert.deepEqual(await kinds(run(leaking), run(moved)), {});
  });

  it('names what a person attested, accepted, or must say anew', async () => {
    const unsaid = (p: Perfect) => {
      p.policy.attestations = p.policy.attestations.filter((a: { check: string }) => a.check !== 'KW-ACC-11');
    };
    assert.deepEqual(await kinds(run(unsaid), run()), { 'KW-ACC-11': ['attested', undefined] });
    const ended = (p: Perfect) => {
      unsaid(p);
      p.policy.attestations.push(statement('KW-ACC-11', 'All accounts use passkeys.', '2026-01-01', '2026-02-01'));
    };
    assert.deepEqual((await kinds(run(), run(ended)))['KW-ACC-11'], ['asked', undefined]);
    const bad = (p: Perfect) => {
      p.files['a.py'] = 'requests.get(u, verify=False)\n';
    };
    const accepting = (p: Perfect) => {
      bad(p);
      p.policy.suppressions = [acceptedRisk('KW-DIS-02', 'a.py')];
    };
    assert.deepEqual((await kinds(run(bad), run(accepting)))['KW-DIS-02'], ['accepted', undefined]);
    assert.deepEqual((await kinds(run(accepting), run(bad)))['KW-DIS-02'], ['new-failure', undefined]);
  });

  it('says when only the day has changed, and when the questions have', async () => {
    const clean = (a: Assessment): Assessment => ({
      ...a,
      subject: { ...a.subject, vcs: { kind: 'git', commit: 'c0ffee', dirty: false } },
    });
    const before = kept(clean(await run()));
    const after = clean(await run(() => {}, { asOf: '2027-01-19' }));
    const { list, cause } = changesSince(before, runRecord(after));
    assert.equal(cause, 'calendar');
    assert.ok(list.some((c) => c.check === 'KW-ROT-02' && c.kind === 'new-failure'));
    const dirty = { ...after, subject: { ...after.subject, vcs: { kind: 'git', commit: 'c0ffee', dirty: true } } };
    assert.equal(changesSince(before, runRecord(dirty)).cause, undefined);
    assert.equal(changesSince({ ...before, checklist: 'other' }, runRecord(after)).cause, 'checklist');
  });

  it('keeps no text of the project', async () => {
    const text = JSON.stringify(runRecord(await run(leaking)));
    assert.doesNotMatch(text, /old\.ts|ccxt|apiKey/);
  });
});
