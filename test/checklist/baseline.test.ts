import assert from 'node:assert/strict';
import { againstBaseline, baselineOf, readChecklistBaseline } from '../../src/checklist/baseline';
import { alnum } from '../scan/specimens';
import { judge, type Lying } from './judging';
import { type Perfect, perfect } from './perfect';

const leak = () => `new ccxt.binance({ apiKey: '${alnum(64)}', secret: '${alnum(64)}' });\n`;
const old = leak();
const leaking = (p: Perfect) => {
  p.files['src/old.ts'] = old;
};
const run = (change: (p: Perfect) => void, lying?: Lying) => judge(perfect(change), lying);
const noted = async () => readChecklistBaseline(JSON.stringify(baselineOf(await run(leaking))));

describe('a baseline of the checklist', () => {
  it('lets the failures of its day pass, and shows them still', async () => {
    const seen = againstBaseline(await run(leaking), await noted());
    assert.equal(seen.summary.gate.result, 'pass');
    assert.equal(seen.results.find((r) => r.check === 'KW-GEN-02')?.status, 'fail');
    assert.deepEqual([seen.trend?.known, seen.trend?.new], [['KW-GEN-02'], []]);
  });

  it('bears lines that move, and tells what is mended', async () => {
    const moved = await run((p) => (p.files['src/old.ts'] = `\n\n${old}`));
    assert.equal(againstBaseline(moved, await noted()).summary.gate.result, 'pass');
    const mended = againstBaseline(await run(() => {}), await noted());
    assert.deepEqual(mended.trend?.fixed, ['KW-GEN-02']);
  });

  it('breaks on a new place of a known failure, and on a new failure', async () => {
    const more = await run((p) => {
      leaking(p);
      p.files['src/new.ts'] = leak();
    });
    assert.deepEqual(againstBaseline(more, await noted()).summary.gate.because, ['KW-GEN-02']);
    const other = await run((p) => {
      leaking(p);
      p.files['a.py'] = 'requests.get(u, verify=False)\n';
    });
    assert.deepEqual(againstBaseline(other, await noted()).summary.gate.because, ['KW-DIS-02']);
  });

  it('does not break on a new warning within a known failure', async () => {
    const warned = await run((p) => {
      leaking(p);
      p.files['src/old.test.ts'] = leak();
    });
    assert.equal(againstBaseline(warned, await noted()).summary.gate.result, 'pass');
  });

  it('breaks when a key falls due, because nobody had that failure', async () => {
    const later = await run(leaking, { asOf: '2027-01-19' });
    const { summary, trend } = againstBaseline(later, await noted());
    assert.ok(summary.gate.because.includes('KW-ROT-02'));
    assert.ok(!summary.gate.because.includes('KW-GEN-02'));
    assert.ok(trend?.new.includes('KW-ROT-02'));
  });

  it('breaks when the time that somebody gave it is over', async () => {
    const baseline = await noted();
    const until = (date: string) => ({
      ...baseline,
      failures: { 'KW-GEN-02': { evidence: baseline.failures['KW-GEN-02']?.evidence ?? [], until: date } },
    });
    const today = await run(leaking);
    assert.equal(againstBaseline(today, until('2026-11-24')).summary.gate.result, 'pass');
    const over = againstBaseline(today, until('2026-11-23'));
    assert.deepEqual([over.summary.gate.because, over.trend?.overdue], [['KW-GEN-02'], ['KW-GEN-02']]);
  });

  it('is refused when it is none', () => {
    for (const text of ['', '{}', '[]', '{"schemaVersion":1,"kind":"checklist","failures":{"KW-GEN-02":{}}}']) {
      assert.throws(() => readChecklistBaseline(text), /it is no|its entry/);
    }
  });
});
