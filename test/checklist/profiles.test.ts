import assert from 'node:assert/strict';
import { definitions } from '../../src/checklist/definitions';
import { assessmentMarkdown } from '../../src/report/assessment-markdown';
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
