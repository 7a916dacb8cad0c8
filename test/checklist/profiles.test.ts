import assert from 'node:assert/strict';
import { definitions } from '../../src/checklist/definitions';
import { assessmentMarkdown } from '../../src/report/assessment-markdown';
import { assessmentText } from '../../src/report/assessment-text';
import { judge } from './judging';
import { type Perfect, perfect } from './perfect';

const states = async (standard: string, change?: (p: Perfect) => void) => {
  const { standards } = await judge(perfect(change), { profile: standard });
  return Object.fromEntries(Object.entries(standards?.[standard] ?? {}).map(([control, v]) => [control, v.state]));
};

describe('profiles', () => {
  it('show the standards that the policy names, control by control', async () => {
    const assessment = await judge(perfect((p) => (p.policy.profile.standards = ['soc2', 'gdpr'])));
    assert.deepEqual(Object.keys(assessment.standards ?? {}), ['soc2', 'gdpr']);
    assert.ok(assessment.standards?.soc2?.['CC7.4']?.checks.includes('KW-INC-02'));
    const text = assessmentMarkdown(assessment);
    assert.match(text, /\| CC7\.4 Responding to incidents \| \w+/);
    assert.doesNotMatch(text, /compliant|certified/i);
    assert.match(assessmentText(assessment), /Standards\n {2}SOC 2[^\n]* \d+ of \d+ controls supported/);
  });

  it('cut a report to one standard, numbers and gate included', async () => {
    const assessment = await judge(perfect(), { profile: 'dora' });
    assert.ok(
      assessment.results.every((r) => r.standards.length > 0 && r.standards.every((s) => s.startsWith('dora:'))),
    );
    const { counts } = assessment.summary;
    assert.equal(
      Object.values(counts).reduce((a, b) => a + b, 0),
      assessment.results.length,
    );
  });

  it('call a control a gap when what touches it directly fails', async () => {
    const playbook = (p: Perfect) => {
      delete p.files['docs/runbooks/key-compromise.md'];
      delete p.policy.incident.playbook;
    };
    assert.equal((await states('soc2', playbook))['CC7.4'], 'gap');
    assert.equal((await states('soc2', playbook))['CC7.5'], 'partial');
  });

  it('say that a control needs attestation when all its checks do', async () => {
    const none = (p: Perfect) => (p.policy.attestations = []);
    assert.equal((await states('soc2', none))['CC1.4'], 'not-observable');
    assert.equal((await states('soc2'))['CC1.4'], 'supported');
  });

  it('show ten checks to one who works alone, without a grade', async () => {
    const { results, summary } = await judge(perfect(), { profile: 'solo' });
    const built = new Set(definitions.map((d) => d.id));
    assert.ok(results.length <= 10 && results.every((r) => built.has(r.check)));
    assert.equal(summary.overall.grade, null);
    assert.ok(!results.some((r) => /KW-INC-0[68]/.test(r.check)));
  });
});

describe('what a policy sets', () => {
  const noExpiry = (p: Perfect) => delete p.policy.inventory.keys[0].expiresAt;
  const rule = (more: object) => ({
    check: 'KW-ROT-03',
    match: { keyId: 'kraken-prod' },
    kind: 'accepted-risk',
    reason: 'the exchange gives keys no end',
    approvedBy: 'bob',
    createdAt: '2026-11-01',
    expiresAt: '2027-03-31',
    ...more,
  });
  const of = async (change: (p: Perfect) => void) => {
    const { results, summary } = await judge(perfect(change));
    return { result: results.find((r) => r.check === 'KW-ROT-03'), gate: summary.gate };
  };

  it('changes the severity of a check, its weight and the gate, and never its status', async () => {
    const low = await of((p) => {
      noExpiry(p);
      p.policy.profile.severityOverrides = { 'KW-ROT-03': 'low' };
    });
    assert.deepEqual([low.result?.status, low.result?.weight, low.gate.result], ['fail', 2.5, 'pass']);
    const strict = await of((p) => {
      noExpiry(p);
      p.policy.profile.severityOverrides = { 'KW-ROT-03': 'low' };
      p.policy.profile.failOn = 'low';
    });
    assert.deepEqual(strict.gate, { failOn: 'low', result: 'fail', because: ['KW-ROT-03'] });
  });

  it('accepts a risk for one key, and for no other', async () => {
    const accepted = await of((p) => {
      noExpiry(p);
      p.policy.suppressions = [rule({})];
    });
    assert.deepEqual(
      [accepted.result?.status, accepted.result?.accepted?.by, accepted.gate.result],
      ['fail', 'bob', 'pass'],
    );
    const other = await of((p) => {
      noExpiry(p);
      p.policy.suppressions = [rule({ match: { keyId: 'kraken-dev' } })];
    });
    assert.deepEqual([other.result?.accepted, other.gate.result], [undefined, 'fail']);
  });

  it('drops a false alarm and judges the rest', async () => {
    const dropped = await of((p) => {
      noExpiry(p);
      p.policy.suppressions = [rule({ kind: 'false-positive' })];
    });
    assert.deepEqual([dropped.result?.status, dropped.result?.suppressedFindings], ['pass', 1]);
  });

  it('can forbid that a check is suppressed', async () => {
    const forbidden = await of((p) => {
      noExpiry(p);
      p.policy.suppressions = [rule({})];
      p.policy.suppressionRules = { forbidFor: ['KW-ROT-03'] };
    });
    assert.deepEqual([forbidden.result?.accepted, forbidden.gate.result], [undefined, 'fail']);
  });
});
